//! What a scan assessed, in sentences: the same ones for window, command line and report.

use i18n::{Message, format};
use serde::{Deserialize, Serialize};

use super::assessment::{AssessedSystem, Assessment, Statement};

/// What a scan assessed, in sentences.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AssessedText {
    /// The sentences.
    pub lines: Vec<Message>,
    /// Whether there is anything of which no finding says nothing.
    pub has_gaps: bool,
}

impl AssessedText {
    /// That of a statement.
    pub fn of(statement: &Statement) -> Self {
        let lines = match statement.read() {
            Some(assessment) => lines(assessment),
            None => vec![Message::new("report-assessed-unreadable")],
        };
        Self { lines, has_gaps: statement.has_gaps() }
    }
}

fn lines(assessment: &Assessment) -> Vec<Message> {
    let counted = |id: &str, count: usize| (count > 0).then(|| Message::new(id).with("count", format::count(count)));
    let packages = Message::new("report-assessed-packages")
        .with("total", format::count(assessment.packages))
        .with("listed", format::count(assessment.known_packages))
        .with("unlisted", format::count(assessment.packages - assessment.known_packages));
    let mut lines = vec![system(assessment), packages];
    lines.extend(counted("report-assessed-unidentified", assessment.unidentified));
    lines.extend(counted("report-assessed-skipped", assessment.skipped));
    lines.extend(assessment.skipped_files.iter().map(|file| {
        Message::new("report-assessed-skipped-file").with("path", &file.path).with("reason", &file.reason)
    }));
    let limit = |limit| Message::new("report-assessed-limit").with("limit", limit);
    lines.extend(assessment.limits.iter().map(limit));
    lines.push(catalogue(assessment));
    lines
}

fn system(assessment: &Assessment) -> Message {
    let id = match assessment.system {
        AssessedSystem::Assessed => "report-assessed-system",
        AssessedSystem::NotInCatalogue => "report-assessed-system-not-in-catalogue",
        AssessedSystem::NoPackageList => "report-assessed-system-no-package-list",
        AssessedSystem::NotIdentified => "report-assessed-system-not-identified",
    };
    match &assessment.system_name {
        Some(name) => Message::new(id).with("name", name),
        None => Message::new(id),
    }
}

fn catalogue(assessment: &Assessment) -> Message {
    let used = &assessment.catalogue;
    match &used.imported {
        None => Message::new("report-assessed-lab-only").with("version", &used.built_in),
        Some(imported) => Message::new("report-assessed-imported")
            .with("version", &used.built_in)
            .with("entries", imported.entries)
            .with("date", &imported.date),
    }
}
