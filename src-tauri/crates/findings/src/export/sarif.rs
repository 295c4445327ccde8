//! A report in SARIF 2.1.0 (<https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>), with what GitHub's code
//! scanning requires in addition: `security-severity` and a line number.

mod model;

use std::fmt::Write as _;
use std::io::Write;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use sha2::{Digest, Sha256};

use crate::error::FindingsError;
use crate::export::escape::Escaped;
use crate::export::item::{Item, ItemPackage};
use crate::export::parallel::{Stored, write_formatted};
use crate::export::report::{Header, Matches, write_json};
use crate::export::sarif::model::{
    ArtifactLocation, Configuration, Fingerprints, Invocation, Level, Location, LogicalLocation, Notification,
    OwnedText, PhysicalLocation, Region, ResultObject, ResultProperties, Rule, RuleProperties, Suppression, Text,
};
use crate::index::brief::{Str, text};
use crate::index::page::NONE;
use crate::vocabulary::{Severity, Status};

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

pub(super) fn write(matches: &Matches<'_>, header: &Header, out: &mut impl Write) -> Result<(), FindingsError> {
    write!(out, "{{\"$schema\":\"{SCHEMA}\",\"version\":\"2.1.0\",\"runs\":[{{\n\"tool\":{{\"driver\":{{")?;
    write!(out, "\"name\":\"Image Security Lab\",\"semanticVersion\":\"{}\",\"rules\":[", env!("CARGO_PKG_VERSION"))?;
    let rule_numbers = write_rules(matches, out)?;
    out.write_all(b"]}},\n\"invocations\":[")?;
    matches.write_json(out, &invocation(header))?;
    out.write_all(b"],\n\"properties\":")?;
    matches.write_json(out, header)?;
    out.write_all(b",\n\"results\":[")?;
    let (index, redactor, rule_numbers) = (matches.index, matches.redactor, &rule_numbers);
    matches.write_each(out, |batch, unpacker, out| {
        batch.for_each(unpacker, |finding, Stored { ordinals, row, .. }, before| {
            out.extend_from_slice(separator(before));
            let packages: Vec<_> = ordinals.iter().filter_map(|ordinal| finding.packages.get(*ordinal)).collect();
            let rule_number = rule_numbers[index.identity(*row)];
            write_json(redactor, &mut Escaped(&mut *out), &result(finding, &packages, rule_number))
        })
    })?;
    out.write_all(b"]}]}\n")?;
    Ok(())
}

/// Writes a rule for each vulnerability, with the texts of its most severe matching instance. Returns the number of each
/// vulnerability's rule.
fn write_rules(matches: &Matches<'_>, out: &mut impl Write) -> Result<Vec<usize>, FindingsError> {
    let worst = matches.index.most_severe_instances(&matches.selection);
    let mut numbers = vec![usize::MAX; worst.len()];
    let matching = worst.iter().enumerate().filter(|(_, instance)| **instance != NONE);
    let findings = matching.enumerate().map(|(number, (identity, &instance))| {
        numbers[identity] = number;
        matches.stored(instance as usize, Vec::new())
    });
    let redactor = matches.redactor;
    write_formatted(out, findings, |batch, unpacker, out| {
        batch.for_each(unpacker, |finding, _, before| {
            out.extend_from_slice(separator(before));
            write_json(redactor, &mut Escaped(&mut *out), &rule(finding))
        })
    })?;
    Ok(numbers)
}

/// What is written before an item of an array that has so many items before it.
fn separator(before: usize) -> &'static [u8] {
    if before == 0 { b"\n" } else { b",\n" }
}

/// The note, and what the scan of each image assessed: a warning where that was not all of it.
fn invocation(header: &Header) -> Invocation<'_> {
    let note = Notification { level: Level::Note, message: Text { text: first_non_empty(&[&header.note]) } };
    let assessed = header.assessed.iter().map(|image| {
        let level = if image.complete == Some(false) { Level::Warning } else { Level::Note };
        Notification { level, message: Text { text: first_non_empty(&[&image.text]) } }
    });
    Invocation {
        execution_successful: true,
        end_time_utc: header.generated_at,
        tool_execution_notifications: std::iter::once(note).chain(assessed).collect(),
    }
}

fn rule<'a>(finding: &'a Item<'a>) -> Rule<'a> {
    let mut tags = vec!["security".to_owned(), "vulnerability".to_owned()];
    let weakness = |cwe: &Str<'_>| Some(format!("external/cwe/cwe-{}", cwe.0.strip_prefix("CWE-")?));
    tags.extend(finding.cwes.iter().filter_map(weakness));
    let help = text(finding.remediation.text.as_ref()).filter(|text| !text.is_empty());
    Rule {
        id: first_non_empty(&[finding.identity()]),
        short_description: Text { text: first_non_empty(&[&finding.title.0, finding.identity()]) },
        full_description: Text { text: first_non_empty(&[&finding.description.0, &finding.title.0]) },
        default_configuration: Configuration { level: level(finding.severity) },
        properties: RuleProperties {
            tags,
            precision: "very-high",
            security_severity: security_severity(finding).map(i18n::format::score),
        },
        help_uri: text(finding.vulnerability.source_url.as_ref()).filter(|url| is_web_address(url)),
        help: help.map(|text| Text { text }),
    }
}

