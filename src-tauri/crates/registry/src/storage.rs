//! The store: blobs, shared by all repositories, and for each repository its links, manifests and tags.
//!
//! ```text
//! blobs/<sha256 or sha512>/<hex>      content, complete or missing
//! repositories/<hash of name>/
//!   state.json                        name, manifests, tags; written, synced, renamed
//!   blobs/<hex>                       a link: the repository has this blob; holds its size
//!   pulls.json                        when manifests were last read
//! uploads/                            unfinished files; emptied when the store is opened
//! quarantine/                         folders of repositories that could not be read; only for their links, so that
//!                                     their blobs are kept
//! ```
//!
//! Everything appears by a rename, so a process killed at any moment leaves either the old or the new. Manifests and
//! `state.json` are synced before their rename and survive a power cut; blobs, which are many and large, are not synced. A
//! blob that a power cut has truncated has another size than its link: it is dropped when the store is opened and never
//! served, and the next push uploads it again. One process at a time may have a store open.
//!
//! Locks are taken in this order: `collection_lock`, a repository's `writer`, then the in-memory maps for a moment each.
//! Operations that add hold the collection lock shared, those that remove hold it exclusively: nothing is collected between
//! its upload and its link.

mod collect;
mod core;
mod disk;
pub(crate) mod images;
mod open;
mod publish;
pub(crate) mod put;
mod quarantine;
mod repository;
pub(crate) mod upload;

use std::{
    convert::Infallible,
    path::{Path, PathBuf},
    sync::Arc,
    time::SystemTime,
};

use bytes::Bytes;
use futures::Stream;
use oci::{Digest, TagOrDigest};
use tokio::{io::AsyncRead, sync::OwnedMutexGuard};
use tokio_util::io::ReaderStream;

use self::{
    core::Core,
    images::ImageRecord,
    put::{Put, PutManifest, StoredManifest},
    upload::{Upload, UploadId, UploadParts},
};
use crate::error::StorageError;

/// A registry's folder. Cheap to clone; all clones are one store.
#[derive(Clone, Debug)]
pub struct Storage(Arc<Core>);

impl Storage {
    /// Opens the store in this folder, and creates it if necessary. Removes unfinished uploads of an earlier process, blobs
    /// that are incomplete, and blobs that no repository links to, in the store or in the quarantine.
    pub async fn open(dir: impl AsRef<Path>) -> Result<Self, StorageError> {
        let dir = dir.as_ref().to_owned();
        blocking(move || Core::open(&dir)).await.map(|core| Self(Arc::new(core)))
    }

    /// The names of all repositories, sorted.
    pub fn repositories(&self) -> Vec<String> {
        let mut names: Vec<_> = self.0.repositories.read().keys().cloned().collect();
        names.sort_unstable();
        names
    }

    /// Where the folder of a repository is that could not be read when the store was opened; `None` if it could be read, or never
    /// existed.
    pub fn quarantined(&self, repo: &str) -> Option<&Path> {
        let folder = self.0.disk.repository(repo);
        self.0.quarantined.iter().find(|(from, _)| *from == folder).map(|(_, to)| to.as_path())
    }

    /// Moves a repository out of the store, because what belongs to it elsewhere is damaged. Returns where its folder is then;
    /// `None` if there was none.
    pub async fn quarantine(&self, repo: &str) -> Result<Option<PathBuf>, StorageError> {
        let repo = repo.to_owned();
        self.run(move |core| core.quarantine_repository(&repo)).await
    }

    /// Whether the repository exists, because it was created or pushed to.
    pub fn has_repository(&self, repo: &str) -> bool {
        self.0.repository(repo).is_some()
    }

    /// Creates an empty repository, if it does not exist. Pushes create their repositories themselves.
    pub async fn create_repository(&self, repo: &str) -> Result<(), StorageError> {
        let repo = repo.to_owned();
        self.run(move |core| {
            let _guard = core.collection_lock.read();
            core.get_or_create_repository(&repo).map(|_| ())
        })
        .await
    }

    /// Deletes the repository with its manifests, tags and links, cancels its uploads, and collects the blobs that no
    /// other repository links to. `false` if there was none.
    pub async fn delete_repository(&self, repo: &str) -> Result<bool, StorageError> {
        let repo = repo.to_owned();
        self.run(move |core| core.delete_repository(&repo)).await
    }

    /// The manifest the reference names.
    pub async fn manifest(&self, repo: &str, reference: &TagOrDigest) -> Result<Option<StoredManifest>, StorageError> {
        let (repo, reference) = (repo.to_owned(), reference.clone());
        self.run(move |core| core.manifest(&repo, &reference)).await
    }

