//! Errors of starting a practice cloud. Errors of requests are in `wire::error`.

use std::{io, path::PathBuf};

/// Why a practice cloud does not start.
#[derive(Debug, thiserror::Error)]
pub enum PracticeError {
    /// The data folder belongs to a running practice cloud.
    #[error("{} is in use by another practice cloud; stop that one, or choose another folder", .0.display())]
    InUse(PathBuf),
    /// The data folder belongs to another region.
    #[error("{} holds a practice cloud in {existing}, not in {requested}; choose another folder", path.display())]
    OtherRegion {
        /// The folder.
        path: PathBuf,
        /// The region it belongs to.
        existing: String,
        /// The requested region.
        requested: String,
    },
    /// The state file cannot be parsed: it was changed by other software, or written by a newer version.
    #[error("{} cannot be read as a practice cloud's state: {reason}", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// The region's name is not valid.
    #[error("{0:?} is not the name of a region")]
    Region(String),
    /// A port cannot be listened on.
    #[error("port {port} of 127.0.0.1 cannot be listened on: {source}")]
    Listen {
        /// The requested port.
        port: u16,
        /// The underlying error.
        source: io::Error,
    },
    /// The registry's folder cannot be opened.
    #[error(transparent)]
    Registry(#[from] registry::StorageError),
    /// A file or folder cannot be read or written.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// The underlying error.
        source: io::Error,
    },
}

impl PracticeError {
    pub(crate) fn io(path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |source| Self::Io { path, source }
    }
}
