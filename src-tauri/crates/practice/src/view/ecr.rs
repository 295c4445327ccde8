//! Enhanced scanning as ECR reports it.

use registry::ImageRecord;
use serde_json::{Value, json};

use crate::{
    cloud::Cloud,
    config::ACCOUNT,
    json::without_nulls,
    observe::{self, ObservedFinding},
    scan::coverage,
    state::{repository::ScanOutcome, scanning::ScanFrequency},
    suppression,
    timeline::Phase,
    view::{
        ScanView, counts,
        parts::{image, vulnerability},
    },
};

/// The status and findings of an image's scan. `None` if the services report no scan.
pub(crate) fn enhanced(cloud: &Cloud, repository: &str, image: &ImageRecord) -> Option<ScanView> {
    let (frequency, phase) = observe::scan_phase(cloud, repository, image)?;
    let continuous = frequency == ScanFrequency::ContinuousScan;
    let (status, description) = match &phase {
        Phase::Unknown => return None,
        Phase::Pending => ("PENDING", Some("Pending start of the image scan.".to_owned())),
        Phase::Arriving { .. } | Phase::Complete { .. } if continuous => {
            ("ACTIVE", Some("Continuous scan is selected for image.".to_owned()))
        }
        Phase::Arriving { .. } => ("IN_PROGRESS", None),
        Phase::Complete { .. } => ("COMPLETE", Some("The scan was completed successfully.".to_owned())),
        Phase::Stopped { outcome: ScanOutcome::Unsupported { description, .. }, .. } => {
            ("UNSUPPORTED_IMAGE", Some(description.clone()))
        }
        Phase::Stopped {
            outcome: ScanOutcome::Failed { description } | ScanOutcome::InternalError { description },
            ..
        } => ("FAILED", Some(description.clone())),
        Phase::Stopped { outcome: ScanOutcome::Scanned, .. } => ("FAILED", None),
        Phase::Expired { .. } => {
            let text =
                "The image is older than the re-scan duration, or was when its repository started to be watched.";
            ("SCAN_ELIGIBILITY_EXPIRED", Some(text.to_owned()))
        }
    };
    let description = with_assessment(cloud, repository, image.digest.as_str(), &phase, description);
    let mut findings = observe::of_image(cloud, repository, image, &phase);
    suppression::mark(cloud, &mut findings);
    let completed_at = match &phase {
        Phase::Complete { at } => Some(at.to_json()),
        _ => None,
    };
    Some(ScanView {
        enhanced: true,
        status,
        description,
        source_updated_at: completed_at.clone(),
        completed_at,
        counts: counts(findings.iter().map(|observed| observed.finding().severity.as_str())),
        shows_findings: !matches!(phase, Phase::Stopped { .. } | Phase::Expired { .. }),
        findings: findings.iter().map(|finding| (finding.id.clone(), enhanced_finding(cloud, finding))).collect(),
    })
}

/// Adds what the scan assessed to its description: a choice, since AWS has no place for it.
fn with_assessment(
    cloud: &Cloud,
    repository: &str,
    digest: &str,
    phase: &Phase,
    description: Option<String>,
) -> Option<String> {
    if !matches!(phase, Phase::Arriving { .. } | Phase::Complete { .. }) {
        return description;
    }
    let done = cloud.store.read(|state| state.repositories.get(repository)?.scans.get(digest)?.done.clone());
    let report = cloud.scanner.report(digest, done.as_ref());
    let assessed = report.map(|report| coverage::assessed(&report.assessment, report.imported.as_ref()));
    match (description, assessed) {
        (Some(description), Some(assessed)) => Some(format!("{description} {assessed}")),
        (description, assessed) => description.or(assessed),
    }
}

fn enhanced_finding(cloud: &Cloud, observed: &ObservedFinding) -> Value {
    let finding = observed.finding();
    let score = finding.cvss.first().map(|cvss| {
        json!({ "cvss": {
            "adjustments": [],
            "score": cvss.score,
            "scoreSource": cvss.source,
            "scoringVector": cvss.vector,
            "version": cvss.version,
        } })
    });
    without_nulls(json!({
        "awsAccountId": ACCOUNT,
        "description": finding.description,
        "findingArn": cloud.names.finding_arn(&observed.id),
        "firstObservedAt": observed.first_at.to_json(),
        "lastObservedAt": observed.last_at.to_json(),
        "packageVulnerabilityDetails": finding.vulnerability.as_ref().map(|_| vulnerability(observed)),
        "remediation": { "recommendation": without_nulls(json!({
            "text": finding.remediation,
            "url": finding.remediation_url,
        })) },
        "resources": [resource(cloud, observed)],
        "score": finding.score(),
        "scoreDetails": score,
        "severity": finding.severity,
        "status": observed.status(),
        "title": finding.title,
        "type": "PACKAGE_VULNERABILITY",
        "updatedAt": observed.last_at.to_json(),
        "fixAvailable": finding.fix_available,
        "exploitAvailable": finding.exploit_available,
    }))
}

fn resource(cloud: &Cloud, observed: &ObservedFinding) -> Value {
    json!({
        "details": { "awsEcrContainerImage": image(observed) },
        "id": cloud.names.image_arn(&observed.image.repository, &observed.image.digest),
        "tags": {},
        "type": "AWS_ECR_CONTAINER_IMAGE",
    })
}
