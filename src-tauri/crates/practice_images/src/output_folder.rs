//! The folder an image is written to: one writer at a time, and the folder appears whole or not at all.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use crate::error::PracticeImageError;

/// The folder, locked until this is dropped. The system releases the lock if the process dies.
pub(crate) struct OutputFolder {
    out: PathBuf,
    fresh: PathBuf,
    _lock: File,
}

impl OutputFolder {
    /// Waits until no other writer has the folder.
    pub(crate) fn lock(out: &Path) -> Result<Self, PracticeImageError> {
        let lock = beside(out, "lock")?;
        if let Some(parent) = lock.parent() {
            fs::create_dir_all(parent).map_err(PracticeImageError::io(parent))?;
        }
        let file = File::options().create(true).append(true).open(&lock).map_err(PracticeImageError::io(&lock))?;
        file.lock().map_err(PracticeImageError::io(&lock))?;
        Ok(Self { out: out.to_owned(), fresh: beside(out, "new")?, _lock: file })
    }

    /// An empty folder to write to, beside the final one; what a killed writer left there is removed.
    pub(crate) fn fresh(&self) -> Result<&Path, PracticeImageError> {
        self.refuse_foreign()?;
        remove(&self.fresh)?;
        fs::create_dir_all(&self.fresh).map_err(PracticeImageError::io(&self.fresh))?;
        Ok(&self.fresh)
    }

    /// Puts the folder written in the final one's place.
    pub(crate) fn publish(&self) -> Result<(), PracticeImageError> {
        let old = beside(&self.out, "old")?;
        remove(&old)?;
        if self.out.exists() {
            fs::rename(&self.out, &old).map_err(PracticeImageError::io(&self.out))?;
        }
        fs::rename(&self.fresh, &self.out).map_err(PracticeImageError::io(&self.out))?;
        remove(&old)
    }

    /// Only what looks like an image layout may be replaced.
    fn refuse_foreign(&self) -> Result<(), PracticeImageError> {
        let mut entries = match fs::read_dir(&self.out) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(PracticeImageError::io(&self.out)(error)),
        };
        let ours = ["oci-layout", "index.json", "blobs"].iter().any(|name| self.out.join(name).exists());
        if ours || entries.next().is_none() { Ok(()) } else { Err(PracticeImageError::Foreign(self.out.clone())) }
    }
}

impl Drop for OutputFolder {
    /// What was begun and not published is of no use. The next writer would remove it too, so a failure does not matter.
    fn drop(&mut self) {
        remove(&self.fresh).ok();
    }
}

/// `.<name>.<suffix>` in the same folder, so that a rename stays on one file system.
fn beside(out: &Path, suffix: &str) -> Result<PathBuf, PracticeImageError> {
    let name = out.file_name().ok_or_else(|| PracticeImageError::Foreign(out.to_owned()))?;
    let mut hidden = OsString::from(".");
    hidden.push(name);
    hidden.push(".");
    hidden.push(suffix);
    Ok(out.with_file_name(hidden))
}

fn remove(folder: &Path) -> Result<(), PracticeImageError> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(PracticeImageError::io(folder)(error)),
        _ => Ok(()),
    }
}
