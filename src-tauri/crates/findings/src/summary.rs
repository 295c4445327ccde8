//! What a summary says. Counting is left to `index`.

use serde::{Deserialize, Serialize};

use crate::{Counts, FixAvailable, Severity};

/// The lesson's vulnerability: `Log4Shell`.
pub const LOG4SHELL: &str = "CVE-2021-44228";

/// How many packages a summary names.
pub const TOP_PACKAGES: usize = 15;

/// What a filter matches, counted many ways.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Summary {
    /// All of it.
    pub matched: Counts,
    /// All six severities, the most severe first. A vulnerability counts once, at its greatest.
    pub by_severity: Vec<SeverityCounts>,
    /// The [`TOP_PACKAGES`] packages with most findings.
    pub by_package: Vec<Bucket>,
    /// How many packages there are.
    pub packages: usize,
    /// The image's layers with most findings first. What lies in no layer is not here.
    pub by_layer: Vec<Bucket>,
    /// By whether a fix exists; `None` is not said.
    pub by_fix: Vec<FixCounts>,
    /// Ten bands of Inspector's score, 0–1 to 9–10; a band does not include its end, but for 10.
    pub score_bands: Vec<ScoreBand>,
    /// What has no score.
    pub without_score: Counts,
    /// Vulnerabilities by score and EPSS, on a grid of 0.1 by 0.01.
    pub points: Vec<Point>,
    /// Vulnerabilities that have no point, because score or EPSS is missing.
    pub without_point: usize,
    /// Listed by CISA as exploited.
    pub kev: Counts,
    /// With a public exploit.
    pub exploit: Counts,
    /// Whether `Log4Shell` is among them.
    pub log4shell: bool,
}

/// Counts of one severity.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SeverityCounts {
    /// Which.
    pub severity: Severity,
    /// How many.
    pub counts: Counts,
}

/// Counts of one package or layer.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Bucket {
    /// Its name or digest.
    pub value: String,
    /// How many.
    pub counts: Counts,
    /// Its instances by severity, in the order of [`Severity::ALL`].
    pub instances_by_severity: [usize; 6],
}

/// Counts by whether a fix exists.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FixCounts {
    /// Whether.
    pub fix: Option<FixAvailable>,
    /// How many.
    pub counts: Counts,
}

/// Counts of a band of scores.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ScoreBand {
    /// From, included.
    pub from: f64,
    /// To, not included but for 10.
    pub to: f64,
    /// How many.
    pub counts: Counts,
}

/// Vulnerabilities that lie at one point of the plane of score and EPSS.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Point {
    /// Inspector's score, to 0.1.
    pub score: f64,
    /// EPSS, to 0.01.
    pub epss: f64,
    /// How many vulnerabilities.
    pub unique: usize,
    /// The greatest severity among them.
    pub severity: Severity,
    /// One of them: its id, or its title. `Log4Shell`, if it is among them.
    pub example: String,
    /// Whether CISA lists one of them as exploited.
    pub kev: bool,
    /// Whether `Log4Shell` is among them.
    pub log4shell: bool,
}
