//! What ends a scan, and what ends the reading of one archive inside it.

use std::{fmt, io};

use thiserror::Error;

/// Why an image could not be scanned.
#[derive(Debug, Error)]
pub enum ScanError {
    /// The caller said so.
    #[error("the scan was cancelled")]
    Cancelled,
    /// A layer is broken, hostile or of an unknown kind.
    #[error("the layer {layer} cannot be read: {problem}")]
    Layer {
        /// The layer's digest.
        layer: String,
        /// What is wrong with it.
        problem: LayerProblem,
    },
}

/// What is wrong with a layer.
#[derive(Debug, Error)]
pub enum LayerProblem {
    /// Its media type is none of an image's layer, or one of an encrypted layer.
    #[error("its media type {0} is not that of a layer that can be read")]
    MediaType(String),
    /// It is not what it says it is, or it ends early.
    #[error("{0}")]
    Broken(String),
    /// It is more than is read.
    #[error("{0}")]
    TooMuch(Bound),
    /// The file system failed.
    #[error("{0}")]
    Io(#[source] io::Error),
}

/// A bound that was reached. See [`Limits`](crate::Limits).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// The image unpacks to more bytes than are read.
    Unpacked(u64),
    /// A layer unpacks to many times its size.
    Ratio(u64),
    /// There are too many entries.
    Entries(u64),
    /// A path is too long.
    Path(u64),
    /// A list of packages is too long a file.
    PackageList(u64),
    /// There are too many packages.
    Packages(usize),
}

impl fmt::Display for Bound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unpacked(bytes) => write!(f, "the image unpacks to more than {bytes} bytes"),
            Self::Ratio(times) => write!(f, "it unpacks to more than {times} times its size"),
            Self::Entries(count) => write!(f, "the image has more than {count} entries"),
            Self::Path(bytes) => write!(f, "it has a path of more than {bytes} bytes"),
            Self::PackageList(bytes) => write!(f, "its list of packages has more than {bytes} bytes"),
            Self::Packages(count) => write!(f, "the image has more than {count} packages"),
        }
    }
}

/// What ends the reading of an archive. It travels through the decoders of others as the source of an [`io::Error`].
#[derive(Debug, Error)]
pub(crate) enum Fault {
    #[error("cancelled")]
    Cancelled,
    #[error("{0}")]
    TooMuch(Bound),
    #[error("{0}")]
    Broken(String),
    #[error("media type {0}")]
    MediaType(String),
    #[error(transparent)]
    Io(io::Error),
}

impl Fault {
    pub(crate) fn broken(what: impl Into<String>) -> Self {
        Self::Broken(what.into())
    }

    pub(crate) fn of_layer(self, layer: &str) -> ScanError {
        let problem = match self {
            Self::Cancelled => return ScanError::Cancelled,
            Self::TooMuch(bound) => LayerProblem::TooMuch(bound),
            Self::Broken(what) => LayerProblem::Broken(what),
            Self::MediaType(media_type) => LayerProblem::MediaType(media_type),
            Self::Io(error) => LayerProblem::Io(error),
        };
        ScanError::Layer { layer: layer.to_owned(), problem }
    }
}

impl From<Fault> for io::Error {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Io(error) => error,
            other => Self::other(other),
        }
    }
}

impl From<io::Error> for Fault {
    /// Decoders report bad input in the same type as a failing disk; the kinds tell which it was.
    fn from(error: io::Error) -> Self {
        let error = match error.downcast::<Self>() {
            Ok(fault) => return fault,
            Err(error) => error,
        };
        match error.kind() {
            io::ErrorKind::UnexpectedEof => Self::broken("it ends early"),
            io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput | io::ErrorKind::Other => {
                Self::Broken(format!("its compressed data is broken ({error})"))
            }
            _ => Self::Io(error),
        }
    }
}
