//! Versions in the orderings of their ecosystems, and ranges of them.

pub(crate) mod alpine;
pub(crate) mod any;
pub(crate) mod debian;
pub(crate) mod error;
pub(crate) mod maven;
pub(crate) mod others;
pub(crate) mod range;
