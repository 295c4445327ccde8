//! A report in CSV: one line per matching instance. Information about the report is in columns, so that a line that is
//! copied elsewhere still tells whether it comes from the practice cloud.

use std::borrow::Cow;
use std::io::Write;

use csv::{Terminator, WriterBuilder};
use i18n::format;

use crate::error::FindingsError;
use crate::export::report::{Attribution, Header, Matches};
use crate::model::{Cvss, Finding, Package};
use crate::timestamp::Timestamp;

const COLUMNS: [&str; 42] = [
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
];

pub(super) fn write(matches: &Matches<'_>, header: &Header, out: &mut impl Write) -> Result<(), FindingsError> {
    let mut lines = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(out);
    lines.write_record(COLUMNS).map_err(write_error)?;
    let report_cells = ReportCells::new(header);
    matches.for_each(|finding, ordinals, _| {
        for &ordinal in ordinals {
            let cells = cells(finding, finding.packages.get(ordinal), &report_cells);
            let cells = cells.iter().map(|cell| matches.redactor.text(cell));
            lines.write_record(cells.map(|cell| cell.into_owned().into_bytes())).map_err(write_error)?;
        }
        Ok(())
    })?;
    lines.flush()?;
    Ok(())
}

struct ReportCells {
    practice: &'static str,
    generated_at: String,
    note: String,
    attributions: String,
}

impl ReportCells {
    fn new(header: &Header) -> Self {
        let format =
            |attribution: &Attribution| format!("{} ({}) {}", attribution.name, attribution.licence, attribution.url);
        Self {
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
    report_cells: &'a ReportCells,
) -> [Cow<'a, str>; COLUMNS.len()] {
    let vulnerability = &finding.vulnerability;
    let image = finding.image();
    let package_text = |read: fn(&Package) -> Option<&String>| text(package.and_then(read));
    let region = finding.resources.iter().find_map(|resource| resource.region.as_ref());
    [
        text(vulnerability.id.as_ref()),
        as_text(&finding.title),
        finding.severity.as_str().into(),
        finding.score.map_or("".into(), |score| format::score(score).into()),
        // A fraction, not a percentage: programs and spreadsheets calculate with it.
        finding.epss.map_or("".into(), |epss| epss.to_string().into()),
        if finding.kev.is_some() { "YES" } else { "NO" }.into(),
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
    ]
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
