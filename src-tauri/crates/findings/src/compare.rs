//! What became of the vulnerabilities between two scans: fixed, new, or still there.
//!
//! Compared is by vulnerability (its id, or its title when it has none) **and** package name, so that a package's
//! new version with the old flaw is one line that remains, whatever the paths and layers.

use serde::{Deserialize, Serialize};

use crate::{ScanId, Severity};

/// What became of a vulnerability of a package.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Fate {
    /// It was there before, and is not now.
    Fixed,
    /// It is there now, and was not before.
    New,
    /// It was there, and is.
    Remaining,
}

/// How the vulnerabilities fared, in numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Comparison {
    /// Gone.
    pub fixed: Tally,
    /// Come.
    pub new: Tally,
    /// Still there.
    pub remaining: Tally,
    /// Log4Shell was there before and is nowhere now.
    pub log4shell_fixed: bool,
}

/// How many share a fate.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Tally {
    /// Pairs of vulnerability and package name.
    pub total: usize,
    /// The vulnerabilities among them, each once. One that left one package and stays in another is in both fates.
    pub unique: usize,
    /// The pairs by severity, in the order of [`Severity::ALL`]; of those that remain, as it is now.
    pub by_severity: [usize; 6],
}

/// A vulnerability of a package, and what became of it.
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
    /// The first version without it.
    pub fixed_in: Option<String>,
    /// The finding to read on in, with its scan.
    pub arn: String,
    /// That scan.
    pub scan: ScanId,
}

/// One page of vulnerabilities with one fate.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FatePage {
    /// The rows, the most severe first.
    pub rows: Vec<ComparedRow>,
    /// How many rows there are in all pages.
    pub total: usize,
}

pub(crate) struct Compared;
impl Compared {
    pub(crate) fn tally(&self) -> Comparison {
        Comparison::default()
    }
    pub(crate) fn page(
        &self,
        _: Fate,
        _: usize,
        _: usize,
        _: &rusqlite::Connection,
    ) -> Result<FatePage, crate::FindingsError> {
        Ok(FatePage::default())
    }
}
pub(crate) fn compare(_: &crate::index::Index, _: &crate::index::Index) -> Compared {
    Compared
}
