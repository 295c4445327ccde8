//! What came of a run: what its report shows, and what programs read.

use i18n::Message;
use serde::{Deserialize, Serialize};

/// What came of a run, as far as it has come.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RunOutcome {
    /// Every step up to the comparison is done, as is every other that was started, and every item of their last checks is met.
    pub ok: bool,
    /// The plan's repositories, in its order. Their outcome is kept after they are deleted.
    pub repositories: Vec<RepositoryOutcome>,
    /// The vulnerable image against the patched one.
    pub comparison: Option<ComparisonOutcome>,
    /// What clean-up did, read back.
    pub receipt: Option<Receipt>,
}

/// The state of a repository, and of the lesson's image in it.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct RepositoryOutcome {
    /// Its name.
    pub name: String,
    /// Where images are pushed to.
    pub uri: Option<String>,
    /// The digest of the lesson's image, `sha256:…`.
    pub digest: Option<String>,
    /// Its manifest's media type.
    pub media_type: Option<String>,
    /// Whether the registry's scanning configuration watches the repository.
    pub watched: bool,
    /// The findings of the lesson's image; all zero where it is not scanned.
    pub findings: FindingCounts,
    /// Whether `CVE-2021-44228` is among them.
    pub log4shell: bool,
}

/// Findings of one image, counted.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct FindingCounts {
    /// All, as the services count: the severities below add up to it.
    pub total: usize,
    /// Vulnerabilities, by id, or by title where they have none.
    pub unique: usize,
    /// Of severity CRITICAL.
    pub critical: usize,
    /// Of severity HIGH.
    pub high: usize,
    /// Of severity MEDIUM.
    pub medium: usize,
    /// Of severity LOW.
    pub low: usize,
    /// Of severity INFORMATIONAL.
    pub informational: usize,
    /// Without a rating.
    pub untriaged: usize,
}

/// The vulnerable image against the patched one: vulnerabilities of packages.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ComparisonOutcome {
    /// Gone.
    pub fixed: usize,
    /// Come.
    pub new: usize,
    /// In both images.
    pub remaining: usize,
    /// `CVE-2021-44228` was in the vulnerable image and is not in the fixed one.
    pub log4shell_fixed: bool,
}

/// What clean-up did, read back.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Receipt {
    /// The registry's scanning configuration is what it was before the lab.
    pub restored: bool,
    /// What this run created and deleted.
    pub deleted: Vec<Deleted>,
    /// What was left as it is, and why.
    pub kept: Vec<Kept>,
}

/// A resource that this run created and deleted.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Deleted {
    /// The kind of resource.
    pub kind: ResourceKind,
    /// Its name: a repository's, `repository:tag`, a local image's reference.
    pub name: String,
}

/// The kinds of resources that a run creates or changes.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ResourceKind {
    /// A repository of the registry.
    Repository,
    /// An image in a repository.
    Image,
    /// An image, or a name of one, in the engine.
    LocalImage,
    /// The registry's scanning configuration.
    ScanningConfiguration,
    /// Inspector's scanning of ECR.
    InspectorScanning,
}

impl ResourceKind {
    /// The id of its name among the words.
    pub const fn message_id(self) -> &'static str {
        match self {
            Self::Repository => "report-kind-repository",
            Self::Image => "report-kind-image",
            Self::LocalImage => "report-kind-local-image",
            Self::ScanningConfiguration => "report-kind-scanning-configuration",
            Self::InspectorScanning => "report-kind-inspector-scanning",
        }
    }
}

/// Something that was left as it is.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Kept {
    /// The kind of resource.
    pub kind: ResourceKind,
    /// Its name.
    pub what: String,
    /// Why.
    pub why: Message,
}
