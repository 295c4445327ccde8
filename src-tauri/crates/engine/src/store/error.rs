//! Failures of the store of a running engine.

use std::{
    io,
    path::{Path, PathBuf},
};

use oci::Digest;

/// A failure of the store of a running engine.
#[derive(Debug, thiserror::Error)]
pub(crate) enum StoreError {
    #[error("the image store failed: {}: {source}", .path.display())]
    Io { path: PathBuf, source: io::Error },
    #[error("the image store failed: the engine is stopping")]
    Stopping,
    #[error("filesystem layer verification failed for digest {expected}: the registry sent {actual}")]
    DigestMismatch { expected: Digest, actual: Digest },
    #[error("size validation failed for {digest}: expected {expected} bytes, the registry sent {actual}")]
    SizeMismatch { digest: Digest, expected: u64, actual: u64 },
}

/// Adds the path to an I/O error.
pub(super) trait At<T> {
    fn at(self, path: &Path) -> Result<T, StoreError>;
}

impl<T> At<T> for io::Result<T> {
    fn at(self, path: &Path) -> Result<T, StoreError> {
        self.map_err(|source| StoreError::Io { path: path.to_owned(), source })
    }
}
