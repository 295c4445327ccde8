//! Opening a store: takes the lock, removes what a killed process left unfinished, and reads the rest.

use std::{
    collections::BTreeSet,
    fs::{self, File},
    io,
    path::Path,
    sync::Arc,
    time::Duration,
};

use super::{
    Inner, Store,
    disk::Disk,
    state::{ImageRecord, State},
};
use crate::error::EngineError;
use oci::Digest;
use parking_lot::Mutex;

/// How long the layers of an interrupted pull are kept for another attempt.
const UNUSED_BLOB_AGE: Duration = Duration::from_hours(24);

impl Store {
    /// Opens the store in this folder, and creates it if need be.
    pub(crate) fn open(root: &Path) -> Result<Self, EngineError> {
        open(root).map(|inner| Self(Arc::new(inner)))
    }
}

fn open(root: &Path) -> Result<Inner, EngineError> {
    let disk = Disk::new(root);
    atomic_file::private::create_folder(root).map_err(io(root))?;
    for dir in disk.blobs().into_iter().chain([disk.unfinished()]) {
        fs::create_dir_all(&dir).map_err(io(&dir))?;
    }
    let lock = lock(root, &disk.lock())?;
    for entry in fs::read_dir(disk.unfinished()).map_err(io(&disk.unfinished()))? {
        let path = entry.map_err(io(&disk.unfinished()))?.path();
        fs::remove_file(&path).map_err(io(&path))?;
    }
    let state = read(&disk)?;
    sweep(&disk, &state)?;
    Ok(Inner {
        disk,
        state: Mutex::new(Arc::new(state)),
        pins: Mutex::default(),
        claims: Mutex::default(),
        _lock: lock,
    })
}

fn lock(root: &Path, path: &Path) -> Result<File, EngineError> {
    atomic_file::lock(path).map_err(io(path))?.ok_or_else(|| EngineError::InUse { path: root.to_owned() })
}

fn read(disk: &Disk) -> Result<State, EngineError> {
    let path = disk.state();
    let mut state: State = match fs::read(&path) {
        Ok(bytes) => serde_json::from_slice(&bytes)
            .map_err(|error| EngineError::Damaged { path: path.clone(), reason: error.to_string() })?,
        Err(error) if error.kind() == io::ErrorKind::NotFound => State::default(),
        Err(source) => return Err(EngineError::Io { path, source }),
    };
    drop_incomplete(disk, &mut state);
    Ok(state)
}

/// An image that lacks a blob cannot be pushed; it has to be pulled again.
fn drop_incomplete(disk: &Disk, state: &mut State) {
    let is_complete =
        |image: &ImageRecord| image.blobs().all(|blob| disk.complete_blob(&blob.digest, blob.size).is_some());
    let lost: BTreeSet<Digest> =
        state.images.iter().filter(|(_, image)| !is_complete(image)).map(|(id, _)| id.clone()).collect();
    if lost.is_empty() {
        return;
    }
    tracing::warn!(images = lost.len(), "images are incomplete on disk and are dropped");
    state.images.retain(|id, _| !lost.contains(id));
    state.tags.retain(|_, id| !lost.contains(id));
    state.digests.retain(|_, id| !lost.contains(id));
}

/// Removes blobs that no image needs and that are too old to belong to an interrupted pull.
fn sweep(disk: &Disk, state: &State) -> Result<(), EngineError> {
    let needed: BTreeSet<&str> =
        state.images.values().flat_map(ImageRecord::blobs).map(|blob| blob.digest.hex()).collect();
    for dir in disk.blobs() {
        for entry in fs::read_dir(&dir).map_err(io(&dir))? {
            let entry = entry.map_err(io(&dir))?;
            let path = entry.path();
            let modified = entry.metadata().and_then(|metadata| metadata.modified()).map_err(io(&path))?;
            let old = modified.elapsed().is_ok_and(|age| age > UNUSED_BLOB_AGE);
            if old && !entry.file_name().to_str().is_some_and(|name| needed.contains(name)) {
                fs::remove_file(&path).map_err(io(&path))?;
            }
        }
    }
    Ok(())
}

fn io(path: &Path) -> impl FnOnce(io::Error) -> EngineError {
    let path = path.to_owned();
    move |source| EngineError::Io { path, source }
}
