//! Folders for tests, all in one that is deleted when the process ends: also when it is killed, or when a child process writes into
//! a folder that was deleted already.

use tempfile::TempDir;

/// A new folder.
///
/// # Panics
///
/// If there is no room for one.
pub fn temp_dir() -> TempDir {
    #[cfg(unix)]
    let folder = tempfile::tempdir_in(&guard::guard().root);
    #[cfg(not(unix))]
    let folder = tempfile::tempdir();
    folder.expect("there is room for a folder")
}

#[cfg(unix)]
mod guard {
    use std::{
        os::unix::process::CommandExt as _,
        path::PathBuf,
        process::{Child, Command, Stdio},
        sync::OnceLock,
    };

    /// A shell that deletes the folder when its standard input is closed, which the end of this process does.
    pub(super) struct TempDirGuard {
        pub(super) root: PathBuf,
        _shell: Child,
    }

    pub(super) fn guard() -> &'static TempDirGuard {
        static GUARD: OnceLock<TempDirGuard> = OnceLock::new();
        GUARD.get_or_init(|| {
            let root = tempfile::Builder::new().prefix("imagelab-test-").tempdir();
            let root = root.expect("there is room for a folder").keep();
            let mut command = Command::new("sh");
            command.args(["-c", "cat >/dev/null; rm -rf \"$0\""]).arg(&root).process_group(0);
            command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
            TempDirGuard { root, _shell: command.spawn().expect("there is a shell") }
        })
    }
}
