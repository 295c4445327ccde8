//! The catalogue of vulnerabilities: the built-in one, and the advisories that were imported.

use i18n::{
    Localizer, Message,
    format::{NONE, count, or_none},
};
use scanner::{Catalogue, EcosystemCount, FileKind, ImportedFile, Summary};
use serde_json::{Value, json};

use super::tables::table;

/// What the catalogue has, as lines.
pub(crate) fn catalogue(localizer: &Localizer, imported: Option<&Summary>) -> String {
    let built_in = Catalogue::bundled();
    let head = Message::new("cli-catalogue-built-in")
        .with("version", built_in.version())
        .with("entries", count(built_in.vulnerabilities().len()));
    let mut parts = vec![localizer.text(&head)];
    let Some(summary) = imported else {
        parts.push(localizer.text_by_id("cli-catalogue-lab-only"));
        return parts.join("\n") + "\n";
    };
    let import = Message::new("cli-catalogue-import-of")
        .with("date", &summary.date)
        .with("id", &summary.id)
        .with("entries", summary.entries);
    parts.push(localizer.text(&import));
    let files = summary.files.iter().map(|file| file_row(localizer, file)).collect();
    let headings = ["cli-catalogue-file", "cli-catalogue-kind", "cli-catalogue-advisories", "cli-catalogue-newest"];
    parts.push(table(localizer, &headings, &[2], &[3], files));
    let ecosystems = summary.ecosystems.iter().map(ecosystem_row).collect();
    let headings = ["cli-catalogue-ecosystem", "cli-catalogue-release", "cli-catalogue-entries"];
    parts.push(table(localizer, &headings, &[2], &[], ecosystems));
    let left_out = Message::new("cli-catalogue-left-out")
        .with("withdrawn", number(summary.withdrawn))
        .with("unknown", number(summary.unknown))
        .with("unreadable", number(summary.unreadable));
    parts.push(localizer.text(&left_out));
    parts.join("\n") + "\n"
}

fn file_row(localizer: &Localizer, file: &ImportedFile) -> Vec<String> {
    let kind = match file.kind {
        FileKind::OsvRecord => "cli-catalogue-osv-record",
        FileKind::OsvArchive => "cli-catalogue-osv-archive",
        FileKind::DebianTracker => "cli-catalogue-debian-tracker",
    };
    let newest = or_none(file.newest.as_deref(), str::to_owned);
    vec![file.name.clone(), localizer.text_by_id(kind), number(file.advisories), newest]
}

fn ecosystem_row(counted: &EcosystemCount) -> Vec<String> {
    let ecosystem = json!(counted.ecosystem).as_str().unwrap_or(NONE).to_owned();
    vec![ecosystem, or_none(counted.release.as_deref(), str::to_owned), number(counted.entries)]
}

fn number(value: u64) -> String {
    count(usize::try_from(value).unwrap_or(usize::MAX))
}

/// What the catalogue has, for programs.
pub(crate) fn catalogue_json(imported: Option<&Summary>) -> Value {
    let built_in = Catalogue::bundled();
    json!({
        "built_in": {
            "version": built_in.version(),
            "entries": built_in.vulnerabilities().len(),
            "covers_only_the_lab": true,
        },
        "imported": imported.map(|summary| json!({
            "id": summary.id,
            "date": summary.date,
            "entries": summary.entries,
            "files": summary.files.iter().map(|file| json!({
                "name": file.name,
                "kind": file.kind,
                "advisories": file.advisories,
                "newest": file.newest,
            })).collect::<Vec<_>>(),
            "ecosystems": summary.ecosystems.iter().map(|counted| json!({
                "ecosystem": counted.ecosystem,
                "release": counted.release,
                "entries": counted.entries,
            })).collect::<Vec<_>>(),
            "withdrawn": summary.withdrawn,
            "unknown": summary.unknown,
            "unreadable": summary.unreadable,
        })),
    })
}
