//! A report in CSV: one line per matching instance, and one for each image that was not fully assessed and has none. Information
//! about the report is in columns, so that a line that is copied elsewhere still tells whether it comes from the practice cloud.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::io::Write;
use std::sync::atomic::{AtomicBool, Ordering};

use csv::{Terminator, WriterBuilder};
use i18n::format;

use crate::error::FindingsError;
use crate::export::item::{Item, ItemCvss, ItemPackage};
use crate::export::report::{AssessedImage, Attribution, Header, Matches};
use crate::index::brief::{Str, text};

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
    let mut heading = lines(&mut *out);
    heading.write_record(COLUMNS).map_err(write_error)?;
    heading.flush()?;
    drop(heading);
    let redactor = matches.redactor;
    let masked = |cell: &str| redactor.text(cell).into_owned();
    let report_cells = &report_cells(header).map(|cell| masked(&cell));
    let assessed = |image| assessed_cells(image).map(|cell| masked(&cell));
    let assessed_cells = &header.assessed.iter().map(assessed).collect::<Vec<_>>();
    let with_findings: Vec<AtomicBool> = header.assessed.iter().map(|_| AtomicBool::new(false)).collect();
    matches.write_each(out, |batch, unpacker, out| {
        let mut lines = lines(out);
        batch.for_each(unpacker, |item, stored, _| {
            let is_of = |image: &AssessedImage| item.image().is_some_and(|of| image.is(&of.repository.0, &of.digest.0));
            let position = header.assessed.iter().position(is_of);
            let not_stated = [const { String::new() }; ASSESSED_CELLS];
            let assessed_cells = position.map_or(&not_stated, |position| &assessed_cells[position]);
            if let Some(position) = position {
                with_findings[position].store(true, Ordering::Relaxed);
            }
            for &ordinal in &stored.ordinals {
                for cell in &cells(item, item.packages.get(ordinal)) {
                    lines.write_field(redactor.text(cell).as_bytes()).map_err(write_error)?;
                }
                for cell in report_cells.iter().chain(assessed_cells) {
                    lines.write_field(cell).map_err(write_error)?;
                }
                // Without the details, an empty list of weaknesses is no list.
                lines.write_field(yes_or_no(item.details_read)).map_err(write_error)?;
                lines.write_record(None::<&[u8]>).map_err(write_error)?;
            }
            Ok(())
        })?;
        Ok(lines.flush()?)
    })?;
    let mut lines = lines(out);
    for position in without_findings(matches, header, &with_findings)? {
        let image = &header.assessed[position];
        for column in &COLUMNS[..FINDING_CELLS] {
            let cell = match *column {
                "repository" => as_text(&image.repository),
                "digest" => as_text(&image.digest),
                _ => "".into(),
            };
            lines.write_field(redactor.text(&cell).as_bytes()).map_err(write_error)?;
        }
        for cell in report_cells.iter().chain(&assessed_cells[position]) {
            lines.write_field(cell).map_err(write_error)?;
        }
        // There are no details to read.
        lines.write_record([""]).map_err(write_error)?;
    }
    lines.flush()?;
    Ok(())
}

fn lines<W: Write>(out: W) -> csv::Writer<W> {
    WriterBuilder::new().terminator(Terminator::CRLF).from_writer(out)
}

/// The images of the report that were not fully assessed and of which nothing matches: without a line, they would read as images
/// without vulnerabilities. `with_findings` says of each position whether something does.
fn without_findings(
    matches: &Matches<'_>,
    header: &Header,
    with_findings: &[AtomicBool],
) -> Result<Vec<usize>, FindingsError> {
    let scans = matches.scans()?;
    let is_of_report =
        |image: &AssessedImage| scans.iter().any(|scan| image.is(&scan.key.repository, &scan.key.digest));
    let images = header.assessed.iter().enumerate();
    let images = images.filter(|(position, _)| !with_findings[*position].load(Ordering::Relaxed));
    let images = images.filter(|(_, image)| image.complete == Some(false) && is_of_report(image));
    Ok(images.map(|(position, _)| position).collect())
}

/// The number of cells about a finding and its package, which come first.
const FINDING_CELLS: usize = COLUMNS.len() - REPORT_CELLS - ASSESSED_CELLS - 1;

/// The number of cells that are about the scan of the line's image.
const ASSESSED_CELLS: usize = 2;

