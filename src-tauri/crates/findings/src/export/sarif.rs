//! A report in SARIF 2.1.0 (<https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>), with what GitHub's code
//! scanning asks for beside it: `security-severity` and a line number.

use std::fmt::Write as _;
use std::io::Write;

use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use crate::document::Unpacker;
use crate::export::{Commas, Header, Matches, write_json};
use crate::index::page::NONE;
use crate::{Finding, FindingsError, FixAvailable, Package, Severity, Status};

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

pub(super) fn write(matches: &Matches<'_>, header: &Header, out: &mut impl Write) -> Result<(), FindingsError> {
    write!(out, "{{\"$schema\":\"{SCHEMA}\",\"version\":\"2.1.0\",\"runs\":[{{\n\"tool\":{{\"driver\":{{")?;
    write!(out, "\"name\":\"Image Security Lab\",\"semanticVersion\":\"{}\",\"rules\":[", env!("CARGO_PKG_VERSION"))?;
    let rule_numbers = write_rules(matches, out)?;
    out.write_all(b"]}},\n\"invocations\":[")?;
    write_json(out, &invocation(header))?;
    out.write_all(b"],\n\"properties\":")?;
    write_json(out, header)?;
    out.write_all(b",\n\"results\":[")?;
    let mut commas = Commas::default();
    matches.for_each(|finding, ordinals, row| {
        commas.before_item(out)?;
        write_json(out, &result(finding, ordinals, rule_numbers[matches.index.identity(row)]))
    })?;
    out.write_all(b"]}]}\n")?;
    Ok(())
}

/// Writes a rule for each vulnerability, as its most severe matched instance tells it. Returns each one's number.
fn write_rules(matches: &Matches<'_>, out: &mut impl Write) -> Result<Vec<usize>, FindingsError> {
    let worst = matches.index.most_severe_instances(&matches.selection);
    let mut numbers = vec![usize::MAX; worst.len()];
    let mut commas = Commas::default();
    let mut unpacker = Unpacker::new()?;
    let shown = worst.iter().enumerate().filter(|(_, instance)| **instance != NONE);
    for (number, (identity, &instance)) in shown.enumerate() {
        numbers[identity] = number;
        commas.before_item(out)?;
        matches.with_document(&mut unpacker, matches.index.rowid(instance as usize), |document| {
            write_json(out, &rule(&serde_json::from_str(document)?))
        })?;
    }
    Ok(numbers)
}

fn invocation(header: &Header) -> Value {
    json!({
        "executionSuccessful": true,
        "endTimeUtc": header.generated_at,
        "toolExecutionNotifications": [{ "level": "note", "message": { "text": first_of(&[&header.note]) } }],
    })
}

fn rule(finding: &Finding) -> Value {
    let mut tags = vec!["security".to_owned(), "vulnerability".to_owned()];
    let weakness = |cwe: &String| Some(format!("external/cwe/cwe-{}", cwe.strip_prefix("CWE-")?));
    tags.extend(finding.cwes.iter().filter_map(weakness));
    let mut properties = Map::new();
    properties.insert("tags".to_owned(), tags.into());
    properties.insert("precision".to_owned(), "very-high".into());
    if let Some(score) = security_severity(finding) {
        properties.insert("security-severity".to_owned(), format!("{score:.1}").into());
    }
    let mut rule = json!({
        "id": first_of(&[finding.identity()]),
        "shortDescription": { "text": first_of(&[&finding.title, finding.identity()]) },
        "fullDescription": { "text": first_of(&[&finding.description, &finding.title]) },
        "defaultConfiguration": { "level": level(finding.severity) },
        "properties": properties,
    });
    if let Some(url) = finding.vulnerability.source_url.as_ref().filter(|url| is_web_address(url)) {
        rule["helpUri"] = url.as_str().into();
    }
    if let Some(help) = finding.remediation.text.as_ref().filter(|text| !text.is_empty()) {
        rule["help"] = json!({ "text": help });
    }
    rule
}

fn result(finding: &Finding, ordinals: &[usize], rule: usize) -> Value {
    let packages: Vec<&Package> = ordinals.iter().filter_map(|ordinal| finding.packages.get(*ordinal)).collect();
    let locations: Vec<Value> = if packages.is_empty() {
        vec![location(finding, None)]
    } else {
        packages.iter().map(|package| location(finding, Some(package))).collect()
    };
    let mut result = json!({
        "ruleId": first_of(&[finding.identity()]),
        "ruleIndex": rule,
        "kind": "fail",
        "level": level(finding.severity),
        "message": { "text": message(finding, &packages) },
        "locations": locations,
        "partialFingerprints": { "imageSecurityLab/v1": fingerprint(finding) },
        "properties": properties(finding, &packages),
    });
    if finding.status == Some(Status::Suppressed) {
        result["suppressions"] = json!([{ "kind": "external", "status": "accepted" }]);
    }
    result
}

