//! The part of a stored finding that the index needs, deserialized without copying where the JSON allows it.

use std::borrow::Cow;

use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::timestamp::Timestamp;
use crate::vocabulary::{Severity, Source};

#[derive(Deserialize, Default)]
#[serde(transparent)]
pub(crate) struct Str<'a>(#[serde(borrow)] pub(crate) Cow<'a, str>);

/// The fields of [`crate::model::Finding`] that are indexed.
#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct Brief<'a> {
    pub(crate) seen_by: Vec<Source>,
    #[serde(borrow)]
    pub(crate) account: Option<Str<'a>>,
    #[serde(rename = "type")]
    pub(crate) kind: Option<Str<'a>>,
    pub(crate) title: Str<'a>,
    pub(crate) description: Str<'a>,
    pub(crate) severity: Severity,
    pub(crate) status: Option<Str<'a>>,
    pub(crate) score: Option<f64>,
    pub(crate) vulnerability: BriefVulnerability<'a>,
    pub(crate) packages: Vec<BriefPackage<'a>>,
    pub(crate) fix_available: Option<Str<'a>>,
    pub(crate) exploit_available: Option<Str<'a>>,
    pub(crate) epss: Option<f64>,
    pub(crate) details_read: bool,
    pub(crate) kev: Option<IgnoredAny>,
    pub(crate) cwes: Vec<Str<'a>>,
    pub(crate) risk_score: Option<i64>,
    pub(crate) resources: Vec<BriefResource<'a>>,
    pub(crate) first_observed_at: Option<Timestamp>,
    pub(crate) last_observed_at: Option<Timestamp>,
    pub(crate) updated_at: Option<Timestamp>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct BriefVulnerability<'a> {
    #[serde(borrow)]
    pub(crate) id: Option<Str<'a>>,
    pub(crate) source: Option<Str<'a>>,
    pub(crate) vendor_severity: Option<Str<'a>>,
    pub(crate) vendor_created_at: Option<Timestamp>,
    pub(crate) vendor_updated_at: Option<Timestamp>,
    pub(crate) related: Vec<Str<'a>>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct BriefPackage<'a> {
    #[serde(borrow)]
    pub(crate) name: Str<'a>,
    pub(crate) version: Str<'a>,
    pub(crate) epoch: Option<i64>,
    pub(crate) release: Option<Str<'a>>,
    pub(crate) arch: Option<Str<'a>>,
    pub(crate) manager: Option<Str<'a>>,
    pub(crate) file_path: Option<Str<'a>>,
    pub(crate) layer: Option<Str<'a>>,
    pub(crate) fixed_in: Option<Str<'a>>,
}

impl BriefPackage<'_> {
    pub(crate) fn full_version(&self) -> Cow<'_, str> {
        crate::model::full_version(self.epoch, &self.version.0, text(self.release.as_ref()))
    }
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct BriefResource<'a> {
    #[serde(borrow)]
    pub(crate) region: Option<Str<'a>>,
    pub(crate) image: Option<BriefImage<'a>>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct BriefImage<'a> {
    #[serde(borrow)]
    pub(crate) repository: Str<'a>,
    pub(crate) digest: Str<'a>,
    pub(crate) tags: Vec<Str<'a>>,
    pub(crate) architecture: Option<Str<'a>>,
    pub(crate) platform: Option<Str<'a>>,
}

/// The text, if present.
pub(crate) fn text<'b>(text: Option<&'b Str<'_>>) -> Option<&'b str> {
    text.map(|text| text.0.as_ref())
}
