//! Storing and reading manifests, and recording that one was read.

use std::{fs, io, time::SystemTime};

use atomic_file::Options;
use bytes::Bytes;

use super::{
    core::Core,
    repository::{ManifestRecord, Repository},
};
use crate::{
    error::{At, StorageError},
    manifest::ManifestSummary,
    names::{check_name, check_tag},
};
use oci::{Algorithm, Digest, TagOrDigest};

/// The result of storing a manifest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PutManifest {
    /// The digest of its exact bytes.
    pub digest: Digest,
    /// Its media type.
    pub media_type: String,
    /// Whether the repository did not hold it before.
    pub created: bool,
    /// The manifest that had its tag before, if it was another.
    pub moved_from: Option<Digest>,
    /// The manifest that it refers to.
    pub subject: Option<Digest>,
}

/// A manifest as it was pushed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredManifest {
    /// Its digest.
    pub digest: Digest,
    /// The media type that it was pushed with.
    pub media_type: String,
    /// The exact bytes.
    pub bytes: Bytes,
}

/// A manifest to store.
pub(crate) struct Put {
    repository: String,
    bytes: Bytes,
    media_type: Option<String>,
    tag: Option<String>,
    at: SystemTime,
    algorithm: Algorithm,
}

impl Put {
    pub(crate) fn new(
        repository: &str,
        bytes: Bytes,
        media_type: Option<&str>,
        tag: Option<&str>,
        at: SystemTime,
    ) -> Self {
        let owned = |text: Option<&str>| text.map(str::to_owned);
        Self {
            repository: repository.to_owned(),
            bytes,
            media_type: owned(media_type),
            tag: owned(tag),
            at,
            algorithm: Algorithm::default(),
        }
    }

    /// The same with a digest by this hash function.
    pub(crate) fn by(self, algorithm: Algorithm) -> Self {
        Self { algorithm, ..self }
    }
}

impl Core {
    pub(super) fn put_manifest<E>(
        &self,
        put: &Put,
        may_tag: impl FnOnce(Option<&Digest>, &Digest) -> Result<(), E>,
    ) -> Result<Result<PutManifest, E>, StorageError> {
        check_name(&put.repository)?;
        put.tag.as_deref().map_or(Ok(()), check_tag)?;
        let manifest = ManifestSummary::parse(&put.bytes, put.media_type.as_deref())?;
        let digest = Digest::of_by(put.algorithm, &put.bytes);

        let _guard = self.collection_lock.read();
        let existing = self.repository(&put.repository);
        let image_size = check_references(&manifest, existing.as_deref())?;
        let repository = match existing {
            Some(existing) => existing,
            None => self.get_or_create_repository(&put.repository)?,
        };
        let _writer = repository.writer.lock();
        let mut state = repository.contents().state.clone();
        let tagged = put.tag.as_ref().and_then(|tag| state.tags.get(tag)).cloned();
        if put.tag.is_some()
            && let Err(refused) = may_tag(tagged.as_ref(), &digest)
        {
            return Ok(Err(refused));
        }

        let length = put.bytes.len() as u64;
        if self.disk.complete_blob(&digest, length).is_none() {
            self.disk.write(&self.disk.blob(&digest), &put.bytes, Options::SHARED)?;
        }
        let stored = PutManifest {
            digest: digest.clone(),
            created: !state.manifests.contains_key(&digest),
            moved_from: tagged.clone().filter(|tagged| *tagged != digest),
            subject: manifest.subject.clone(),
            media_type: manifest.media_type.clone(),
        };
        let retagged = put.tag.is_some() && tagged.as_ref() != Some(&digest);
        state.manifests.entry(digest.clone()).or_insert_with(|| record(manifest, length, image_size, put.at));
        if let Some(tag) = &put.tag {
            state.tags.insert(tag.clone(), digest);
        }
        if stored.created || retagged {
            repository.replace_state(&self.disk, state)?;
        }
        Ok(Ok(stored))
    }

    pub(super) fn manifest(&self, repo: &str, reference: &TagOrDigest) -> Result<Option<StoredManifest>, StorageError> {
        let Some(repository) = self.repository(repo) else { return Ok(None) };
        let contents = repository.contents();
        let digest = match reference {
            TagOrDigest::Tag(tag) => contents.state.tags.get(tag),
            TagOrDigest::Digest(digest) => Some(digest),
        };
        let entry = digest.and_then(|digest| contents.state.manifests.get_key_value(digest));
        let Some((digest, ManifestRecord { media_type, length, .. })) = entry else { return Ok(None) };
        let (digest, media_type, length) = (digest.clone(), media_type.clone(), *length);
        drop(contents);
        let path = self.disk.blob(&digest);
        match fs::read(&path) {
            Ok(bytes) if bytes.len() as u64 == length => {
                Ok(Some(StoredManifest { digest, media_type, bytes: bytes.into() }))
            }
            Ok(_) => Err(StorageError::Damaged { path, reason: format!("it should have {length} bytes") }),
            // It was deleted after the state was read.
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error).at(&path),
        }
    }

    pub(super) fn mark_pulled(&self, repo: &str, digest: &Digest, at: SystemTime) -> Result<(), StorageError> {
        let _guard = self.collection_lock.read();
        let Some(repository) = self.repository(repo) else { return Ok(()) };
        let _writer = repository.writer.lock();
        let contents = repository.contents();
        let fresh = contents.pulls.get(digest).is_some_and(|last| seconds(*last) == seconds(at));
        if fresh || !contents.state.manifests.contains_key(digest) {
            return Ok(());
        }
        let mut pulls = contents.pulls.clone();
        drop(contents);
        pulls.insert(digest.clone(), at);
        repository.replace_pulls(&self.disk, pulls)
    }
}

/// Checks that the repository has everything that the manifest names. Returns the size of its config and layers in bytes.
fn check_references(manifest: &ManifestSummary, repository: Option<&Repository>) -> Result<u64, StorageError> {
    let contents = repository.map(Repository::contents);
    let blob = |digest: &Digest| contents.as_ref().and_then(|contents| contents.blobs.get(digest).copied());
    let has_child = |digest: &Digest| contents.as_ref().is_some_and(|c| c.state.manifests.contains_key(digest));

    let digests: Vec<_> = manifest.children.iter().filter(|child| !has_child(child)).cloned().collect();
    if !digests.is_empty() {
        return Err(StorageError::ChildrenMissing { digests });
    }
    let (mut size, mut digests) = (0, Vec::new());
    for (digest, claimed) in &manifest.blobs {
        match blob(digest) {
            Some(bytes) if bytes == *claimed => size += bytes,
            Some(bytes) => {
                let reason = format!("it says {digest} has {claimed} bytes, but it has {bytes}");
                return Err(StorageError::ManifestInvalid { reason });
            }
            None => digests.push(digest.clone()),
        }
    }
    if digests.is_empty() { Ok(size) } else { Err(StorageError::BlobsMissing { digests }) }
}

fn record(manifest: ManifestSummary, length: u64, image_size: u64, pushed_at: SystemTime) -> ManifestRecord {
    ManifestRecord {
        media_type: manifest.media_type,
        length,
        image_size,
        pushed_at,
        artifact_type: manifest.artifact_type,
        subject: manifest.subject,
        annotations: manifest.annotations,
        children: manifest.children,
    }
}

fn seconds(at: SystemTime) -> u64 {
    at.duration_since(SystemTime::UNIX_EPOCH).map_or(0, |since| since.as_secs())
}
