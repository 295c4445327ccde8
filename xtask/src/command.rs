//! Starts other programs, and prints.

use std::{
    io::Write as _,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// The result of a task, or why it failed.
pub(crate) type TaskResult = Result<(), String>;

/// The root of the project.
pub(crate) fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).parent().map(PathBuf::from).unwrap_or_default()
}

/// The `imagelab` that a build of this profile made: in the target folder that this program is in.
pub(crate) fn built(profile: &str) -> Result<PathBuf, String> {
    let own = std::env::current_exe().map_err(|error| format!("the path of this program is not known: {error}"))?;
    let target = own.parent().and_then(Path::parent).ok_or("this program is not in a target folder")?;
    Ok(target.join(profile).join(format!("imagelab{}", std::env::consts::EXE_SUFFIX)))
}

/// A command that runs in the project's root.
pub(crate) fn command(program: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(program);
    command.args(arguments).current_dir(root());
    command
}

/// Runs a command to its end and shows what it prints.
pub(crate) fn run(what: &str, mut command: Command) -> TaskResult {
    print(&format!("\n── {what}\n"));
    let status = command.status().map_err(|error| format!("{what}: could not be started: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("{what}: failed ({status})")) }
}

/// Whether a program is on the path and succeeds with this argument.
pub(crate) fn can_start(program: &str, argument: &str) -> bool {
    Command::new(program)
        .arg(argument)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// The program's full path, if it is on `PATH` or where Debian puts those of the system.
pub(crate) fn which(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .chain(["/usr/sbin".into(), "/sbin".into()])
        .map(|folder| folder.join(program))
        .find(|file| file.is_file())
}

/// Prints to standard output.
pub(crate) fn print(text: &str) {
    // A closed standard output is not an error.
    drop(std::io::stdout().write_all(text.as_bytes()));
    drop(std::io::stdout().flush());
}

/// Prints an error to standard error.
pub(crate) fn print_error(text: &str) {
    drop(std::io::stderr().write_all(format!("\nerror: {text}\n").as_bytes()));
}
