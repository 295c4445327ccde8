//! The store's folders and files. A file appears whole: see `atomic_file`.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use atomic_file::Options;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use crate::error::{At, StorageError};
use oci::Digest;

#[derive(Debug)]
pub(super) struct Disk {
    root: PathBuf,
}

impl Disk {
    pub(super) fn new(root: &Path) -> Self {
        Self { root: root.to_owned() }
    }

    pub(super) fn blobs(&self) -> PathBuf {
        self.root.join("blobs").join("sha256")
    }

    pub(super) fn blob(&self, digest: &Digest) -> PathBuf {
        self.blobs().join(digest.hex())
    }

    pub(super) fn uploads(&self) -> PathBuf {
        self.root.join("uploads")
    }

    pub(super) fn repositories(&self) -> PathBuf {
        self.root.join("repositories")
    }

    /// The folder of a repository. Named by a hash: a repository's name may be too long for a file name, contain slashes, or be
    /// reserved by Windows.
    pub(super) fn repository(&self, name: &str) -> PathBuf {
        self.repositories().join(hex::encode(&Sha256::digest(name)[..16]))
    }

    /// A fresh name in the folder of what could not be read. What is in there is never read again.
    fn quarantine(&self, folder: &Path) -> PathBuf {
        let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        self.root.join("quarantine").join(format!("{name}-{}", Uuid::new_v4().simple()))
    }

    /// Moves a repository's folder out of the store. Returns where it is then.
    pub(super) fn move_to_quarantine(&self, folder: &Path) -> Result<PathBuf, StorageError> {
        let target = self.quarantine(folder);
        let parent = target.parent().unwrap_or(&self.root);
        fs::create_dir_all(parent).at(parent)?;
        fs::rename(folder, &target).at(folder)?;
        Ok(target)
    }

    /// A fresh name for a folder that is being made or removed.
    pub(super) fn temporary_folder(&self) -> PathBuf {
        self.uploads().join(Uuid::new_v4().simple().to_string())
    }

    /// The blob's file, if it has the expected size.
    pub(super) fn complete_blob(&self, digest: &Digest, size: u64) -> Option<PathBuf> {
        let path = self.blob(digest);
        fs::metadata(&path).is_ok_and(|metadata| metadata.is_file() && metadata.len() == size).then_some(path)
    }

    pub(super) fn write(&self, path: &Path, content: &[u8], options: Options) -> Result<(), StorageError> {
        atomic_file::write_in(&self.uploads(), path, content, options).at(path)
    }
}

/// Removes a file, which may be missing already.
pub(super) fn remove_file(path: &Path) -> Result<(), StorageError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        outcome => outcome.at(path),
    }
}
