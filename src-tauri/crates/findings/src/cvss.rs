//! A CVSS vector taken apart, so that a person can read it: metric by metric, in ids that the locales have words for.
//!
//! Reads versions 2.0, 3.0, 3.1 and 4.0 with all their groups. Scores of 3.x and 4.0 are the `cvss` crate's; it knows
//! neither 2.0 nor the optional groups of 3.x, so 2.0's base equation is here, and of 3.x the base score is given.

mod metrics;

use serde::Serialize;

use crate::FindingsError;
use metrics::{Definition, Need};

/// A vector in words.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CvssExplanation {
    /// Which version of CVSS.
    pub version: CvssVersion,
    /// The score that the vector gives: of 2.0, 3.0 and 3.1 the base score; of 4.0 that of all its metrics. `None` when
    /// the vector's metrics are not in the order that 4.0 demands.
    pub score: Option<f64>,
    /// The metrics that it names, in the order of the specification.
    pub metrics: Vec<Metric>,
}

/// A version of CVSS. Ordered by age.
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
    /// As it is written: `3.1`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::V2 => "2.0",
            Self::V30 => "3.0",
            Self::V31 => "3.1",
            Self::V4 => "4.0",
        }
    }
}

/// One metric of a vector. Its words are `cvss-<name>` and `cvss-value-<meaning>` (see [`cvss_message_ids`]).
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Metric {
    /// Its group.
    pub group: MetricGroup,
    /// As the vector spells it: `AV`.
    pub id: &'static str,
    /// As the vector spells it: `N`.
    pub value: &'static str,
    /// The metric's name: `attack-vector`.
    pub name: &'static str,
    /// The value's meaning: `network`.
    pub meaning: &'static str,
}

impl Metric {
    /// The id of the metric's name among the words.
    pub fn name_id(&self) -> String {
        format!("cvss-{}", self.name)
    }

    /// The id of the value's meaning among the words.
    pub fn meaning_id(&self) -> String {
        format!("cvss-value-{}", self.meaning)
    }
}

/// A group of metrics.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum MetricGroup {
    /// How it is exploited: of the base group.
    Exploitability,
    /// What it does: of the base group. In 4.0, to the vulnerable system.
    Impact,
    /// 4.0: what it does to other systems: of the base group.
    SubsequentImpact,
    /// 2.0 and 3.x: what changes with time.
    Temporal,
    /// 4.0: what changes with time.
    Threat,
    /// What holds in one environment.
    Environmental,
    /// 4.0: what does not count.
    Supplemental,
}

/// Takes a vector apart. 2.0 has no prefix, or none but parentheses; the others begin with `CVSS:3.1/` or the like.
pub fn explain_cvss(vector: &str) -> Result<CvssExplanation, FindingsError> {
    let vector = vector.trim();
    let bad = || FindingsError::BadVector(vector.to_owned());
    let (version, named) = split_version(vector).ok_or_else(bad)?;
    let definitions = metrics::of(version);
    let mut found: Vec<Option<Metric>> = vec![None; definitions.len()];
    for part in named.split('/') {
        let (id, value) = part.split_once(':').ok_or_else(bad)?;
        let place = definitions.iter().position(|definition| definition.id == id).ok_or_else(bad)?;
        let metric = definitions[place].with_value(value).ok_or_else(bad)?;
        if found[place].replace(metric).is_some() {
            return Err(bad());
        }
    }
    let is_missing =
        |(definition, found): (&Definition, &Option<Metric>)| definition.need == Need::Mandatory && found.is_none();
    if definitions.iter().zip(&found).any(is_missing) {
        return Err(bad());
    }
    let metrics: Vec<Metric> = found.into_iter().flatten().collect();
    let score = match version {
        CvssVersion::V2 => Some(score_of_v2(&metrics)),
        CvssVersion::V30 | CvssVersion::V31 => base_of_v3(version, &metrics).parse().ok(),
        CvssVersion::V4 => vector.parse().ok(),
    };
    Ok(CvssExplanation { version, score: score.map(|score: Score| score.0), metrics })
}

/// Every id that [`Metric::name_id`] and [`Metric::meaning_id`] can give, each once: what the locales must have words for.
pub fn cvss_message_ids() -> Vec<String> {
    let versions = [CvssVersion::V2, CvssVersion::V30, CvssVersion::V31, CvssVersion::V4];
    let mut ids = Vec::new();
    for metric in versions.into_iter().flat_map(metrics::of).flat_map(Definition::all_values) {
        ids.push(metric.name_id());
        ids.push(metric.meaning_id());
    }
    ids.sort_unstable();
    ids.dedup();
    ids
}

fn split_version(vector: &str) -> Option<(CvssVersion, &str)> {
    let versions = [CvssVersion::V30, CvssVersion::V31, CvssVersion::V4];
    if let Some(rest) = vector.strip_prefix("CVSS:") {
        return versions
            .into_iter()
            .find_map(|version| Some((version, rest.strip_prefix(version.as_str())?.strip_prefix('/')?)));
    }
    let bare = vector.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')).unwrap_or(vector);
    Some((CvssVersion::V2, bare))
}

struct Score(f64);

impl std::str::FromStr for Score {
    type Err = cvss::Error;

    fn from_str(vector: &str) -> Result<Self, Self::Err> {
        Ok(Self(vector.parse::<cvss::Cvss>()?.score()))
    }
}

fn base_of_v3(version: CvssVersion, metrics: &[Metric]) -> String {
    let base = metrics.iter().filter(|metric| {
        matches!(metric.group, MetricGroup::Exploitability | MetricGroup::Impact | MetricGroup::SubsequentImpact)
    });
    let named: Vec<String> = base.map(|metric| format!("{}:{}", metric.id, metric.value)).collect();
    format!("CVSS:{}/{}", version.as_str(), named.join("/"))
}

/// The base equation of <https://www.first.org/cvss/v2/guide>, section 3.2.1.
fn score_of_v2(metrics: &[Metric]) -> Score {
    let weight = |id: &str| {
        let value = metrics.iter().find(|metric| metric.id == id).map_or("", |metric| metric.value);
        match (id, value) {
            ("AV", "L") => 0.395,
            ("AV", "A") => 0.646,
            ("AV", "N") => 1.0,
            ("AC", "H") => 0.35,
            ("AC", "M") => 0.61,
            ("AC", "L") => 0.71,
            ("Au", "M") => 0.45,
            ("Au", "S") => 0.56,
            ("Au", "N") => 0.704,
            (_, "P") => 0.275,
            (_, "C") => 0.660,
            _ => 0.0,
        }
    };
    let impact = 10.41 * (1.0 - (1.0 - weight("C")) * (1.0 - weight("I")) * (1.0 - weight("A")));
    let exploitability = 20.0 * weight("AV") * weight("AC") * weight("Au");
    let factor = if impact == 0.0 { 0.0 } else { 1.176 };
    let score: f64 = (0.6 * impact + 0.4 * exploitability - 1.5) * factor;
    Score((score * 10.0).round() / 10.0)
}
