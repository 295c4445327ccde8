//! Basic scanning as ECR reports it: only packages of the operating system. It does not detect Log4j in a JAR.

use serde_json::{Value, json};

use crate::{
    cloud::Cloud,
    json::without_nulls,
    moment::Moment,
    observe::severity_rank,
    scan::{coverage, report::Finding},
    state::{
        repository::{BasicScan, Completion, ScanOutcome},
        scanning::ScanType,
    },
    timeline,
    view::{ScanView, counts},
};

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
    Some(match completed(cloud, &scan) {
        None => view("IN_PROGRESS", None, None, Vec::new(), json!({}), false),
        Some((Completion { outcome: ScanOutcome::Unsupported { description, .. }, .. }, _)) => {
            view("UNSUPPORTED_IMAGE", Some(description.clone()), None, Vec::new(), json!({}), false)
        }
        Some((Completion { outcome: ScanOutcome::Failed { description }, .. }, _)) => {
            view("FAILED", Some(description.clone()), None, Vec::new(), json!({}), false)
        }
        Some((Completion { outcome: ScanOutcome::Scanned, .. }, at)) => {
            if let Some(reason) = system_gap(cloud, digest) {
                return Some(view("UNSUPPORTED_IMAGE", Some(reason), None, Vec::new(), json!({}), false));
            }
            let findings = system_findings(cloud, digest);
            let counts = counts(findings.iter().map(severity));
            let findings = findings.iter().map(|finding| (finding.key.clone(), format(finding))).collect();
            let text = "The scan was completed successfully.".to_owned();
            view("COMPLETE", Some(text), Some(at.to_json()), findings, counts, true)
        }
    })
}

/// The scan's status and summary in `DescribeImages`: none under enhanced scanning.
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

/// Why the packages of the operating system were not assessed: then a basic scan, which reports only these, has no result.
fn system_gap(cloud: &Cloud, digest: &str) -> Option<String> {
    coverage::system(&cloud.scanner.report(digest)?.assessment.system)
}

/// The findings in packages of the operating system, most severe first.
fn system_findings(cloud: &Cloud, digest: &str) -> Vec<Finding> {
    let Some(report) = cloud.scanner.report(digest) else { return Vec::new() };
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
