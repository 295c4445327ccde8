//! Where files lie, and how one appears: written aside, brought to the disk, then renamed into its place.

use std::{
    fs::{self, File},
    io::{self, Write},
    path::{Path, PathBuf},
};

use uuid::Uuid;

use super::{At, StoreError, state::State};
use crate::digest::Digest;

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

    pub(super) fn blobs(&self) -> PathBuf {
        self.root.join("blobs").join("sha256")
    }

    pub(super) fn blob(&self, digest: &Digest) -> PathBuf {
        self.blobs().join(digest.hex())
    }

    pub(super) fn unfinished(&self) -> PathBuf {
        self.root.join("unfinished")
    }

    /// A fresh name to write under.
    pub(super) fn aside(&self) -> PathBuf {
        self.unfinished().join(Uuid::new_v4().simple().to_string())
    }

    /// The blob's file, if it has the size it should have.
    pub(super) fn whole_blob(&self, digest: &Digest, size: u64) -> Option<PathBuf> {
        let path = self.blob(digest);
        fs::metadata(&path).is_ok_and(|found| found.is_file() && found.len() == size).then_some(path)
    }

    pub(super) fn put_blob(&self, content: &[u8]) -> Result<Digest, StoreError> {
        let digest = Digest::of(content);
        if self.whole_blob(&digest, content.len() as u64).is_none() {
            self.write(&self.blob(&digest), content)?;
        }
        Ok(digest)
    }

    /// The blobs' names come to the disk before a state that tells of them.
    pub(super) fn write_state(&self, state: &State) -> Result<(), StoreError> {
        let path = self.state();
        sync_dir(&self.blobs())?;
        let json = serde_json::to_vec_pretty(state).map_err(io::Error::from).at(&path)?;
        self.write(&path, &json)?;
        sync_dir(&self.root)
    }

    fn write(&self, path: &Path, content: &[u8]) -> Result<(), StoreError> {
        let aside = self.aside();
        let written = write_new(&aside, content).at(&aside).and_then(|()| fs::rename(&aside, path).at(path));
        if written.is_err() {
            // The first error says more than a failure to tidy up after it; opening tidies again.
            let _ = fs::remove_file(&aside);
        }
        written
    }
}

fn write_new(path: &Path, content: &[u8]) -> io::Result<()> {
    let mut file = File::create_new(path)?;
    file.write_all(content)?;
    file.sync_data()
}

/// Removes a file that may be gone already.
pub(super) fn remove_file(path: &Path) -> Result<(), StoreError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        outcome => outcome.at(path),
    }
}

/// Brings the names in a folder to the disk, where the system knows how.
fn sync_dir(dir: &Path) -> Result<(), StoreError> {
    if cfg!(unix) { File::open(dir).and_then(|dir| dir.sync_all()).at(dir) } else { Ok(()) }
}
