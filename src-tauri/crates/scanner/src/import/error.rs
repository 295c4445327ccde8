//! Errors of an import.

use std::{
    io,
    path::{Path, PathBuf},
};

use thiserror::Error;

use crate::catalogue::error::CatalogueError;
use crate::error::Fault;

/// Why advisories could not be imported.
#[derive(Debug, Error)]
pub enum ImportError {
    /// The caller cancelled the import.
    #[error("the import was cancelled")]
    Cancelled,
    /// A file could not be read.
    #[error("{0}")]
    Io(#[from] io::Error),
    /// A file is damaged, or of another format.
    #[error("{0}")]
    Broken(String),
    /// The database could not be read or written.
    #[error("the database of advisories: {0}")]
    Database(#[from] rusqlite::Error),
    /// A document of the database could not be read or written.
    #[error("the database of advisories: {0}")]
    Document(#[from] serde_json::Error),
    /// An advisory is invalid.
    #[error("{0}")]
    Catalogue(#[from] CatalogueError),
    /// The problem is in this file, or in this member of an archive.
    #[error("{}: {error}", file.display())]
    File {
        /// The file.
        file: PathBuf,
        /// The problem.
        #[source]
        error: Box<ImportError>,
    },
}

impl ImportError {
    /// That a file is not of this format. The error has its position in the file.
    pub(super) fn not_of_format(format: &str) -> impl Fn(serde_json::Error) -> Self {
        move |error| Self::Broken(format!("it is not {format}: {error}"))
    }

    pub(super) fn of_file(self, path: &Path) -> Self {
        match self {
            Self::Cancelled => Self::Cancelled,
            error => Self::File { file: path.to_owned(), error: Box::new(error) },
        }
    }

    pub(super) fn of_member(self, name: &str) -> Self {
        self.of_file(Path::new(name))
    }
}

impl From<Fault> for ImportError {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Io(error) => Self::Io(error),
            fault => Self::Broken(fault.to_string()),
        }
    }
}
