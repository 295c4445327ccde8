//! What became of the vulnerabilities between two scans: fixed, new, or still there.
//!
//! Compared is by vulnerability (its id, or its title when it has none) **and** package name, so that a package's
//! new version with the old flaw is one line that remains, whatever the paths and layers. Comparing is done by
//! `index::compared`.

use serde::{Deserialize, Serialize};

use crate::{ScanId, Severity};

/// What became of a vulnerability of a package.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum DiffStatus {
    /// It was there before, and is not now.
    Fixed,
    /// It is there now, and was not before.
    New,
    /// It was there, and is.
    Remaining,
}

/// How the vulnerabilities fared, in numbers.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Comparison {
    /// Gone.
    pub fixed: Tally,
    /// Come.
    pub new: Tally,
    /// Still there.
    pub remaining: Tally,
    /// Vulnerabilities whatever their packages: each has one status.
    pub vulnerabilities: DiffCounts,
    /// Packages by what became of their vulnerabilities, those with most fixed first; no more than
    /// [`TOP_PACKAGES`](crate::TOP_PACKAGES).
    pub by_package: Vec<ComparedPackage>,
    /// `Log4Shell` was there before and is nowhere now.
    pub log4shell_fixed: bool,
}

/// How many vulnerabilities have each status.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DiffCounts {
    /// Gone.
    pub fixed: usize,
    /// Come.
    pub new: usize,
    /// Still there.
    pub remaining: usize,
}

/// What became of one package's vulnerabilities.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ComparedPackage {
    /// Its name.
    pub package: String,
    /// Its vulnerabilities.
    pub counts: DiffCounts,
}

/// How many vulnerabilities share one status.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Tally {
    /// Pairs of vulnerability and package name.
    pub total: usize,
    /// The vulnerabilities among them, each once. One that left one package and stays in another has both statuses.
    pub unique: usize,
    /// The pairs by severity, in the order of [`Severity::ALL`]; of those that remain, as it is now.
    pub by_severity: [usize; 6],
}

/// A vulnerability of a package, and what became of it.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ComparedRow {
    /// Usually a CVE.
    pub vulnerability_id: Option<String>,
    /// One line.
    pub title: String,
    /// The package's name, if there is a package.
    pub package: Option<String>,
    /// The greatest severity.
    pub severity: Severity,
    /// The greatest score.
    pub score: Option<f64>,
    /// The versions that had it before, each once.
    pub versions_before: Vec<String>,
    /// The versions that have it now, each once.
    pub versions_after: Vec<String>,
    /// The first version without it, as the scan in `scan` says.
    pub fixed_in: Option<String>,
    /// The finding to read on in, with its scan.
    pub arn: String,
    /// That scan.
    pub scan: ScanId,
}

/// One page of vulnerabilities with one status.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DiffPage {
    /// The rows, the most severe first.
    pub rows: Vec<ComparedRow>,
    /// How many rows there are in all pages.
    pub total: usize,
    /// The page's number, from 0, as asked.
    pub page: usize,
    /// The page's size, as used.
    pub page_size: usize,
}
