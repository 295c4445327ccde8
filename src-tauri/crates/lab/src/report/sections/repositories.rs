//! The three repositories side by side: whether each is watched, and its findings.

use i18n::Localizer;

use super::{cell, section, table};
use crate::report::{ReportInput, charts::number, markup::Markup};

/// Writes the table of repositories.
pub(in crate::report) fn repositories(page: &mut Markup, words: &Localizer, input: &ReportInput) {
    if input.outcome.repositories.is_empty() {
        return;
    }
    let columns = [
        ("report-repository", ""),
        ("report-watched", "fit"),
        ("report-findings", "n"),
        ("report-severity-critical", "n"),
        ("report-severity-high", "n"),
        ("report-severity-medium", "n"),
        ("report-severity-low", "n"),
        ("report-log4shell", "fit"),
        ("report-digest", ""),
    ];
    section(page, &words.text_by_id("report-repositories"), |section| {
        section.element("p", &[("class", "soft")], &words.text_by_id("report-repositories-why"));
        table(section, words, &columns, |body| {
            for repository in &input.outcome.repositories {
                let counts = &repository.findings;
                body.within("tr", &[], |row| {
                    cell(row, "mono fit", &repository.name);
                    cell(row, "fit", &words.text_by_id(if repository.watched { "report-yes" } else { "report-no" }));
                    for count in [counts.total, counts.critical, counts.high, counts.medium, counts.low] {
                        cell(row, "n", &number(words, count));
                    }
                    let log4shell = match (repository.watched, repository.log4shell) {
                        (_, true) => "report-found",
                        (true, false) => "report-not-found",
                        (false, false) => "report-not-looked",
                    };
                    cell(row, "fit", &words.text_by_id(log4shell));
                    cell(row, "mono", repository.digest.as_deref().unwrap_or("–"));
                });
            }
        });
    });
}
