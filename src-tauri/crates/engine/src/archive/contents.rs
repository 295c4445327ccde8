//! The files of an archive that is being loaded: documents are kept in memory, everything else becomes a blob of the store.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::{self, Read},
    path::{Component, Path},
};

use oci::{Algorithm, Blob, Digest, Reference};

use super::{INDEX, MANIFEST, OCI_LAYOUT, blob_path};
use crate::{
    failure::{ApiResult, Failure},
    image_config::DOCUMENT_LIMIT,
    store::{
        Pin, Store,
        receive::{ReceiveError, Received},
        state::ImageRecord,
    },
};

/// How many files an archive may have: far more than the 127 layers that Docker allows, times the images of a lesson.
const FILE_LIMIT: usize = 20_000;

/// How many links are followed from one name.
const LINK_LIMIT: usize = 8;

/// An image of an archive, whose blobs the store has.
pub(super) struct FoundImage {
    pub(super) record: ImageRecord,
    pub(super) names: Vec<Reference>,
}

/// The files of an archive, by their paths, and which blobs the store has because of them.
#[derive(Default)]
pub(super) struct Contents {
    documents: BTreeMap<String, Vec<u8>>,
    blobs: BTreeMap<String, (Digest, u64)>,
    links: BTreeMap<String, String>,
    /// Blobs that the store did not have before.
    added: BTreeSet<Digest>,
    /// Keeps the blobs until they belong to an image, or are removed again.
    pins: Vec<Pin>,
}

impl Contents {
    /// Reads a tar. Its blobs are in the store then.
    ///
    /// # Errors
    ///
    /// 400 if it is no tar, or ends early.
    pub(super) fn read(&mut self, store: &Store, tar: impl Read) -> ApiResult<()> {
        let mut archive = tar::Archive::new(tar);
        for (count, entry) in archive.entries().map_err(|error| unreadable(&error))?.enumerate() {
            if count >= FILE_LIMIT {
                return Err(Failure::bad_request(format!("the archive has more than {FILE_LIMIT} files")));
            }
            let mut entry = entry.map_err(|error| unreadable(&error))?;
            let Some(path) = entry.path().ok().and_then(|path| normal("", &path)) else { continue };
            let kind = entry.header().entry_type();
            if kind.is_symlink() || kind.is_hard_link() {
                let target = entry.link_name().ok().flatten();
                let folder =
                    if kind.is_symlink() { path.rsplit_once('/').map_or("", |(folder, _)| folder) } else { "" };
                if let Some(target) = target.and_then(|target| normal(folder, &target)) {
                    self.links.insert(path, target);
                }
            } else if kind.is_file() || kind.is_contiguous() || kind.is_gnu_sparse() {
                if [INDEX, MANIFEST, OCI_LAYOUT].contains(&path.as_str()) {
                    self.documents.insert(path, document(&mut entry)?);
                } else {
                    self.store_blob(store, path, &mut entry)?;
                }
            }
        }
        Ok(())
    }

    fn store_blob(&mut self, store: &Store, path: String, content: &mut impl Read) -> ApiResult<()> {
        // In an image layout the folder names the hash function.
        let is_in_folder = |algorithm: &Algorithm| path.starts_with(&format!("blobs/{}/", algorithm.as_str()));
        let algorithm = Algorithm::ALL.into_iter().find(is_in_folder).unwrap_or_default();
        let Received { digest, size, is_new, pin } = store.receive(content, algorithm).map_err(not_received)?;
        if is_new {
            self.added.insert(digest.clone());
        }
        self.pins.push(pin);
        self.blobs.insert(path, (digest, size));
        Ok(())
    }

    /// One of the documents at the top of the archive.
    pub(super) fn document(&self, path: &str) -> Option<&[u8]> {
        self.documents.get(path).map(Vec::as_slice)
    }

    /// The digest and the size of the file at a path of the archive.
    ///
    /// # Errors
    ///
    /// 400 if there is none.
    pub(super) fn file(&self, path: &str) -> ApiResult<&(Digest, u64)> {
        let missing = || Failure::bad_request(format!("the archive lacks the file {path}"));
        let mut at = normal("", Path::new(path)).ok_or_else(missing)?;
        for _ in 0..LINK_LIMIT {
            match self.links.get(&at) {
                Some(target) => at.clone_from(target),
                None => break,
            }
        }
        self.blobs.get(&at).ok_or_else(missing)
    }

    /// Whether the image layout has the blob, with its digest and size.
    ///
    /// # Errors
    ///
    /// 400 if it is missing, or has another content than its name says.
    pub(super) fn check_blob(&self, blob: &Blob) -> ApiResult<()> {
        let path = blob_path(&blob.digest);
        let (digest, size) = self.file(&path)?;
        if *digest != blob.digest {
            return Err(Failure::bad_request(format!("the archive is damaged: {path} has the digest {digest}")));
        }
        if *size != blob.size {
            let expected = blob.size;
            return Err(Failure::bad_request(format!(
                "the archive is damaged: {path} has {size} bytes, not {expected}"
            )));
        }
        Ok(())
    }

    /// Whether the image layout has a blob of this digest.
    pub(super) fn has_blob(&self, digest: &Digest) -> bool {
        self.file(&blob_path(digest)).is_ok_and(|(actual, _)| actual == digest)
    }

    /// Ends the load: removes the blobs that it added and that no image needs.
    pub(super) fn finish(self, store: &Store) {
        drop(self.pins);
        if let Err(error) = store.discard(&self.added) {
            // They are removed with the next image, or after a day.
            tracing::warn!(%error, "files of an archive could not be removed");
        }
    }
}

/// An archive that cannot be read is the client's failure, the rest is the store's.
fn not_received(error: ReceiveError) -> Failure {
    match error {
        ReceiveError::Read(error) => unreadable(&error),
        ReceiveError::Store(error) => error.into(),
    }
}

fn document(entry: &mut impl Read) -> ApiResult<Vec<u8>> {
    let mut content = Vec::new();
    entry.take(DOCUMENT_LIMIT + 1).read_to_end(&mut content).map_err(|error| unreadable(&error))?;
    if content.len() as u64 > DOCUMENT_LIMIT {
        return Err(Failure::bad_request(format!("a document of the archive is longer than {DOCUMENT_LIMIT} bytes")));
    }
    Ok(content)
}

/// The path without `.` and `..`, from the root of the archive. `None` if it leaves the archive.
fn normal(folder: &str, path: &Path) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for component in path.components() {
        match component {
            Component::Normal(part) => parts.push(part.to_str()?),
            Component::ParentDir => drop(parts.pop()?),
            Component::CurDir => {}
            Component::RootDir | Component::Prefix(_) => parts.clear(),
        }
    }
    Some(parts.join("/"))
}

pub(super) fn unreadable(error: &io::Error) -> Failure {
    Failure::bad_request(format!("the archive cannot be read: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_stay_within_the_archive() {
        for (folder, path, expected) in [
            ("", "./blobs/sha256/a", Some("blobs/sha256/a")),
            ("a", "../b/layer.tar", Some("b/layer.tar")),
            ("a/b", "/c", Some("c")),
            ("a", "../../b", None),
            ("", "..", None),
        ] {
            assert_eq!(normal(folder, Path::new(path)).as_deref(), expected, "{folder} {path}");
        }
    }
}
