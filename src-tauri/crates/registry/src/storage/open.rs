//! Opening a store: drops what a killed process left half-done, and reads the rest into memory.

use std::{collections::HashMap, fs, path::Path, sync::Arc};

use parking_lot::{Mutex, RwLock};
use serde::de::DeserializeOwned;

use super::{
    core::Core,
    disk::{self, Disk},
    repository::{Contents, Repository, State},
    upload::Uploads,
};
use crate::error::{At, StorageError};
use oci::Digest;

type Sizes = HashMap<Digest, u64>;

impl Core {
    /// Opens the store in this folder, and creates it if need be.
    pub(super) fn open(root: &Path) -> Result<Self, StorageError> {
        let disk = Disk::new(root);
        for dir in [disk.blobs(), disk.uploads(), disk.repositories()] {
            fs::create_dir_all(&dir).at(&dir)?;
        }
        empty(&disk.uploads())?;
        let found = sizes(&disk.blobs())?;
        let mut repositories = HashMap::new();
        for entry in entries(&disk.repositories())? {
            let (name, repository) = load(&disk, &entry, &found)?;
            repositories.insert(name, Arc::new(repository));
        }
        drop_unlinked(&disk, &found, repositories.values())?;
        Ok(Self {
            disk,
            gate: RwLock::new(()),
            repositories: RwLock::new(repositories),
            uploads: Mutex::new(Uploads::default()),
        })
    }
}

fn empty(dir: &Path) -> Result<(), StorageError> {
    for path in entries(dir)? {
        if path.is_dir() { fs::remove_dir_all(&path) } else { fs::remove_file(&path) }.at(&path)?;
    }
    Ok(())
}

fn load(disk: &Disk, dir: &Path, found: &Sizes) -> Result<(String, Repository), StorageError> {
    let mut state: State = read_json(&dir.join("state.json"))?;
    let name = state.name.clone();
    let blobs = links(&dir.join("blobs"), found)?;
    let known = state.manifests.len();
    state.manifests.retain(|digest, manifest| found.get(digest) == Some(&manifest.length));
    let lost = known - state.manifests.len();
    // When manifests were last read is worth losing: a missing or torn file is no reason not to open.
    let pulls = read_json(&dir.join("pulls.json")).unwrap_or_default();
    let repository = Repository::loaded(dir.to_owned(), Contents { blobs, state: state.clone(), pulls });
    if lost > 0 {
        tracing::warn!(repository = name, lost, "manifests were not whole on disk and are dropped");
        let State { manifests, tags, .. } = &mut state;
        tags.retain(|_, digest| manifests.contains_key(digest));
        repository.replace_state(disk, state)?;
    }
    Ok((name, repository))
}

/// The links whose blob is there and whole; the others are removed.
fn links(dir: &Path, found: &Sizes) -> Result<Sizes, StorageError> {
    let mut links = Sizes::new();
    for path in entries(dir)? {
        let size = fs::read_to_string(&path).at(&path)?.parse::<u64>().ok();
        match (digest_of(&path), size) {
            (Some(digest), Some(size)) if found.get(&digest) == Some(&size) => {
                links.insert(digest, size);
            }
            _ => {
                tracing::warn!(link = %path.display(), "a blob was not whole on disk and is dropped");
                disk::remove_file(&path)?;
            }
        }
    }
    Ok(links)
}

fn drop_unlinked<'a>(
    disk: &Disk,
    found: &Sizes,
    repositories: impl Iterator<Item = &'a Arc<Repository>>,
) -> Result<(), StorageError> {
    let mut unlinked = found.clone();
    for repository in repositories {
        for (digest, _) in repository.contents().links() {
            unlinked.remove(digest);
        }
    }
    unlinked.keys().try_for_each(|digest| disk::remove_file(&disk.blob(digest)))
}

fn sizes(dir: &Path) -> Result<Sizes, StorageError> {
    let mut sizes = Sizes::new();
    for path in entries(dir)? {
        if let Some(digest) = digest_of(&path) {
            sizes.insert(digest, fs::metadata(&path).at(&path)?.len());
        }
    }
    Ok(sizes)
}

fn digest_of(path: &Path) -> Option<Digest> {
    Digest::from_hex(path.file_name()?.to_str()?).ok()
}

fn entries(dir: &Path) -> Result<Vec<std::path::PathBuf>, StorageError> {
    let listed = fs::read_dir(dir).and_then(|entries| entries.map(|entry| Ok(entry?.path())).collect());
    listed.at(dir)
}

fn read_json<T: DeserializeOwned>(path: &Path) -> Result<T, StorageError> {
    let bytes = fs::read(path).at(path)?;
    serde_json::from_slice(&bytes)
        .map_err(|error| StorageError::Damaged { path: path.to_owned(), reason: error.to_string() })
}
