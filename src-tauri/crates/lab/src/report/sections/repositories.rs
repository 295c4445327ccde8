//! The three repositories side by side: whether each is watched, and its findings.

use findings::Severity;
use i18n::{
    Localizer, Message,
    format::{NONE, count, or_none},
};

use super::{cell, section, table};
use crate::{
    model::{
        assessment::Statement,
        outcome::{FindingsReason, RepositoryOutcome},
    },
    report::{ReportInput, assessed::assessed, markup::Markup},
};

/// Writes the table of repositories.
pub(in crate::report) fn repositories(page: &mut Markup, words: &Localizer, input: &ReportInput) {
    if input.outcome.repositories.is_empty() {
        return;
    }
    let columns = [
        ("report-repository", ""),
        ("report-watched", "fit"),
        ("report-unique", "n"),
        ("report-severity-critical", "n"),
        ("report-severity-high", "n"),
        ("report-severity-medium", "n"),
        ("report-severity-low", "n"),
        ("report-severity-informational", "n"),
        ("report-severity-untriaged", "n"),
        ("report-findings", "n"),
        ("report-log4shell", "fit"),
        ("report-digest", ""),
    ];
    section(page, &words.text_by_id("report-repositories"), |section| {
        section.element("p", &[("class", "soft")], &words.text_by_id("report-repositories-why"));
        table(section, words, &columns, |body| {
            for repository in &input.outcome.repositories {
                body.within("tr", &[], |row| {
                    cell(row, "mono fit", &repository.name);
                    let word = |yes| words.text_by_id(if yes { "report-yes" } else { "report-no" });
                    cell(row, "fit", &or_none(repository.watched, word));
                    match &repository.findings {
                        Some(counts) => {
                            cell(row, "n", &count(counts.unique));
                            for severity in Severity::ALL {
                                cell(row, "n", &or_none(counts.vulnerabilities, |tally| count(tally.of(severity))));
                            }
                            cell(row, "n", &count(counts.total));
                        }
                        // Findings that are not known are not zero.
                        None => {
                            for _ in 0..8 {
                                cell(row, "n", NONE);
                            }
                        }
                    }
                    cell(row, "fit", &words.text_by_id(log4shell(repository)));
                    cell(row, "mono", repository.digest.as_deref().unwrap_or("–"));
                });
            }
        });
        for repository in &input.outcome.repositories {
            let has_gaps = repository.assessment.as_ref().is_some_and(Statement::has_gaps);
            if let Some(assessed) = what_was_assessed(words, repository) {
                section.element("p", &[("class", if has_gaps { "unknown" } else { "soft" })], &assessed);
            }
        }
        for ended in input.outcome.repositories.iter().filter_map(|repository| watching_ended(words, repository)) {
            section.element("p", &[("class", "unknown")], &ended);
        }
    });
}

/// The id of the text on whether the lesson's vulnerability was found in a repository: without findings, why that is not known.
pub fn log4shell(repository: &RepositoryOutcome) -> &'static str {
    match repository.log4shell {
        Some(true) => "report-found",
        Some(false) => "report-not-found",
        None if repository.findings.is_some() => "report-not-assessed",
        None => repository.findings_reason.unwrap_or(FindingsReason::NotRead).message_id(),
    }
}

/// That the image of a repository is no longer watched, where its findings from before are shown.
pub fn watching_ended(words: &Localizer, repository: &RepositoryOutcome) -> Option<String> {
    let from_before = repository.no_longer_watched && repository.findings.is_some();
    from_before.then(|| words.text(&Message::new("report-watching-ended").with("repository", &repository.name)))
}

/// That findings of a repository's image are suppressed. They are among those that are counted: hidden, and not fixed.
pub fn suppressed(words: &Localizer, repository: &RepositoryOutcome) -> Option<String> {
    let count = repository.findings?.suppressed.filter(|count| *count > 0)?;
    Some(suppressed_findings(words, &repository.name, count))
}

/// The text that says so.
pub(super) fn suppressed_findings(words: &Localizer, repository: &str, count: usize) -> String {
    words.text(&Message::new("report-suppressed-findings").with("repository", repository).with("count", count))
}

/// What the scan of a repository's image assessed, if it was scanned.
pub fn what_was_assessed(words: &Localizer, repository: &RepositoryOutcome) -> Option<String> {
    if repository.findings.is_none() && repository.assessment.is_none() {
        return None;
    }
    let assessed = assessed(words, repository.assessment.as_ref());
    let message = Message::new("report-assessed").with("repository", &repository.name);
    Some(words.text(&message.with("assessed", assessed)))
}
