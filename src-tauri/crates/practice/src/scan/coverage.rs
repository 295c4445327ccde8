//! What a scan assessed, in words. AWS has no place for it: it is a part of the status's description, in a fixed form that the
//! lab reads. What the image has named is quoted as in JSON, so that no name can be taken for a statement.

use scanner::{Assessment, Catalogue, SystemAssessment};

use crate::scan::report::ImportedAdvisories;

/// Begins the statement.
const INTRODUCTION: &str = "What was assessed:";
/// The most skipped files that are named.
const MAX_FILES: usize = 10;

/// What was assessed, and what was not.
pub(crate) fn assessed(assessment: &Assessment, imported: Option<&ImportedAdvisories>) -> String {
    let (total, in_catalogue) = assessment.totals();
    [
        INTRODUCTION.to_owned(),
        format!("Operating system: {}.", system_state(&assessment.system)),
        format!(
            "Packages: {total} found, {in_catalogue} known to the catalogue, {} unknown to it.",
            total - in_catalogue
        ),
        format!("JARs not identified: {}.", assessment.unidentified),
        format!("Files skipped: {}.", skipped(assessment)),
        format!("Limits reached: {}.", limits(assessment)),
        format!("Catalogue: {}.", catalogue(imported)),
    ]
    .join(" ")
}

/// Why nothing of the image was assessed.
pub(crate) fn nothing(assessment: &Assessment, imported: Option<&ImportedAdvisories>, supported: &str) -> String {
    let why = match &assessment.system {
        SystemAssessment::NotInCatalogue { name } => format!(
            "The operating system {} is not supported: the practice cloud's catalogue has the packages of {supported} and of \
             languages, and this image has no package of a language.",
            quoted(name)
        ),
        SystemAssessment::Unknown { name } => format!("The operating system {} is unknown: it is not supported.", quoted(name)),
        SystemAssessment::NotIdentified => {
            "Nothing in the image can be assessed: no file identifies its operating system, and no package of a language was \
             found."
                .to_owned()
        }
        SystemAssessment::NoPackageList { name } | SystemAssessment::Assessed { name } => format!(
            "Nothing in the image can be assessed: {} has no list of packages that can be read, and no package of a language \
             was found.",
            quoted(name)
        ),
    };
    format!("{why} {}", assessed(assessment, imported))
}

/// Whether the packages of the operating system were assessed, and if not, why.
pub(crate) fn system(system: &SystemAssessment) -> Option<String> {
    match system {
        SystemAssessment::Assessed { .. } => None,
        other => Some(format!("Operating system: {}.", system_state(other))),
    }
}

fn system_state(system: &SystemAssessment) -> String {
    match system {
        SystemAssessment::Assessed { name } => format!("assessed ({})", quoted(name)),
        SystemAssessment::NotInCatalogue { name } | SystemAssessment::Unknown { name } => {
            format!("not assessed (not in the catalogue: {})", quoted(name))
        }
        SystemAssessment::NoPackageList { name } => {
            format!("not assessed (no list of packages that can be read: {})", quoted(name))
        }
        SystemAssessment::NotIdentified => "not assessed (no file identifies it)".to_owned(),
    }
}

fn skipped(assessment: &Assessment) -> String {
    let count = assessment.skipped.count;
    let files = assessment.skipped.files.iter().take(MAX_FILES);
    let files: Vec<_> = files.map(|file| format!("{}: {}", quoted(&file.path), quoted(&file.reason))).collect();
    if files.is_empty() { count.to_string() } else { format!("{count} ({})", files.join("; ")) }
}

fn limits(assessment: &Assessment) -> String {
    let limits: Vec<_> = assessment.limits.iter().map(|limit| quoted(&limit.to_string())).collect();
    if limits.is_empty() { "none".to_owned() } else { limits.join("; ") }
}

fn catalogue(imported: Option<&ImportedAdvisories>) -> String {
    let built_in = Catalogue::bundled().version();
    match imported {
        None => format!("built-in {built_in}, which covers only the lab"),
        Some(ImportedAdvisories { date, entries, .. }) => {
            format!("built-in {built_in}, and {entries} entries of advisories imported on {date}")
        }
    }
}

/// The text as JSON has it.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use scanner::{Ecosystem, ExceededLimit, PackageCount, SkippedFile, SkippedFiles};

    use super::*;

    fn assessment(system: SystemAssessment) -> Assessment {
        Assessment {
            system,
            packages: Vec::new(),
            unidentified: 0,
            skipped: SkippedFiles::default(),
            limits: Vec::new(),
        }
    }

    #[test]
    fn the_statement_counts_what_was_assessed_and_what_was_not() {
        let complete = assessment(SystemAssessment::Assessed { name: "Debian 11".into() });
        let version = Catalogue::bundled().version();
        let expected = format!(
            "What was assessed: Operating system: assessed (\"Debian 11\"). Packages: 0 found, 0 known to the catalogue, 0 \
             unknown to it. JARs not identified: 0. Files skipped: 0. Limits reached: none. Catalogue: built-in {version}, \
             which covers only the lab."
        );
        assert_eq!(assessed(&complete, None), expected);
        let packages = vec![PackageCount { ecosystem: Ecosystem::Maven, total: 294, in_catalogue: 19 }];
        let file = SkippedFile { path: "a \"b\". Files skipped: 0.".into(), reason: "it is truncated".into() };
        let partly = Assessment {
            packages,
            unidentified: 2,
            skipped: SkippedFiles { files: vec![file], count: 3 },
            limits: vec![ExceededLimit::JarDepth(5)],
            ..assessment(SystemAssessment::NotIdentified)
        };
        let imported = ImportedAdvisories { id: "i".into(), date: "2026-11-30".into(), entries: 5 };
        let expected = format!(
            "What was assessed: Operating system: not assessed (no file identifies it). Packages: 294 found, 19 known to the \
             catalogue, 275 unknown to it. JARs not identified: 2. Files skipped: 3 (\"a \\\"b\\\". Files skipped: 0.\": \"it \
             is truncated\"). Limits reached: \"a JAR is more than 5 levels deep inside other JARs\". Catalogue: built-in \
             {version}, and 5 entries of advisories imported on 2026-11-30."
        );
        assert_eq!(assessed(&partly, Some(&imported)), expected);
    }
}
