//! What a scan assessed, as one text: for the report, for the command line and for exports.

use findings::export::AssessedImage;
use i18n::Localizer;
use serde_json::{Value, json};

use crate::{
    model::{assessed_text::AssessedText, assessment::Statement, outcome::RepositoryOutcome},
    view::explorer::ExploredImage,
};

/// What a scan assessed; where the service states nothing, that.
pub fn assessed(words: &Localizer, statement: Option<&Statement>) -> String {
    let Some(statement) = statement else { return words.text_by_id("report-assessed-unstated") };
    let lines = AssessedText::of(statement).lines;
    lines.iter().map(|line| words.text(line)).collect::<Vec<_>>().join(" ")
}

/// What a scan assessed; `{"readable": false}` if that is not known, since its statement cannot be read.
pub fn assessment(statement: &Statement) -> Value {
    let Some(assessment) = statement.read() else { return json!({ "readable": false }) };
    json!({
        "readable": true,
        "operating_system": assessment.system,
        "operating_system_name": assessment.system_name,
        "packages": assessment.packages,
        "known_packages": assessment.known_packages,
        "unknown_packages": assessment.packages - assessment.known_packages,
        "not_identified": assessment.unidentified,
        "files_skipped": assessment.skipped,
        "skipped_files": assessment.skipped_files,
        "limits": assessment.limits,
        "catalogue": {
            "built_in": assessment.catalogue.built_in,
            "imported": assessment.catalogue.imported,
        },
    })
}

/// What the scan of an image that an explorer has opened assessed, for an export.
pub fn assessed_explored(words: &Localizer, image: &ExploredImage) -> AssessedImage {
    assessed_image(words, &image.repository, &image.digest, image.scan.assessment.as_ref())
}

/// What the scan of a repository's image assessed, for an export; `None` without a scan.
pub fn assessed_scanned(words: &Localizer, repository: &RepositoryOutcome) -> Option<AssessedImage> {
    let digest = repository.digest.as_deref().filter(|_| repository.findings.is_some())?;
    Some(assessed_image(words, &repository.name, digest, repository.assessment.as_ref()))
}

fn assessed_image(words: &Localizer, repository: &str, digest: &str, statement: Option<&Statement>) -> AssessedImage {
    AssessedImage {
        repository: repository.to_owned(),
        digest: digest.to_owned(),
        complete: statement.map(|statement| !statement.is_partial()),
        text: assessed(words, statement),
        assessment: statement.map_or(Value::Null, assessment),
    }
}
