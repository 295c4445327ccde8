//! The results of a scan: charts, and a list of the vulnerabilities.

use findings::{Bucket, Row};
use i18n::{
    Localizer, Message,
    format::{NONE, count, or_none, percent, score},
};

use super::{cell, chip, moment, repositories::suppressed_findings, section, table, yes_or_no};
use crate::report::charts::{self, bars::Bar};
use crate::report::{ReportInput, ScanReport, markup::Markup};

/// The maximum number of rows; the JSON report has them all.
const LISTED: usize = 300;
/// The number of rows that are shown expanded; the rest are collapsed.
const OPEN: usize = 25;

/// Writes a section for each scan.
pub(in crate::report) fn findings(page: &mut Markup, words: &Localizer, input: &ReportInput) {
    for scan in &input.scans {
        let title = Message::new("report-scan").with("image", image(scan));
        section(page, &words.text(&title), |section| one(section, words, scan));
    }
}

fn image(scan: &ScanReport) -> String {
    let digest = scan.scan.key.digest.trim_start_matches("sha256:");
    format!("{}@{}", scan.scan.key.repository, digest.chars().take(12).collect::<String>())
}

fn one(page: &mut Markup, words: &Localizer, scan: &ScanReport) {
    let summary = &scan.summary;
    let counts = Message::new("report-scan-counts")
        .with("findings", summary.matched.findings)
        .with("unique", summary.matched.unique)
        .with("packages", summary.packages);
    page.element("p", &[], &words.text(&counts));
    if summary.suppressed.findings > 0 {
        let text = suppressed_findings(words, &scan.scan.key.repository, summary.suppressed.findings);
        page.element("p", &[], &text);
    }
    page.within("p", &[("class", "soft small")], |line| {
        line.element("code", &[], &scan.scan.key.digest);
        if let Some(at) = scan.scan.finished_at {
            line.text(" · ").text(&moment(at));
        }
    });
    if summary.matched.findings == 0 {
        page.element("p", &[], &words.text_by_id("report-scan-empty"));
        return;
    }
    page.within("div", &[("class", "pair")], |pair| {
        charts::severities(pair, words, summary);
        charts::score_bands(pair, words, summary);
    });
    page.within("div", &[("class", "pair")], |pair| {
        buckets(pair, words, "packages", &summary.by_package, summary.packages, 0);
        let without_layer = summary.without_layer.unique;
        buckets(pair, words, "layers", &summary.by_layer, summary.by_layer.len(), without_layer);
    });
    charts::scatter(page, words, summary);
    list(page, words, scan);
}

fn buckets(page: &mut Markup, words: &Localizer, kind: &str, buckets: &[Bucket], all: usize, none: usize) {
    let Some(first) = buckets.first() else { return };
    let bars: Vec<Bar> = buckets
        .iter()
        .take(findings::TOP_PACKAGES)
        .map(|bucket| Bar { label: short(&bucket.value), by_severity: bucket.unique_by_severity })
        .collect();
    let says = Message::new(format!("report-chart-{kind}-says"))
        .with("first", short(&first.value))
        .with("count", first.counts.unique)
        .with("none", none)
        .with("all", all);
    let title = words.text_by_id(&format!("report-chart-{kind}"));
    charts::bars(
        page,
        words,
        (title, words.text(&says)),
        words.text_by_id(&format!("report-chart-{kind}-label")),
        &bars,
    );
}

/// The first characters of a digest, as Docker shows it; other names unchanged.
fn short(value: &str) -> String {
    value.strip_prefix("sha256:").map_or_else(|| value.to_owned(), |hex| hex.chars().take(12).collect())
}

fn list(page: &mut Markup, words: &Localizer, scan: &ScanReport) {
    let rows = &scan.vulnerabilities;
    page.element("h3", &[], &words.text_by_id("report-vulnerability-list"));
    if rows.len() > LISTED {
        let more = Message::new("report-listed").with("shown", LISTED).with("all", rows.len());
        page.element("p", &[("class", "soft small")], &words.text(&more));
    }
    let listed = &rows[..rows.len().min(LISTED)];
    let (open, folded) = listed.split_at(listed.len().min(OPEN));
    vulnerabilities(page, words, open);
    if !folded.is_empty() {
        page.within("details", &[], |details| {
            let more = Message::new("report-more").with("count", folded.len());
            details.element("summary", &[], &words.text(&more));
            vulnerabilities(details, words, folded);
        });
    }
}

fn vulnerabilities(page: &mut Markup, words: &Localizer, rows: &[Row]) {
    let columns = [
        ("report-severity", "fit"),
        ("report-vulnerability", "fit"),
        ("report-package", ""),
        ("report-version", ""),
        ("report-fixed-in", ""),
        ("report-score", "n"),
        ("report-epss", "n"),
        ("report-kev", "fit"),
    ];
    table(page, words, &columns, |body| {
        for row in rows {
            body.within("tr", &[], |line| vulnerability(line, words, row));
        }
    });
}

fn vulnerability(line: &mut Markup, words: &Localizer, row: &Row) {
    line.within("td", &[("class", "fit")], |cell| chip(cell, words, row.severity));
    line.within("td", &[], |cell| {
        match row.vulnerability_id.as_deref().filter(|id| is_cve(id)) {
            Some(id) => cell.link(&format!("https://nvd.nist.gov/vuln/detail/{id}"), id),
            None => cell.text(row.vulnerability_id.as_deref().unwrap_or(&row.title)),
        };
        if row.suppressed {
            cell.text(&format!(" ({})", words.text_by_id("report-suppressed")));
        }
    });
    let packages = match row.packages.split_first() {
        Some((first, [])) => first.clone(),
        Some((first, others)) => format!("{first} +{}", count(others.len())),
        None => NONE.to_owned(),
    };
    cell(line, "mono", &packages);
    cell(line, "mono", row.version.as_deref().unwrap_or(NONE));
    cell(line, "mono", row.fixed_in.as_deref().unwrap_or(NONE));
    cell(line, "n", &or_none(row.score, score));
    cell(line, "n", &or_none(row.epss, percent));
    cell(line, "fit", &or_none(row.kev, |listed| yes_or_no(words, listed)));
}

/// Whether an id has the form of a CVE id; only such ids become part of an address.
fn is_cve(id: &str) -> bool {
    id.strip_prefix("CVE-").is_some_and(|rest| {
        rest.split_once('-').is_some_and(|(year, number)| {
            [year, number].iter().all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
        })
    })
}
