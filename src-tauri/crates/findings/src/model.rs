//! A finding, with everything that ECR's `enhancedFindings` and Inspector's `ListFindings` and
//! `BatchGetFindingDetails` say about it. Reading it off the wire is left to the caller.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::{ExploitAvailable, FixAvailable, Kind, Severity, Source, Status, Timestamp};

/// One finding of one image, known by its ARN. The same finding seen by both services is one `Finding`
/// (see [`Finding::merge`]).
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Finding {
    /// `arn:aws:inspector2:<region>:<account>:finding/<id>`.
    pub arn: String,
    /// The services that showed it.
    pub seen_by: BTreeSet<Source>,
    /// The account's twelve digits.
    pub account: String,
    /// What sort of finding (`type` on the wire).
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<Kind>,
    /// One line; usually `CVE-… - package`.
    pub title: String,
    /// A paragraph, in the words of the vulnerability's source.
    pub description: String,
    /// The service's rating. Set both it and the text with [`Finding::set_severity`].
    pub severity: Severity,
    /// The rating's word as it came, known or not.
    pub severity_text: String,
    /// Where it stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<Status>,
    /// Inspector's score, 0 to 10 (`score`, `inspectorScore`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub score: Option<f64>,
    /// How that score came about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub score_details: Option<ScoreDetails>,
    /// The vulnerability itself.
    pub vulnerability: Vulnerability,
    /// The packages that have it. One finding can list several, or none (an operating system out of support).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub packages: Vec<Package>,
    /// Whether a fix exists. `None`: not said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fix_available: Option<FixAvailable>,
    /// Whether an exploit is public. `None`: not said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exploit_available: Option<ExploitAvailable>,
    /// When an exploit was last known of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_known_exploit_at: Option<Timestamp>,
    /// The chance of exploitation within 30 days, 0 to 1, by EPSS.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub epss: Option<f64>,
    /// Its entry in CISA's catalogue of known exploited vulnerabilities.
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
    /// What Inspector bases its rating on.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub evidences: Vec<Evidence>,
    /// Tactics, techniques and procedures, by MITRE's names.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ttps: Vec<String>,
    /// Tools known to exploit it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tools: Vec<String>,
    /// What to do about it.
    pub remediation: Remediation,
    /// What it was found in. For an image scan: the image.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub resources: Vec<Resource>,
    /// First seen by the scanner.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_observed_at: Option<Timestamp>,
    /// Last seen by the scanner.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_observed_at: Option<Timestamp>,
    /// Last changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub updated_at: Option<Timestamp>,
}

impl Finding {
    /// Sets the rating from the service's word, known or not.
    pub fn set_severity(&mut self, word: &str) {
        self.severity = Severity::from_service(word);
        word.clone_into(&mut self.severity_text);
    }

    /// The image it was found in: the first of its resources that is one.
    pub fn image(&self) -> Option<&Image> {
        self.resources.iter().find_map(|resource| resource.image.as_ref())
    }

    /// What makes two findings the same vulnerability: its id, or the title when it has none.
    pub fn identity(&self) -> &str {
        self.vulnerability.id.as_deref().unwrap_or(&self.title)
    }
}

/// What is known of a vulnerability wherever it occurs (`packageVulnerabilityDetails`).
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Vulnerability {
    /// Usually a CVE. An operating system out of support has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Who describes it: `NVD`, `DEBIAN_CVE`, `GITHUB`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Where it is described.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source_url: Option<String>,
    /// The vendor's own rating, in the vendor's words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vendor_severity: Option<String>,
    /// When the vendor published it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vendor_created_at: Option<Timestamp>,
    /// When the vendor last changed it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vendor_updated_at: Option<Timestamp>,
    /// Every CVSS rating, by whom, in whichever version.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub cvss: Vec<Cvss>,
    /// Other ids that belong with it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub related: Vec<String>,
    /// Further reading.
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
    /// Who rated it.
    pub source: String,
}

