//! What a scan assessed, in words: for the report and for the command line.

use i18n::{Localizer, Message, format};

use crate::model::assessment::{AssessedSystem, Assessment};

/// What a scan assessed, in sentences; where the service states nothing, that.
pub fn assessed(words: &Localizer, assessment: Option<&Assessment>) -> String {
    let Some(assessment) = assessment else { return words.text_by_id("report-assessed-unstated") };
    let counted = |id: &str, count: usize| (count > 0).then(|| Message::new(id).with("count", format::count(count)));
    let packages = Message::new("report-assessed-packages")
        .with("total", format::count(assessment.packages))
        .with("listed", format::count(assessment.known_packages))
        .with("unlisted", format::count(assessment.packages - assessment.known_packages));
    let mut sentences = vec![system(assessment), packages];
    sentences.extend(counted("report-assessed-unidentified", assessment.unidentified));
    sentences.extend(counted("report-assessed-skipped", assessment.skipped));
    sentences.extend(assessment.skipped_files.iter().map(|file| {
        Message::new("report-assessed-skipped-file").with("path", &file.path).with("reason", &file.reason)
    }));
    let limit = |limit| Message::new("report-assessed-limit").with("limit", limit);
    sentences.extend(assessment.limits.iter().map(limit));
    sentences.push(catalogue(assessment));
    sentences.iter().map(|sentence| words.text(sentence)).collect::<Vec<_>>().join(" ")
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
