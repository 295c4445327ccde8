//! A repository: its settings, and where the scans of its images stand.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::moment::Moment;

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Repository {
    pub(crate) created_at: Moment,
    #[serde(default)]
    pub(crate) mutability: Mutability,
    /// Wildcard filters of tags that the mutability does not apply to.
    #[serde(default)]
    pub(crate) exclusions: Vec<String>,
    #[serde(default)]
    pub(crate) tags: BTreeMap<String, String>,
    #[serde(default)]
    pub(crate) encryption: Encryption,
    /// The repository's own, outdated setting; the registry's rules go before it.
    #[serde(default)]
    pub(crate) scan_on_push: bool,
    /// Since when Inspector watches the repository, if it does.
    #[serde(default)]
    pub(crate) watched_since: Option<Moment>,
    /// Inspector's scans, by digest.
    #[serde(default)]
    pub(crate) scans: BTreeMap<String, Scan>,
    /// Basic scans, by digest.
    #[serde(default)]
    pub(crate) basic: BTreeMap<String, BasicScan>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum Mutability {
    #[default]
    Mutable,
    Immutable,
    ImmutableWithExclusion,
    MutableWithExclusion,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Encryption {
    pub(crate) encryption_type: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) kms_key: Option<String>,
}

/// Inspector's scan of an image. Its phases follow from these times alone (see `timeline`), so nothing is lost with the
/// process.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Scan {
    pub(crate) queued_at: Moment,
    /// What the scanner said, once it has.
    #[serde(default)]
    pub(crate) done: Option<Done>,
    /// The image was too old to be scanned (again) when that was looked at; a new push or pull takes it back.
    #[serde(default)]
    pub(crate) expired_at: Option<Moment>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Done {
    pub(crate) at: Moment,
    pub(crate) outcome: Outcome,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", tag = "kind")]
pub(crate) enum Outcome {
    /// What was found is in the report of the digest.
    Scanned,
    /// The image is of a kind that is not scanned.
    Unsupported { why: Unsupported, description: String },
    /// The image is broken or hostile.
    Failed { description: String },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Unsupported {
    MediaType,
    System,
}

/// A basic scan, which someone asked for or a push set off.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct BasicScan {
    pub(crate) started_at: Moment,
    #[serde(default)]
    pub(crate) done: Option<Done>,
}

/// What is kept of a scan whose image was deleted or is no longer watched.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ClosedScan {
    pub(crate) repository: String,
    pub(crate) digest: String,
    pub(crate) tags: Vec<String>,
    pub(crate) pushed_at: Moment,
    pub(crate) closed_at: Moment,
    /// Whether the image is gone, rather than unwatched.
    pub(crate) terminated: bool,
    pub(crate) scan: Scan,
}

impl Mutability {
    pub(crate) const ALL: [Self; 4] =
        [Self::Mutable, Self::Immutable, Self::ImmutableWithExclusion, Self::MutableWithExclusion];

    pub(crate) fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mutability| mutability.as_str() == text)
    }

    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Mutable => "MUTABLE",
            Self::Immutable => "IMMUTABLE",
            Self::ImmutableWithExclusion => "IMMUTABLE_WITH_EXCLUSION",
            Self::MutableWithExclusion => "MUTABLE_WITH_EXCLUSION",
        }
    }

    pub(crate) fn takes_exclusions(self) -> bool {
        matches!(self, Self::ImmutableWithExclusion | Self::MutableWithExclusion)
    }
}

impl Repository {
    /// Whether a tag, once put, stands for ever.
    pub(crate) fn is_immutable(&self, tag: &str) -> bool {
        let excluded = || self.exclusions.iter().any(|filter| crate::filters::wildcard(filter, tag));
        match self.mutability {
            Mutability::Mutable => false,
            Mutability::Immutable => true,
            Mutability::ImmutableWithExclusion => !excluded(),
            Mutability::MutableWithExclusion => excluded(),
        }
    }
}

impl Default for Encryption {
    fn default() -> Self {
        Self { encryption_type: "AES256".into(), kms_key: None }
    }
}

impl Scan {
    pub(crate) fn queued(at: Moment) -> Self {
        Self { queued_at: at, done: None, expired_at: None }
    }
}
