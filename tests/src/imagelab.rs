//! `imagelab`, through its public door.

use std::{
    path::{Path, PathBuf},
    process::Command,
    sync::mpsc::{RecvTimeoutError, channel},
    time::{Duration, Instant},
};

use tempfile::TempDir;

use crate::{Finished, Program, run};

/// How long a command of `imagelab` may take before it counts as hanging.
pub const LIMIT: Duration = Duration::from_secs(120);

/// What `imagelab practice` exports at least.
const EXPORTED: [&str; 5] =
    ["AWS_ENDPOINT_URL", "AWS_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "DOCKER_HOST"];

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
        let folder = || tempfile::tempdir().expect("there is room for a folder");
        Self { data: folder(), home: folder(), docker_host: None }
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
    pub fn run(&self, arguments: &[&str]) -> Finished {
        run(self.command(arguments), LIMIT)
    }
}

/// A running `imagelab practice`.
#[derive(Debug)]
pub struct PracticeCloud {
    program: Program,
    exports: String,
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
        // A test that has read enough listens no more.
        let program = Program::start_with(imagelab.command(&arguments), move |line| drop(sender.send(line)));
        let (mut exports, started) = (String::new(), Instant::now());
        while !EXPORTED.iter().all(|name| exports.contains(&format!("export {name}="))) {
            match lines.recv_timeout(LIMIT.saturating_sub(started.elapsed())) {
                Ok(line) => exports.extend([&line, "\n"]),
                Err(RecvTimeoutError::Timeout) => panic!("imagelab practice did not say where it is:\n{exports}"),
                Err(RecvTimeoutError::Disconnected) => {
                    let finished = program.wait(LIMIT);
                    panic!("imagelab practice ended: {finished:?}");
                }
            }
        }
        Self { program, exports, _imagelab: imagelab }
    }

    /// The lines that are pasted into a shell.
    pub fn exports(&self) -> &str {
        &self.exports
    }

    /// Its process's number.
    pub fn pid(&self) -> u32 {
        self.program.pid()
    }

    /// Stops it as a person does, with Ctrl-C.
    pub fn stop(self) -> Finished {
        self.program.signal("INT");
        self.program.wait(LIMIT)
    }
}