/// The words are the services' own; what is between them needs no language.
fn message(finding: &Finding, packages: &[&Package]) -> String {
    let mut message = first_of(&[&finding.title, finding.identity()]).to_owned();
    for package in packages {
        // Writing to a string cannot fail.
        let _ = write!(message, "\n{} {}", package.name, package.full_version());
        if let Some(fixed_in) = &package.fixed_in {
            let _ = write!(message, " → {fixed_in}");
        }
    }
    message
}

/// The artifact is the package's file, below the repository; or the image itself, by its repository.
fn location(finding: &Finding, package: Option<&Package>) -> Value {
    let repository = finding.image().map_or("", |image| &image.repository);
    let path = package.and_then(|package| package.file_path.as_deref()).unwrap_or_default();
    let parts = [repository, path.trim_start_matches('/')];
    let uri: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).map(encode_path).collect();
    let uri = if uri.is_empty() { "image".to_owned() } else { uri.join("/") };
    let mut location = json!({
        "physicalLocation": {
            "artifactLocation": { "uri": uri },
            // A package has no line; code scanning refuses a result without one.
            "region": { "startLine": 1 },
        },
    });
    let image = finding.image().map(|image| {
        json!({ "name": image.repository, "kind": "image",
                "fullyQualifiedName": format!("{}@{}", image.repository, image.digest) })
    });
    let package = package.map(|package| {
        json!({ "name": package.name, "kind": "package",
                "fullyQualifiedName": format!("{}@{}", package.name, package.full_version()) })
    });
    let logical: Vec<Value> = package.into_iter().chain(image).collect();
    if !logical.is_empty() {
        location["logicalLocations"] = logical.into();
    }
    location
}

/// The same for the same vulnerability of the same packages in the same repository, whatever the image's digest, the
/// packages' versions, and which of them a filter matches: so that the next image's report continues this one's.
fn fingerprint(finding: &Finding) -> String {
    let mut packages: Vec<_> = finding.packages.iter().map(|package| (&package.name, &package.manager)).collect();
    packages.sort_unstable();
    packages.dedup();
    let mut hash = Sha256::new();
    let mut add = |part: &str| {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    };
    add(finding.identity());
    add(finding.image().map_or("", |image| &image.repository));
    for (name, manager) in packages {
        add(name);
        add(manager.as_deref().unwrap_or_default());
    }
    hex::encode(hash.finalize())
}

fn properties(finding: &Finding, packages: &[&Package]) -> Value {
    let layers: Vec<&String> = packages.iter().filter_map(|package| package.layer.as_ref()).collect();
    json!({
        "findingArn": finding.arn,
        "severity": finding.severity,
        "vendorSeverity": finding.vulnerability.vendor_severity,
        "status": finding.status,
        "score": finding.score,
        "epss": finding.epss,
        "kev": finding.kev.is_some(),
        "fixAvailable": finding.fix_available.as_ref().map(FixAvailable::as_str),
        "exploitAvailable": finding.exploit_available,
        "digest": finding.image().map(|image| &image.digest),
        "layers": layers,
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical | Severity::High => "error",
        Severity::Medium | Severity::Untriaged => "warning",
        Severity::Low | Severity::Informational => "note",
    }
}

/// The score; where the service gave none, the middle of its severity's band, so that code scanning ranks it.
fn security_severity(finding: &Finding) -> Option<f64> {
    finding.score.or(match finding.severity {
        Severity::Critical => Some(9.5),
        Severity::High => Some(8.0),
        Severity::Medium => Some(5.5),
        Severity::Low => Some(2.0),
        Severity::Informational | Severity::Untriaged => None,
    })
}

/// The first text that is not empty: SARIF wants texts, and no member of a finding is promised.
fn first_of<'t>(texts: &[&'t str]) -> &'t str {
    texts.iter().copied().find(|text| !text.is_empty()).unwrap_or("-")
}

fn is_web_address(url: &str) -> bool {
    let is_web = url.starts_with("https://") || url.starts_with("http://");
    is_web && url.bytes().all(|byte| byte.is_ascii_graphic() && !b"\"<>\\^`{|}".contains(&byte))
}

/// A path as a relative reference of RFC 3986: all but unreserved characters and slashes are encoded.
fn encode_path(path: &str) -> String {
    let mut encoded = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/+@".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}
