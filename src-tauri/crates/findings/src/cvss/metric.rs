//! The metrics of a parsed vector, and the versions and groups of CVSS.

use serde::Serialize;

/// A version of CVSS, ordered by age.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum CvssVersion {
    /// 2.0 of 2007.
    #[serde(rename = "2.0")]
    V2,
    /// 3.0 of 2015.
    #[serde(rename = "3.0")]
    V30,
    /// 3.1 of 2019.
    #[serde(rename = "3.1")]
    V31,
    /// 4.0 of 2023.
    #[serde(rename = "4.0")]
    V4,
}

impl CvssVersion {
    /// The version number: `3.1`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::V2 => "2.0",
            Self::V30 => "3.0",
            Self::V31 => "3.1",
            Self::V4 => "4.0",
        }
    }
}

/// One metric of a vector. Its texts are `cvss-<name>` and `cvss-value-<meaning>` (see
/// [`cvss_message_ids`](crate::cvss_message_ids)).
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Metric {
    /// Its group.
    pub group: MetricGroup,
    /// The abbreviation in the vector: `AV`.
    pub id: &'static str,
    /// The value in the vector: `N`.
    pub value: &'static str,
    /// The metric's name: `attack-vector`.
    pub name: &'static str,
    /// The value's meaning: `network`.
    pub meaning: &'static str,
}

impl Metric {
    /// The message id of the metric's name.
    pub fn name_id(&self) -> String {
        format!("cvss-{}", self.name)
    }

    /// The message id of the value's meaning.
    pub fn meaning_id(&self) -> String {
        format!("cvss-value-{}", self.meaning)
    }
}

/// A group of metrics.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum MetricGroup {
    /// The exploitability metrics of the base group.
    Exploitability,
    /// The impact metrics of the base group; in 4.0, the impact on the vulnerable system.
    Impact,
    /// 4.0: the impact on subsequent systems, of the base group.
    SubsequentImpact,
    /// 2.0 and 3.x: metrics that change over time.
    Temporal,
    /// 4.0: metrics that change over time.
    Threat,
    /// Metrics of one environment.
    Environmental,
    /// 4.0: metrics without influence on the score.
    Supplemental,
}
