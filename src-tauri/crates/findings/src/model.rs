//! A finding, with everything that ECR's `enhancedFindings` and Inspector's `ListFindings` and `BatchGetFindingDetails`
//! return about it. Converting the services' responses is left to the caller.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::timestamp::Timestamp;
use crate::vocabulary::{ExploitAvailable, FixAvailable, Kind, Severity, Source, Status};

/// One finding of one image, identified by its ARN. A finding that both services report is one `Finding`
/// (see [`Finding::merge`]).
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Finding {
    /// `arn:aws:inspector2:<region>:<account>:finding/<id>`.
    pub arn: String,
    /// The services that reported it.
    pub seen_by: BTreeSet<Source>,
    /// The account's twelve digits.
    pub account: String,
    /// The type of finding (`type` in JSON).
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<Kind>,
    /// One line; usually `CVE-… - package`.
    pub title: String,
    /// A paragraph from the vulnerability's source.
    pub description: String,
    /// The service's rating. [`Finding::set_severity`] sets it together with the text.
    pub severity: Severity,
    /// The rating as the service spells it, even if this version does not know the value.
    pub severity_text: String,
    /// Its status.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<Status>,
    /// Inspector's score, 0 to 10 (`score`, `inspectorScore`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub score: Option<f64>,
    /// How that score was calculated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub score_details: Option<ScoreDetails>,
    /// The vulnerability itself.
    pub vulnerability: Vulnerability,
    /// The affected packages. A finding can list several, or none (an operating system out of support).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub packages: Vec<Package>,
    /// Whether a fix exists; `None` if the services do not say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fix_available: Option<FixAvailable>,
    /// Whether an exploit is public; `None` if the services do not say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exploit_available: Option<ExploitAvailable>,
    /// When an exploit was last known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_known_exploit_at: Option<Timestamp>,
    /// The probability of exploitation within 30 days, 0 to 1, from EPSS.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub epss: Option<f64>,
    /// Whether Inspector's details were read: what only they have is otherwise unknown, and not absent.
    pub details_read: bool,
    /// Its entry in CISA's catalogue of known exploited vulnerabilities; see [`Finding::is_known_exploited`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kev: Option<Kev>,
    /// Weaknesses, such as `CWE-502`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub cwes: Vec<String>,
    /// When exploitation was observed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exploit_observed: Option<ExploitObserved>,
    /// Inspector's risk score.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub risk_score: Option<i64>,
    /// The evidence for Inspector's rating.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub evidences: Vec<Evidence>,
    /// Tactics, techniques and procedures, named as by MITRE.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ttps: Vec<String>,
    /// Tools known to exploit it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tools: Vec<String>,
    /// How to fix it.
    pub remediation: Remediation,
    /// The affected resources: for an image scan, the image.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub resources: Vec<Resource>,
    /// When the scanner first observed it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_observed_at: Option<Timestamp>,
    /// When the scanner last observed it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_observed_at: Option<Timestamp>,
    /// When it was last updated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub updated_at: Option<Timestamp>,
}

impl Finding {
    /// Sets the rating from the service's value, known or not.
    pub fn set_severity(&mut self, value: &str) {
        self.severity = Severity::from_service(value);
        value.clone_into(&mut self.severity_text);
    }

    /// The affected image: the first of its resources that is an image.
    pub fn image(&self) -> Option<&Image> {
        self.resources.iter().find_map(|resource| resource.image.as_ref())
    }

    /// Whether CISA lists it as exploited; `None` if that is not known, because only the details say so and they were not read.
    pub fn is_known_exploited(&self) -> Option<bool> {
        if self.kev.is_some() { Some(true) } else { self.details_read.then_some(false) }
    }

    /// The identity of its vulnerability: the id, or the title if it has no id.
    pub fn identity(&self) -> &str {
        self.vulnerability.id.as_deref().unwrap_or(&self.title)
    }
}

/// The information about a vulnerability that does not depend on where it occurs (`packageVulnerabilityDetails`).
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Vulnerability {
    /// Usually a CVE. An operating system out of support has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The publisher of its description: `NVD`, `DEBIAN_CVE`, `GITHUB`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// The URL of its description.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source_url: Option<String>,
    /// The vendor's own rating, as the vendor spells it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vendor_severity: Option<String>,
    /// When the vendor published it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vendor_created_at: Option<Timestamp>,
    /// When the vendor last updated it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vendor_updated_at: Option<Timestamp>,
    /// CVSS ratings from any source and in any version.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub cvss: Vec<Cvss>,
    /// Ids of related vulnerabilities.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub related: Vec<String>,
    /// URLs of further information.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub reference_urls: Vec<String>,
}

/// One CVSS rating.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Cvss {
    /// `2.0`, `3.1`, `4.0`.
    pub version: String,
    /// `CVSS:3.1/AV:N/…`.
    pub vector: String,
    /// The base score, 0 to 10.
    pub score: f64,
    /// The source of the rating.
    pub source: String,
}

/// How Inspector's score was calculated: from a CVSS rating, adjusted to what Inspector knows about the image.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ScoreDetails {
    /// The score after adjustment.
    pub score: f64,
    /// The source of the score.
    pub score_source: String,
    /// The source of the CVSS rating that it is based on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cvss_source: Option<String>,
    /// The CVSS version.
    pub version: String,
    /// The vector after adjustment.
    pub vector: String,
    /// The adjustments, with their reasons.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub adjustments: Vec<Adjustment>,
}

