//! Folders for tests, all in one that is gone when the process is: also when it was killed, or when something of it still wrote into a
//! folder that had been removed.

use std::{
    path::PathBuf,
    process::{Child, Command, Stdio},
    sync::OnceLock,
};

use tempfile::TempDir;

/// What sweeps the folder up when its standard input is closed, which the end of this process does.
struct TempDirGuard {
    root: PathBuf,
    _shell: Child,
}

static GUARD: OnceLock<TempDirGuard> = OnceLock::new();

/// A new folder.
///
/// # Panics
///
/// If there is no room for one.
pub fn temp_dir() -> TempDir {
    let root = &GUARD.get_or_init(guard).root;
    tempfile::tempdir_in(root).expect("there is room for a folder")
}

fn guard() -> TempDirGuard {
    let root = tempfile::Builder::new().prefix("whole-lab-").tempdir().expect("there is room for a folder").keep();
    let mut command = Command::new("sh");
    command.args(["-c", "cat >/dev/null; rm -rf \"$0\""]).arg(&root);
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    let shell = command.spawn().expect("there is a shell");
    TempDirGuard { root, _shell: shell }
}
