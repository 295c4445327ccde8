//! A report in CSV: one line per matching instance, and one for each image that was not fully assessed and has none. Information
//! about the report is in columns, so that a line that is copied elsewhere still tells whether it comes from the practice cloud.

use std::borrow::Cow;
use std::collections::HashSet;
use std::io::Write;

use csv::{Terminator, WriterBuilder};
use i18n::format;

use crate::error::FindingsError;
use crate::export::report::{AssessedImage, Attribution, Header, Matches};
use crate::model::{Cvss, Finding, Package};
use crate::timestamp::Timestamp;

const COLUMNS: [&str; 45] = [
    "vulnerability_id",
    "title",
    "severity",
    "score",
    "epss",
    "kev",
    "exploit_available",
    "fix_available",
    "package",
    "version",
    "fixed_in",
    "package_manager",
    "package_arch",
    "file_path",
    "layer",
    "package_remediation",
    "repository",
    "digest",
    "tags",
    "platform",
    "architecture",
    "account",
    "region",
    "status",
    "type",
    "vulnerability_source",
    "source_url",
    "vendor_severity",
    "cvss",
    "cwes",
    "related",
    "references",
    "remediation",
    "first_observed_at",
    "last_observed_at",
    "updated_at",
    "description",
    "finding_arn",
    "practice",
    "generated_at",
    "note",
    "attributions",
    "assessed_completely",
    "assessed",
    "details_read",
];

pub(super) fn write(matches: &Matches<'_>, header: &Header, out: &mut impl Write) -> Result<(), FindingsError> {
    let mut lines = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(out);
    lines.write_record(COLUMNS).map_err(write_error)?;
    let report_cells = ReportCells::new(header);
    let mut with_findings = HashSet::new();
    matches.for_each(|finding, ordinals, _| {
        let is_of = |image: &AssessedImage| finding.image().is_some_and(|of| image.is(&of.repository, &of.digest));
        with_findings.extend(header.assessed.iter().position(is_of));
        for &ordinal in ordinals {
            write_line(&mut lines, matches, &cells(finding, finding.packages.get(ordinal), &report_cells))?;
        }
        Ok(())
    })?;
    for image in without_findings(matches, header, &with_findings)? {
        write_line(&mut lines, matches, &cells_without_finding(image, &report_cells))?;
    }
    lines.flush()?;
    Ok(())
}

fn write_line(
    lines: &mut csv::Writer<impl Write>,
    matches: &Matches<'_>,
    cells: &[Cow<'_, str>],
) -> Result<(), FindingsError> {
    let cells = cells.iter().map(|cell| matches.redactor.text(cell));
    lines.write_record(cells.map(|cell| cell.into_owned().into_bytes())).map_err(write_error)
}

/// The images of the report that were not fully assessed and of which nothing matches: without a line, they would read as images
/// without vulnerabilities. `with_findings` are the positions of those of which something does.
fn without_findings<'h>(
    matches: &Matches<'_>,
    header: &'h Header,
    with_findings: &HashSet<usize>,
) -> Result<Vec<&'h AssessedImage>, FindingsError> {
    let scans = matches.scans()?;
    let is_of_report =
        |image: &AssessedImage| scans.iter().any(|scan| image.is(&scan.key.repository, &scan.key.digest));
    let images = header.assessed.iter().enumerate().filter(|(position, _)| !with_findings.contains(position));
    let images = images.map(|(_, image)| image).filter(|image| image.complete == Some(false));
    Ok(images.filter(|image| is_of_report(image)).collect())
}

fn cells_without_finding<'a>(image: &'a AssessedImage, report: &'a ReportCells<'_>) -> Vec<Cow<'a, str>> {
    let mut cells = vec![Cow::Borrowed(""); COLUMNS.len()];
    let values = [
        ("repository", as_text(&image.repository)),
        ("digest", as_text(&image.digest)),
        ("practice", report.practice.into()),
        ("generated_at", report.generated_at.as_str().into()),
        ("note", as_text(&report.note)),
        ("attributions", as_text(&report.attributions)),
        ("assessed_completely", completely(Some(image)).into()),
        ("assessed", as_text(&image.text)),
    ];
    for (name, value) in values {
        if let Some(at) = COLUMNS.iter().position(|column| *column == name) {
            cells[at] = value;
        }
    }
    cells
}

/// `true`, `false`, or nothing where it is not known.
fn completely(image: Option<&AssessedImage>) -> &'static str {
    match image.and_then(|image| image.complete) {
        Some(true) => "true",
        Some(false) => "false",
        None => "",
    }
}

struct ReportCells<'h> {
    header: &'h Header,
    practice: &'static str,
    generated_at: String,
    note: String,
    attributions: String,
}

