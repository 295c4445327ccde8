//! A repository: its settings, and the scans of its images.

use std::{collections::BTreeMap, time::Duration};

use serde::{Deserialize, Serialize};

use crate::{
    moment::Moment,
    state::image_lifecycle::{Archive, Lifecycle, Preview},
};

/// From the deletion of an image, or the end of its watching, to the removal of its findings (user guide, "Deactivating Amazon
/// Inspector", since June 2025): like re-scan durations, the same at every speed.
pub(crate) const UNTIL_FORGOTTEN: Duration = Duration::from_hours(3 * 24);

/// A repository of the private registry.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
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
    /// The repository's own, deprecated setting; the registry's rules take precedence.
    #[serde(default)]
    pub(crate) scan_on_push: bool,
    /// The repository's own policy, as it was written.
    #[serde(default)]
    pub(crate) policy: Option<String>,
    #[serde(default)]
    pub(crate) lifecycle: Option<Lifecycle>,
    #[serde(default)]
    pub(crate) lifecycle_preview: Option<Preview>,
    #[serde(default)]
    pub(crate) archive: Archive,
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

/// Inspector's scan of an image. Its phases are computed from these times alone (see `timeline`), so they survive a
/// restart.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Scan {
    pub(crate) queued_at: Moment,
    /// The scanner's outcome, once there is one.
    #[serde(default)]
    pub(crate) done: Option<Completion>,
    /// When the image was last pushed and pulled, as far as that is later than what the scan was queued for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) pushed_at: Option<Moment>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) pulled_at: Option<Moment>,
    /// When the image became too old to be re-scanned. The scan that a new push or pull queues has none.
    #[serde(default)]
    pub(crate) expired_at: Option<Moment>,
    /// Whether the image is to be scanned again, because other advisories were imported since. Until then the outcome holds.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) rescan: bool,
}

/// The end of a scan.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Completion {
    pub(crate) at: Moment,
    pub(crate) outcome: ScanOutcome,
    /// The id of the imported advisories that were used; `None` if there were none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) imported: Option<String>,
    /// When the image was last scanned again with the same kind of outcome.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) rescanned_at: Option<Moment>,
}

/// How a scan ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", tag = "kind")]
pub(crate) enum ScanOutcome {
    /// The findings are in the report of the digest.
    Scanned,
    /// Images of this kind are not scanned.
    Unsupported {
        #[serde(rename = "why")]
        reason: UnsupportedReason,
        description: String,
    },
    /// The image is corrupt or malicious.
    Failed { description: String },
    /// The practice cloud could not scan the image, which is not the image's fault.
    InternalError { description: String },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum UnsupportedReason {
    MediaType,
    System,
}

/// A basic scan, started by a request or by a push.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct BasicScan {
    pub(crate) started_at: Moment,
    #[serde(default)]
    pub(crate) done: Option<Completion>,
}

/// A scan whose image was deleted or is no longer watched.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ClosedScan {
    pub(crate) repository: String,
    pub(crate) digest: String,
    pub(crate) tags: Vec<String>,
    pub(crate) pushed_at: Moment,
    pub(crate) closed_at: Moment,
    /// Whether the image was deleted, rather than unwatched.
    pub(crate) terminated: bool,
    pub(crate) scan: Scan,
}

impl ClosedScan {
    /// Whether its findings are still kept.
    pub(crate) fn is_kept(&self, now: Moment) -> bool {
        now < self.closed_at + UNTIL_FORGOTTEN
    }
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
    /// Whether a tag cannot be moved once it exists.
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
        Self { queued_at: at, done: None, pushed_at: None, pulled_at: None, expired_at: None, rescan: false }
    }

    /// Whether the scanner is to read the image.
    pub(crate) fn is_waiting(&self) -> bool {
        self.expired_at.is_none() && (self.done.is_none() || self.rescan)
    }

    /// Records the outcome of the scan, or of a re-scan. Findings that a re-scan confirms do not arrive again.
    pub(crate) fn complete(&mut self, done: &Completion) {
        self.rescan = false;
        self.done = Some(match self.done.take() {
            Some(former) if (&former.outcome, &done.outcome) == (&ScanOutcome::Scanned, &ScanOutcome::Scanned) => {
                Completion { at: former.at, rescanned_at: Some(done.at), ..done.clone() }
            }
            _ => done.clone(),
        });
    }
}
