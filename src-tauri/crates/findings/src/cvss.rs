//! Parsing a CVSS vector into metrics that a person can read, named by the ids of texts in the locales.
//!
//! Supports versions 2.0, 3.0, 3.1 and 4.0 with all their groups. Scores of 3.x and 4.0 come from the `cvss` crate. It
//! supports neither 2.0 nor the optional groups of 3.x, so the base equation of 2.0 is here, and for 3.x the score is the
//! base score.

pub(crate) mod metric;
mod metrics;

use serde::Serialize;

use crate::cvss::metric::{CvssVersion, Metric, MetricGroup};
use crate::cvss::metrics::{Definition, Need};
use crate::error::FindingsError;

/// A parsed vector.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CvssExplanation {
    /// The version of CVSS.
    pub version: CvssVersion,
    /// The vector's score: for 2.0, 3.0 and 3.1 the base score; for 4.0 the score of all its metrics. `None` if the
    /// vector's metrics are not in the order that 4.0 requires.
    pub score: Option<f64>,
    /// The metrics of the vector, in the order of the specification.
    pub metrics: Vec<Metric>,
}

/// Parses a vector. Vectors of 2.0 have no prefix and may be in parentheses; the others start with `CVSS:3.1/` or the
/// like.
///
/// # Errors
///
/// [`FindingsError::BadVector`] if it is not a CVSS vector.
pub fn explain_cvss(vector: &str) -> Result<CvssExplanation, FindingsError> {
    let vector = vector.trim();
    let bad = || FindingsError::BadVector(vector.to_owned());
    let (version, parts) = split_version(vector).ok_or_else(bad)?;
    let definitions = metrics::of(version);
    let mut metrics: Vec<Option<Metric>> = vec![None; definitions.len()];
    for part in parts.split('/') {
        let (id, value) = part.split_once(':').ok_or_else(bad)?;
        let position = definitions.iter().position(|definition| definition.id == id).ok_or_else(bad)?;
        let metric = definitions[position].with_value(value).ok_or_else(bad)?;
        if metrics[position].replace(metric).is_some() {
            return Err(bad());
        }
    }
    let is_missing =
        |(definition, metric): (&Definition, &Option<Metric>)| definition.need == Need::Mandatory && metric.is_none();
    if definitions.iter().zip(&metrics).any(is_missing) {
        return Err(bad());
    }
    let metrics: Vec<Metric> = metrics.into_iter().flatten().collect();
    let score = match version {
        CvssVersion::V2 => Some(score_of_v2(&metrics)),
        CvssVersion::V30 | CvssVersion::V31 => base_of_v3(version, &metrics).parse().ok(),
        CvssVersion::V4 => vector.parse().ok(),
    };
    Ok(CvssExplanation { version, score: score.map(|score: Score| score.0), metrics })
}

/// The distinct ids that [`Metric::name_id`] and [`Metric::meaning_id`] can return: the locales must define all of them.
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
    let parts: Vec<String> = base.map(|metric| format!("{}:{}", metric.id, metric.value)).collect();
    format!("CVSS:{}/{}", version.as_str(), parts.join("/"))
}

/// The score by the base equation of <https://www.first.org/cvss/v2/guide>, section 3.2.1.
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
