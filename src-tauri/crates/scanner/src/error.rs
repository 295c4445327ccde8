//! Errors that end a scan, or the reading of one archive in it.

use std::{fmt, io};

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Why an image could not be scanned.
#[derive(Debug, Error)]
pub enum ScanError {
    /// The caller cancelled the scan.
    #[error("the scan was cancelled")]
    Cancelled,
    /// A layer is damaged, malicious or of an unsupported type.
    #[error("the layer {layer} cannot be read: {problem}")]
    Layer {
        /// The layer's digest.
        layer: String,
        /// The problem with it.
        problem: LayerProblem,
    },
}

/// The problem with a layer.
#[derive(Debug, Error)]
pub enum LayerProblem {
    /// Its media type is not that of an image layer, or that of an encrypted one.
    #[error("its media type {0} is not that of a layer that can be read")]
    MediaType(String),
    /// It is damaged or incomplete.
    #[error("{0}")]
    Broken(String),
    /// It exceeds a limit.
    #[error("{0}")]
    LimitExceeded(ExceededLimit),
    /// The file system returned an error.
    #[error("{0}")]
    Io(#[source] io::Error),
}

/// A limit that was exceeded, with its value. See [`Limits`](crate::limits::Limits).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", tag = "limit", content = "value")]
pub enum ExceededLimit {
    /// The decompressed bytes of the image.
    Unpacked(u64),
    /// The compression ratio of a layer.
    Ratio(u64),
    /// The window of a layer compressed by zstd, in bytes.
    Window(u64),
    /// The number of entries.
    Entries(u64),
    /// The length of a path.
    Path(u64),
    /// The size of a package list.
    PackageList(u64),
    /// The number of packages.
    Packages(usize),
    /// The bytes of the packages' names, versions and paths.
    Text(usize),
    /// The bytes of the advisories about the image's packages.
    Advisories(usize),
    /// The number of vulnerable packages, each counted for each vulnerability.
    Matches(usize),
    /// The depth of nested JARs.
    JarDepth(u32),
    /// The size of a JAR.
    Jar(u64),
    /// The decompressed bytes of files in JARs.
    JarUnpacked(u64),
    /// The number of entries of JARs.
    JarEntries(u64),
    /// The number of files that are read in JARs.
    JarMembers(u64),
}

impl fmt::Display for ExceededLimit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unpacked(bytes) => write!(f, "the image unpacks to more than {bytes} bytes"),
            Self::Ratio(times) => write!(f, "it unpacks to more than {times} times its size"),
            Self::Window(bytes) => write!(f, "its zstd window has more than {bytes} bytes"),
            Self::Entries(count) => write!(f, "the image has more than {count} entries"),
            Self::Path(bytes) => write!(f, "it has a path of more than {bytes} bytes"),
            Self::PackageList(bytes) => write!(f, "its list of packages has more than {bytes} bytes"),
            Self::Packages(count) => write!(f, "the image has more than {count} packages"),
            Self::Text(bytes) => write!(f, "the names of the image's packages have more than {bytes} bytes"),
            Self::Advisories(bytes) => {
                write!(f, "the advisories about the image's packages have more than {bytes} bytes")
            }
            Self::Matches(count) => write!(f, "the image has more than {count} vulnerable packages"),
            Self::JarDepth(depth) => write!(f, "a JAR is more than {depth} levels deep inside other JARs"),
            Self::Jar(bytes) => write!(f, "a JAR has more than {bytes} bytes"),
            Self::JarUnpacked(bytes) => write!(f, "the files in JARs unpack to more than {bytes} bytes"),
            Self::JarEntries(count) => write!(f, "the JARs have more than {count} entries"),
            Self::JarMembers(count) => write!(f, "the JARs have more than {count} files to read"),
        }
    }
}

/// An error that ends the reading of an archive. It passes through decoders as the source of an [`io::Error`].
#[derive(Debug, Error)]
pub(crate) enum Fault {
    #[error("cancelled")]
    Cancelled,
    #[error("{0}")]
    LimitExceeded(ExceededLimit),
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
            Self::LimitExceeded(bound) => LayerProblem::LimitExceeded(bound),
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
    /// Decoders report invalid input with the same type as a failing disk: the error kinds distinguish them.
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
