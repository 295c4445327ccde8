//! Taking away: repositories, manifests, tags and links, and then the blobs that nobody links to any more. All of it
//! behind the closed gate, so that no upload or mount comes between the look and the deed.

use std::fs;

use super::{core::Core, disk, repository::State};
use crate::error::{At, StorageError};
use oci::Digest;

impl Core {
    pub(super) fn delete_repository(&self, name: &str) -> Result<bool, StorageError> {
        let _gate = self.gate.write();
        let Some(repository) = self.repository(name) else { return Ok(false) };
        // Renamed first, so that it is gone at once; what is left to remove is then an unfinished upload's like.
        let aside = self.disk.aside();
        fs::rename(repository.dir(), &aside).at(repository.dir())?;
        self.repositories.write().remove(name);
        self.uploads.lock().remove_of(name);
        fs::remove_dir_all(&aside).at(&aside)?;
        let contents = repository.contents();
        self.collect(contents.links().map(|(digest, _)| digest))?;
        Ok(true)
    }

    pub(super) fn delete_manifest(&self, name: &str, digest: &Digest) -> Result<bool, StorageError> {
        let deleted = self.change(name, |state| {
            state.tags.retain(|_, standing| standing != digest);
            state.manifests.remove(digest).map(|_| ())
        })?;
        Ok(deleted.is_some())
    }

    pub(super) fn untag(&self, name: &str, tag: &str) -> Result<Option<Digest>, StorageError> {
        self.change(name, |state| state.tags.remove(tag))
    }

    pub(super) fn unlink_blob(&self, name: &str, digest: &Digest) -> Result<bool, StorageError> {
        let _gate = self.gate.write();
        let Some(repository) = self.repository(name) else { return Ok(false) };
        let unlinked = repository.unlink(digest)?;
        self.collect([digest])?;
        Ok(unlinked)
    }

    /// Applies a removal; one that removed nothing is not written.
    fn change<T>(&self, name: &str, remove: impl FnOnce(&mut State) -> Option<T>) -> Result<Option<T>, StorageError> {
        let _gate = self.gate.write();
        let Some(repository) = self.repository(name) else { return Ok(None) };
        let before = repository.contents().state.clone();
        let mut after = before.clone();
        let Some(removed) = remove(&mut after) else { return Ok(None) };
        repository.replace_state(&self.disk, after)?;
        let stays = |digest: &Digest| repository.contents().state.manifests.contains_key(digest);
        let gone: Vec<_> = before.manifests.keys().filter(|digest| !stays(digest)).collect();
        if !gone.is_empty() {
            // Pushed again, an image begins without a past.
            let mut pulls = repository.contents().pulls.clone();
            pulls.retain(|digest, _| !gone.contains(&digest));
            repository.replace_pulls(&self.disk, pulls)?;
        }
        self.collect(gone)?;
        Ok(Some(removed))
    }

    /// Removes those of the blobs that no repository links to. The gate must be closed.
    fn collect<'a>(&self, candidates: impl IntoIterator<Item = &'a Digest>) -> Result<(), StorageError> {
        let repositories = self.repositories.read();
        candidates
            .into_iter()
            .filter(|digest| repositories.values().all(|repository| repository.contents().size_of(digest).is_none()))
            .try_for_each(|digest| disk::remove_file(&self.disk.blob(digest)))
    }
}
