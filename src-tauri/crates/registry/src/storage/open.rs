//! Opening a store: removes what a killed process left unfinished, and reads the rest into memory.

use std::{
    collections::{HashMap, HashSet},
    fs, io,
    path::Path,
    sync::Arc,
};

use parking_lot::{Mutex, RwLock};

use super::{
    core::Core,
    disk::{self, Disk, digest_of, entries, read_json},
    quarantine,
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
        for dir in disk.blobs().into_iter().chain([disk.uploads(), disk.repositories()]) {
            fs::create_dir_all(&dir).at(&dir)?;
        }
        empty(&disk.uploads())?;
        let blob_sizes = sizes(&disk)?;
        let mut repositories = HashMap::new();
        let mut damaged = Vec::new();
        for entry in entries(&disk.repositories())? {
            match load(&disk, &entry, &blob_sizes) {
                Ok((name, repository)) => {
                    repositories.insert(name, Arc::new(repository));
                }
                // One repository that cannot be read does not keep the others from being served.
                Err(StorageError::Damaged { path, reason }) => {
                    tracing::warn!(path = %path.display(), reason, "a repository is damaged");
                    damaged.push(entry);
                }
                Err(error) => return Err(error),
            }
        }
        let unlinked = unlinked(&blob_sizes, repositories.values());
        let mut quarantined = Vec::new();
        for entry in damaged {
            // Before the move: if the process is killed in between, the repository is found damaged again.
            quarantine::keep(&entry, unlinked.iter().copied())?;
            let moved = disk.move_to_quarantine(&entry)?;
            quarantined.push((entry, moved));
        }
        let kept = quarantine::blobs(&disk)?;
        for digest in unlinked.difference(&kept.iter().collect()) {
            disk::remove_file(&disk.blob(digest))?;
        }
        Ok(Self {
            disk,
            kept: RwLock::new(kept),
            collection_lock: RwLock::new(()),
            repositories: RwLock::new(repositories),
            uploads: Mutex::new(Uploads::default()),
            quarantined,
        })
    }
}

fn empty(dir: &Path) -> Result<(), StorageError> {
    for path in entries(dir)? {
        if path.is_dir() { fs::remove_dir_all(&path) } else { fs::remove_file(&path) }.at(&path)?;
    }
    Ok(())
}

fn load(disk: &Disk, dir: &Path, blob_sizes: &Sizes) -> Result<(String, Repository), StorageError> {
    let mut state: State = read_json(&dir.join("state.json")).map_err(missing_is_damaged)?;
    let name = state.name.clone();
    let blobs = links(&dir.join("blobs"), blob_sizes).map_err(missing_is_damaged)?;
    let count_before = state.manifests.len();
    state.manifests.retain(|digest, manifest| blob_sizes.get(digest) == Some(&manifest.length));
    let lost = count_before - state.manifests.len();
    // The times of last pulls may be lost: a missing or damaged file does not prevent opening.
    let pulls = read_json(&dir.join("pulls.json")).unwrap_or_default();
    let repository = Repository::loaded(dir.to_owned(), Contents { blobs, state: state.clone(), pulls });
    if lost > 0 {
        tracing::warn!(repository = name, lost, "manifests were incomplete on disk and are dropped");
        let State { manifests, tags, .. } = &mut state;
        tags.retain(|_, digest| manifests.contains_key(digest));
        repository.replace_state(disk, state)?;
    }
    Ok((name, repository))
}

/// A part of a repository is missing: it is always written before the repository's folder gets its name.
fn missing_is_damaged(error: StorageError) -> StorageError {
    match error {
        StorageError::Io { path, source }
            if matches!(source.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) =>
        {
            StorageError::Damaged { path, reason: source.to_string() }
        }
        other => other,
    }
}

/// The links whose blob is complete; the others are removed.
fn links(dir: &Path, blob_sizes: &Sizes) -> Result<Sizes, StorageError> {
    let mut links = Sizes::new();
    for path in entries(dir)? {
        let size = String::from_utf8(fs::read(&path).at(&path)?).ok().and_then(|text| text.parse::<u64>().ok());
        match (digest_of(&path), size) {
            (Some(digest), Some(size)) if blob_sizes.get(&digest) == Some(&size) => {
                links.insert(digest, size);
            }
            _ => {
                tracing::warn!(link = %path.display(), "a blob was incomplete on disk and is dropped");
                disk::remove_file(&path)?;
            }
        }
    }
    Ok(links)
}

/// The blobs that none of the repositories links to.
fn unlinked<'a>(blob_sizes: &'a Sizes, repositories: impl Iterator<Item = &'a Arc<Repository>>) -> HashSet<&'a Digest> {
    let mut unlinked: HashSet<_> = blob_sizes.keys().collect();
    for repository in repositories {
        for (digest, _) in repository.contents().links() {
            unlinked.remove(digest);
        }
    }
    unlinked
}

fn sizes(disk: &Disk) -> Result<Sizes, StorageError> {
    let mut sizes = Sizes::new();
    for dir in disk.blobs() {
        for path in entries(&dir)? {
            if let Some(digest) = digest_of(&path) {
                sizes.insert(digest, fs::metadata(&path).at(&path)?.len());
            }
        }
    }
    Ok(sizes)
}
