//! How many findings and vulnerabilities an image has.

use findings::Severity;
use serde::{Deserialize, Serialize};

/// Findings of one image, counted: by finding, as the services do, and by vulnerability.
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
    /// The findings that filters of the account suppress, which `total` has too; `None` if an earlier version stored the counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suppressed: Option<usize>,
    /// The vulnerabilities by severity, which add up to `unique`; `None` if version 0.1.0 stored the counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vulnerabilities: Option<SeverityTally>,
}

/// Vulnerabilities by severity. Each counts once, at its greatest severity.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct SeverityTally {
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

impl SeverityTally {
    /// The count of a severity.
    pub const fn of(&self, severity: Severity) -> usize {
        match severity {
            Severity::Critical => self.critical,
            Severity::High => self.high,
            Severity::Medium => self.medium,
            Severity::Low => self.low,
            Severity::Informational => self.informational,
            Severity::Untriaged => self.untriaged,
        }
    }
}
