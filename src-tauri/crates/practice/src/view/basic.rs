//! Basic scanning as ECR shows it: the packages of the operating system, and nothing else. Log4j in a JAR is not seen.

use serde_json::{Value, json};

use crate::{
    cloud::Cloud,
    json::without_nulls,
    moment::Moment,
    observe::severity_rank,
    scan::report::Finding,
    state::{
        repository::{BasicScan, Completion, ScanOutcome},
        scanning::ScanType,
    },
    timeline,
    view::{ScanView, counts},
};

/// Where the basic scan of an image stands, and its findings. `None` if there was none.
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
    Some(match completed(cloud, &scan) {
        None => view("IN_PROGRESS", None, None, Vec::new(), json!({}), false),
        Some((Completion { outcome: ScanOutcome::Unsupported { description, .. }, .. }, _)) => {
            view("UNSUPPORTED_IMAGE", Some(description.clone()), None, Vec::new(), json!({}), false)
        }
        Some((Completion { outcome: ScanOutcome::Failed { description }, .. }, _)) => {
            view("FAILED", Some(description.clone()), None, Vec::new(), json!({}), false)
        }
        Some((_, at)) => {
            let found = found(cloud, digest);
            let counts = counts(found.iter().map(severity));
            let findings = found.iter().map(|found| (found.key.clone(), finding(found))).collect();
            let text = "The scan was completed successfully.".to_owned();
            view("COMPLETE", Some(text), Some(at.wire()), findings, counts, true)
        }
    })
}

/// What `DescribeImages` says of a scan: nothing under enhanced scanning.
pub(crate) fn summary(cloud: &Cloud, repository: &str, digest: &str) -> (Option<Value>, Option<Value>) {
    if cloud.store.read(|state| state.scanning.scan_type) == ScanType::Enhanced {
        return (None, None);
    }
    let Some(view) = basic(cloud, repository, digest) else { return (None, None) };
    let status = without_nulls(json!({ "status": view.status, "description": view.description }));
    let summary =
        view.completed_at.map(|at| json!({ "imageScanCompletedAt": at, "findingSeverityCounts": view.counts }));
    (Some(status), summary)
}

fn scan(cloud: &Cloud, repository: &str, digest: &str) -> Option<BasicScan> {
    cloud.store.read(|state| state.repositories.get(repository)?.basic.get(digest).cloned())
}

fn completed<'a>(cloud: &Cloud, scan: &'a BasicScan) -> Option<(&'a Completion, Moment)> {
    let done = scan.done.as_ref()?;
    let at = timeline::basic_complete(scan.started_at, done.at, &cloud.clock);
    (cloud.clock.moment() >= at).then_some((done, at))
}

/// Worst first.
fn found(cloud: &Cloud, digest: &str) -> Vec<Finding> {
    let Some(report) = cloud.scanner.report(digest) else { return Vec::new() };
    let of_system = |found: &&Finding| found.is_of_system() && found.vulnerability.is_some();
    let mut found: Vec<_> = report.findings.iter().filter(of_system).cloned().collect();
    found.sort_by(|a, b| (severity_rank(&a.severity), &a.title).cmp(&(severity_rank(&b.severity), &b.title)));
    found
}

/// Basic scanning has its own word for what nobody rated.
fn severity(found: &Finding) -> &str {
    if found.severity == "UNTRIAGED" { "UNDEFINED" } else { &found.severity }
}

fn finding(found: &Finding) -> Value {
    let mut attributes = Vec::new();
    let mut attribute = |key: &str, value: &str| attributes.push(json!({ "key": key, "value": value }));
    if let Some(package) = found.packages.iter().find(|package| package.manager == "OS") {
        attribute("package_version", &package.version);
        attribute("package_name", &package.name);
    }
    if let Some(cvss) = found.cvss.first() {
        attribute("CVSS3_VECTOR", &cvss.vector);
        attribute("CVSS3_SCORE", &cvss.score.to_string());
    }
    without_nulls(json!({
        "name": found.vulnerability,
        "description": found.description,
        "uri": found.source_url,
        "severity": severity(found),
        "attributes": attributes,
    }))
}
