//! The evidence pack: what a run did and what it found, as one HTML file that needs nothing else, or as JSON.
//!
//! The file runs no scripts and loads nothing; its policy forbids both. Gathering what goes into it is [`ReportInput::gather`].

mod charts;
mod file;
mod gather;
mod html;
mod json;
mod markup;
mod sections;
mod sources;
#[cfg(test)]
mod tests;

use findings::{ComparedRow, Row, Scan, Summary, Timestamp};

use crate::{
    model::{
        outcome::RunOutcome,
        run_info::RunInfo,
        step::{CommandLine, StepId},
    },
    transcript::Entry,
};

pub use file::{ReportFormat, ensure_writable, write};
pub use html::html;
pub use json::{json, result};
pub use sources::{attributions, header};

/// What a report tells.
#[derive(Clone, Debug)]
pub struct ReportInput {
    /// When it was made.
    pub made_at: Timestamp,
    /// The run, with its steps and checks.
    pub run: RunInfo,
    /// The repositories, the comparison and the receipt.
    pub outcome: RunOutcome,
    /// The same as commands, step by step.
    pub commands: Vec<(StepId, Vec<CommandLine>)>,
    /// What the scans found, the vulnerable image's first.
    pub scans: Vec<ScanReport>,
    /// What became of the vulnerabilities, the most severe first; empty without a comparison.
    pub diff: VulnerabilityDiff,
    /// Every call and command.
    pub transcript: Vec<Entry>,
}

/// What one scan found.
#[derive(Clone, Debug)]
pub struct ScanReport {
    /// The scan.
    pub scan: Scan,
    /// Its findings, counted.
    pub summary: Summary,
    /// Its vulnerabilities, the most severe first.
    pub vulnerabilities: Vec<Row>,
}

/// What became of the vulnerabilities, the most severe first.
#[derive(Clone, Debug, Default)]
pub struct VulnerabilityDiff {
    /// Gone.
    pub fixed: Vec<ComparedRow>,
    /// Come.
    pub new: Vec<ComparedRow>,
    /// Still there.
    pub remaining: Vec<ComparedRow>,
}
