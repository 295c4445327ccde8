//! One repository: its content in memory, which mirrors its folder.

use std::{
    collections::{BTreeMap, HashMap},
    fs,
    path::PathBuf,
    time::SystemTime,
};

use atomic_file::Options;
use parking_lot::{Mutex, RwLock, RwLockReadGuard, RwLockWriteGuard};
use serde::{Deserialize, Serialize};

use super::disk::{self, Disk};
use crate::error::{At, StorageError};
use oci::Digest;

#[derive(Debug)]
pub(super) struct Repository {
    dir: PathBuf,
    /// Held from reading the contents until the new ones are written.
    pub(super) writer: Mutex<()>,
    contents: RwLock<Contents>,
}

#[derive(Debug, Default)]
pub(super) struct Contents {
    /// Configs and layers, with their sizes in bytes.
    pub(super) blobs: HashMap<Digest, u64>,
    pub(super) state: State,
    pub(super) pulls: BTreeMap<Digest, SystemTime>,
}

/// `state.json`
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct State {
    pub(super) name: String,
    pub(super) manifests: BTreeMap<Digest, ManifestRecord>,
    pub(super) tags: BTreeMap<String, Digest>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct ManifestRecord {
    pub(super) media_type: String,
    /// Bytes of the manifest itself.
    pub(super) length: u64,
    /// Bytes of config and layers; 0 for an index.
    pub(super) image_size: u64,
    pub(super) pushed_at: SystemTime,
    pub(super) artifact_type: Option<String>,
    pub(super) subject: Option<Digest>,
    pub(super) annotations: BTreeMap<String, String>,
    pub(super) children: Vec<Digest>,
}

impl Repository {
    /// A new, empty repository. It appears with its state or not at all.
    pub(super) fn create(name: &str, disk: &Disk) -> Result<Self, StorageError> {
        let temporary_folder = disk.temporary_folder();
        let dir = disk.repository(name);
        fs::create_dir_all(temporary_folder.join("blobs")).at(&temporary_folder)?;
        let state = State { name: name.to_owned(), ..State::default() };
        disk.write(&temporary_folder.join("state.json"), &json(&state), Options::SHARED)?;
        fs::rename(&temporary_folder, &dir).at(&dir)?;
        Ok(Self::loaded(dir, Contents { state, ..Contents::default() }))
    }

    pub(super) fn loaded(dir: PathBuf, contents: Contents) -> Self {
        Self { dir, writer: Mutex::new(()), contents: RwLock::new(contents) }
    }

    pub(super) fn dir(&self) -> &PathBuf {
        &self.dir
    }

    pub(super) fn contents(&self) -> RwLockReadGuard<'_, Contents> {
        self.contents.read()
    }

    /// Links a blob to the repository. A link that a crash has truncated counts as none.
    pub(super) fn link(&self, digest: &Digest, size: u64) -> Result<(), StorageError> {
        if self.contents().blobs.get(digest) == Some(&size) {
            return Ok(());
        }
        let path = self.dir.join("blobs").join(digest.hex());
        fs::write(&path, size.to_string()).at(&path)?;
        self.contents_mut().blobs.insert(digest.clone(), size);
        Ok(())
    }

    /// `false` if it was not there.
    pub(super) fn unlink(&self, digest: &Digest) -> Result<bool, StorageError> {
        disk::remove_file(&self.dir.join("blobs").join(digest.hex()))?;
        Ok(self.contents_mut().blobs.remove(digest).is_some())
    }

    /// The writer must be held.
    pub(super) fn replace_state(&self, disk: &Disk, state: State) -> Result<(), StorageError> {
        disk.write(&self.dir.join("state.json"), &json(&state), Options::SHARED)?;
        self.contents_mut().state = state;
        Ok(())
    }

    /// The writer must be held.
    pub(super) fn replace_pulls(&self, disk: &Disk, pulls: BTreeMap<Digest, SystemTime>) -> Result<(), StorageError> {
        disk.write(&self.dir.join("pulls.json"), &json(&pulls), Options::SHARED.unsynced())?;
        self.contents_mut().pulls = pulls;
        Ok(())
    }

    fn contents_mut(&self) -> RwLockWriteGuard<'_, Contents> {
        self.contents.write()
    }
}

impl Contents {
    /// The size of a blob or manifest that is linked here.
    pub(super) fn size_of(&self, digest: &Digest) -> Option<u64> {
        self.blobs.get(digest).copied().or_else(|| self.state.manifests.get(digest).map(|manifest| manifest.length))
    }

    /// Every digest whose file this repository needs.
    pub(super) fn links(&self) -> impl Iterator<Item = (&Digest, u64)> {
        let manifests = self.state.manifests.iter().map(|(digest, manifest)| (digest, manifest.length));
        self.blobs.iter().map(|(digest, size)| (digest, *size)).chain(manifests)
    }
}

fn json<T: Serialize>(value: &T) -> Vec<u8> {
    serde_json::to_vec(value).expect("texts, numbers and times after 1970 have a JSON form")
}
