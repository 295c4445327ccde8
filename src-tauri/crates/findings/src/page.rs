//! The result of a query: one page of rows. Building it is left to `index`.

use serde::{Deserialize, Serialize};

use crate::scan::ScanId;
use crate::timestamp::Timestamp;
use crate::vocabulary::{ExploitAvailable, FixAvailable, Severity, Status};

/// One page of a query's result.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Page {
    /// The rows, in order.
    pub rows: Vec<Row>,
    /// The number of rows in all pages.
    pub total: usize,
    /// What the filter matches, regardless of the view.
    pub matched: Counts,
    /// The page's number, from 0, as requested.
    pub page: usize,
    /// The page size that was used.
    pub page_size: usize,
}

/// The number of matches, counted three ways.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Counts {
    /// Findings, as the services count.
    pub findings: usize,
    /// Findings times their packages.
    pub instances: usize,
    /// Vulnerabilities: distinct ids, or titles where there is no id.
    pub unique: usize,
}

/// One row of a list. In [`View::Unique`](crate::query::View::Unique) it summarizes the matching instances of one
/// vulnerability: severity, score, EPSS and `last_observed_at` are the greatest, `first_observed_at` is the earliest,
/// `kev` is set if it is for any instance, fix and exploit are the greatest in the order `NO`, `PARTIAL`, `YES`; all
/// other values are those of the most severe instance.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Row {
    /// The finding's ARN, for [`Store::get`](crate::Store::get); in a unique row, that of the most severe finding.
    pub arn: String,
    /// The scan that it belongs to.
    pub scan: ScanId,
    /// The position of the package among the finding's packages, from 0.
    pub ordinal: usize,
    /// The number of instances in this row; 1 in [`View::Instances`](crate::query::View::Instances).
    pub instances: usize,
    /// The number of findings in this row; 1 in [`View::Instances`](crate::query::View::Instances).
    pub findings: usize,
    /// The distinct names of the packages in this row, sorted.
    pub packages: Vec<String>,
    /// Usually a CVE.
    pub vulnerability_id: Option<String>,
    /// The finding's title, one line.
    pub title: String,
    /// The service's rating.
    pub severity: Severity,
    /// The finding's status.
    pub status: Option<Status>,
    /// Whether it is suppressed by a filter of the account: in a unique row, each of its findings.
    #[serde(default)]
    pub suppressed: bool,
    /// Inspector's score.
    pub score: Option<f64>,
    /// The probability of exploitation, 0 to 1.
    pub epss: Option<f64>,
    /// Whether a fix exists.
    pub fix_available: Option<FixAvailable>,
    /// Whether an exploit is public.
    pub exploit_available: Option<ExploitAvailable>,
    /// Whether CISA lists it as exploited; `None`: not known.
    pub kev: Option<bool>,
    /// The package's name.
    pub package: Option<String>,
    /// Its full installed version.
    pub version: Option<String>,
    /// The first version without the vulnerability.
    pub fixed_in: Option<String>,
    /// Its package manager.
    pub manager: Option<String>,
    /// Its path in the image.
    pub file_path: Option<String>,
    /// The digest of the layer that added it.
    pub layer: Option<String>,
    /// The image's repository.
    pub repository: Option<String>,
    /// The image's digest.
    pub digest: Option<String>,
    /// When the scanner first observed it.
    pub first_observed_at: Option<Timestamp>,
    /// When the scanner last observed it.
    pub last_observed_at: Option<Timestamp>,
}

/// A value of a property and how often it occurs, as suggested by a filter field.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ValueCount {
    /// The value, as in a [`Token`](crate::query::Token).
    pub value: String,
    /// The number of instances with it.
    pub instances: usize,
    /// The number of vulnerabilities with it.
    pub unique: usize,
}
