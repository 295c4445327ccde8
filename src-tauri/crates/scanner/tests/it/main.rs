//! Tests of the scanner through its public API: from layer files to packages and their vulnerabilities.

#![expect(clippy::unwrap_used, reason = "a failed step fails the test")]

mod catalogue;
mod ecosystems;
mod import;
mod import_precedence;
mod jars;
mod layers;
mod orderings;
mod practice_images;
mod properties;
mod recall;
mod rpm;
mod support;
mod untrusted_archives;