/// The result of a finding. `packages` are those that match.
fn result<'a>(finding: &'a Item<'a>, packages: &[&'a ItemPackage<'a>], rule_index: usize) -> ResultObject<'a> {
    let locations = if packages.is_empty() {
        vec![location(finding, None)]
    } else {
        packages.iter().map(|package| location(finding, Some(package))).collect()
    };
    let is_suppressed = text(finding.status.as_ref()) == Some(Status::Suppressed.as_str());
    ResultObject {
        rule_id: first_non_empty(&[finding.identity()]),
        rule_index,
        kind: "fail",
        level: level(finding.severity),
        message: OwnedText { text: message(finding, packages) },
        locations,
        partial_fingerprints: Fingerprints { version_1: fingerprint(finding) },
        properties: properties(finding, packages),
        suppressions: is_suppressed.then_some([Suppression { kind: "external", status: "accepted" }]),
    }
}

/// The message: the service's title, then the packages. It contains nothing to translate.
fn message(finding: &Item<'_>, packages: &[&ItemPackage<'_>]) -> String {
    let mut message = first_non_empty(&[&finding.title.0, finding.identity()]).to_owned();
    for package in packages {
        // Writing to a string cannot fail.
        let _ = write!(message, "\n{} {}", package.name.0, package.full_version());
        if let Some(fixed_in) = text(package.fixed_in.as_ref()) {
            let _ = write!(message, " → {fixed_in}");
        }
    }
    message
}

/// The location of a package: its file below the repository, or the repository if the package has no file.
fn location<'a>(finding: &'a Item<'a>, package: Option<&'a ItemPackage<'a>>) -> Location<'a> {
    let repository = finding.repository();
    let path = package.and_then(|package| text(package.file_path.as_ref())).unwrap_or_default();
    let parts = [repository, path.trim_start_matches('/')];
    let uri: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).map(encode_path).collect();
    let uri = if uri.is_empty() { "image".to_owned() } else { uri.join("/") };
    let image = finding.image().map(|image| LogicalLocation {
        name: &image.repository.0,
        kind: "image",
        fully_qualified_name: format!("{}@{}", image.repository.0, image.digest.0),
    });
    let package = package.map(|package| LogicalLocation {
        name: &package.name.0,
        kind: "package",
        fully_qualified_name: format!("{}@{}", package.name.0, package.full_version()),
    });
    Location {
        physical_location: PhysicalLocation {
            artifact_location: ArtifactLocation { uri },
            // A package has no line, but code scanning rejects a result without one.
            region: Region { start_line: 1 },
        },
        logical_locations: package.into_iter().chain(image).collect(),
    }
}

/// A hash of the vulnerability, the repository and the names of the finding's packages. It does not depend on the image's
/// digest, the packages' versions or the filter, so that results of successive images are recognized as the same.
fn fingerprint(finding: &Item<'_>) -> String {
    let mut packages: Vec<_> =
        finding.packages.iter().map(|package| (&*package.name.0, text(package.manager.as_ref()))).collect();
    packages.sort_unstable();
    packages.dedup();
    let mut hash = Sha256::new();
    let mut add = |part: &str| {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    };
    add(finding.identity());
    add(finding.repository());
    for (name, manager) in packages {
        add(name);
        add(manager.unwrap_or_default());
    }
    hex::encode(hash.finalize())
}

fn properties<'a>(finding: &'a Item<'a>, packages: &[&'a ItemPackage<'a>]) -> ResultProperties<'a> {
    ResultProperties {
        finding_arn: &finding.arn.0,
        severity: finding.severity,
        vendor_severity: text(finding.vulnerability.vendor_severity.as_ref()),
        status: text(finding.status.as_ref()),
        score: finding.score,
        epss: finding.epss,
        details_read: finding.details_read,
        kev: finding.is_known_exploited(),
        fix_available: text(finding.fix_available.as_ref()),
        exploit_available: text(finding.exploit_available.as_ref()),
        digest: finding.image().map(|image| &*image.digest.0),
        layers: packages.iter().filter_map(|package| text(package.layer.as_ref())).collect(),
    }
}

fn level(severity: Severity) -> Level {
    match severity {
        Severity::Critical | Severity::High => Level::Error,
        Severity::Medium | Severity::Untriaged => Level::Warning,
        Severity::Low | Severity::Informational => Level::Note,
    }
}

/// The score; if the service gives none, a score within the severity's band, so that code scanning ranks the result.
fn security_severity(finding: &Item<'_>) -> Option<f64> {
    finding.score.or(match finding.severity {
        Severity::Critical => Some(9.5),
        Severity::High => Some(8.0),
        Severity::Medium => Some(5.5),
        Severity::Low => Some(2.0),
        Severity::Informational | Severity::Untriaged => None,
    })
}

/// The first text that is not empty, or `-`: SARIF requires texts, but any text of a finding may be missing.
fn first_non_empty<'t>(texts: &[&'t str]) -> &'t str {
    texts.iter().copied().find(|text| !text.is_empty()).unwrap_or("-")
}

fn is_web_address(url: &str) -> bool {
    let is_web = url.starts_with("https://") || url.starts_with("http://");
    is_web && url.bytes().all(|byte| byte.is_ascii_graphic() && !b"\"<>\\^`{|}".contains(&byte))
}

/// What is encoded in the path of a relative reference (RFC 3986): all but unreserved characters, `/`, `+` and `@`.
const ENCODED: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/').remove(b'+').remove(b'@');

fn encode_path(path: &str) -> String {
    utf8_percent_encode(path, ENCODED).to_string()
}
