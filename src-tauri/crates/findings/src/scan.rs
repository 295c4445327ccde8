//! Stored scans and their identities.

use serde::{Deserialize, Serialize};

use crate::timestamp::Timestamp;

/// The id of a stored scan.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ScanId(pub i64);

/// The identity of a scan. Importing with the same key again replaces the findings of the same scan.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ScanKey {
    /// The repository's name.
    pub repository: String,
    /// The image's digest, `sha256:…`.
    pub digest: String,
    /// The id of the lab's run.
    pub run: String,
    /// Where the findings come from, in the caller's words: `practice`, or an account and Region.
    pub origin: String,
}

/// A stored scan.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Scan {
    /// Its id.
    pub id: ScanId,
    /// Its identity.
    pub key: ScanKey,
    /// When its import was last started.
    #[serde(rename = "begunAt")]
    pub started_at: Timestamp,
    /// When the import of its published findings was finished; `None` before the first import is finished.
    pub finished_at: Option<Timestamp>,
    /// Whether its import is in progress, or was interrupted when the program ended.
    #[serde(rename = "takingIn")]
    pub importing: bool,
    /// The number of its published findings; 0 before the first import is finished.
    pub findings: usize,
}
