//! The result of a check.

/// What a check prints, and whether the project passes it.
pub(crate) struct Report {
    pub(crate) text: String,
    pub(crate) passed: bool,
}
