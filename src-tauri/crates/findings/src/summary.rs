//! Statistics of a query. Counting is left to `index`.

use serde::{Deserialize, Serialize};

use crate::page::Counts;
use crate::vocabulary::{FixAvailable, Severity};

/// The vulnerability that the lab is about: `Log4Shell`.
pub const LOG4SHELL: &str = "CVE-2021-44228";

/// The number of packages that a summary lists.
pub const TOP_PACKAGES: usize = 15;

/// Statistics of what a filter matches.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Summary {
    /// The total.
    pub matched: Counts,
    /// Counts of all six severities, the most severe first. A vulnerability counts once, at its greatest severity.
    pub by_severity: Vec<SeverityCounts>,
    /// The [`TOP_PACKAGES`] packages with the most vulnerabilities. A vulnerability of several packages counts in each.
    pub by_package: Vec<Bucket>,
    /// The number of packages.
    pub packages: usize,
    /// The image's layers, those with the most vulnerabilities first. A vulnerability in several layers counts in each.
    pub by_layer: Vec<Bucket>,
    /// Counts of what has no layer.
    pub without_layer: Counts,
    /// Counts by whether a fix exists. A vulnerability counts once, with the best fix: `YES`, `PARTIAL`, `NO`.
    pub by_fix: Vec<FixCounts>,
    /// Counts of ten bands of Inspector's score, 0–1 to 9–10. A band excludes its end, except for 10. A vulnerability counts
    /// once, at its greatest score.
    pub score_bands: Vec<ScoreBand>,
    /// Counts of what has no score.
    pub without_score: Counts,
    /// Vulnerabilities by score and EPSS, on a grid of 0.1 by 0.01.
    pub points: Vec<Point>,
    /// The number of vulnerabilities without a point, because score or EPSS is missing.
    pub without_point: usize,
    /// Counts of what CISA lists as exploited.
    pub kev: Counts,
    /// Counts of that of which it is not known.
    pub kev_unknown: Counts,
    /// Counts of what filters of the account suppress.
    pub suppressed: Counts,
    /// Counts of what has a public exploit.
    pub exploit: Counts,
    /// Whether `Log4Shell` is among them.
    pub log4shell: bool,
}

/// Counts of one severity.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SeverityCounts {
    /// The severity.
    pub severity: Severity,
    /// The counts.
    pub counts: Counts,
}

/// Counts of one package or layer.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Bucket {
    /// The package's name or the layer's digest.
    pub value: String,
    /// The counts.
    pub counts: Counts,
    /// Its instances by severity, in the order of [`Severity::ALL`].
    pub instances_by_severity: [usize; 6],
    /// Its vulnerabilities by severity, in the order of [`Severity::ALL`]. Each counts once, at its greatest severity here.
    pub unique_by_severity: [usize; 6],
}

/// Counts by whether a fix exists.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FixCounts {
    /// Whether a fix exists; `None` if the services do not say.
    pub fix: Option<FixAvailable>,
    /// The counts.
    pub counts: Counts,
}

/// Counts of a band of scores.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ScoreBand {
    /// The start, included.
    pub from: f64,
    /// The end, excluded except for 10.
    pub to: f64,
    /// The counts.
    pub counts: Counts,
}

/// The vulnerabilities with one combination of score and EPSS.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Point {
    /// Inspector's score, to 0.1.
    pub score: f64,
    /// EPSS, to 0.01.
    pub epss: f64,
    /// The lowest EPSS among the vulnerabilities, exactly.
    pub lowest_epss: f64,
    /// The greatest EPSS among the vulnerabilities, exactly.
    pub greatest_epss: f64,
    /// The number of vulnerabilities.
    pub unique: usize,
    /// The greatest severity among them.
    pub severity: Severity,
    /// The id or title of one of them: of `Log4Shell`, if it is among them.
    pub example: String,
    /// The id of the vulnerability, if there is only one and it has an id.
    pub vulnerability_id: Option<String>,
    /// Whether CISA lists at least one of them as exploited; `None`: of one of them it is not known, and no other is.
    pub kev: Option<bool>,
    /// Whether `Log4Shell` is among them.
    pub log4shell: bool,
}
