//! Removing blobs that are no longer needed.

use std::{collections::BTreeSet, fs, sync::Arc};

use super::{
    Store, blocking, disk,
    error::{At, StoreError},
    state::{ImageRecord, State},
};
use oci::Digest;

/// A blob that was removed.
#[derive(Clone, Debug)]
pub(super) struct Removed {
    pub(crate) digest: Digest,
    pub(crate) size: u64,
}

impl Store {
    /// Removes every blob that neither an image nor an operation in progress needs.
    pub(super) async fn collect(&self) -> Result<Vec<Removed>, StoreError> {
        let store = self.clone();
        blocking(move || store.collect_now()).await
    }

    /// Removes those of these blobs that neither an image nor an operation in progress needs. Blocks.
    pub(crate) fn discard(&self, digests: &BTreeSet<Digest>) -> Result<(), StoreError> {
        let state = self.0.state.lock();
        let pins = self.0.pins.lock();
        let needed: BTreeSet<&Digest> =
            state.images.values().flat_map(ImageRecord::blobs).map(|blob| &blob.digest).chain(pins.keys()).collect();
        let mut unneeded = digests.iter().filter(|digest| !needed.contains(digest));
        unneeded.try_for_each(|digest| disk::remove_file(&self.0.disk.blob(digest)))
    }

    /// State and pins stay locked meanwhile: an operation that pinned a blob before keeps it, one that pins it later finds
    /// it removed.
    fn collect_now(&self) -> Result<Vec<Removed>, StoreError> {
        let mut state = self.0.state.lock();
        let pins = self.0.pins.lock();
        let needed: BTreeSet<&Digest> =
            state.images.values().flat_map(ImageRecord::blobs).map(|blob| &blob.digest).chain(pins.keys()).collect();
        let mut removed = Vec::new();
        for dir in self.0.disk.blobs() {
            for entry in fs::read_dir(&dir).at(&dir)? {
                let entry = entry.at(&dir)?;
                let name = entry.file_name();
                let digest = name.to_str().and_then(|name| Digest::from_hex(name).ok());
                let Some(digest) = digest.filter(|digest| !needed.contains(digest)) else { continue };
                let size = entry.metadata().at(&entry.path())?.len();
                disk::remove_file(&entry.path())?;
                removed.push(Removed { digest, size });
            }
        }
        drop(pins);
        let mut next = State::clone(&state);
        for blob in &removed {
            next.origins.remove(&blob.digest);
        }
        if next != **state {
            self.0.disk.write_state(&next)?;
            *state = Arc::new(next);
        }
        Ok(removed)
    }
}
