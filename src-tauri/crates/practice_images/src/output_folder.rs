//! The folder that an image is written to: one writer at a time, and it appears only when it is complete.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use crate::error::PracticeImageError;

/// The folder, locked until this is dropped. The operating system releases the lock if the process ends.
pub(crate) struct OutputFolder {
    out: PathBuf,
    staging: PathBuf,
    _lock: File,
}

impl OutputFolder {
    /// Locks the folder, waiting until no other writer has it.
    pub(crate) fn lock(out: &Path) -> Result<Self, PracticeImageError> {
        let lock = sibling(out, "lock")?;
        if let Some(parent) = lock.parent() {
            fs::create_dir_all(parent).map_err(PracticeImageError::io(parent))?;
        }
        let file = File::options().create(true).append(true).open(&lock).map_err(PracticeImageError::io(&lock))?;
        file.lock().map_err(PracticeImageError::io(&lock))?;
        Ok(Self { out: out.to_owned(), staging: sibling(out, "new")?, _lock: file })
    }

    /// Creates an empty folder to write to, next to the final one. Files of a killed writer are removed.
    pub(crate) fn create_staging(&self) -> Result<&Path, PracticeImageError> {
        self.reject_foreign()?;
        remove(&self.staging)?;
        fs::create_dir_all(&self.staging).map_err(PracticeImageError::io(&self.staging))?;
        Ok(&self.staging)
    }

    /// Replaces the final folder with the one that was written.
    pub(crate) fn publish(&self) -> Result<(), PracticeImageError> {
        let old = sibling(&self.out, "old")?;
        remove(&old)?;
        if self.out.exists() {
            fs::rename(&self.out, &old).map_err(PracticeImageError::io(&self.out))?;
        }
        fs::rename(&self.staging, &self.out).map_err(PracticeImageError::io(&self.out))?;
        remove(&old)
    }

    /// Fails if the folder contains something other than an image layout, which must not be replaced.
    fn reject_foreign(&self) -> Result<(), PracticeImageError> {
        let mut entries = match fs::read_dir(&self.out) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(PracticeImageError::io(&self.out)(error)),
        };
        let is_layout = ["oci-layout", "index.json", "blobs"].iter().any(|name| self.out.join(name).exists());
        if is_layout || entries.next().is_none() { Ok(()) } else { Err(PracticeImageError::Foreign(self.out.clone())) }
    }
}

impl Drop for OutputFolder {
    /// Removes what was not published. An error does not matter, because the next writer removes it too.
    fn drop(&mut self) {
        remove(&self.staging).ok();
    }
}

/// `.<name>.<suffix>` in the same folder, so that a rename stays on one file system.
fn sibling(out: &Path, suffix: &str) -> Result<PathBuf, PracticeImageError> {
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
