//! `imagelab`, as a user runs it.

use std::{
    path::{Path, PathBuf},
    process::Command,
    sync::mpsc::channel,
    time::{Duration, Instant},
};

use practice::Practice;
use tempfile::TempDir;

use crate::program::{ExitReason, Line, Program, ProgramOutput, run};
use testbed::temp_dir::temp_dir;

/// The longest that a command of `imagelab` may take.
pub const LIMIT: Duration = Duration::from_mins(2);

/// A part of the last line that `imagelab practice` prints for a shell.
const OLD_AWS: &str = "--endpoint-url";

/// A part of the lines that it prints for a person.
const PUBLIC: &str = "public.ecr.aws";

/// The program under test: `$IMAGELAB`, or the one that was built beside this test.
///
/// # Panics
///
/// If neither exists.
pub fn imagelab() -> PathBuf {
    let beside = || {
        let test = std::env::current_exe().ok()?;
        test.ancestors().skip(1).take(2).map(|folder| folder.join("imagelab")).find(|file| file.is_file())
    };
    let program = std::env::var_os("IMAGELAB").map(PathBuf::from).or_else(beside);
    program.filter(|file| file.is_file()).expect("imagelab is built: cargo build --package cli, or IMAGELAB names it")
}

/// `imagelab` with a data folder and a home of its own, and without the variables of the user's environment that it reads.
#[derive(Debug)]
pub struct Imagelab {
    data: PathBuf,
    home: TempDir,
    docker_host: Option<String>,
    variables: Vec<(String, String)>,
}

impl Default for Imagelab {
    fn default() -> Self {
        Self::new()
    }
}

impl Imagelab {
    /// With a new data folder.
    pub fn new() -> Self {
        let home = temp_dir();
        Self { data: home.path().join("data"), home, docker_host: None, variables: Vec::new() }
    }

    /// With an existing data folder, such as a window's.
    pub fn with_data(folder: &Path) -> Self {
        Self { data: folder.to_owned(), home: temp_dir(), docker_host: None, variables: Vec::new() }
    }

    /// With this `DOCKER_HOST`.
    #[must_use]
    pub fn docker_host(mut self, host: &str) -> Self {
        self.docker_host = Some(host.to_owned());
        self
    }

    /// With this environment variable.
    #[must_use]
    pub fn variable(mut self, name: &str, value: &str) -> Self {
        self.variables.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Its data folder.
    pub fn data(&self) -> &Path {
        &self.data
    }

    /// Its home and working folder, for files that it writes.
    pub fn home(&self) -> &Path {
        self.home.path()
    }

    /// Writes an AWS configuration whose only profile has the account of a practice cloud, and more lines.
    ///
    /// # Panics
    ///
    /// If there is one already.
    pub fn write_profile(&self, name: &str, practice: &Practice, lines: &str) {
        let (access_key, secret_key) = practice.credentials();
        let region = practice.region();
        let keys = format!("aws_access_key_id = {access_key}\naws_secret_access_key = {secret_key}");
        let folder = self.home().join(".aws");
        std::fs::create_dir(&folder).expect("the home is empty");
        let profile = format!("[profile {name}]\nregion = {region}\n{keys}\n{lines}\n");
        std::fs::write(folder.join("config"), profile).expect("there is room for a file");
    }

    /// The command with these arguments.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(imagelab());
        command.args(arguments).current_dir(self.home()).env_clear();
        command.env("PATH", std::env::var_os("PATH").unwrap_or_default()).env("HOME", self.home());
        command.env("IMAGELAB_DATA", self.data()).env("LANG", "C.UTF-8");
        if let Some(host) = &self.docker_host {
            command.env("DOCKER_HOST", host);
        }
        command.envs(self.variables.iter().map(|(name, value)| (name, value)));
        command
    }

    /// Runs it until it ends.
    pub fn run(&self, arguments: &[&str]) -> ProgramOutput {
        run(self.command(arguments), LIMIT)
    }

    /// Runs it and kills it when it prints `text`, with the practice cloud and the engine in the same process.
    ///
    /// # Panics
    ///
    /// If it ends before.
    pub fn kill_at(&self, arguments: &[&str], text: &str) {
        let (sender, lines) = channel();
        let program = Program::start_with_lines(self.command(arguments), &sender);
        drop(sender);
        let mut output = String::new();
        while !output.contains(text) {
            match lines.recv_timeout(LIMIT) {
                Ok(Line::Stdout(line) | Line::Stderr(line)) => output.extend([&line, "\n"]),
                Err(error) => panic!("{arguments:?} did not print {text} ({error}):\n{output}"),
            }
        }
        program.signal("KILL");
        assert_eq!(program.wait(LIMIT).exit, ExitReason::Signal(9), "{arguments:?} at {text}");
    }
}

/// A running `imagelab practice`.
#[derive(Debug)]
pub struct PracticeCloud {
    program: Program,
    exports: String,
    messages: String,
    _imagelab: Imagelab,
}

impl PracticeCloud {
    /// Starts it with these options, and waits until it has printed its addresses.
    ///
    /// # Panics
    ///
    /// If it does not print them.
    pub fn start(options: &[&str]) -> Self {
        let imagelab = Imagelab::new();
        let mut arguments = vec!["practice"];
        arguments.extend(options);
        let (sender, lines) = channel();
        let program = Program::start_with_lines(imagelab.command(&arguments), &sender);
        drop(sender);
        let (mut exports, mut messages, started) = (String::new(), String::new(), Instant::now());
        while !(exports.contains(OLD_AWS) && messages.contains(PUBLIC)) {
            match lines.recv_timeout(LIMIT.saturating_sub(started.elapsed())) {
                Ok(Line::Stdout(line)) => exports.extend([&line, "\n"]),
                Ok(Line::Stderr(line)) => messages.extend([&line, "\n"]),
                Err(error) => {
                    drop(program);
                    panic!("imagelab practice did not print its addresses ({error}):\n{exports}{messages}");
                }
            }
        }
        Self { program, exports, messages, _imagelab: imagelab }
    }

    /// The lines to paste into a shell.
    pub fn exports(&self) -> &str {
        &self.exports
    }

    /// The line for an AWS CLI that does not read `AWS_ENDPOINT_URL`, without the comment sign.
    ///
    /// # Panics
    ///
    /// Never: `start` waits for it.
    pub fn hint_for_old_aws(&self) -> &str {
        let hint = self.exports.lines().find(|line| line.contains(OLD_AWS)).expect("`start` waits for it");
        hint.trim_start_matches(['#', ' '])
    }

    /// The address of its public registry: `127.0.0.1:<port>`.
    ///
    /// # Panics
    ///
    /// If it is printed in another form.
    pub fn public_registry(&self) -> &str {
        let line = self.messages.lines().find(|line| line.contains(PUBLIC)).expect("`start` waits for it");
        line.split_whitespace().find(|word| word.starts_with("127.0.0.1:")).expect("the line has an address")
    }

    /// Its process id.
    pub fn pid(&self) -> u32 {
        self.program.pid()
    }

    /// Stops it by SIGINT, as Ctrl-C does.
    pub fn stop(self) -> ProgramOutput {
        self.program.signal("INT");
        self.program.wait(LIMIT)
    }
}
