//! What detection reads of the machine, as a trait that a test can implement.

use std::path::{Path, PathBuf};

/// The operating system, which determines the default locations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Os {
    Linux,
    Mac,
    Windows,
}

/// Read access to the machine.
pub(super) trait System {
    fn os(&self) -> Os;
    /// The value of an environment variable that is set and not empty.
    fn var(&self, name: &str) -> Option<String>;
    fn home(&self) -> Option<PathBuf>;
    fn read(&self, path: &Path) -> Option<Vec<u8>>;
    fn exists(&self, path: &Path) -> bool;
    /// The entries of a folder, sorted by name.
    fn folders(&self, path: &Path) -> Vec<PathBuf>;
    /// The path with symbolic links resolved, to recognize two paths of one socket.
    fn real_path(&self, path: &Path) -> PathBuf;
    /// The id of the user who runs this process.
    fn user(&self) -> Option<u32>;
}

/// This machine.
pub(super) struct Real {
    home: Option<PathBuf>,
}

impl Real {
    pub(super) fn new() -> Self {
        Self { home: std::env::home_dir() }
    }
}

impl System for Real {
    fn os(&self) -> Os {
        if cfg!(windows) {
            Os::Windows
        } else if cfg!(target_os = "macos") {
            Os::Mac
        } else {
            Os::Linux
        }
    }

    fn var(&self, name: &str) -> Option<String> {
        std::env::var(name).ok().filter(|value| !value.is_empty())
    }

    fn home(&self) -> Option<PathBuf> {
        self.home.clone()
    }

    fn read(&self, path: &Path) -> Option<Vec<u8>> {
        std::fs::read(path).ok()
    }

    fn exists(&self, path: &Path) -> bool {
        // A socket whose existence may not be read is assumed to exist.
        path.try_exists().unwrap_or(true)
    }

    fn folders(&self, path: &Path) -> Vec<PathBuf> {
        let mut entries: Vec<_> =
            std::fs::read_dir(path).into_iter().flatten().filter_map(|entry| Some(entry.ok()?.path())).collect();
        entries.sort();
        entries
    }

    fn real_path(&self, path: &Path) -> PathBuf {
        path.canonicalize().unwrap_or_else(|_| path.to_owned())
    }

    #[cfg(unix)]
    fn user(&self) -> Option<u32> {
        use std::os::unix::fs::MetadataExt;
        // `/proc/self` belongs to the user of the process.
        let owner = |path: &Path| std::fs::metadata(path).ok().map(|data| data.uid());
        owner(Path::new("/proc/self")).or_else(|| self.home.as_deref().and_then(owner))
    }

    #[cfg(not(unix))]
    fn user(&self) -> Option<u32> {
        None
    }
}
