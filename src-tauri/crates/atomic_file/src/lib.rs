//! Files that appear whole or not at all: written under a temporary name, then renamed. A process killed at any moment
//! leaves the old file or the new one. Which files these are, and what a failure means, is left to the caller.

mod lock;
pub mod private;

use std::{
    fs::File,
    io::{self, Seek, Write},
    path::Path,
};

use tempfile::NamedTempFile;

pub use crate::lock::lock;

/// How a file is written.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// The permission bits of the file on Unix, less the process's umask.
    pub mode: u32,
    /// Whether content and name survive a power cut once the write returns. Without it they survive the process only.
    pub synced: bool,
}

impl Options {
    /// Readable by its owner alone.
    pub const PRIVATE: Self = Self { mode: 0o600, synced: true };
    /// Readable by those whom the umask allows, as files usually are.
    pub const SHARED: Self = Self { mode: 0o666, synced: true };

    /// The same without waiting for the disk.
    #[must_use]
    pub const fn unsynced(self) -> Self {
        Self { synced: false, ..self }
    }
}

/// The file is private unless the caller says otherwise.
impl Default for Options {
    fn default() -> Self {
        Self::PRIVATE
    }
}

/// Replaces the file at `path`, or creates it. Until it is complete the content has a temporary name in the same folder.
///
/// # Errors
///
/// If the folder cannot be written to. The file at `path` is then what it was before.
pub fn write(path: &Path, content: &[u8], options: Options) -> io::Result<()> {
    write_in(folder_of(path), path, content, options)
}

/// As [`write`], with the temporary name in `folder`, for callers who remove there what a killed process has left. The
/// folder must be on the same file system as `path`.
///
/// # Errors
///
/// If either folder cannot be written to. The file at `path` is then what it was before.
pub fn write_in(folder: &Path, path: &Path, content: &[u8], options: Options) -> io::Result<()> {
    let mut file = PendingFile::create(folder, options)?;
    file.write_all(content)?;
    file.commit(path)
}

/// A file under a temporary name, to be written piece by piece. Dropped before it is committed, it is removed.
#[derive(Debug)]
pub struct PendingFile {
    file: NamedTempFile,
    options: Options,
}

impl PendingFile {
    /// A new file in `folder`, which must be on the same file system as the path that it is committed to.
    ///
    /// # Errors
    ///
    /// If the folder cannot be written to.
    pub fn create(folder: &Path, options: Options) -> io::Result<Self> {
        let mut builder = tempfile::Builder::new();
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(options.mode));
        Ok(Self { file: builder.tempfile_in(folder)?, options })
    }

    /// A new file beside `path`.
    ///
    /// # Errors
    ///
    /// If the folder cannot be written to.
    pub fn create_beside(path: &Path, options: Options) -> io::Result<Self> {
        Self::create(folder_of(path), options)
    }

    /// The open file.
    pub fn as_file_mut(&mut self) -> &mut File {
        self.file.as_file_mut()
    }

    /// Removes what was written so far.
    ///
    /// # Errors
    ///
    /// If the file cannot be truncated.
    pub fn clear(&mut self) -> io::Result<()> {
        let file = self.file.as_file_mut();
        file.set_len(0)?;
        file.rewind()
    }

    /// Gives the file its name, replacing the one that has it.
    ///
    /// # Errors
    ///
    /// If the content cannot be brought to the disk, or the file cannot be renamed. The file at `path` is then what it was
    /// before.
    pub fn commit(self, path: &Path) -> io::Result<()> {
        let Self { file, options } = self;
        if options.synced {
            file.as_file().sync_all()?;
        }
        file.persist(path).map_err(|failed| failed.error)?;
        if options.synced { sync_folder(folder_of(path)) } else { Ok(()) }
    }
}

impl Write for PendingFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.as_file_mut().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.as_file_mut().flush()
    }
}

/// Windows has no way to bring a folder to the disk, and needs none: its renames are journalled.
fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn entries(folder: &Path) -> usize {
        fs::read_dir(folder).unwrap().count()
    }

    #[test]
    fn a_write_replaces_the_file_and_leaves_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        for content in ["one", "other"] {
            write(&path, content.as_bytes(), Options::default()).unwrap();
            assert_eq!(fs::read_to_string(&path).unwrap(), content);
        }
        assert_eq!(entries(folder.path()), 1);
    }

    #[test]
    fn what_is_not_committed_leaves_the_old_file_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        write(&path, b"old", Options::default()).unwrap();
        let mut pending = PendingFile::create_beside(&path, Options::default()).unwrap();
        pending.write_all(b"new").unwrap();
        assert_eq!(entries(folder.path()), 2);
        drop(pending);
        assert_eq!((fs::read_to_string(&path).unwrap().as_str(), entries(folder.path())), ("old", 1));
    }

    #[test]
    fn what_cannot_be_named_is_removed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("folder");
        fs::create_dir(&path).unwrap();
        fs::write(path.join("inside"), "").unwrap();
        assert!(write(&path, b"content", Options::default()).is_err());
        assert_eq!(entries(folder.path()), 1);
    }

    #[test]
    fn a_cleared_file_starts_again_from_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        let mut pending = PendingFile::create(folder.path(), Options::SHARED.unsynced()).unwrap();
        pending.write_all(b"too long").unwrap();
        pending.clear().unwrap();
        pending.write_all(b"short").unwrap();
        pending.commit(&path).unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "short");
    }

    #[cfg(unix)]
    #[test]
    fn permissions_are_those_that_were_asked_for() {
        use std::os::unix::fs::PermissionsExt;

        let folder = tempfile::tempdir().unwrap();
        let mode = |options| {
            let path = folder.path().join("file");
            write(&path, b"", options).unwrap();
            fs::metadata(&path).unwrap().permissions().mode() & 0o777
        };
        assert_eq!(mode(Options::default()), 0o600);
        assert_eq!(mode(Options::SHARED) & 0o600, 0o600);
        assert_eq!(mode(Options { mode: 0o640, synced: false }) & 0o007, 0);
    }
}
