//! Basic scanning as ECR reports it: only packages of the operating system. It does not detect Log4j in a JAR. Since basic
//! scanning is always `AWS_NATIVE`, only `DescribeImageScanFindings` reports it, not `DescribeImages`.

use serde_json::{Value, json};

use crate::{
    cloud::Cloud,
    json::without_nulls,
    moment::Moment,
    observe::severity_rank,
    scan::{coverage, report::Finding},
    state::repository::{BasicScan, Completion, ScanOutcome},
    timeline,
    view::{ScanView, counts},
};

/// What a basic scan says of an image that it cannot read: seen in public threads of 2023.
const UNSUPPORTED: &str = "UnsupportedImageError: The operating system and/or package manager are not supported.";

/// The status and findings of an image's basic scan. `None` if there was none.
pub(crate) fn basic(cloud: &Cloud, repository: &str, digest: &str) -> Option<ScanView> {
    let scan = scan(cloud, repository, digest)?;
    let view =
        |status, description: Option<String>, completed_at, findings: Vec<(String, Value)>, counts, shows| ScanView {
            enhanced: false,
            status,
            description,
            completed_at,
            source_updated_at: None,
            counts,
            shows_findings: shows,
            findings,
        };
    let failed = |description: &str| view("FAILED", Some(description.to_owned()), None, Vec::new(), json!({}), false);
    Some(match completed(cloud, &scan) {
        None => view("IN_PROGRESS", None, None, Vec::new(), json!({}), false),
        Some((Completion { outcome: ScanOutcome::Unsupported { .. }, .. }, _)) => failed(UNSUPPORTED),
        Some((
            Completion {
                outcome: ScanOutcome::Failed { description } | ScanOutcome::InternalError { description },
                ..
            },
            _,
        )) => failed(description),
        Some((Completion { outcome: ScanOutcome::Scanned, .. }, at)) => {
            if !system_is_assessed(cloud, digest, &scan) {
                return Some(failed(UNSUPPORTED));
            }
            let findings = system_findings(cloud, digest, &scan);
            let counts = counts(findings.iter().map(severity));
            let findings = findings.iter().map(|finding| (finding.key.clone(), format(finding))).collect();
            let text = "The scan was completed successfully.".to_owned();
            view("COMPLETE", Some(text), Some(at.to_json()), findings, counts, true)
        }
    })
}

fn scan(cloud: &Cloud, repository: &str, digest: &str) -> Option<BasicScan> {
    cloud.store.read(|state| state.repositories.get(repository)?.basic.get(digest).cloned())
}

fn completed<'a>(cloud: &Cloud, scan: &'a BasicScan) -> Option<(&'a Completion, Moment)> {
    let done = scan.done.as_ref()?;
    let at = timeline::basic_complete(scan.started_at, done.at, &cloud.clock);
    (cloud.clock.moment() >= at).then_some((done, at))
}

/// Whether the packages of the operating system were assessed: a basic scan reports only these.
fn system_is_assessed(cloud: &Cloud, digest: &str, scan: &BasicScan) -> bool {
    let report = cloud.scanner.report(digest, scan.done.as_ref());
    report.is_none_or(|report| coverage::system(&report.assessment.system).is_none())
}

/// The findings in packages of the operating system, most severe first.
fn system_findings(cloud: &Cloud, digest: &str, scan: &BasicScan) -> Vec<Finding> {
    let Some(report) = cloud.scanner.report(digest, scan.done.as_ref()) else { return Vec::new() };
    let of_system = |finding: &&Finding| finding.is_of_system() && finding.vulnerability.is_some();
    let mut findings: Vec<_> = report.findings.iter().filter(of_system).cloned().collect();
    findings.sort_by(|a, b| (severity_rank(&a.severity), &a.title).cmp(&(severity_rank(&b.severity), &b.title)));
    findings
}

/// The severity; basic scanning calls it UNDEFINED if there is no rating.
fn severity(finding: &Finding) -> &str {
    if finding.severity == "UNTRIAGED" { "UNDEFINED" } else { &finding.severity }
}

fn format(finding: &Finding) -> Value {
    let mut attributes = Vec::new();
    let mut attribute = |key: &str, value: &str| attributes.push(json!({ "key": key, "value": value }));
    if let Some(package) = finding.packages.iter().find(|package| package.manager == "OS") {
        attribute("package_version", &package.version);
        attribute("package_name", &package.name);
    }
    if let Some(cvss) = finding.cvss.first() {
        attribute("CVSS3_VECTOR", &cvss.vector);
        attribute("CVSS3_SCORE", &cvss.score.to_string());
    }
    without_nulls(json!({
        "name": finding.vulnerability,
        "description": finding.description,
        "uri": finding.source_url,
        "severity": severity(finding),
        "attributes": attributes,
    }))
}
