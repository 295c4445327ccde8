//! The registry's scanning configuration, as it is read, stored and shown. What it means is in `crate::scanning`.

use serde::{Deserialize, Serialize};

/// The registry's scanning configuration. Rules are kept as they came, also those that this version does not know.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ScanningConfiguration {
    /// `BASIC` or `ENHANCED`.
    pub scan_type: String,
    /// At most two.
    pub rules: Vec<ScanningRule>,
}

/// How often which repositories are scanned.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ScanningRule {
    /// `SCAN_ON_PUSH` or `CONTINUOUS_SCAN`.
    pub frequency: String,
    /// Of type WILDCARD.
    pub filters: Vec<String>,
}
