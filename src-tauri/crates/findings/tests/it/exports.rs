//! Exported reports, parsed again.

use std::collections::BTreeSet;
use std::io::{self, Write};

use findings::export::{AssessedImage, Attribution, Format, Header, export, export_masked};
use findings::generator::{self, Recipe};
use findings::{
    Filter, Finding, FindingsError, Kev, Operator, Package, Property, Query, ScanId, Severity, Token, Vulnerability,
};
use redaction::{KnownValues, Redactor};
use serde_json::Value;

use crate::{Fixture, at};

fn header() -> Header {
    Header {
        practice: true,
        note: "실습 환경의 결과입니다, \"practice\"".to_owned(),
        generated_at: at(3),
        attributions: vec![Attribution {
            name: "GitHub Advisory Database".to_owned(),
            licence: "CC-BY-4.0".to_owned(),
            url: "https://github.com/advisories".to_owned(),
        }],
        assessed: Vec::new(),
    }
}

/// With what the scan of an image assessed: not all of it, or that the service states nothing.
fn assessed_header(repository: &str, digest: &str, complete: Option<bool>) -> Header {
    let image = AssessedImage {
        repository: repository.to_owned(),
        digest: digest.to_owned(),
        complete,
        text: "=Operating system: not assessed.".to_owned(),
        assessment: serde_json::json!({ "packages": 3 }),
    };
    Header { assessed: vec![image], ..header() }
}

/// What every format says of what was assessed.
struct Assessed {
    json: Value,
    /// Of each line: whether it has a vulnerability, whether all was assessed, and what was.
    csv: Vec<(bool, String, String)>,
    /// The level and the text of each note.
    sarif: Vec<(String, String)>,
}

fn assessed(fixture: &Fixture, scan: ScanId, header: &Header) -> Assessed {
    let report = |format| {
        let mut report = Vec::new();
        export(&fixture.store, &Query::of_scan(scan), header, format, &mut report).unwrap();
        report
    };
    let json: Value = serde_json::from_slice(&report(Format::Json)).unwrap();
    let csv = report(Format::Csv);
    let mut lines = csv::Reader::from_reader(&*csv);
    let headers = lines.headers().unwrap().clone();
    let column = |name: &str| headers.iter().position(|header| header == name).unwrap();
    let (title, completely, text) = (column("title"), column("assessed_completely"), column("assessed"));
    let csv = lines.records().map(Result::unwrap);
    let csv = csv.map(|line| (!line[title].is_empty(), line[completely].to_owned(), line[text].to_owned()));
    let log: Value = serde_json::from_slice(&report(Format::Sarif)).unwrap();
    let notes = log["runs"][0]["invocations"][0]["toolExecutionNotifications"].as_array().unwrap().clone();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let sarif = notes.iter().map(|note| (text(&note["level"]), text(&note["message"]["text"]))).collect();
    Assessed { json: json["report"]["assessed"].clone(), csv: csv.collect(), sarif }
}

#[test]
fn every_format_says_what_was_assessed() {
    let (fixture, scan, findings) = generated();
    let image = findings[0].image().unwrap().clone();
    let header = assessed_header(&image.repository, &image.digest, Some(false));
    let of = assessed(&fixture, scan, &header);
    assert_eq!(of.json, serde_json::to_value(&header.assessed).unwrap());
    assert_eq!(of.json[0]["complete"], false);
    let in_image = (true, "false".to_owned(), "'=Operating system: not assessed.".to_owned());
    assert!(of.csv.contains(&in_image) && of.csv.iter().all(|(has_title, ..)| *has_title), "{:?}", of.csv);
    assert_eq!(of.sarif[1], ("warning".to_owned(), "=Operating system: not assessed.".to_owned()));
    let unstated = assessed(&fixture, scan, &assessed_header(&image.repository, &image.digest, None));
    assert_eq!((&unstated.json[0]["complete"], &*unstated.sarif[1].0), (&Value::Null, "note"));
    assert!(unstated.csv.iter().all(|(_, completely, _)| completely.is_empty()));
}

