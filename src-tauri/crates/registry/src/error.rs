//! The errors of storage. `http::response` turns them into responses.

use std::{io, path::PathBuf};

use oci::{Digest, InvalidDigest, InvalidTagOrDigest, MANIFEST_LIMIT};

/// Everything that can go wrong in [`Storage`](crate::Storage).
#[derive(Debug, thiserror::Error)]
pub enum StorageError {
    /// Neither `sha256:` and 64 lower-case hex digits nor `sha512:` and 128.
    #[error("{value:?} is not a sha256 or sha512 digest")]
    InvalidDigest {
        /// The text.
        value: String,
    },
    /// Not a repository name of the distribution specification.
    #[error("{value:?} is not a valid repository name")]
    InvalidName {
        /// The text.
        value: String,
    },
    /// Not a tag of the distribution specification.
    #[error("{value:?} is not a valid tag")]
    InvalidTag {
        /// The text.
        value: String,
    },
    /// The content is not what its digest promised.
    #[error("the content has digest {actual}, not {expected}")]
    DigestMismatch {
        /// The promised digest.
        expected: Digest,
        /// The digest of the received content.
        actual: Digest,
    },
    /// Not a manifest or index that the registry accepts.
    #[error("the manifest is invalid: {reason}")]
    ManifestInvalid {
        /// What is wrong with it.
        reason: String,
    },
    /// Longer than [`MANIFEST_LIMIT`].
    #[error("a manifest may have {MANIFEST_LIMIT} bytes at most")]
    ManifestTooBig,
    /// The manifest names blobs that its repository does not hold.
    #[error("the repository lacks blobs the manifest names: {}", list(.digests))]
    BlobsMissing {
        /// The blobs to push first.
        digests: Vec<Digest>,
    },
    /// The index names manifests that its repository does not hold.
    #[error("the repository lacks manifests the index names: {}", list(.digests))]
    ChildrenMissing {
        /// The manifests to push first.
        digests: Vec<Digest>,
    },
    /// Nothing was ever pushed to, or created under, this name.
    #[error("the repository {name:?} does not exist")]
    RepositoryUnknown {
        /// The repository.
        name: String,
    },
    /// The upload was finished, cancelled or never started, or its repository was deleted meanwhile.
    #[error("there is no such upload")]
    UploadUnknown,
    /// The content ended early.
    #[error("the content broke off: {reason}")]
    ContentBroken {
        /// The error of the connection.
        reason: String,
    },
    /// A file of the store cannot be read; another program has changed it.
    #[error("{} is damaged: {reason}", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// The system refused to read or write.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// The system's error.
        source: io::Error,
    },
}

impl From<InvalidDigest> for StorageError {
    fn from(InvalidDigest { value }: InvalidDigest) -> Self {
        Self::InvalidDigest { value }
    }
}

impl From<InvalidTagOrDigest> for StorageError {
    fn from(error: InvalidTagOrDigest) -> Self {
        match error {
            InvalidTagOrDigest::Tag { value } => Self::InvalidTag { value },
            InvalidTagOrDigest::Digest(error) => error.into(),
        }
    }
}

/// Adds the path to an I/O error.
pub(crate) trait At<T> {
    fn at(self, path: &std::path::Path) -> Result<T, StorageError>;
}

impl<T> At<T> for io::Result<T> {
    fn at(self, path: &std::path::Path) -> Result<T, StorageError> {
        self.map_err(|source| StorageError::Io { path: path.to_owned(), source })
    }
}

fn list(digests: &[Digest]) -> String {
    digests.iter().map(Digest::as_str).collect::<Vec<_>>().join(", ")
}
