//! Enhanced scanning as ECR shows it.

use registry::ImageRecord;
use serde_json::{Value, json};

use super::{ScanView, counts, present, resource_id};
use crate::{
    ACCOUNT,
    cloud::Cloud,
    moment::Moment,
    observe::{self, Observed},
    scan::FoundPackage,
    state::{Outcome, ScanFrequency},
    timeline::Phase,
};

/// Where the scan of an image stands, and its findings. `None` if there is no scan to speak of.
pub(crate) fn enhanced(cloud: &Cloud, repository: &str, image: &ImageRecord) -> Option<ScanView> {
    let (frequency, phase) = observe::standing(cloud, repository, image)?;
    let continuous = frequency == ScanFrequency::ContinuousScan;
    let (status, description) = match &phase {
        Phase::Unknown => return None,
        Phase::Pending => ("PENDING", Some("Pending start of the image scan.".to_owned())),
        Phase::Arriving { .. } | Phase::Complete { .. } if continuous => {
            ("ACTIVE", Some("Continuous scan is selected for image.".to_owned()))
        }
        Phase::Arriving { .. } => ("IN_PROGRESS", None),
        Phase::Complete { .. } => ("COMPLETE", Some("The scan was completed successfully.".to_owned())),
        Phase::Stopped { outcome: Outcome::Unsupported { description, .. }, .. } => {
            ("UNSUPPORTED_IMAGE", Some(description.clone()))
        }
        Phase::Stopped { outcome: Outcome::Failed { description }, .. } => ("FAILED", Some(description.clone())),
        Phase::Stopped { outcome: Outcome::Scanned, .. } => ("FAILED", None),
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
        counts: counts(findings.iter().map(|finding| finding.found().severity.as_str())),
        shows_findings: !matches!(phase, Phase::Stopped { .. } | Phase::Expired),
        findings: findings.iter().map(|finding| (finding.id.clone(), enhanced_finding(cloud, finding))).collect(),
    })
}

fn enhanced_finding(cloud: &Cloud, observed: &Observed) -> Value {
    let found = observed.found();
    let score = found.cvss.first().map(|cvss| {
        json!({ "cvss": {
            "adjustments": [],
            "score": cvss.score,
            "scoreSource": cvss.source,
            "scoringVector": cvss.vector,
            "version": cvss.version,
        } })
    });
    present(json!({
        "awsAccountId": ACCOUNT,
        "description": found.description,
        "findingArn": cloud.names.finding_arn(&observed.id),
        "firstObservedAt": observed.first_at.wire(),
        "lastObservedAt": observed.last_at.wire(),
        "packageVulnerabilityDetails": found.vulnerability.as_ref().map(|_| vulnerability(observed)),
        "remediation": { "recommendation": present(json!({
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

/// `packageVulnerabilityDetails`, which both services word alike but for the command that updates a package. A system out
/// of support has none.
pub(super) fn vulnerability(observed: &Observed) -> Value {
    let found = observed.found();
    let date = |text: &Option<String>| text.as_deref().and_then(Moment::of_date).map(Moment::wire);
    let cvss = |cvss: &crate::scan::Cvss| json!({ "baseScore": cvss.score, "scoringVector": cvss.vector, "source": cvss.source, "version": cvss.version });
    present(json!({
        "cvss": found.cvss.iter().map(cvss).collect::<Vec<_>>(),
        "referenceUrls": found.references,
        "relatedVulnerabilities": found.related,
        "source": found.source,
        "sourceUrl": found.source_url,
        "vendorCreatedAt": date(&found.published),
        "vendorSeverity": found.vendor_severity,
        "vendorUpdatedAt": date(&found.updated),
        "vulnerabilityId": found.vulnerability,
        "vulnerablePackages": found.packages.iter().map(package).collect::<Vec<_>>(),
    }))
}

pub(super) fn package(package: &FoundPackage) -> Value {
    present(json!({
        "arch": package.arch,
        "epoch": package.epoch,
        "filePath": package.file_path,
        "name": package.name,
        "packageManager": package.manager,
        "release": package.release,
        "sourceLayerHash": package.layer,
        "version": package.version,
        "fixedInVersion": package.fixed_in.as_deref().unwrap_or("NotAvailable"),
    }))
}

fn resource(cloud: &Cloud, observed: &Observed) -> Value {
    json!({
        "details": { "awsEcrContainerImage": image(observed) },
        "id": resource_id(cloud, &observed.image.repository, &observed.image.digest),
        "tags": {},
        "type": "AWS_ECR_CONTAINER_IMAGE",
    })
}

/// `awsEcrContainerImage`. Whether an image is in use is not known here: nothing runs it.
pub(super) fn image(observed: &Observed) -> Value {
    let (image, report) = (&observed.image, observed.report());
    present(json!({
        "architecture": report.architecture,
        "author": report.author,
        "imageHash": image.digest,
        "imageTags": image.tags,
        "platform": report.platform,
        "pushedAt": image.pushed_at.wire(),
        "registry": ACCOUNT,
        "repositoryName": image.repository,
    }))
}
