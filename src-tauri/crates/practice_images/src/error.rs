//! Errors of building an image.

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
        /// The error of the operating system.
        source: io::Error,
    },
    /// The folder contains something other than an image layout, and is left unchanged.
    #[error("{0} is not empty and holds no image layout")]
    Foreign(PathBuf),
    /// The folder contains an incomplete image layout.
    #[error("{path}: {problem}")]
    Incomplete {
        /// The file that is missing or wrong.
        path: PathBuf,
        /// What is wrong with it.
        problem: String,
    },
    /// The image has another digest than expected: this crate or a library changed what it writes.
    #[error("the image built has the digest {built}, expected {expected}")]
    Drift {
        /// The expected digest.
        expected: String,
        /// The digest of the image that was built.
        built: String,
    },
    /// The data or the specification are invalid.
    #[error("the image cannot be made: {0}")]
    Specification(String),
}

impl PracticeImageError {
    /// Adds the path to an I/O error.
    pub(crate) fn io(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Io { path, source }
    }
}
