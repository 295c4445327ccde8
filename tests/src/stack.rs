//! Third-party servers that tests run against: `tests/stack`. A part is started for the first test that needs it, and stopped when the
//! last one drops it, or when the process ends.

use std::{
    collections::BTreeMap,
    io::Write as _,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{Arc, Weak},
    time::Duration,
};

use parking_lot::Mutex;
use tempfile::TempDir;
use testbed::tools::python_tools;

use crate::program::{ExitReason, run};

/// A part of the stack.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// Docker Engine: `DOCKER_HOST`.
    Dockerd,
    /// Docker Distribution: `REGISTRY`.
    Registry,
    /// The moto server: `MOTO`.
    Moto,
}

impl Part {
    const fn name(self) -> &'static str {
        match self {
            Self::Dockerd => "dockerd",
            Self::Registry => "registry",
            Self::Moto => "moto",
        }
    }
}

/// A running part, which all tests of a process share.
#[derive(Debug)]
pub struct Stack {
    environment: BTreeMap<String, String>,
    /// Stops the part when its standard input is closed, also when this process is killed.
    watchdog: Option<Child>,
    dir: Option<TempDir>,
}

static UP: Mutex<BTreeMap<Part, Weak<Stack>>> = Mutex::new(BTreeMap::new());

impl Stack {
    /// The part, which is started if it is not running. `None` if it cannot run on this machine, and the test is skipped.
    ///
    /// # Panics
    ///
    /// If it does not start, although it can run on this machine.
    pub fn up(part: Part) -> Option<Arc<Self>> {
        let mut up = UP.lock();
        if let Some(stack) = up.get(&part).and_then(Weak::upgrade) {
            return Some(stack);
        }
        let stack = Arc::new(start(part)?);
        up.insert(part, Arc::downgrade(&stack));
        Some(stack)
    }

    /// A variable of the part: `DOCKER_HOST`, `REGISTRY`, `MOTO`.
    ///
    /// # Panics
    ///
    /// If the part does not set it.
    pub fn get(&self, name: &str) -> &str {
        self.environment.get(name).unwrap_or_else(|| panic!("{name} is not among {:?}", self.environment))
    }
}

impl Drop for Stack {
    fn drop(&mut self) {
        let Some(mut watchdog) = self.watchdog.take() else { return };
        drop(watchdog.stdin.take());
        if watchdog.wait().is_ok_and(|status| status.success()) {
            return;
        }
        // A part that could not be stopped still writes to its folder, which is kept for inspection.
        if let Some(dir) = self.dir.take() {
            let warning = format!("{} could not be stopped\n", dir.keep().display());
            drop(std::io::stderr().write_all(warning.as_bytes()));
        }
    }
}

const LIMIT: Duration = Duration::from_mins(3);

fn start(part: Part) -> Option<Stack> {
    // A socket's path must be short, which TMPDIR may not be.
    let dir = tempfile::Builder::new().prefix("lab").tempdir_in("/tmp").expect("/tmp can be written");
    let mut stack = Stack { environment: BTreeMap::new(), watchdog: Some(watchdog(dir.path())), dir: Some(dir) };
    let dir = stack.dir.as_ref().map(TempDir::path)?;
    let output = run(script("up.sh", dir, part.name()), LIMIT);
    match output.exit {
        ExitReason::Code(0) => {}
        // 3: no right, or not Linux. 4: a program is missing.
        ExitReason::Code(3 | 4) => {
            skipped::report(&output.stderr);
            return None;
        }
        // The root user of a container may lack the rights of a daemon.
        _ if part == Part::Dockerd && log(dir, part).contains("operation not permitted") => {
            skipped::report("dockerd lacks a right here: operation not permitted");
            return None;
        }
        other => panic!("{} does not start ({other:?}): {}{}", part.name(), output.stderr, log(dir, part)),
    }
    let environment = output.stdout.lines().filter_map(|line| line.split_once('='));
    stack.environment = environment.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    Some(stack)
}

/// A shell in a process group of its own, which outlives this process until it has stopped the part.
fn watchdog(dir: &Path) -> Child {
    let mut command = Command::new("sh");
    command.args(["-c", "cat >/dev/null; sh \"$0\" \"$1\" --wipe && rm -rf \"$1\""]);
    command.arg(folder().join("down.sh")).arg(dir);
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().expect("there is a shell")
}

fn script(name: &str, dir: &Path, part: &str) -> Command {
    let mut command = Command::new("sh");
    command.arg(folder().join(name)).arg(dir).arg(part);
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = [python_tools()].into_iter().chain(std::env::split_paths(&path)).chain([PathBuf::from("/usr/sbin")]);
    command.env("PATH", std::env::join_paths(folders).expect("PATH was made of paths"));
    command
}

fn log(dir: &Path, part: Part) -> String {
    std::fs::read_to_string(dir.join(format!("{}.log", part.name()))).unwrap_or_default()
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("stack")
}
