//! What can go wrong when an image is built.

use std::io;
use std::path::{Path, PathBuf};

/// Why an image was not built.
#[derive(Debug, thiserror::Error)]
pub enum PracticeImageError {
    /// A file or folder could not be read or written.
    #[error("{path}: {source}")]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The folder holds something that is no image layout; it is left alone.
    #[error("{0} is not empty and holds no image layout")]
    Foreign(PathBuf),
    /// The folder holds no complete image layout.
    #[error("{path}: {what}")]
    Incomplete {
        /// The file that is missing or wrong.
        path: PathBuf,
        /// What is the matter with it.
        what: String,
    },
    /// The bytes are not those promised: a library or this crate changed what it writes.
    #[error("the image built has the digest {built}, expected {expected}")]
    Drift {
        /// The digest promised.
        expected: String,
        /// The digest built.
        built: String,
    },
    /// The data or the specification ask for something that cannot be.
    #[error("the image cannot be made: {0}")]
    Specification(String),
}

impl PracticeImageError {
    /// Tells which path an I/O error is about.
    pub(crate) fn io(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Io { path, source }
    }
}
