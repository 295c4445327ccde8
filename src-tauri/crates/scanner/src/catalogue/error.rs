//! Errors of reading a catalogue.

use thiserror::Error;

use crate::version::error::VersionError;

/// Why a catalogue cannot be used.
#[derive(Debug, Error)]
pub enum CatalogueError {
    /// It is not JSON that follows the schema.
    #[error("the catalogue cannot be read: {0}")]
    Json(#[from] serde_json::Error),
    /// An entry has an invalid range.
    #[error("{id}: {error}")]
    Version {
        /// The entry.
        id: String,
        /// What is wrong.
        error: VersionError,
    },
    /// An entry has an invalid date.
    #[error("{id}: {date} is not a date")]
    Date {
        /// The entry.
        id: String,
        /// The invalid text.
        date: String,
    },
}
