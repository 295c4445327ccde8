//! The store: blobs once for all, and for each repository its links, manifests and tags.
//!
//! ```text
//! blobs/sha256/<hex>                  content, whole or not there
//! repositories/<hash of name>/
//!   state.json                        name, manifests, tags: what a push is worth; written, synced, renamed
//!   blobs/<hex>                       a link: the repository was given this blob; holds its size
//!   pulls.json                        when manifests were last read
//! uploads/                            whatever is being written; emptied at opening
//! ```
//!
//! Everything appears by a rename, so a process killed at any moment leaves either the old or the new. Against a power
//! cut, manifests and `state.json` are synced before their rename; blobs, which are many and big, are not. A blob the
//! disk lost the end of has another size than its link says: it is dropped at opening and never served, and the next push
//! uploads it again. One process at a time may have a store open.
//!
//! Locks are taken in this order: `gate`, a repository's `writer`, then the in-memory maps for a moment each. Whatever
//! adds holds the gate shared; whatever removes holds it alone. So nothing is collected between arriving and being linked.

mod collect;
mod core;
mod disk;
pub(crate) mod images;
mod open;
mod publish;
pub(crate) mod put;
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
    upload::{Upload, UploadId},
};
use crate::error::StorageError;

/// A registry's folder. Cheap to clone; all clones are one store.
#[derive(Clone, Debug)]
pub struct Storage(Arc<Core>);

impl Storage {
    /// Opens the store in this folder, creating it if need be. Drops uploads that a former process left unfinished, blobs
    /// that are not whole and blobs that no repository links to.
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

    /// Whether the repository exists: it was created, or pushed to.
    pub fn has_repository(&self, repo: &str) -> bool {
        self.0.repository(repo).is_some()
    }