/// A file of a header line alone would say that there are no vulnerabilities.
#[test]
fn an_image_that_was_not_fully_assessed_is_in_every_format_without_findings_too() {
    let fixture = Fixture::new();
    let scan = fixture.import_scan("sha256:empty", Vec::new());
    let key = fixture.store.scan(scan).unwrap().key;
    let of = assessed(&fixture, scan, &assessed_header(&key.repository, &key.digest, Some(false)));
    assert_eq!(of.csv, [(false, "false".to_owned(), "'=Operating system: not assessed.".to_owned())]);
    assert_eq!(of.sarif.len(), 2);
    let complete = assessed(&fixture, scan, &assessed_header(&key.repository, &key.digest, Some(true)));
    assert!(complete.csv.is_empty() && complete.sarif[1].0 == "note");
    let other = assessed(&fixture, scan, &assessed_header(&key.repository, "sha256:other", Some(false)));
    assert!(other.csv.is_empty(), "it is not in this report");
}

fn report(fixture: &Fixture, query: &Query, format: Format) -> Vec<u8> {
    let mut report = Vec::new();
    export(&fixture.store, query, &header(), format, &mut report).unwrap();
    report
}

fn generated() -> (Fixture, ScanId, Vec<Finding>) {
    let fixture = Fixture::new();
    let mut findings: Vec<_> = generator::findings(&Recipe::new(200)).collect();
    "=HYPERLINK(\"http://example.com\")".clone_into(&mut findings[7].title);
    findings[8].packages[0].file_path = Some("/opt/a b/x:y#z?.jar".to_owned());
    findings[9].vulnerability.source_url = Some("javascript:alert(1)".to_owned());
    let scan = fixture.import_scan("sha256:1", findings.clone());
    (fixture, scan, findings)
}

#[test]
fn json_contains_every_finding_in_full() {
    let (fixture, scan, findings) = generated();
    let report: Value = serde_json::from_slice(&report(&fixture, &Query::of_scan(scan), Format::Json)).unwrap();
    let read: Vec<Finding> = serde_json::from_value(report["findings"].clone()).unwrap();
    assert_eq!(read, findings);
    assert_eq!(serde_json::from_value::<Header>(report["report"].clone()).unwrap(), header());
    assert_eq!(report["counts"]["findings"], 200);
    assert_eq!(report["scans"][0]["key"]["digest"], "sha256:1");
    assert_eq!((&report["format"], &report["version"]), (&"image-security-lab/findings".into(), &1.into()));
}

#[test]
fn no_format_contains_what_could_control_a_terminal() {
    let fixture = Fixture::new();
    let mut findings: Vec<_> = generator::findings(&Recipe::new(1)).collect();
    let hostile = "a\u{1b}[2J\u{9b}1m\u{7f}\u{202e}b\u{2066}";
    hostile.clone_into(&mut findings[0].title);
    hostile.clone_into(&mut findings[0].description);
    findings[0].packages[0].name = hostile.to_owned();
    let scan = fixture.import_scan("sha256:1", findings.clone());
    for format in [Format::Json, Format::Csv, Format::Sarif] {
        let text = String::from_utf8(report(&fixture, &Query::of_scan(scan), format)).unwrap();
        let bad = text.chars().find(|letter| *letter != '\r' && i18n::format::is_unprintable(*letter));
        assert_eq!(bad, None, "{format:?}");
    }
    // JSON is data: it reads as the original.
    let json: Value = serde_json::from_slice(&report(&fixture, &Query::of_scan(scan), Format::Json)).unwrap();
    assert_eq!(json["findings"][0]["title"], hostile);
}

