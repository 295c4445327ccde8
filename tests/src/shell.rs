//! A learner's shell, into which the lines of `imagelab practice` are pasted, and then the commands of the lab.

use std::{
    os::unix::fs::symlink,
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

use serde_json::Value;
use tempfile::TempDir;

use crate::{
    imagelab::PracticeCloud,
    program::{ExitReason, Program, ProgramOutput},
};
use testbed::temp_dir::temp_dir;

/// The longest that a script may take.
const LIMIT: Duration = Duration::from_mins(3);

/// A shell with a home of its own.
#[derive(Debug)]
pub struct Shell {
    prelude: String,
    home: TempDir,
    bin: TempDir,
}

impl Shell {
    /// A shell with the practice cloud's lines, and with these programs first on its path.
    pub fn new(cloud: &PracticeCloud, programs: &[(&str, &Path)]) -> Self {
        Self::with_lines(cloud.exports(), programs)
    }

    /// A shell with these lines, and with these programs first on its path.
    ///
    /// # Panics
    ///
    /// If a program cannot be linked.
    pub fn with_lines(lines: &str, programs: &[(&str, &Path)]) -> Self {
        let (home, bin) = (temp_dir(), temp_dir());
        for (name, program) in programs {
            symlink(program, bin.path().join(name)).expect("a new folder takes a link");
        }
        Self { prelude: lines.to_owned(), home, bin }
    }

    /// With one more line.
    #[must_use]
    pub fn with(mut self, line: &str) -> Self {
        self.prelude.push_str(line);
        self.prelude.push('\n');
        self
    }

    /// Its home.
    pub fn home(&self) -> &Path {
        self.home.path()
    }

    /// Runs a script, which stops at the first command that fails.
    ///
    /// # Panics
    ///
    /// If it takes too long.
    pub fn run(&self, script: &str) -> ProgramOutput {
        let mut command = Command::new("/bin/sh");
        command.args(["-eu", "-s"]).current_dir(self.home()).env_clear();
        let path = [self.bin.path().to_owned(), PathBuf::from("/usr/bin"), PathBuf::from("/bin")];
        command.env("PATH", std::env::join_paths(path).expect("a temporary folder has no colon in its name"));
        command.env("HOME", self.home()).env("XDG_RUNTIME_DIR", self.home()).env("LANG", "C.UTF-8");
        command.env("AWS_EC2_METADATA_DISABLED", "true");
        let mut program = Program::start(command);
        // In braces, so that a command that reads standard input does not consume the rest of the script.
        program.input(&format!("{}\n{{\n{script}\n}} </dev/null\n", self.prelude));
        program.wait(LIMIT)
    }

    /// The output of a script that must succeed.
    pub fn text(&self, script: &str) -> String {
        self.run(script).succeeded(script).stdout
    }

    /// The output of a script that must succeed, as JSON.
    pub fn json(&self, script: &str) -> Value {
        self.run(script).succeeded(script).json()
    }

    /// The standard error of a script that must fail.
    ///
    /// # Panics
    ///
    /// If it succeeds.
    pub fn fails(&self, script: &str) -> String {
        let output = self.run(script);
        assert_ne!(output.exit, ExitReason::Code(0), "{script} succeeded: {}", output.stdout);
        output.stderr
    }
}
