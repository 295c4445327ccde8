//! Enhanced scanning as ECR shows it.

use registry::ImageRecord;
use serde_json::{Value, json};

use crate::{
    cloud::Cloud,
    config::ACCOUNT,
    json::without_nulls,
    observe::{self, ObservedFinding},
    state::{repository::ScanOutcome, scanning::ScanFrequency},
    timeline::Phase,
    view::{
        ScanView, counts,
        parts::{image, vulnerability},
    },
};

/// Where the scan of an image stands, and its findings. `None` if there is no scan to speak of.
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
        Phase::Stopped { outcome: ScanOutcome::Failed { description }, .. } => ("FAILED", Some(description.clone())),
        Phase::Stopped { outcome: ScanOutcome::Scanned, .. } => ("FAILED", None),
        Phase::Expired => {
            let text = "The image is older than the re-scan duration, or was when its repository came to be watched.";
            ("SCAN_ELIGIBILITY_EXPIRED", Some(text.to_owned()))
        }
    };
    let findings = observe::of_image(cloud, repository, image, &phase);
    let completed_at = match &phase {
        Phase::Complete { at } => Some(at.wire()),
        _ => None,
    };
    Some(ScanView {
        enhanced: true,
        status,
        description,
        source_updated_at: completed_at.clone(),
        completed_at,
        counts: counts(findings.iter().map(|finding| finding.finding().severity.as_str())),
        shows_findings: !matches!(phase, Phase::Stopped { .. } | Phase::Expired),
        findings: findings.iter().map(|finding| (finding.id.clone(), enhanced_finding(cloud, finding))).collect(),
    })
}

fn enhanced_finding(cloud: &Cloud, observed: &ObservedFinding) -> Value {
    let found = observed.finding();
    let score = found.cvss.first().map(|cvss| {
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
        "description": found.description,
        "findingArn": cloud.names.finding_arn(&observed.id),
        "firstObservedAt": observed.first_at.wire(),
        "lastObservedAt": observed.last_at.wire(),
        "packageVulnerabilityDetails": found.vulnerability.as_ref().map(|_| vulnerability(observed)),
        "remediation": { "recommendation": without_nulls(json!({
            "text": found.remediation,
            "url": found.remediation_url,
        })) },
        "resources": [resource(cloud, observed)],
        "score": found.score(),
        "scoreDetails": score,
        "severity": found.severity,
        "status": observed.status(),
        "title": found.title,
        "type": "PACKAGE_VULNERABILITY",
        "updatedAt": observed.last_at.wire(),
        "fixAvailable": found.fix_available,
        "exploitAvailable": found.exploit_available,
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