/// One adjustment of a CVSS metric.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Adjustment {
    /// The metric.
    pub metric: String,
    /// The reason.
    pub reason: String,
}

/// An affected package.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Package {
    /// Its name, as in its package manager.
    pub name: String,
    /// The installed version.
    pub version: String,
    /// The version's epoch.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub epoch: Option<i64>,
    /// The version's release.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub release: Option<String>,
    /// The architecture.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub arch: Option<String>,
    /// `OS`, `JAR`, `PIP`, …
    #[serde(skip_serializing_if = "Option::is_none")]
    pub manager: Option<String>,
    /// Its path in the image; only language packages have one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file_path: Option<String>,
    /// The digest of the layer that added it (`sourceLayerHash`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub layer: Option<String>,
    /// The first version without the vulnerability. [`Package::set_fixed_in`] sets it together with the text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fixed_in: Option<String>,
    /// The service's value, including `NotAvailable`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fixed_in_text: Option<String>,
    /// A command that updates it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remediation: Option<String>,
    /// The Lambda layer that contains it; never set for an image.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source_lambda_layer_arn: Option<String>,
}

/// The service's value if there is no fixed version.
const NO_FIXED_VERSION: &str = "NotAvailable";

impl Package {
    /// Sets the fixed version from the service's value.
    pub fn set_fixed_in(&mut self, value: &str) {
        self.fixed_in = (value != NO_FIXED_VERSION).then(|| value.to_owned());
        self.fixed_in_text = Some(value.to_owned());
    }

    /// The full installed version: `epoch:version-release`, without the parts that are missing.
    pub fn full_version(&self) -> String {
        full_version(self.epoch, &self.version, self.release.as_deref()).into_owned()
    }
}

pub(crate) fn full_version<'a>(epoch: Option<i64>, version: &'a str, release: Option<&str>) -> Cow<'a, str> {
    let epoch = epoch.filter(|epoch| *epoch != 0);
    match (epoch, release.filter(|release| !release.is_empty())) {
        (None, None) => version.into(),
        (Some(epoch), None) => format!("{epoch}:{version}").into(),
        (None, Some(release)) => format!("{version}-{release}").into(),
        (Some(epoch), Some(release)) => format!("{epoch}:{version}-{release}").into(),
    }
}

/// An entry in CISA's catalogue of known exploited vulnerabilities.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Kev {
    /// When it was added.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date_added: Option<Timestamp>,
    /// The date by which US federal agencies must fix it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date_due: Option<Timestamp>,
    /// The required action.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub action: Option<String>,
}

/// When exploitation was observed.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ExploitObserved {
    /// The first time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_seen: Option<Timestamp>,
    /// The last time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_seen: Option<Timestamp>,
}

/// One piece of evidence for Inspector's rating.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Evidence {
    /// The rule.
    pub rule: String,
    /// The detail.
    pub detail: String,
    /// Its severity.
    pub severity: String,
}

/// How to fix a finding.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Remediation {
    /// The service's text, including the literal `None Provided`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// The URL of further information.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

/// An affected resource.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Resource {
    /// `AWS_ECR_CONTAINER_IMAGE` for an image.
    #[serde(rename = "type")]
    pub kind: String,
    /// For an image: the repository's ARN, a slash, and the digest.
    pub id: String,
    /// `aws`, `aws-cn`, …
    #[serde(skip_serializing_if = "Option::is_none")]
    pub partition: Option<String>,
    /// The Region.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// The cloud provider.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provider: Option<String>,
    /// The provider's account.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provider_account_id: Option<String>,
    /// The provider's organization.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provider_org_id: Option<String>,
    /// The resource's tags.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub tags: BTreeMap<String, String>,
    /// The image, if the resource is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image: Option<Image>,
}

/// A container image in ECR.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Image {
    /// The repository's name.
    pub repository: String,
    /// The manifest's digest, `sha256:…` (`imageHash`).
    pub digest: String,
    /// Its tags.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// The registry: an account's twelve digits.
    pub registry: String,
    /// `amd64`, `arm64`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub architecture: Option<String>,
    /// The operating system, such as `DEBIAN_12`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub platform: Option<String>,
    /// Its author.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
    /// When it was pushed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pushed_at: Option<Timestamp>,
    /// The number of workloads that run it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub in_use_count: Option<i64>,
    /// When a workload last ran it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_in_use_at: Option<Timestamp>,
}

/// The details that `BatchGetFindingDetails` adds to a finding.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Details {
    /// The finding's ARN.
    pub arn: String,
    /// The probability of exploitation, 0 to 1.
    pub epss: Option<f64>,
    /// CISA's entry.
    pub kev: Option<Kev>,
    /// Weaknesses.
    pub cwes: Vec<String>,
    /// When exploitation was observed.
    pub exploit_observed: Option<ExploitObserved>,
    /// Inspector's risk score.
    pub risk_score: Option<i64>,
    /// The evidence for Inspector's rating.
    pub evidences: Vec<Evidence>,
    /// Tactics, techniques and procedures.
    pub ttps: Vec<String>,
    /// Tools known to exploit it.
    pub tools: Vec<String>,
    /// URLs of further information.
    pub reference_urls: Vec<String>,
}