fn assessed_cells(image: &AssessedImage) -> [Cow<'_, str>; ASSESSED_CELLS] {
    let completely = match image.complete {
        Some(true) => "true",
        Some(false) => "false",
        None => "",
    };
    [completely.into(), as_text(&image.text)]
}

/// The number of cells that are the same in every line: they are about the report.
const REPORT_CELLS: usize = 4;

fn report_cells(header: &Header) -> [String; REPORT_CELLS] {
    let format =
        |attribution: &Attribution| format!("{} ({}) {}", attribution.name, attribution.licence, attribution.url);
    let attributions = header.attributions.iter().map(format).collect::<Vec<_>>().join("; ");
    [
        if header.practice { "true" } else { "false" }.to_owned(),
        header.generated_at.to_string(),
        as_text(&header.note).into_owned(),
        as_text(&attributions).into_owned(),
    ]
}

/// The cells of a line, up to those about the report.
fn cells<'a>(item: &'a Item<'a>, package: Option<&'a ItemPackage<'a>>) -> [Cow<'a, str>; FINDING_CELLS] {
    let vulnerability = &item.vulnerability;
    let image = item.image();
    let of_package = |read: fn(&'a ItemPackage<'a>) -> Option<&'a Str<'a>>| optional(package.and_then(read));
    let region = item.resources.iter().find_map(|resource| resource.region.as_ref());
    [
        optional(vulnerability.id.as_ref()),
        as_text(&*item.title.0),
        item.severity.as_str().into(),
        item.score.map_or("".into(), |score| format::score(score).into()),
        // A fraction, not a percentage: programs and spreadsheets calculate with it.
        item.epss.map_or("".into(), |epss| epss.to_string().into()),
        item.is_known_exploited().map_or("UNKNOWN", yes_or_no).into(),
        optional(item.exploit_available.as_ref()),
        optional(item.fix_available.as_ref()),
        of_package(|package| Some(&package.name)),
        package.map_or("".into(), |package| as_text(package.full_version())),
        of_package(|package| package.fixed_in.as_ref()),
        of_package(|package| package.manager.as_ref()),
        of_package(|package| package.arch.as_ref()),
        of_package(|package| package.file_path.as_ref()),
        of_package(|package| package.layer.as_ref()),
        of_package(|package| package.remediation.as_ref()),
        optional(image.map(|image| &image.repository)),
        optional(image.map(|image| &image.digest)),
        image.map_or("".into(), |image| list(&image.tags)),
        optional(image.and_then(|image| image.platform.as_ref())),
        optional(image.and_then(|image| image.architecture.as_ref())),
        as_text(&*item.account.0),
        optional(region),
        optional(item.status.as_ref()),
        optional(item.kind.as_ref()),
        optional(vulnerability.source.as_ref()),
        optional(vulnerability.source_url.as_ref()),
        optional(vulnerability.vendor_severity.as_ref()),
        ratings(&vulnerability.cvss),
        list(&item.cwes),
        list(&vulnerability.related),
        list(&vulnerability.reference_urls),
        optional(item.remediation.text.as_ref()),
        text(item.first_observed_at.as_ref()).unwrap_or_default().into(),
        text(item.last_observed_at.as_ref()).unwrap_or_default().into(),
        text(item.updated_at.as_ref()).unwrap_or_default().into(),
        as_text(&*item.description.0),
        as_text(&*item.arn.0),
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

fn optional<'a>(value: Option<&'a Str<'a>>) -> Cow<'a, str> {
    as_text(text(value).unwrap_or_default())
}

fn list(texts: &[Str<'_>]) -> Cow<'static, str> {
    let mut joined = String::new();
    for (position, text) in texts.iter().enumerate() {
        joined.push_str(if position == 0 { "" } else { "; " });
        joined.push_str(&text.0);
    }
    as_text(joined)
}

fn ratings(ratings: &[ItemCvss<'_>]) -> Cow<'static, str> {
    let mut joined = String::new();
    for ItemCvss { vector, score, source } in ratings {
        let separator = if joined.is_empty() { "" } else { "; " };
        // Writing to a string cannot fail.
        let _ = write!(joined, "{separator}{} {} {}", format::score(*score), vector.0, source.0);
    }
    as_text(joined)
}

fn write_error(error: csv::Error) -> FindingsError {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => FindingsError::Write(error),
        other => FindingsError::Write(std::io::Error::other(format!("{other:?}"))),
    }
}
