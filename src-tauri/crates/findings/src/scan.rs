//! What a set of findings came from.

use serde::{Deserialize, Serialize};

use crate::Timestamp;

/// A stored scan's number.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ScanId(pub i64);

/// What a scan is known by. To begin a scan again under the same key is to read the same scan again.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ScanKey {
    /// The repository's name.
    pub repository: String,
    /// The image's digest, `sha256:…`.
    pub digest: String,
    /// The lab's run.
    pub run: String,
    /// Whose truth it is, in the caller's words: `practice`, or an account and region.
    pub origin: String,
}

/// A stored scan.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Scan {
    /// Its number.
    pub id: ScanId,
    /// What it is known by.
    pub key: ScanKey,
    /// When its import was last started.
    #[serde(rename = "begunAt")]
    pub started_at: Timestamp,
    /// When what it shows was finished; `None` before it is finished for the first time.
    pub finished_at: Option<Timestamp>,
    /// Whether its import is in progress, or was interrupted when the program ended.
    #[serde(rename = "takingIn")]
    pub importing: bool,
    /// The findings that it shows: none before it is finished for the first time.
    pub findings: usize,
}
