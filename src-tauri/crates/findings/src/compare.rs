//! The differences between two scans: fixed, new and remaining vulnerabilities.
//!
//! Findings are compared by vulnerability (its id, or its title if it has none) **and** package name: a new version of a
//! package that still has the vulnerability is one remaining row, regardless of paths and layers. Comparing is left to
//! `index::comparison`.

use serde::{Deserialize, Serialize};

use crate::scan::ScanId;
use crate::vocabulary::Severity;

/// The difference between two scans for one vulnerability of a package.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum DiffStatus {
    /// Only the earlier scan has it.
    Fixed,
    /// Only the later scan has it.
    New,
    /// Both scans have it.
    Remaining,
}

/// The differences between two scans in numbers.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Comparison {
    /// Vulnerabilities of packages that are gone.
    pub fixed: Tally,
    /// Vulnerabilities of packages that are new.
    pub new: Tally,
    /// Vulnerabilities of packages that both scans have.
    pub remaining: Tally,
    /// Vulnerabilities regardless of their packages: each has one status.
    pub vulnerabilities: DiffCounts,
    /// Packages, those with the most fixed vulnerabilities first; at most [`TOP_PACKAGES`](crate::summary::TOP_PACKAGES).
    pub by_package: Vec<ComparedPackage>,
    /// Whether the earlier scan has `Log4Shell` and the later one has not.
    pub log4shell_fixed: bool,
}

/// The number of vulnerabilities with each status.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DiffCounts {
    /// Fixed.
    pub fixed: usize,
    /// New.
    pub new: usize,
    /// Remaining.
    pub remaining: usize,
}

/// The differences for one package.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ComparedPackage {
    /// The package's name.
    pub package: String,
    /// The numbers of its vulnerabilities.
    pub counts: DiffCounts,
}

/// The number of vulnerabilities with one status.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Tally {
    /// Pairs of vulnerability and package name.
    pub total: usize,
    /// The number of distinct vulnerabilities. One that is fixed in one package and remains in another has both statuses.
    pub unique: usize,
    /// The pairs by severity, in the order of [`Severity::ALL`]; for remaining ones, the severity in the later scan.
    pub by_severity: [usize; 6],
}

/// One row of a comparison: a vulnerability of a package.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ComparedRow {
    /// Usually a CVE.
    pub vulnerability_id: Option<String>,
    /// The finding's title, one line.
    pub title: String,
    /// The package's name, if there is a package.
    pub package: Option<String>,
    /// The greatest severity.
    pub severity: Severity,
    /// The greatest score.
    pub score: Option<f64>,
    /// The distinct versions with the vulnerability in the earlier scan.
    pub versions_before: Vec<String>,
    /// The distinct versions with the vulnerability in the later scan.
    pub versions_after: Vec<String>,
    /// The first version without it, according to the scan in `scan`.
    pub fixed_in: Option<String>,
    /// The ARN of the finding with the details, in the scan `scan`.
    pub arn: String,
    /// The later scan with the vulnerability.
    pub scan: ScanId,
}

/// One page of vulnerabilities with one status.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DiffPage {
    /// The rows, the most severe first.
    pub rows: Vec<ComparedRow>,
    /// The number of rows in all pages.
    pub total: usize,
    /// The page's number, from 0, as requested.
    pub page: usize,
    /// The page size that was used.
    pub page_size: usize,
}
