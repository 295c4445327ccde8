//! The store's folders and files. A file appears whole: see `atomic_file`.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use atomic_file::Options;
use serde::de::DeserializeOwned;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use crate::error::{At, StorageError};
use oci::{Algorithm, Digest};

#[derive(Debug)]
pub(super) struct Disk {
    root: PathBuf,
}

impl Disk {
    pub(super) fn new(root: &Path) -> Self {
        Self { root: root.to_owned() }
    }

    /// The folders of blobs, one for each hash function.
    pub(super) fn blobs(&self) -> [PathBuf; 2] {
        Algorithm::ALL.map(|algorithm| self.blobs_by(algorithm))
    }

    fn blobs_by(&self, algorithm: Algorithm) -> PathBuf {
        self.root.join("blobs").join(algorithm.as_str())
    }

    pub(super) fn blob(&self, digest: &Digest) -> PathBuf {
        self.blobs_by(digest.algorithm()).join(digest.hex())
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

    /// The folder of what could not be read. Of what is in there only the links are read again.
    pub(super) fn quarantine(&self) -> PathBuf {
        self.root.join("quarantine")
    }

    /// Moves a repository's folder out of the store. Returns where it is then.
    pub(super) fn move_to_quarantine(&self, folder: &Path) -> Result<PathBuf, StorageError> {
        let parent = self.quarantine();
        fs::create_dir_all(&parent).at(&parent)?;
        let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let target = parent.join(format!("{name}-{}", Uuid::new_v4().simple()));
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

/// The digest that a file is named after, if it is.
pub(super) fn digest_of(path: &Path) -> Option<Digest> {
    Digest::from_hex(path.file_name()?.to_str()?).ok()
}

/// What is in a folder.
pub(super) fn entries(dir: &Path) -> Result<Vec<PathBuf>, StorageError> {
    let listed = fs::read_dir(dir).and_then(|entries| entries.map(|entry| Ok(entry?.path())).collect());
    listed.at(dir)
}

/// The value in a file. One that cannot be parsed is damaged.
pub(super) fn read_json<T: DeserializeOwned>(path: &Path) -> Result<T, StorageError> {
    let bytes = fs::read(path).at(path)?;
    serde_json::from_slice(&bytes)
        .map_err(|error| StorageError::Damaged { path: path.to_owned(), reason: error.to_string() })
}
