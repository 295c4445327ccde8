//! Runs the program as a process: its arguments, its output on both streams, and its exit code.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

mod advance;
mod agreement;
mod background;
mod catalogue;
mod company_network;
mod endings;
mod explore;
mod lost_run;
mod policy;
mod practice;
mod reading;
mod run;
mod stopping;
mod wrong_use;

use std::{
    path::Path,
    process::{Command, Output, Stdio},
};

use serde_json::Value;
use tempfile::TempDir;

/// A temporary data folder, and the program that runs in it.
struct TestFolder {
    temporary: TempDir,
}

impl TestFolder {
    fn new() -> Self {
        Self { temporary: tempfile::tempdir().unwrap() }
    }

    fn path(&self) -> &Path {
        self.temporary.path()
    }

    /// The program in English, without the environment variables that it reads.
    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_imagelab"));
        command
            .args(arguments)
            .args(["--lang", "en", "--data"])
            .arg(self.path().join("data"))
            .env_remove("IMAGELAB_DATA")
            .env_remove("DOCKER_HOST")
            .stdin(Stdio::null());
        command
    }

    /// A command as the program suggests it for this folder.
    fn suggested(&self, command: &str) -> String {
        format!("imagelab --data {} {command}", self.path().join("data").display())
    }

    fn run(&self, arguments: &[&str]) -> ProgramOutput {
        ProgramOutput::from(self.command(arguments).output().unwrap())
    }

    /// `imagelab run` at instant speed on the built-in engine.
    fn run_lab(&self, options: &[&str]) -> ProgramOutput {
        self.run(&[&["run", "--engine", "builtin", "--speed", "instant"], options].concat())
    }
}

/// The program's exit code and output.
struct ProgramOutput {
    code: Option<i32>,
    out: String,
    err: String,
}

impl From<Output> for ProgramOutput {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

impl ProgramOutput {
    #[track_caller]
    fn with(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "stdout:\n{}\nstderr:\n{}", self.out, self.err);
        assert!(!self.err.contains("panicked"), "{}", self.err);
        self
    }

    #[track_caller]
    fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}\n{}\n{}", self.out, self.err))
    }
}
