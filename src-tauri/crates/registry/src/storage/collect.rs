//! Removing repositories, manifests, tags and links, and then the blobs that are no longer linked. The collection lock is
//! held exclusively, so that no upload or mount comes between the check and the removal.

use std::{fs, path::PathBuf};

use super::{core::Core, disk, repository::State};
use crate::error::{At, StorageError};
use oci::Digest;

impl Core {
    pub(super) fn delete_repository(&self, name: &str) -> Result<bool, StorageError> {
        let _guard = self.collection_lock.write();
        let Some(repository) = self.repository(name) else { return Ok(false) };
        // Renamed first, so that it disappears at once; if the removal is interrupted, opening finishes it.
        let temporary_folder = self.disk.temporary_folder();
        fs::rename(repository.dir(), &temporary_folder).at(repository.dir())?;
        self.repositories.write().remove(name);
        self.uploads.lock().remove_of(name);
        fs::remove_dir_all(&temporary_folder).at(&temporary_folder)?;
        let contents = repository.contents();
        self.collect(contents.links().map(|(digest, _)| digest))?;
        Ok(true)
    }

    /// Moves a repository's folder out of the store. Its blobs stay.
    pub(super) fn quarantine_repository(&self, name: &str) -> Result<Option<PathBuf>, StorageError> {
        let _guard = self.collection_lock.write();
        let Some(repository) = self.repository(name) else { return Ok(None) };
        let moved = self.disk.move_to_quarantine(repository.dir())?;
        self.repositories.write().remove(name);
        self.uploads.lock().remove_of(name);
        self.kept.write().extend(repository.contents().links().map(|(digest, _)| digest.clone()));
        Ok(Some(moved))
    }

    pub(super) fn delete_manifest(&self, name: &str, digest: &Digest) -> Result<bool, StorageError> {
        let deleted = self.change(name, |state| {
            state.tags.retain(|_, tagged| tagged != digest);
            state.manifests.remove(digest).map(|_| ())
        })?;
        Ok(deleted.is_some())
    }

    pub(super) fn untag(&self, name: &str, tag: &str) -> Result<Option<Digest>, StorageError> {
        self.change(name, |state| state.tags.remove(tag))
    }

    pub(super) fn unlink_blob(&self, name: &str, digest: &Digest) -> Result<bool, StorageError> {
        let _guard = self.collection_lock.write();
        let Some(repository) = self.repository(name) else { return Ok(false) };
        let unlinked = repository.unlink(digest)?;
        self.collect([digest])?;
        Ok(unlinked)
    }

    /// Applies a removal. If nothing was removed the state is not written.
    fn change<T>(&self, name: &str, remove: impl FnOnce(&mut State) -> Option<T>) -> Result<Option<T>, StorageError> {
        let _guard = self.collection_lock.write();
        let Some(repository) = self.repository(name) else { return Ok(None) };
        let before = repository.contents().state.clone();
        let mut after = before.clone();
        let Some(removed) = remove(&mut after) else { return Ok(None) };
        repository.replace_state(&self.disk, after)?;
        let stays = |digest: &Digest| repository.contents().state.manifests.contains_key(digest);
        let deleted: Vec<_> = before.manifests.keys().filter(|digest| !stays(digest)).collect();
        if !deleted.is_empty() {
            // An image that is pushed again starts without a time of last pull.
            let mut pulls = repository.contents().pulls.clone();
            pulls.retain(|digest, _| !deleted.contains(&digest));
            repository.replace_pulls(&self.disk, pulls)?;
        }
        self.collect(deleted)?;
        Ok(Some(removed))
    }

    /// Removes those of the blobs that no repository links to, in the store or in the quarantine. The collection lock must be held exclusively.
    fn collect<'a>(&self, candidates: impl IntoIterator<Item = &'a Digest>) -> Result<(), StorageError> {
        let (repositories, kept) = (self.repositories.read(), self.kept.read());
        candidates
            .into_iter()
            .filter(|digest| !kept.contains(digest))
            .filter(|digest| repositories.values().all(|repository| repository.contents().size_of(digest).is_none()))
            .try_for_each(|digest| disk::remove_file(&self.disk.blob(digest)))
    }
}
