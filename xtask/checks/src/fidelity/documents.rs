//! Where the rows and the page are, from the project's root.

use std::path::Path;

pub(crate) const ROWS: &str = "docs/fidelity.toml";
pub(crate) const PAGE: &str = "docs/FIDELITY.md";
/// The reasons for which a test may be skipped in CI.
pub(crate) const REASONS: &str = "tests/skipped.txt";

/// A file as text, or an error with its path.
pub(crate) fn read(path: &Path) -> Result<String, String> {
    std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}