impl<'h> ReportCells<'h> {
    fn new(header: &'h Header) -> Self {
        let format =
            |attribution: &Attribution| format!("{} ({}) {}", attribution.name, attribution.licence, attribution.url);
        Self {
            header,
            practice: if header.practice { "true" } else { "false" },
            generated_at: header.generated_at.to_string(),
            note: header.note.clone(),
            attributions: header.attributions.iter().map(format).collect::<Vec<_>>().join("; "),
        }
    }
}

fn cells<'a>(
    finding: &'a Finding,
    package: Option<&'a Package>,
    report_cells: &'a ReportCells<'_>,
) -> [Cow<'a, str>; COLUMNS.len()] {
    let vulnerability = &finding.vulnerability;
    let image = finding.image();
    let package_text = |read: fn(&Package) -> Option<&String>| text(package.and_then(read));
    let assessed = image.and_then(|image| report_cells.header.assessed_of(&image.repository, &image.digest));
    let region = finding.resources.iter().find_map(|resource| resource.region.as_ref());
    [
        text(vulnerability.id.as_ref()),
        as_text(&finding.title),
        finding.severity.as_str().into(),
        finding.score.map_or("".into(), |score| format::score(score).into()),
        // A fraction, not a percentage: programs and spreadsheets calculate with it.
        finding.epss.map_or("".into(), |epss| epss.to_string().into()),
        finding.is_known_exploited().map_or("UNKNOWN", yes_or_no).into(),
        finding.exploit_available.as_ref().map_or("".into(), |word| as_text(word.as_str())),
        finding.fix_available.as_ref().map_or("".into(), |word| as_text(word.as_str())),
        package_text(|package| Some(&package.name)),
        package.map_or("".into(), |package| as_text(package.full_version()).into_owned().into()),
        package_text(|package| package.fixed_in.as_ref()),
        package_text(|package| package.manager.as_ref()),
        package_text(|package| package.arch.as_ref()),
        package_text(|package| package.file_path.as_ref()),
        package_text(|package| package.layer.as_ref()),
        package_text(|package| package.remediation.as_ref()),
        text(image.map(|image| &image.repository)),
        text(image.map(|image| &image.digest)),
        image.map_or("".into(), |image| list(&image.tags)),
        text(image.and_then(|image| image.platform.as_ref())),
        text(image.and_then(|image| image.architecture.as_ref())),
        as_text(&finding.account),
        text(region),
        finding.status.as_ref().map_or("".into(), |word| as_text(word.as_str())),
        finding.kind.as_ref().map_or("".into(), |word| as_text(word.as_str())),
        text(vulnerability.source.as_ref()),
        text(vulnerability.source_url.as_ref()),
        text(vulnerability.vendor_severity.as_ref()),
        ratings(&vulnerability.cvss),
        list(&finding.cwes),
        list(&vulnerability.related),
        list(&vulnerability.reference_urls),
        text(finding.remediation.text.as_ref()),
        time(finding.first_observed_at),
        time(finding.last_observed_at),
        time(finding.updated_at),
        as_text(&finding.description),
        as_text(&finding.arn),
        report_cells.practice.into(),
        report_cells.generated_at.as_str().into(),
        as_text(&report_cells.note),
        as_text(&report_cells.attributions),
        completely(assessed).into(),
        assessed.map_or("".into(), |image| as_text(&image.text)),
        // Without the details, an empty list of weaknesses is no list.
        yes_or_no(finding.details_read).into(),
    ]
}

const fn yes_or_no(value: bool) -> &'static str {
    if value { "YES" } else { "NO" }
}

/// A cell that spreadsheets do not interpret as a formula, without what could control a terminal.
fn as_text<'t>(text: impl Into<Cow<'t, str>>) -> Cow<'t, str> {
    let text = match text.into() {
        Cow::Borrowed(text) => format::plain(text),
        Cow::Owned(text) => format::plain(&text).into_owned().into(),
    };
    let is_risky = text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '\'', '＝', '＋', '－', '＠']);
    if is_risky { format!("'{text}").into() } else { text }
}

fn text(text: Option<&String>) -> Cow<'_, str> {
    text.map_or("".into(), |text| as_text(text.as_str()))
}

fn list(texts: &[String]) -> Cow<'_, str> {
    as_text(texts.join("; "))
}

fn ratings(ratings: &[Cvss]) -> Cow<'_, str> {
    let texts = ratings.iter().map(|cvss| format!("{} {} {}", format::score(cvss.score), cvss.vector, cvss.source));
    as_text(texts.collect::<Vec<_>>().join("; "))
}

fn time(time: Option<Timestamp>) -> Cow<'static, str> {
    time.map_or("".into(), |time| time.to_string().into())
}

fn write_error(error: csv::Error) -> FindingsError {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => FindingsError::Write(error),
        other => FindingsError::Write(std::io::Error::other(format!("{other:?}"))),
    }
}
