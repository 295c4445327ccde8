//! The program from outside: what is typed, what is printed where, and how it exits.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

mod practice;
mod run;
mod stopping;
mod wrong_use;

use std::{
    path::Path,
    process::{Command, Output, Stdio},
};

use serde_json::Value;
use tempfile::TempDir;

/// A data folder of its own, and the program that works in it.
struct Desk {
    folder: TempDir,
}

impl Desk {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    /// The program, in English, with nothing of the environment's that it might heed.
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

    fn run(&self, arguments: &[&str]) -> Ended {
        Ended::from(self.command(arguments).output().unwrap())
    }

    /// The lab without waiting, on the built-in engine.
    fn run_lab(&self, more: &[&str]) -> Ended {
        self.run(&[&["run", "--engine", "builtin", "--speed", "instant"], more].concat())
    }
}

/// How the program ended, and what it printed.
struct Ended {
    code: Option<i32>,
    out: String,
    err: String,
}

impl From<Output> for Ended {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

impl Ended {
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
