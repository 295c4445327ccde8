//! What CSV and SARIF tell of a finding, borrowed from its stored JSON: copies of all texts of 100,000 findings would take longer
//! than everything else that an export does.

use std::borrow::Cow;

use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::index::brief::{Str, text};
use crate::vocabulary::Severity;

/// The fields of [`crate::model::Finding`] that are exported. The texts of its times are as the store wrote them: RFC 3339.
#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Item<'a> {
    #[serde(borrow)]
    pub(super) arn: Str<'a>,
    pub(super) account: Str<'a>,
    #[serde(rename = "type")]
    pub(super) kind: Option<Str<'a>>,
    pub(super) title: Str<'a>,
    pub(super) description: Str<'a>,
    pub(super) severity: Severity,
    pub(super) status: Option<Str<'a>>,
    pub(super) score: Option<f64>,
    pub(super) vulnerability: ItemVulnerability<'a>,
    pub(super) packages: Vec<ItemPackage<'a>>,
    pub(super) fix_available: Option<Str<'a>>,
    pub(super) exploit_available: Option<Str<'a>>,
    pub(super) epss: Option<f64>,
    pub(super) kev: Option<IgnoredAny>,
    pub(super) details_read: bool,
    pub(super) cwes: Vec<Str<'a>>,
    pub(super) remediation: ItemRemediation<'a>,
    pub(super) resources: Vec<ItemResource<'a>>,
    pub(super) first_observed_at: Option<Str<'a>>,
    pub(super) last_observed_at: Option<Str<'a>>,
    pub(super) updated_at: Option<Str<'a>>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct ItemVulnerability<'a> {
    #[serde(borrow)]
    pub(super) id: Option<Str<'a>>,
    pub(super) source: Option<Str<'a>>,
    pub(super) source_url: Option<Str<'a>>,
    pub(super) vendor_severity: Option<Str<'a>>,
    pub(super) cvss: Vec<ItemCvss<'a>>,
    pub(super) related: Vec<Str<'a>>,
    pub(super) reference_urls: Vec<Str<'a>>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct ItemCvss<'a> {
    #[serde(borrow)]
    pub(super) vector: Str<'a>,
    pub(super) score: f64,
    pub(super) source: Str<'a>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct ItemPackage<'a> {
    #[serde(borrow)]
    pub(super) name: Str<'a>,
    pub(super) version: Str<'a>,
    pub(super) epoch: Option<i64>,
    pub(super) release: Option<Str<'a>>,
    pub(super) arch: Option<Str<'a>>,
    pub(super) manager: Option<Str<'a>>,
    pub(super) file_path: Option<Str<'a>>,
    pub(super) layer: Option<Str<'a>>,
    pub(super) fixed_in: Option<Str<'a>>,
    pub(super) remediation: Option<Str<'a>>,
}

impl ItemPackage<'_> {
    pub(super) fn full_version(&self) -> Cow<'_, str> {
        crate::model::full_version(self.epoch, &self.version.0, text(self.release.as_ref()))
    }
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct ItemRemediation<'a> {
    #[serde(borrow)]
    pub(super) text: Option<Str<'a>>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct ItemResource<'a> {
    #[serde(borrow)]
    pub(super) region: Option<Str<'a>>,
    pub(super) image: Option<ItemImage<'a>>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct ItemImage<'a> {
    #[serde(borrow)]
    pub(super) repository: Str<'a>,
    pub(super) digest: Str<'a>,
    pub(super) tags: Vec<Str<'a>>,
    pub(super) architecture: Option<Str<'a>>,
    pub(super) platform: Option<Str<'a>>,
}

impl<'a> Item<'a> {
    /// The affected image: the first of its resources that is an image.
    pub(super) fn image(&self) -> Option<&ItemImage<'a>> {
        self.resources.iter().find_map(|resource| resource.image.as_ref())
    }

    /// As [`crate::model::Finding::is_known_exploited`].
    pub(super) fn is_known_exploited(&self) -> Option<bool> {
        if self.kev.is_some() { Some(true) } else { self.details_read.then_some(false) }
    }

    /// The repository of the image; empty without one.
    pub(super) fn repository(&self) -> &str {
        self.image().map_or("", |image| &image.repository.0)
    }

    /// The identity of its vulnerability: the id, or the title if it has no id.
    pub(super) fn identity(&self) -> &str {
        text(self.vulnerability.id.as_ref()).unwrap_or(&self.title.0)
    }
}