#[test]
fn whether_a_vulnerability_is_exploited_is_unknown_without_its_details() {
    let fixture = Fixture::new();
    let finding = |arn: &str, details_read, kev: Option<Kev>| Finding {
        arn: arn.to_owned(),
        packages: vec![Package::default()],
        details_read,
        kev,
        ..Finding::default()
    };
    let findings = [finding("a", false, None), finding("b", true, None), finding("c", true, Some(Kev::default()))];
    let query = Query::of_scan(fixture.import_scan("sha256:1", findings));
    let csv = report(&fixture, &query, Format::Csv);
    let mut lines = csv::Reader::from_reader(csv.as_slice());
    let headers = lines.headers().unwrap().clone();
    let column = |name: &str| headers.iter().position(|header| header == name).unwrap();
    let (kev, read) = (column("kev"), column("details_read"));
    let cells: Vec<_> =
        lines.records().map(|line| line.unwrap()).map(|line| (line[kev].to_owned(), line[read].to_owned())).collect();
    let expected = [("UNKNOWN", "NO"), ("NO", "YES"), ("YES", "YES")];
    assert_eq!(cells, expected.map(|(kev, read)| (kev.to_owned(), read.to_owned())));
    let sarif: Value = serde_json::from_slice(&report(&fixture, &query, Format::Sarif)).unwrap();
    let results = sarif["runs"][0]["results"].as_array().unwrap();
    let listed: Vec<_> = results.iter().map(|result| result["properties"]["kev"].as_bool()).collect();
    assert_eq!(listed, [None, Some(false), Some(true)]);
    assert_eq!(results[0]["properties"]["detailsRead"], false);
    let json: Value = serde_json::from_slice(&report(&fixture, &query, Format::Json)).unwrap();
    let read = |at: usize| json["findings"][at]["detailsRead"].clone();
    assert_eq!([read(0), read(1), read(2)], [false, true, true].map(Value::Bool));
}

#[test]
fn only_files_for_spreadsheets_have_a_byte_order_mark() {
    let (fixture, scan, _) = generated();
    assert!(report(&fixture, &Query::of_scan(scan), Format::Csv).starts_with(b"vulnerability_id,"));
    assert_eq!(Format::Csv.mark_for_spreadsheets(), "\u{feff}".as_bytes());
    assert!(Format::Json.mark_for_spreadsheets().is_empty() && Format::Sarif.mark_for_spreadsheets().is_empty());
}

#[test]
fn a_masked_report_of_any_format_has_the_same_masks_and_no_account() {
    let fixture = Fixture::new();
    let account = "123456789012";
    let mut findings: Vec<_> = generator::findings(&Recipe::new(5)).collect();
    for finding in &mut findings {
        account.clone_into(&mut finding.account);
        finding.arn = format!("arn:aws:inspector2:us-east-1:{account}:finding/{}", finding.arn.len());
        finding.description = format!("Reported by kim@example.com for {account}.dkr.ecr.us-east-1.amazonaws.com/a");
    }
    findings.truncate(1);
    let scan = fixture.import_scan("sha256:1", findings);
    let values = KnownValues { accounts: vec![account.to_owned()], ..KnownValues::default() };
    let redactor = Redactor::new(values);
    let mail = redactor.text("kim@example.com").into_owned();
    for format in [Format::Json, Format::Csv, Format::Sarif] {
        let mut report = Vec::new();
        let query = Query::of_scan(scan);
        export_masked(&fixture.store, &query, &header(), format, &redactor, &mut report).unwrap();
        let report = String::from_utf8(report).unwrap();
        assert!(!report.contains(account) && !report.contains("kim@example.com"), "{report}");
        assert!(report.contains("arn:aws:inspector2:us-east-1:••••••••9012:finding/"), "{report}");
        assert!(report.contains(&mail) && report.contains("••••••••9012.dkr.ecr"), "{report}");
        assert!(report.contains(&header().note.replace('"', if format == Format::Csv { "\"\"" } else { "\\\"" })));
    }
}

