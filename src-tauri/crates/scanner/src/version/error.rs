//! Errors of parsing versions and ranges.

use thiserror::Error;

/// Why a text is not a version or range.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum VersionError {
    /// The version does not follow the rules of its ecosystem.
    #[error("{0:?} is not a version")]
    Version(String),
    /// The range is not a comma-separated list of `<`, `<=`, `>`, `>=` or `=` with a version each.
    #[error("{0:?} is not a range of versions")]
    Range(String),
}
