//! Starting and finishing uploads: the content gets its digest's name and is linked to its repository. Also mounting, which
//! links content that the store has already.

use oci::Digest;

use super::{
    core::Core,
    upload::{Part, UploadId},
};
use crate::{
    error::{At, StorageError},
    names::check_name,
};

impl Core {
    pub(super) fn begin_upload(&self, repo: &str) -> Result<UploadId, StorageError> {
        check_name(repo)?;
        Ok(self.uploads.lock().begin(repo, &self.disk))
    }

    pub(super) fn publish(
        &self,
        repo: &str,
        id: UploadId,
        mut part: Part,
        expected: &Digest,
    ) -> Result<u64, StorageError> {
        let _guard = self.collection_lock.read();
        if !self.uploads.lock().remove(id) {
            // Its repository was deleted meanwhile.
            return Err(StorageError::UploadUnknown);
        }
        let actual = part.digest(expected.algorithm()).at(&self.disk.uploads())?;
        if actual != *expected {
            return Err(StorageError::DigestMismatch { expected: expected.clone(), actual });
        }
        if self.disk.complete_blob(expected, part.size).is_none() {
            let path = self.disk.blob(expected);
            part.publish(&path).at(&path)?;
        }
        let repository = self.get_or_create_repository(repo)?;
        repository.link(expected, part.size)?;
        Ok(part.size)
    }

    pub(super) fn mount_blob(&self, from: &str, to: &str, digest: &Digest) -> Result<bool, StorageError> {
        let _guard = self.collection_lock.read();
        let size = self.repository(from).and_then(|source| source.contents().blobs.get(digest).copied());
        match size.filter(|size| self.disk.complete_blob(digest, *size).is_some()) {
            Some(size) => self.get_or_create_repository(to)?.link(digest, size).map(|()| true),
            None => Ok(false),
        }
    }
}