    /// Stores a manifest, with a tag if there is one. `at` becomes its time of push if it is new to the repository.
    /// The blobs and members that it names must exist. Storing a manifest again changes nothing.
    pub async fn put_manifest(
        &self,
        repo: &str,
        bytes: Bytes,
        media_type: Option<&str>,
        tag: Option<&str>,
        at: SystemTime,
    ) -> Result<PutManifest, StorageError> {
        let put = Put::new(repo, bytes, media_type, tag, at);
        let Ok(stored) = self.run(move |core| core.put_manifest(&put, |_, _| Ok::<(), Infallible>(()))).await?;
        Ok(stored)
    }

    /// As [`put_manifest`](Self::put_manifest), if `may_tag` allows it. It receives the digest that has the tag now and the
    /// one that is to have it; no other push to the repository comes between its decision and the change.
    pub async fn put_manifest_if<E: Send + 'static>(
        &self,
        repo: &str,
        bytes: Bytes,
        media_type: Option<&str>,
        tag: Option<&str>,
        at: SystemTime,
        may_tag: impl FnOnce(Option<&Digest>, &Digest) -> Result<(), E> + Send + 'static,
    ) -> Result<Result<PutManifest, E>, StorageError> {
        self.put(Put::new(repo, bytes, media_type, tag, at), may_tag).await
    }

    pub(crate) async fn put<E: Send + 'static>(
        &self,
        put: Put,
        may_tag: impl FnOnce(Option<&Digest>, &Digest) -> Result<(), E> + Send + 'static,
    ) -> Result<Result<PutManifest, E>, StorageError> {
        self.run(move |core| core.put_manifest(&put, may_tag)).await
    }

    /// Deletes a manifest and all its tags; an index that names it stays. `false` if it was not there. Layers stay linked
    /// to the repository until that is deleted, so that a push in progress can rely on them.
    pub async fn delete_manifest(&self, repo: &str, digest: &Digest) -> Result<bool, StorageError> {
        let (repo, digest) = (repo.to_owned(), digest.clone());
        self.run(move |core| core.delete_manifest(&repo, &digest)).await
    }

    /// Removes a tag and keeps its manifest. Returns the digest that had the tag.
    pub async fn untag(&self, repo: &str, tag: &str) -> Result<Option<Digest>, StorageError> {
        let (repo, tag) = (repo.to_owned(), tag.to_owned());
        self.run(move |core| core.untag(&repo, &tag)).await
    }

    /// All tags with their digests, in byte order.
    pub async fn tags(&self, repo: &str) -> Result<Vec<(String, Digest)>, StorageError> {
        let repo = repo.to_owned();
        self.run(move |core| {
            let repository = core.existing(&repo)?;
            let contents = repository.contents();
            Ok(contents.state.tags.iter().map(|(tag, digest)| (tag.clone(), digest.clone())).collect())
        })
        .await
    }

    /// Every manifest and index of the repository, in the order of pushes.
    pub async fn images(&self, repo: &str) -> Result<Vec<ImageRecord>, StorageError> {
        let repo = repo.to_owned();
        self.run(move |core| Ok(images::records(&core.existing(&repo)?.contents()))).await
    }

    /// Records that a manifest was read, at most once a second.
    pub async fn mark_pulled(&self, repo: &str, digest: &Digest, at: SystemTime) -> Result<(), StorageError> {
        let (repo, digest) = (repo.to_owned(), digest.clone());
        self.run(move |core| core.mark_pulled(&repo, &digest, at)).await
    }

    /// The file of a blob or manifest of the repository, complete and verified.
    pub fn blob_path(&self, repo: &str, digest: &Digest) -> Option<PathBuf> {
        let repository = self.0.repository(repo)?;
        let size = repository.contents().size_of(digest)?;
        self.0.disk.complete_blob(digest, size)
    }

    /// The size in bytes of a config or layer of the repository that can be served.
    pub fn blob_size(&self, repo: &str, digest: &Digest) -> Option<u64> {
        let size = *self.0.repository(repo)?.contents().blobs.get(digest)?;
        self.0.disk.complete_blob(digest, size).map(|_| size)
    }

    /// Stores a blob and verifies its digest. Returns its size in bytes.
    pub async fn ingest_blob(
        &self,
        repo: &str,
        content: impl AsyncRead + Send + Unpin,
        digest: &Digest,
    ) -> Result<u64, StorageError> {
        self.ingest_stream(repo, ReaderStream::with_capacity(content, upload::BATCH), digest).await
    }

    /// As [`ingest_blob`](Self::ingest_blob), from a file.
    pub async fn ingest_file(&self, repo: &str, path: &Path, digest: &Digest) -> Result<u64, StorageError> {
        let file =
            tokio::fs::File::open(path).await.map_err(|source| StorageError::Io { path: path.to_owned(), source })?;
        self.ingest_blob(repo, file, digest).await
    }

    /// Links a blob of one repository to another. `false` if the first one lacks it.
    pub async fn mount_blob(&self, from: &str, to: &str, digest: &Digest) -> Result<bool, StorageError> {
        let (from, to, digest) = (from.to_owned(), to.to_owned(), digest.clone());
        self.run(move |core| core.mount_blob(&from, &to, &digest)).await
    }

    /// Removes a config or layer from the repository. `false` if it was not there.
    pub async fn unlink_blob(&self, repo: &str, digest: &Digest) -> Result<bool, StorageError> {
        let (repo, digest) = (repo.to_owned(), digest.clone());
        self.run(move |core| core.unlink_blob(&repo, &digest)).await
    }

    pub(crate) async fn ingest_stream<E: std::fmt::Display>(
        &self,
        repo: &str,
        content: impl Stream<Item = Result<Bytes, E>> + Unpin,
        digest: &Digest,
    ) -> Result<u64, StorageError> {
        let id = self.begin_upload(repo)?;
        let received = match self.upload(repo, id).await {
            Ok(mut upload) => upload.receive(content).await,
            Err(error) => Err(error),
        };
        let finished = match received {
            Ok(_) => self.finish_upload(repo, id, digest).await,
            Err(error) => Err(error),
        };
        self.0.uploads.lock().remove(id);
        finished
    }

    /// Starts the upload of a blob. It ends when it is finished, when it was not used for a day, and with the process.
    pub fn begin_upload(&self, repo: &str) -> Result<UploadId, StorageError> {
        self.0.begin_upload(repo)
    }

    /// What an upload has received.
    pub async fn upload_parts(&self, repo: &str, id: UploadId) -> Result<UploadParts, StorageError> {
        Ok(self.upload(repo, id).await?.parts())
    }

    /// Appends a part to an upload that has exactly this many bytes. Returns how many it has then; `Err` with how many it has
    /// if these are others. If the future is dropped, the upload cannot be continued.
    pub async fn append(
        &self,
        repo: &str,
        id: UploadId,
        at: u64,
        part: Bytes,
    ) -> Result<Result<u64, u64>, StorageError> {
        let mut upload = self.upload(repo, id).await?;
        if upload.offset() != at {
            return Ok(Err(upload.offset()));
        }
        upload.receive(futures::stream::iter([Ok::<_, Infallible>(part)])).await?;
        Ok(Ok(upload.offset()))
    }

    /// Exclusive access to the upload; waits while another caller has it.
    pub(crate) async fn upload(&self, repo: &str, id: UploadId) -> Result<OwnedMutexGuard<Upload>, StorageError> {
        let upload = self.0.uploads.lock().use_upload(repo, id)?;
        let upload = upload.lock_owned().await;
        if upload.is_open() { Ok(upload) } else { Err(StorageError::UploadUnknown) }
    }

    /// `false` if there was none.
    pub(crate) fn cancel_upload(&self, repo: &str, id: UploadId) -> bool {
        let mut uploads = self.0.uploads.lock();
        uploads.use_upload(repo, id).is_ok() && uploads.remove(id)
    }

    /// Publishes the received content, if it has this digest, and links it to the repository. Returns its size. The upload
    /// ends in any case.
    pub async fn finish_upload(&self, repo: &str, id: UploadId, digest: &Digest) -> Result<u64, StorageError> {
        let part = self.upload(repo, id).await?.close()?;
        let (repo, digest) = (repo.to_owned(), digest.clone());
        self.run(move |core| core.publish(&repo, id, part, &digest)).await
    }

    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Core) -> Result<T, StorageError> + Send + 'static,
    ) -> Result<T, StorageError> {
        let core = Arc::clone(&self.0);
        blocking(move || work(&core)).await
    }
}

/// Runs to completion even if the caller is dropped: an aborted request leaves no step half-done.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, StorageError> + Send + 'static,
) -> Result<T, StorageError> {
    match tokio::task::spawn_blocking(work).await {
        Ok(result) => result,
        Err(failed) if failed.is_panic() => std::panic::resume_unwind(failed.into_panic()),
        Err(failed) => Err(StorageError::ContentBroken { reason: failed.to_string() }),
    }
}