/// How Inspector's score came about: a CVSS rating, adjusted to what it knows of the image.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ScoreDetails {
    /// The score after adjustment.
    pub score: f64,
    /// Who gave the score.
    pub score_source: String,
    /// Who gave the CVSS rating that it starts from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cvss_source: Option<String>,
    /// CVSS's version.
    pub version: String,
    /// The vector after adjustment.
    pub vector: String,
    /// What was adjusted, and why.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub adjustments: Vec<Adjustment>,
}

/// One change to a CVSS metric.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Adjustment {
    /// The metric.
    pub metric: String,
    /// Why.
    pub reason: String,
}

/// A package that has the vulnerability.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Package {
    /// As its manager names it.
    pub name: String,
    /// The installed version.
    pub version: String,
    /// The version's epoch.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub epoch: Option<i64>,
    /// The version's release.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub release: Option<String>,
    /// The architecture it was built for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub arch: Option<String>,
    /// `OS`, `JAR`, `PIP`, …
    #[serde(skip_serializing_if = "Option::is_none")]
    pub manager: Option<String>,
    /// Where it lies in the image; only packages of languages have it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file_path: Option<String>,
    /// Digest of the layer that brought it (`sourceLayerHash`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub layer: Option<String>,
    /// The first version without the vulnerability. Set both it and the text with [`Package::set_fixed_in`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fixed_in: Option<String>,
    /// What the service said of it: also `NotAvailable`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fixed_in_text: Option<String>,
    /// A command that updates it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remediation: Option<String>,
    /// The Lambda layer it is in; never for an image.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source_lambda_layer_arn: Option<String>,
}

/// What the service says instead of a fixed version when there is none.
const NO_FIXED_VERSION: &str = "NotAvailable";

impl Package {
    /// Sets the fixed version from the service's word for it.
    pub fn set_fixed_in(&mut self, word: &str) {
        self.fixed_in = (word != NO_FIXED_VERSION).then(|| word.to_owned());
        self.fixed_in_text = Some(word.to_owned());
    }

    /// The installed version in full: `epoch:version-release`, so far as there are any.
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
    /// By when agencies of the United States must have fixed it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date_due: Option<Timestamp>,
    /// What they must do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub action: Option<String>,
}

/// When exploitation was observed.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ExploitObserved {
    /// First.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_seen: Option<Timestamp>,
    /// Last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_seen: Option<Timestamp>,
}

/// Something that Inspector bases its rating on.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Evidence {
    /// The rule.
    pub rule: String,
    /// What it saw.
    pub detail: String,
    /// Its severity.
    pub severity: String,
}

/// What to do about a finding.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Remediation {
    /// In words, as it came: also the literal `None Provided`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Where to read on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

/// What a finding was found in.
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
    /// The region.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// Whose cloud.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provider: Option<String>,
    /// The account there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provider_account_id: Option<String>,
    /// The organisation there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provider_org_id: Option<String>,
    /// The resource's own tags.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub tags: BTreeMap<String, String>,
    /// The image, when it is one.
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
    /// Who built it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
    /// When it was pushed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pushed_at: Option<Timestamp>,
    /// How many workloads run it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub in_use_count: Option<i64>,
    /// When a workload last ran it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_in_use_at: Option<Timestamp>,
}

/// What `BatchGetFindingDetails` adds to a finding that is already known.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Details {
    /// The finding.
    pub arn: String,
    /// The chance of exploitation, 0 to 1.
    pub epss: Option<f64>,
    /// CISA's entry.
    pub kev: Option<Kev>,
    /// Weaknesses.
    pub cwes: Vec<String>,
    /// When exploitation was observed.
    pub exploit_observed: Option<ExploitObserved>,
    /// Inspector's risk score.
    pub risk_score: Option<i64>,
    /// What Inspector bases its rating on.
    pub evidences: Vec<Evidence>,
    /// Tactics, techniques and procedures.
    pub ttps: Vec<String>,
    /// Tools known to exploit it.
    pub tools: Vec<String>,
    /// Further reading.
    pub reference_urls: Vec<String>,
}
