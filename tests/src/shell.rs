//! A learner's shell: what `imagelab practice` printed is pasted into it, and then the lesson's commands.

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

/// How long a script may take before it counts as hanging.
const LIMIT: Duration = Duration::from_mins(3);

/// A learner's shell, with a home of its own.
#[derive(Debug)]
pub struct Shell {
    prelude: String,
    home: TempDir,
    bin: TempDir,
}

impl Shell {
    /// A shell that finds these programs by these names first, and has the practice cloud's lines pasted into it.
    ///
    /// # Panics
    ///
    /// If there is no room for its home.
    pub fn new(cloud: &PracticeCloud, programs: &[(&str, &Path)]) -> Self {
        Self::with_lines(cloud.exports(), programs)
    }

    /// As [`new`](Self::new), with these lines pasted into it.
    ///
    /// # Panics
    ///
    /// If there is no room for its home.
    pub fn with_lines(lines: &str, programs: &[(&str, &Path)]) -> Self {
        let (home, bin) = (temp_dir(), temp_dir());
        for (name, program) in programs {
            symlink(program, bin.path().join(name)).expect("a new folder takes a link");
        }
        Self { prelude: lines.to_owned(), home, bin }
    }

    /// With one more line pasted into it.
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

    /// Runs a script in it, which stops at the first command that fails.
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
        // In braces, so that a command which reads its standard input does not eat the rest of the script.
        program.input(&format!("{}\n{{\n{script}\n}} </dev/null\n", self.prelude));
        program.wait(LIMIT)
    }

    /// What a script that must succeed prints.
    pub fn text(&self, script: &str) -> String {
        self.run(script).succeeded(script).stdout
    }

    /// What a script that must succeed prints, as JSON.
    pub fn json(&self, script: &str) -> Value {
        self.run(script).succeeded(script).json()
    }

    /// What a script that must fail complains of.
    ///
    /// # Panics
    ///
    /// If it succeeds.
    pub fn fails(&self, script: &str) -> String {
        let finished = self.run(script);
        assert_ne!(finished.exit, ExitReason::Code(0), "{script} succeeded: {}", finished.stdout);
        finished.stderr
    }
}
