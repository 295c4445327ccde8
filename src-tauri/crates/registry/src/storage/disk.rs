//! Where files lie, and how one appears: written aside, then renamed into its place.

use std::{
    fs::{self, File},
    io::{self, Write},
    path::{Path, PathBuf},
};

use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use crate::{Digest, StorageError, error::At};

#[derive(Debug)]
pub(super) struct Disk {
    root: PathBuf,
}

/// Whether a file must be on the disk itself before it gets its name.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Durable {
    Synced,
    WhenConvenient,
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

    /// Named by a hash: names may be longer than a file name, nest, or be words that Windows keeps to itself.
    pub(super) fn repository(&self, name: &str) -> PathBuf {
        self.repositories().join(hex::encode(&Sha256::digest(name)[..16]))
    }

    /// A fresh name to write under.
    pub(super) fn aside(&self) -> PathBuf {
        self.uploads().join(Uuid::new_v4().simple().to_string())
    }

    /// The blob's file, if it has the size it should have.
    pub(super) fn whole_blob(&self, digest: &Digest, size: u64) -> Option<PathBuf> {
        let path = self.blob(digest);
        fs::metadata(&path).is_ok_and(|found| found.is_file() && found.len() == size).then_some(path)
    }

    pub(super) fn write(&self, path: &Path, content: &[u8], durable: Durable) -> Result<(), StorageError> {
        let aside = self.aside();
        let written = write_new(&aside, content, durable).at(&aside).and_then(|()| fs::rename(&aside, path).at(path));
        if written.is_err() {
            // The first error says more than a failure to tidy up after it; opening tidies again.
            let _ = fs::remove_file(&aside);
        }
        written
    }
}

/// Removes a file that may be gone already.
pub(super) fn remove_file(path: &Path) -> Result<(), StorageError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        outcome => outcome.at(path),
    }
}

fn write_new(path: &Path, content: &[u8], durable: Durable) -> io::Result<()> {
    let mut file = File::create_new(path)?;
    file.write_all(content)?;
    match durable {
        Durable::Synced => file.sync_data(),
        Durable::WhenConvenient => Ok(()),
    }
}
