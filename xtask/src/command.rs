//! Starting other programs, and talking to whoever runs the task.

use std::{
    io::Write as _,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// What a task ends with: nothing, or why it failed.
pub(crate) type Outcome = Result<(), String>;

/// The root of the project.
pub(crate) fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).parent().map(PathBuf::from).unwrap_or_default()
}

/// Where a build of this profile put `imagelab`: not far from this program, wherever the target folder is.
pub(crate) fn built(profile: &str) -> Result<PathBuf, String> {
    let own = std::env::current_exe().map_err(|why| format!("this program does not know where it is: {why}"))?;
    let target = own.parent().and_then(Path::parent).ok_or("this program is in no target folder")?;
    Ok(target.join(profile).join(format!("imagelab{}", std::env::consts::EXE_SUFFIX)))
}

/// A command that runs in the project's root.
pub(crate) fn command(program: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(program);
    command.args(arguments).current_dir(root());
    command
}

/// Runs a command to its end and shows what it prints.
pub(crate) fn run(what: &str, mut command: Command) -> Outcome {
    say(&format!("\n── {what}\n"));
    let status = command.status().map_err(|why| format!("{what}: could not be started: {why}"))?;
    if status.success() { Ok(()) } else { Err(format!("{what}: failed ({status})")) }
}

/// Whether a program is on the path and starts.
pub(crate) fn there(program: &str, argument: &str) -> bool {
    Command::new(program)
        .arg(argument)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// The program's full name, if it is on the path.
pub(crate) fn which(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .chain(["/usr/sbin".into(), "/sbin".into()])
        .map(|folder| folder.join(program))
        .find(|file| file.is_file())
}

/// Says something on standard output.
pub(crate) fn say(text: &str) {
    // Nobody is left to be told that standard output is closed.
    drop(std::io::stdout().write_all(text.as_bytes()));
    drop(std::io::stdout().flush());
}

/// Says what went wrong on standard error.
pub(crate) fn complain(text: &str) {
    drop(std::io::stderr().write_all(format!("\nerror: {text}\n").as_bytes()));
}
