//! `imagelab`, through its public door.

use std::{
    path::{Path, PathBuf},
    process::Command,
    sync::mpsc::channel,
    time::{Duration, Instant},
};

use tempfile::TempDir;

use crate::program::{Line, Program, ProgramOutput, run};
use testbed::temp_dir::temp_dir;

/// How long a command of `imagelab` may take before it counts as hanging.
pub const LIMIT: Duration = Duration::from_mins(2);

/// In the last line that `imagelab practice` prints for a shell.
const OLD_AWS: &str = "--endpoint-url";

/// In the lines that it prints for a person.
const PUBLIC: &str = "public.ecr.aws";

/// The program under test: `$IMAGELAB`, or the one that was built beside this test.
///
/// # Panics
///
/// If there is none.
pub fn imagelab() -> PathBuf {
    let beside = || {
        let test = std::env::current_exe().ok()?;
        test.ancestors().skip(1).take(2).map(|folder| folder.join("imagelab")).find(|file| file.is_file())
    };
    let found = std::env::var_os("IMAGELAB").map(PathBuf::from).or_else(beside);
    found.filter(|file| file.is_file()).expect("imagelab is built: cargo build --package cli, or IMAGELAB names it")
}

/// `imagelab` with a data folder of its own, and nothing of the user's environment that it would heed.
#[derive(Debug)]
pub struct Imagelab {
    data: TempDir,
    home: TempDir,
    docker_host: Option<String>,
}

impl Default for Imagelab {
    fn default() -> Self {
        Self::new()
    }
}

impl Imagelab {
    /// On a new folder.
    ///
    /// # Panics
    ///
    /// If there is no room for one.
    pub fn new() -> Self {
        Self { data: temp_dir(), home: temp_dir(), docker_host: None }
    }

    /// Where Docker is: `DOCKER_HOST`.
    #[must_use]
    pub fn docker_host(mut self, host: &str) -> Self {
        self.docker_host = Some(host.to_owned());
        self
    }

    /// Its data folder.
    pub fn data(&self) -> &Path {
        self.data.path()
    }

    /// A folder for files that it is told to write.
    pub fn home(&self) -> &Path {
        self.home.path()
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
        command
    }

    /// Runs it to its end.
    pub fn run(&self, arguments: &[&str]) -> ProgramOutput {
        run(self.command(arguments), LIMIT)
    }
}

/// A running `imagelab practice`.
#[derive(Debug)]
pub struct PracticeCloud {
    program: Program,
    exports: String,
    said: String,
    _imagelab: Imagelab,
}

impl PracticeCloud {
    /// Starts it with these options, and waits until it has said where it is.
    ///
    /// # Panics
    ///
    /// If it does not.
    pub fn start(options: &[&str]) -> Self {
        let imagelab = Imagelab::new();
        let mut arguments = vec!["practice"];
        arguments.extend(options);
        let (sender, lines) = channel();
        let program = Program::start_with_lines(imagelab.command(&arguments), &sender);
        drop(sender);
        let (mut exports, mut said, began) = (String::new(), String::new(), Instant::now());
        while !(exports.contains(OLD_AWS) && said.contains(PUBLIC)) {
            match lines.recv_timeout(LIMIT.saturating_sub(began.elapsed())) {
                Ok(Line::Stdout(line)) => exports.extend([&line, "\n"]),
                Ok(Line::Stderr(line)) => said.extend([&line, "\n"]),
                Err(why) => {
                    drop(program);
                    panic!("imagelab practice did not say where it is ({why}):\n{exports}{said}");
                }
            }
        }
        Self { program, exports, said, _imagelab: imagelab }
    }

    /// The lines that are pasted into a shell.
    pub fn exports(&self) -> &str {
        &self.exports
    }

    /// What it prints for an AWS CLI that does not heed `AWS_ENDPOINT_URL`, without the mark of a comment.
    ///
    /// # Panics
    ///
    /// Never: it was waited for.
    pub fn hint_for_old_aws(&self) -> &str {
        let hint = self.exports.lines().find(|line| line.contains(OLD_AWS)).expect("it was waited for");
        hint.trim_start_matches(['#', ' '])
    }

    /// Where its public registry is: `127.0.0.1:<port>`.
    ///
    /// # Panics
    ///
    /// If it said so in another way than it does.
    pub fn public_registry(&self) -> &str {
        let line = self.said.lines().find(|line| line.contains(PUBLIC)).expect("it was waited for");
        line.split_whitespace().find(|word| word.starts_with("127.0.0.1:")).expect("an address stands beside its name")
    }

    /// Its process's number.
    pub fn pid(&self) -> u32 {
        self.program.pid()
    }

    /// Stops it as a person does, with Ctrl-C.
    pub fn stop(self) -> ProgramOutput {
        self.program.signal("INT");
        self.program.wait(LIMIT)
    }
}