#[test]
fn a_report_contains_what_the_filter_matches() {
    let (fixture, scan, findings) = generated();
    let filter = Filter::all([Token::new(Property::Severity, Operator::Equals, "CRITICAL")]);
    let query = Query { filter, page: 7, ..Query::of_scan(scan) };
    let report: Value = serde_json::from_slice(&report(&fixture, &query, Format::Json)).unwrap();
    let expected = findings.iter().filter(|finding| finding.severity == Severity::Critical).count();
    assert!(expected > 1);
    assert_eq!(report["findings"].as_array().unwrap().len(), expected);
}

#[test]
fn csv_has_a_line_per_instance_and_no_formula() {
    let (fixture, scan, findings) = generated();
    let report = report(&fixture, &Query::of_scan(scan), Format::Csv);
    let mut lines = csv::Reader::from_reader(&*report);
    let headers = lines.headers().unwrap().clone();
    let column = |name: &str| headers.iter().position(|header| header == name).unwrap();
    let records: Vec<_> = lines.records().map(Result::unwrap).collect();
    let instances = findings.iter().flat_map(|finding| {
        (0..finding.packages.len().max(1)).map(move |ordinal| (finding, finding.packages.get(ordinal)))
    });
    let instances: Vec<_> = instances.collect();
    assert_eq!(records.len(), instances.len());
    for (record, (finding, package)) in records.iter().zip(instances) {
        for cell in record {
            assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']), "{cell}");
        }
        let cell = |name| {
            let cell = record.get(column(name)).unwrap();
            cell.strip_prefix('\'').unwrap_or(cell)
        };
        assert_eq!(cell("finding_arn"), finding.arn);
        assert_eq!(cell("title"), finding.title);
        assert_eq!(cell("vulnerability_id"), finding.vulnerability.id.as_deref().unwrap_or_default());
        assert_eq!(cell("severity"), finding.severity.as_str());
        assert_eq!(cell("score").parse().ok(), finding.score);
        assert_eq!(cell("package"), package.map_or("", |package| &package.name));
        assert_eq!(cell("version"), package.map(Package::full_version).unwrap_or_default());
        assert_eq!(cell("description"), finding.description);
        assert_eq!((cell("practice"), cell("note")), ("true", header().note.as_str()));
    }
    assert!(String::from_utf8(report).unwrap().contains("'=HYPERLINK"));
}