    /// Creates an empty repository; nothing happens if it exists. Pushes create theirs by themselves.
    pub async fn create_repository(&self, repo: &str) -> Result<(), StorageError> {
        let repo = repo.to_owned();
        self.run(move |core| {
            let _gate = core.gate.read();
            core.repository_or_new(&repo).map(|_| ())
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

    /// Stores a manifest, at a tag if one is given. `at` becomes its time of push if it is new to the repository.
    /// The blobs and members it names must be there. Putting what is there already changes nothing.
    pub async fn put_manifest(
        &self,
        repo: &str,
        bytes: Bytes,
        media_type: Option<&str>,
        tag: Option<&str>,
        at: SystemTime,
    ) -> Result<PutManifest, StorageError> {
        let put = Put::new(repo, bytes, media_type, tag, at);
        let Ok(done) = self.run(move |core| core.put_manifest(&put, |_, _| Ok::<(), Infallible>(()))).await?;
        Ok(done)
    }

    /// As [`put_manifest`](Self::put_manifest), if `may_tag` allows it. It is told where the tag stands and where it shall
    /// stand, and nothing else is put into the repository until it has answered and was obeyed.
    pub async fn put_manifest_if<E: Send + 'static>(
        &self,
        repo: &str,
        bytes: Bytes,
        media_type: Option<&str>,
        tag: Option<&str>,
        at: SystemTime,
        may_tag: impl FnOnce(Option<&Digest>, &Digest) -> Result<(), E> + Send + 'static,
    ) -> Result<Result<PutManifest, E>, StorageError> {
        let put = Put::new(repo, bytes, media_type, tag, at);
        self.run(move |core| core.put_manifest(&put, may_tag)).await
    }

    /// Deletes a manifest and all its tags; an index that names it stays. `false` if it was not there. Layers stay linked
    /// to the repository until that is deleted, so that a push in progress can rely on what it has seen.
    pub async fn delete_manifest(&self, repo: &str, digest: &Digest) -> Result<bool, StorageError> {
        let (repo, digest) = (repo.to_owned(), digest.clone());
        self.run(move |core| core.delete_manifest(&repo, &digest)).await
    }

    /// Removes a tag and leaves its manifest. Answers where the tag stood.
    pub async fn untag(&self, repo: &str, tag: &str) -> Result<Option<Digest>, StorageError> {
        let (repo, tag) = (repo.to_owned(), tag.to_owned());
        self.run(move |core| core.untag(&repo, &tag)).await
    }

    /// All tags with where they stand, in byte order.
    pub async fn tags(&self, repo: &str) -> Result<Vec<(String, Digest)>, StorageError> {
        let repo = repo.to_owned();
        self.run(move |core| {
            let repository = core.known(&repo)?;
            let contents = repository.contents();
            Ok(contents.state.tags.iter().map(|(tag, digest)| (tag.clone(), digest.clone())).collect())
        })
        .await
    }

    /// Every manifest and index of the repository, in the order of pushes.
    pub async fn images(&self, repo: &str) -> Result<Vec<ImageRecord>, StorageError> {
        let repo = repo.to_owned();
        self.run(move |core| Ok(images::records(&core.known(&repo)?.contents()))).await
    }

    /// Notes that a manifest was read. Written down at most once a second.
    pub async fn mark_pulled(&self, repo: &str, digest: &Digest, at: SystemTime) -> Result<(), StorageError> {
        let (repo, digest) = (repo.to_owned(), digest.clone());
        self.run(move |core| core.mark_pulled(&repo, &digest, at)).await
    }

    /// The file of a blob or manifest that the repository was given, whole and verified.
    pub fn blob_path(&self, repo: &str, digest: &Digest) -> Option<PathBuf> {
        let repository = self.0.repository(repo)?;
        let size = repository.contents().size_of(digest)?;
        self.0.disk.whole_blob(digest, size)
    }

    /// The size in bytes of a config or layer that the repository was given and that can be served.
    pub fn blob_size(&self, repo: &str, digest: &Digest) -> Option<u64> {
        let size = *self.0.repository(repo)?.contents().blobs.get(digest)?;
        self.0.disk.whole_blob(digest, size).map(|_| size)
    }

    /// Takes a blob in, checking its digest while it is written. Answers its size in bytes.
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

    /// Gives the repository a blob that another one has. `false` if that one has it not.
    pub async fn mount_blob(&self, from: &str, to: &str, digest: &Digest) -> Result<bool, StorageError> {
        let (from, to, digest) = (from.to_owned(), to.to_owned(), digest.clone());
        self.run(move |core| core.mount_blob(&from, &to, &digest)).await
    }

    /// Takes a config or layer away from the repository. `false` if it was not there.
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

    pub(crate) fn begin_upload(&self, repo: &str) -> Result<UploadId, StorageError> {
        self.0.begin_upload(repo)
    }

    /// The upload for this caller alone; waits while another one has it.
    pub(crate) async fn upload(&self, repo: &str, id: UploadId) -> Result<OwnedMutexGuard<Upload>, StorageError> {
        let upload = self.0.uploads.lock().touch(repo, id)?;
        let upload = upload.lock_owned().await;
        if upload.is_open() { Ok(upload) } else { Err(StorageError::UploadUnknown) }
    }

    /// `false` if there was none.
    pub(crate) fn cancel_upload(&self, repo: &str, id: UploadId) -> bool {
        let mut uploads = self.0.uploads.lock();
        uploads.touch(repo, id).is_ok() && uploads.remove(id)
    }

    /// Publishes what was received, if it has this digest, and links it to the repository. Answers its size. The upload is
    /// over, whatever the outcome.
    pub(crate) async fn finish_upload(&self, repo: &str, id: UploadId, digest: &Digest) -> Result<u64, StorageError> {
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

/// Runs to its end even if nobody waits for it any more: a request that goes away leaves no half-done step.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, StorageError> + Send + 'static,
) -> Result<T, StorageError> {
    match tokio::task::spawn_blocking(work).await {
        Ok(outcome) => outcome,
        Err(failed) if failed.is_panic() => std::panic::resume_unwind(failed.into_panic()),
        Err(failed) => Err(StorageError::ContentBroken { reason: failed.to_string() }),
    }
}
