//! The machine as far as finding an engine is concerned: so little that a test can make one up.

use std::path::{Path, PathBuf};

/// Where sockets and pipes are usual.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Os {
    Linux,
    Mac,
    Windows,
}

/// What is read of the machine.
pub(super) trait System {
    fn os(&self) -> Os;
    /// A variable of the environment that is set and not empty.
    fn var(&self, name: &str) -> Option<String>;
    fn home(&self) -> Option<PathBuf>;
    fn read(&self, path: &Path) -> Option<Vec<u8>>;
    fn exists(&self, path: &Path) -> bool;
    /// The folders in a folder, by name.
    fn folders(&self, path: &Path) -> Vec<PathBuf>;
    /// The path with its links followed, to know two names of one socket.
    fn real_path(&self, path: &Path) -> PathBuf;
    /// The number of the user who runs this.
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
        // A socket that may not be looked at is there all the same.
        path.try_exists().unwrap_or(true)
    }

    fn folders(&self, path: &Path) -> Vec<PathBuf> {
        let mut found: Vec<_> =
            std::fs::read_dir(path).into_iter().flatten().filter_map(|entry| Some(entry.ok()?.path())).collect();
        found.sort();
        found
    }

    fn real_path(&self, path: &Path) -> PathBuf {
        path.canonicalize().unwrap_or_else(|_| path.to_owned())
    }

    #[cfg(unix)]
    fn user(&self) -> Option<u32> {
        use std::os::unix::fs::MetadataExt;
        // A process's own folder belongs to its user.
        let of = |path: &Path| std::fs::metadata(path).ok().map(|data| data.uid());
        of(Path::new("/proc/self")).or_else(|| self.home.as_deref().and_then(of))
    }

    #[cfg(not(unix))]
    fn user(&self) -> Option<u32> {
        None
    }
}
