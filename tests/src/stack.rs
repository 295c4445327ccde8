//! The software of others that the tests are held against: `tests/stack`, started when the first test asks for it, and stopped when the
//! last one has let go of it, or when the process is gone.

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

/// A part that runs. All who hold it in one process share it.
#[derive(Debug)]
pub struct Stack {
    environment: BTreeMap<String, String>,
    /// Stops the part when its standard input is closed: also when this process is killed.
    watchdog: Option<Child>,
    dir: Option<TempDir>,
}

static UP: Mutex<BTreeMap<Part, Weak<Stack>>> = Mutex::new(BTreeMap::new());

impl Stack {
    /// The part, started if it is not up. `None`, with the reason told, where it cannot run.
    ///
    /// # Panics
    ///
    /// If it could run here and does not start; if it cannot and `CI` is set, unless it lacks a right.
    pub fn up(part: Part) -> Option<Arc<Self>> {
        let mut up = UP.lock();
        if let Some(stack) = up.get(&part).and_then(Weak::upgrade) {
            return Some(stack);
        }
        let stack = Arc::new(start(part)?);
        up.insert(part, Arc::downgrade(&stack));
        Some(stack)
    }

    /// What the part tells of itself: `DOCKER_HOST`, `REGISTRY`, `MOTO`.
    ///
    /// # Panics
    ///
    /// If it tells no such thing.
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
        // What could not be stopped still writes in its folder: it stays, to be looked at.
        if let Some(dir) = self.dir.take() {
            let warning = format!("{} could not be stopped\n", dir.keep().display());
            drop(std::io::stderr().write_all(warning.as_bytes()));
        }
    }
}

const LIMIT: Duration = Duration::from_mins(3);

fn start(part: Part) -> Option<Stack> {
    // Short: a socket's path must be, and TMPDIR may not be.
    let dir = tempfile::Builder::new().prefix("lab").tempdir_in("/tmp").expect("/tmp can be written");
    let mut stack = Stack { environment: BTreeMap::new(), watchdog: Some(watchdog(dir.path())), dir: Some(dir) };
    let dir = stack.dir.as_ref().map(TempDir::path)?;
    let finished = run(script("up.sh", dir, part.name()), LIMIT);
    match finished.exit {
        ExitReason::Code(0) => {}
        // 3: no right, or not Linux. 4: a program is missing.
        ExitReason::Code(3 | 4) => {
            skipped::report(&finished.stderr);
            return None;
        }
        // A container's root may lack what a daemon needs.
        _ if part == Part::Dockerd && log(dir, part).contains("operation not permitted") => {
            skipped::report("dockerd lacks a right here: operation not permitted");
            return None;
        }
        other => panic!("{} does not start ({other:?}): {}{}", part.name(), finished.stderr, log(dir, part)),
    }
    let environment = finished.stdout.lines().filter_map(|line| line.split_once('='));
    stack.environment = environment.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    Some(stack)
}

/// A shell of its own session's group that outlives this process just long enough to stop what it started.
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
