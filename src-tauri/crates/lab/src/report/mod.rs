//! The report: what a run did and found, as one self-contained HTML file or as JSON.
//!
//! The file runs no scripts and loads nothing; its policy forbids both. Gathering what goes into it is [`ReportInput::gather`].

mod assessed;
mod charts;
mod export_source;
mod file;
mod gather;
mod html;
mod json;
mod markup;
mod masking;
mod sections;
mod sources;
#[cfg(test)]
mod tests;

use findings::{ComparedRow, Row, Scan, Summary, Timestamp};
use redaction::Redactor;

use crate::{
    model::{
        outcome::RunOutcome,
        practice_clock::PracticeClock,
        run_info::RunInfo,
        step::{CommandLine, StepId},
    },
    transcript::Entry,
};

pub use assessed::{assessed, assessed_explored, assessed_scanned, assessment};
pub use export_source::ExportSource;
pub use file::{ReportFormat, ensure_writable, write};
pub use gather::compared;
pub use html::html;
pub use json::{json, result};
pub use masking::{machine_redactor, redactor, registry_redactor};
pub use sections::{log4shell, suppressed, watching_ended, what_was_assessed};
pub use sources::{attributions, cloud, header};

/// The content of a report.
#[derive(Clone, Debug)]
pub struct ReportInput {
    /// When the report was made.
    pub made_at: Timestamp,
    /// The run, with its steps and checks.
    pub run: RunInfo,
    /// The repositories, the comparison and the receipt.
    pub outcome: RunOutcome,
    /// How far the practice clock was moved forward; `None` for an AWS account.
    pub practice_clock: Option<PracticeClock>,
    /// The equivalent commands of each step.
    pub commands: Vec<(StepId, Vec<CommandLine>)>,
    /// The results of the scans, the vulnerable image's first.
    pub scans: Vec<ScanReport>,
    /// The vulnerabilities by what the fix changed, the most severe first; empty without a comparison.
    pub diff: VulnerabilityDiff,
    /// All recorded calls and commands.
    pub transcript: Vec<Entry>,
    /// Masks what identifies an account, a person or a machine; off by default.
    pub redactor: Redactor,
}

/// The results of one scan.
#[derive(Clone, Debug)]
pub struct ScanReport {
    /// The scan.
    pub scan: Scan,
    /// Counts of its findings.
    pub summary: Summary,
    /// Its vulnerabilities, the most severe first.
    pub vulnerabilities: Vec<Row>,
}

/// The differences between the scans before and after the fix, the most severe vulnerabilities first.
#[derive(Clone, Debug, Default)]
pub struct VulnerabilityDiff {
    /// Only in the first scan.
    pub fixed: Vec<ComparedRow>,
    /// Only in the last scan.
    pub new: Vec<ComparedRow>,
    /// In both scans.
    pub remaining: Vec<ComparedRow>,
}
