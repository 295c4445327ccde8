//! The comparison of the scans before and after the fix: fixed, new and remaining vulnerabilities.

use findings::ComparedRow;
use i18n::{Localizer, Message};

use super::{cell, chip, section, table};
use crate::report::charts::{self, bars::Bar, number};
use crate::report::{ReportInput, markup::Markup};

/// The maximum number of rows per status; the JSON report has them all.
const LISTED: usize = 25;

/// Writes the comparison, if there is one.
pub(in crate::report) fn comparison(page: &mut Markup, words: &Localizer, input: &ReportInput) {
    let Some(comparison) = &input.outcome.comparison else { return };
    let statuses = [
        ("fixed", &input.diff.fixed, comparison.fixed),
        ("new", &input.diff.new, comparison.new),
        ("remaining", &input.diff.remaining, comparison.remaining),
    ];
    section(page, &words.text_by_id("report-comparison"), |section| {
        let id = if comparison.log4shell_fixed { "report-log4shell-gone" } else { "report-log4shell-stays" };
        let class = if comparison.log4shell_fixed { "met" } else { "not-met" };
        section.element("p", &[("class", class)], &words.text_by_id(id));
        let bars: Vec<Bar> = statuses
            .iter()
            .map(|(status, rows, _)| Bar {
                label: words.text_by_id(&format!("report-fate-{status}")),
                by_severity: by_severity(rows),
            })
            .collect();
        let says = Message::new("report-chart-fates-says")
            .with("fixed", comparison.fixed)
            .with("new", comparison.new)
            .with("remaining", comparison.remaining);
        let title = words.text_by_id("report-chart-fates");
        charts::bars(section, words, (title, words.text(&says)), words.text_by_id("report-fate"), &bars);
        for (status, rows, total) in statuses.into_iter().filter(|(_, rows, _)| !rows.is_empty()) {
            let title = Message::new("report-fate-list")
                .with("fate", words.text_by_id(&format!("report-fate-{status}")))
                .with("shown", rows.len().min(LISTED))
                .with("all", total);
            section.within("details", &[], |details| {
                details.element("summary", &[], &words.text(&title));
                list(details, words, rows);
            });
        }
    });
}

fn by_severity(rows: &[ComparedRow]) -> [usize; 6] {
    findings::Severity::ALL.map(|severity| rows.iter().filter(|row| row.severity == severity).count())
}

fn list(page: &mut Markup, words: &Localizer, rows: &[ComparedRow]) {
    let columns = [
        ("report-severity", "fit"),
        ("report-vulnerability", ""),
        ("report-package", ""),
        ("report-before", ""),
        ("report-after", ""),
        ("report-score", "n"),
    ];
    let versions = |versions: &[String]| if versions.is_empty() { "–".to_owned() } else { versions.join(", ") };
    table(page, words, &columns, |body| {
        for compared in rows.iter().take(LISTED) {
            body.within("tr", &[], |row| {
                row.within("td", &[("class", "fit")], |cell| chip(cell, words, compared.severity));
                cell(row, "", compared.vulnerability_id.as_deref().unwrap_or(&compared.title));
                cell(row, "mono", compared.package.as_deref().unwrap_or("–"));
                cell(row, "mono", &versions(&compared.versions_before));
                cell(row, "mono", &versions(&compared.versions_after));
                cell(row, "n", &compared.score.map_or_else(|| number(words, 0), |score| format!("{score:.1}")));
            });
        }
    });
}
