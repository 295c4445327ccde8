//! The comparison of the scans before and after the fix: fixed, new and remaining vulnerabilities.

use std::collections::BTreeMap;

use findings::{ComparedRow, Severity};
use i18n::{
    Localizer, Message,
    format::{NONE, or_none, score},
};

use super::{cell, chip, section, table};
use crate::report::charts::{self, bars::Bar};
use crate::report::{ReportInput, VulnerabilityDiff, markup::Markup};

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
        let bars: Vec<Bar> = ["fixed", "new", "remaining"]
            .into_iter()
            .zip(vulnerabilities(&input.diff))
            .map(|(status, by_severity)| Bar { label: words.text_by_id(&format!("report-fate-{status}")), by_severity })
            .collect();
        let counts = comparison.vulnerabilities.unwrap_or_default();
        let says = Message::new("report-chart-fates-says")
            .with("fixed", counts.fixed)
            .with("new", counts.new)
            .with("remaining", counts.remaining);
        let title = words.text_by_id("report-chart-fates");
        charts::bars(section, words, (title, words.text(&says)), words.text_by_id("report-fate"), &bars);
        let pairs = Message::new("report-fate-pairs")
            .with("fixed", comparison.fixed)
            .with("new", comparison.new)
            .with("remaining", comparison.remaining);
        section.element("p", &[("class", "soft small")], &words.text(&pairs));
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

/// The fixed, new and remaining vulnerabilities by severity. A vulnerability has one status, whatever its packages: one that is
/// fixed in a package and new in another remains.
fn vulnerabilities(diff: &VulnerabilityDiff) -> [[usize; 6]; 3] {
    let mut statuses: BTreeMap<_, (Severity, bool, bool)> = BTreeMap::new();
    for (rows, before, after) in [(&diff.fixed, true, false), (&diff.new, false, true), (&diff.remaining, true, true)] {
        for row in rows {
            let identity = (row.vulnerability_id.is_some(), row.vulnerability_id.as_ref().unwrap_or(&row.title));
            let entry = statuses.entry(identity).or_insert((row.severity, false, false));
            *entry = (entry.0.max(row.severity), entry.1 || before, entry.2 || after);
        }
    }
    [(true, false), (false, true), (true, true)].map(|status| {
        let with_status = || statuses.values().filter(|(_, before, after)| (*before, *after) == status);
        Severity::ALL.map(|severity| with_status().filter(|(greatest, ..)| *greatest == severity).count())
    })
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
    let versions = |versions: &[String]| if versions.is_empty() { NONE.to_owned() } else { versions.join(", ") };
    table(page, words, &columns, |body| {
        for compared in rows.iter().take(LISTED) {
            body.within("tr", &[], |row| {
                row.within("td", &[("class", "fit")], |cell| chip(cell, words, compared.severity));
                cell(row, "", compared.vulnerability_id.as_deref().unwrap_or(&compared.title));
                cell(row, "mono", compared.package.as_deref().unwrap_or(NONE));
                cell(row, "mono", &versions(&compared.versions_before));
                cell(row, "mono", &versions(&compared.versions_after));
                cell(row, "n", &or_none(compared.score, score));
            });
        }
    });
}
