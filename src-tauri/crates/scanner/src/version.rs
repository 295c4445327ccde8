//! Versions in the orderings of their ecosystems, and ranges of them.

mod debian;
mod maven;
mod range;

pub use debian::DebianVersion;
pub use maven::MavenVersion;
pub use range::Range;

use thiserror::Error;

/// A version or a range that is none.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum VersionError {
    /// It does not follow the rules of its ecosystem.
    #[error("{0:?} is not a version")]
    Version(String),
    /// It is not made of `<`, `<=`, `>`, `>=` or `=` and versions, with commas between.
    #[error("{0:?} is not a range of versions")]
    Range(String),
}