/// Checks the members that the 2.1.0 schema requires and allows.
#[test]
fn sarif_conforms_to_its_schema() {
    let (fixture, scan, findings) = generated();
    let log: Value = serde_json::from_slice(&report(&fixture, &Query::of_scan(scan), Format::Sarif)).unwrap();
    allow_only(&log, &["$schema", "version", "runs"]);
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    allow_only(run, &["tool", "invocations", "properties", "results"]);
    let driver = &run["tool"]["driver"];
    allow_only(driver, &["name", "semanticVersion", "rules"]);
    assert!(!driver["name"].as_str().unwrap().is_empty());
    let invocation = &run["invocations"][0];
    allow_only(invocation, &["executionSuccessful", "endTimeUtc", "toolExecutionNotifications"]);
    assert_eq!(invocation["executionSuccessful"], true);
    assert_eq!(run["properties"]["practice"], true);
    let rules = driver["rules"].as_array().unwrap();
    let ids: BTreeSet<_> = rules.iter().map(|rule| rule["id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), rules.len(), "rules are unique");
    let identities: BTreeSet<_> = findings.iter().map(Finding::identity).collect();
    assert_eq!(ids, identities);
    rules.iter().for_each(check_rule);
    let results = run["results"].as_array().unwrap();
    assert_eq!(results.len(), findings.len());
    for (result, finding) in results.iter().zip(&findings) {
        check_result(result, rules);
        assert_eq!(result["ruleId"], finding.identity());
        assert_eq!(result["locations"].as_array().unwrap().len(), finding.packages.len().max(1));
    }
    assert_eq!(
        results[8]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"],
        "eks-security-prod/opt/a%20b/x%3Ay%23z%3F.jar"
    );
    let odd = rules.iter().find(|rule| rule["id"] == findings[9].identity()).unwrap();
    assert!(odd["helpUri"].as_str().is_none_or(|url| url.starts_with("https://")));
}

fn allow_only(object: &Value, members: &[&str]) {
    for member in object.as_object().unwrap().keys() {
        assert!(members.contains(&member.as_str()), "`{member}` is not expected among {members:?}");
    }
}

fn check_message(message: &Value) {
    allow_only(message, &["text"]);
    assert!(!message["text"].as_str().unwrap().is_empty());
}

fn check_level(level: &Value) {
    assert!(["none", "note", "warning", "error"].contains(&level.as_str().unwrap()));
}

fn check_rule(rule: &Value) {
    allow_only(
        rule,
        &["id", "shortDescription", "fullDescription", "help", "helpUri", "defaultConfiguration", "properties"],
    );
    check_message(&rule["shortDescription"]);
    check_message(&rule["fullDescription"]);
    check_level(&rule["defaultConfiguration"]["level"]);
    let tags: BTreeSet<_> = rule["properties"]["tags"].as_array().unwrap().iter().map(Value::to_string).collect();
    assert_eq!(tags.len(), rule["properties"]["tags"].as_array().unwrap().len(), "tags are unique");
    if let Some(score) = rule["properties"].get("security-severity") {
        let score: f64 = score.as_str().unwrap().parse().unwrap();
        assert!((0.0..=10.0).contains(&score));
    }
}

fn check_result(result: &Value, rules: &[Value]) {
    allow_only(
        result,
        &[
            "ruleId",
            "ruleIndex",
            "kind",
            "level",
            "message",
            "locations",
            "partialFingerprints",
            "suppressions",
            "properties",
        ],
    );
    check_message(&result["message"]);
    check_level(&result["level"]);
    assert_eq!(result["kind"], "fail");
    let rule = &rules[result["ruleIndex"].as_u64().unwrap() as usize];
    assert_eq!(rule["id"], result["ruleId"]);
    assert_eq!(result["partialFingerprints"]["imageSecurityLab/v1"].as_str().unwrap().len(), 64);
    for suppression in result["suppressions"].as_array().into_iter().flatten() {
        assert!(["inSource", "external"].contains(&suppression["kind"].as_str().unwrap()));
        assert!(["accepted", "underReview", "rejected"].contains(&suppression["status"].as_str().unwrap()));
    }
    for location in result["locations"].as_array().unwrap() {
        allow_only(location, &["physicalLocation", "logicalLocations"]);
        let uri = location["physicalLocation"]["artifactLocation"]["uri"].as_str().unwrap();
        let is_relative = !uri.is_empty() && !uri.starts_with('/') && !uri.contains(':');
        assert!(is_relative && uri.bytes().all(|byte| byte.is_ascii_graphic()), "{uri}");
        assert!(location["physicalLocation"]["region"]["startLine"].as_u64().unwrap() >= 1);
        for logical in location["logicalLocations"].as_array().into_iter().flatten() {
            allow_only(logical, &["name", "kind", "fullyQualifiedName"]);
        }
    }
}

#[test]
fn a_fingerprint_is_the_same_for_successive_images() {
    let fingerprints = |findings: Vec<Finding>| -> Vec<String> {
        let fixture = Fixture::new();
        let scan = fixture.import_scan("sha256:1", findings);
        let log: Value = serde_json::from_slice(&report(&fixture, &Query::of_scan(scan), Format::Sarif)).unwrap();
        let results = log["runs"][0]["results"].as_array().unwrap();
        results.iter().map(|result| result["partialFingerprints"].to_string()).collect()
    };
    let old: Vec<_> = generator::findings(&Recipe::new(30)).collect();
    let mut rebuilt: Vec<_> =
        generator::findings(&Recipe { digest: "sha256:new".to_owned(), ..Recipe::new(30) }).collect();
    for (number, finding) in rebuilt.iter_mut().enumerate() {
        finding.arn = format!("arn:other:{number}");
        finding.packages.iter_mut().for_each(|package| package.version = "99".to_owned());
    }
    let packages =
        |finding: &Finding| finding.packages.iter().map(|package| package.name.clone()).collect::<BTreeSet<_>>();
    let different: BTreeSet<_> = old.iter().map(|finding| (finding.identity().to_owned(), packages(finding))).collect();
    let (old, rebuilt) = (fingerprints(old), fingerprints(rebuilt));
    assert_eq!(old, rebuilt);
    assert_eq!(old.iter().collect::<BTreeSet<_>>().len(), different.len());
}

#[test]
fn a_finding_without_values_is_reported_too() {
    let fixture = Fixture::new();
    let bare = Finding { arn: "arn:1".to_owned(), ..Finding::default() };
    let named = Finding {
        arn: "arn:2".to_owned(),
        vulnerability: Vulnerability { id: Some("-1+1".to_owned()), ..Vulnerability::default() },
        ..Finding::default()
    };
    let scan = fixture.import_scan("sha256:1", [bare, named]);
    let log: Value = serde_json::from_slice(&report(&fixture, &Query::of_scan(scan), Format::Sarif)).unwrap();
    let rules = log["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap();
    rules.iter().for_each(check_rule);
    log["runs"][0]["results"].as_array().unwrap().iter().for_each(|result| check_result(result, rules));
    let lines = String::from_utf8(report(&fixture, &Query::of_scan(scan), Format::Csv)).unwrap();
    assert!(lines.contains("\r\n'-1+1,"));
}

#[test]
fn sarif_members_keep_their_order() {
    let fixture = Fixture::new();
    let status = Some(findings::Status::Suppressed);
    let scan = fixture.import_scan("sha256:1", [Finding { arn: "arn:1".to_owned(), status, ..Finding::default() }]);
    let report = String::from_utf8(report(&fixture, &Query::of_scan(scan), Format::Sarif)).unwrap();
    let lines: Vec<_> = report.lines().collect();
    let rule = r#"{"id":"-","shortDescription":{"text":"-"},"fullDescription":{"text":"-"},"defaultConfiguration":{"level":"warning"},"properties":{"tags":["security","vulnerability"],"precision":"very-high"}}"#;
    assert!(lines.iter().any(|line| line.starts_with(rule)), "{report}");
    let before_fingerprint = r#"{"ruleId":"-","ruleIndex":0,"kind":"fail","level":"warning","message":{"text":"-"},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"image"},"region":{"startLine":1}}}],"partialFingerprints":{"imageSecurityLab/v1":""#;
    let after_fingerprint = r#""},"properties":{"findingArn":"arn:1","severity":"UNTRIAGED","vendorSeverity":null,"status":"SUPPRESSED","score":null,"epss":null,"detailsRead":false,"kev":null,"fixAvailable":null,"exploitAvailable":null,"digest":null,"layers":[]},"suppressions":[{"kind":"external","status":"accepted"}]}"#;
    let result = lines.iter().find(|line| line.starts_with(before_fingerprint)).unwrap();
    assert!(result.contains(after_fingerprint), "{result}");
}

#[test]
fn an_error_of_the_writer_is_returned() {
    struct Full(usize);
    impl Write for Full {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            let fits = bytes.len().min(self.0);
            self.0 -= fits;
            if fits == 0 { Err(io::Error::from(io::ErrorKind::StorageFull)) } else { Ok(fits) }
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let (fixture, scan, _) = generated();
    for format in [Format::Json, Format::Csv, Format::Sarif] {
        let result = export(&fixture.store, &Query::of_scan(scan), &header(), format, Full(20_000));
        let Err(FindingsError::Write(error)) = result else { panic!("{format:?}: {result:?}") };
        assert_eq!(error.kind(), io::ErrorKind::StorageFull, "{format:?}");
    }
}
