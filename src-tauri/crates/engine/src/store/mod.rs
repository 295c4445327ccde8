//! The images on disk: blobs by their digests, and one file that lists the images and their names.
//!
//! A blob gets its name when all of it is on the disk, and the file is replaced as a whole: a process killed at any moment
//! leaves a store that opens. Blobs that no image needs are collected when an image is removed; until then the layers of an
//! interrupted pull are kept for the next attempt, for a day.

mod collect;
mod disk;
pub(crate) mod error;
pub(crate) mod images;
pub(crate) mod ingest;
mod open;
pub(crate) mod receive;
pub(crate) mod state;

use std::{
    collections::{BTreeMap, HashMap},
    fs::File,
    io,
    path::PathBuf,
    sync::{Arc, Weak},
};

use parking_lot::Mutex;
use tokio::sync::OwnedMutexGuard;

use self::{
    disk::Disk,
    error::{At, StoreError},
    state::State,
};
use crate::image_config::DOCUMENT_LIMIT;
use oci::{Blob, Digest};

/// The store. Clones are the same store.
#[derive(Clone, Debug)]
pub(crate) struct Store(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    disk: Disk,
    state: Mutex<Arc<State>>,
    /// How many operations in progress need each blob, whether an image needs it or not.
    pins: Mutex<BTreeMap<Digest, usize>>,
    claims: Mutex<HashMap<Digest, Weak<tokio::sync::Mutex<()>>>>,
    /// Locked as long as the store is open.
    _lock: File,
}

impl Store {
    /// The present images and names.
    pub(crate) fn state(&self) -> Arc<State> {
        Arc::clone(&self.0.state.lock())
    }

    /// Changes the state: the change is on disk when this returns. If it cannot be written it does not take effect.
    pub(crate) async fn update<T: Send + 'static>(
        &self,
        change: impl FnOnce(&mut State) -> T + Send + 'static,
    ) -> Result<T, StoreError> {
        let store = self.clone();
        blocking(move || store.update_now(change)).await
    }

    /// As [`update`](Self::update), on a thread that may block.
    pub(crate) fn update_now<T>(&self, change: impl FnOnce(&mut State) -> T) -> Result<T, StoreError> {
        let mut current = self.0.state.lock();
        let mut next = State::clone(&current);
        let result = change(&mut next);
        if next != **current {
            self.0.disk.write_state(&next)?;
            *current = Arc::new(next);
        }
        Ok(result)
    }

    /// The blob's file, if the store has it.
    pub(crate) fn blob(&self, blob: &Blob) -> Option<PathBuf> {
        self.0.disk.complete_blob(&blob.digest, blob.size)
    }

    /// The content of a manifest or a configuration.
    pub(crate) async fn document(&self, digest: &Digest) -> Result<Vec<u8>, StoreError> {
        let (store, digest) = (self.clone(), digest.clone());
        blocking(move || store.document_now(&digest)).await
    }

    /// As [`document`](Self::document), on a thread that may block.
    pub(crate) fn document_now(&self, digest: &Digest) -> Result<Vec<u8>, StoreError> {
        let path = self.0.disk.blob(digest);
        let size = std::fs::metadata(&path).at(&path)?.len();
        if size > DOCUMENT_LIMIT {
            return Err(io::Error::from(io::ErrorKind::FileTooLarge)).at(&path);
        }
        std::fs::read(&path).at(&path)
    }

    /// Stores a small blob.
    pub(crate) async fn put(&self, content: bytes::Bytes) -> Result<Digest, StoreError> {
        let store = self.clone();
        blocking(move || store.put_now(&content)).await
    }

    /// As [`put`](Self::put), on a thread that may block.
    pub(crate) fn put_now(&self, content: &[u8]) -> Result<Digest, StoreError> {
        self.0.disk.put_blob(content)
    }

    /// Waits until no other task downloads this blob, and keeps others from downloading it.
    pub(crate) async fn claim(&self, digest: &Digest) -> OwnedMutexGuard<()> {
        let claim = {
            let mut claims = self.0.claims.lock();
            claims.retain(|_, claim| claim.strong_count() > 0);
            claims.get(digest).and_then(Weak::upgrade).unwrap_or_else(|| {
                let claim = Arc::default();
                claims.insert(digest.clone(), Arc::downgrade(&claim));
                claim
            })
        };
        claim.lock_owned().await
    }

    /// Keeps these blobs from being collected.
    pub(crate) fn pin(&self, digests: impl IntoIterator<Item = Digest>) -> Pin {
        let digests: Vec<_> = digests.into_iter().collect();
        let mut pins = self.0.pins.lock();
        for digest in &digests {
            *pins.entry(digest.clone()).or_default() += 1;
        }
        Pin { store: self.clone(), digests }
    }
}

/// Blobs that are not collected while this is alive.
#[derive(Debug)]
pub(crate) struct Pin {
    store: Store,
    digests: Vec<Digest>,
}

impl Drop for Pin {
    fn drop(&mut self) {
        let mut pins = self.store.0.pins.lock();
        for digest in &self.digests {
            if let Some(count) = pins.get_mut(digest) {
                *count -= 1;
                if *count == 0 {
                    pins.remove(digest);
                }
            }
        }
    }
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, StoreError> + Send + 'static,
) -> Result<T, StoreError> {
    tokio::task::spawn_blocking(work).await.unwrap_or(Err(StoreError::Stopping))
}
