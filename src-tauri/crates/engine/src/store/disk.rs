//! The store's folders and files. A file appears whole: see `atomic_file`.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use atomic_file::{Options, PendingFile};

use super::{
    error::{At, StoreError},
    state::State,
};
use oci::{Algorithm, Digest};

#[derive(Debug)]
pub(super) struct Disk {
    root: PathBuf,
}

impl Disk {
    pub(super) fn new(root: &Path) -> Self {
        Self { root: root.to_owned() }
    }

    pub(super) fn lock(&self) -> PathBuf {
        self.root.join("lock")
    }

    pub(super) fn state(&self) -> PathBuf {
        self.root.join("images.json")
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

    pub(super) fn unfinished(&self) -> PathBuf {
        self.root.join("unfinished")
    }

    /// A file to be written piece by piece.
    pub(super) fn pending(&self) -> Result<PendingFile, StoreError> {
        PendingFile::create(&self.unfinished(), Options::SHARED).at(&self.unfinished())
    }

    /// The blob's file, if it has the expected size.
    pub(super) fn complete_blob(&self, digest: &Digest, size: u64) -> Option<PathBuf> {
        let path = self.blob(digest);
        fs::metadata(&path).is_ok_and(|metadata| metadata.is_file() && metadata.len() == size).then_some(path)
    }

    pub(super) fn put_blob(&self, content: &[u8]) -> Result<Digest, StoreError> {
        let digest = Digest::of(content);
        if self.complete_blob(&digest, content.len() as u64).is_none() {
            self.write(&self.blob(&digest), content)?;
        }
        Ok(digest)
    }

    /// The blobs that the state names must have been written before.
    pub(super) fn write_state(&self, state: &State) -> Result<(), StoreError> {
        let path = self.state();
        let json = serde_json::to_vec_pretty(state).map_err(io::Error::from).at(&path)?;
        self.write(&path, &json)
    }

    fn write(&self, path: &Path, content: &[u8]) -> Result<(), StoreError> {
        atomic_file::write_in(&self.unfinished(), path, content, Options::SHARED).at(path)
    }
}

/// Removes a file, which may be missing already.
pub(super) fn remove_file(path: &Path) -> Result<(), StoreError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        outcome => outcome.at(path),
    }
}
