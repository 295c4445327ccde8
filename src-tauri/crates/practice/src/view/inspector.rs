//! Findings as Inspector shows them.

use serde_json::{Value, json};

use super::{
    ecr::{image, package, vulnerability},
    present,
};
use crate::{ACCOUNT, cloud::Cloud, moment::Moment, observe::Observed};

/// The longest description that Inspector's model allows, in characters.
const DESCRIPTION: usize = 1024;

/// An element of `ListFindings`.
pub(crate) fn finding(cloud: &Cloud, observed: &Observed) -> Value {
    let found = observed.found();
    let score = found.cvss.first().map(|cvss| {
        json!({ "adjustedCvss": {
            "adjustments": [],
            "cvssSource": cvss.source,
            "score": cvss.score,
            "scoreSource": cvss.source,
            "scoringVector": cvss.vector,
            "version": cvss.version,
        } })
    });
    let last_exploit = found.last_exploit.as_deref().and_then(Moment::of_date);
    present(json!({
        "findingArn": cloud.names.finding_arn(&observed.id),
        "awsAccountId": ACCOUNT,
        "type": "PACKAGE_VULNERABILITY",
        "description": found.description.chars().take(DESCRIPTION).collect::<String>(),
        "title": found.title,
        // The address is spelled with a capital here, and with a small letter by ECR.
        "remediation": { "recommendation": present(json!({
            "text": found.remediation,
            "Url": found.remediation_url,
        })) },
        "severity": found.severity,
        "firstObservedAt": observed.first_at.wire(),
        "lastObservedAt": observed.last_at.wire(),
        "updatedAt": observed.last_at.wire(),
        "status": observed.status(),
        "resources": [{
            "type": "AWS_ECR_CONTAINER_IMAGE",
            "id": resource_id(cloud, &observed.image.repository, &observed.image.digest),
            "partition": "aws",
            "region": cloud.names.region,
            "tags": {},
            "details": { "awsEcrContainerImage": image(observed) },
        }],
        "inspectorScore": found.score(),
        "inspectorScoreDetails": score,
        "packageVulnerabilityDetails": found.vulnerability.as_ref().map(|_| with_commands(observed)),
        "fixAvailable": found.fix_available,
        "exploitAvailable": found.exploit_available,
        "exploitabilityDetails": last_exploit.map(|at| json!({ "lastKnownExploitAt": at.wire() })),
        "epss": found.epss.map(|score| json!({ "score": score })),
    }))
}

/// An element of `BatchGetFindingDetails`.
pub(crate) fn details(cloud: &Cloud, observed: &Observed) -> Value {
    let found = observed.found();
    let date = |text: &Option<String>| text.as_deref().and_then(Moment::of_date).map(Moment::wire);
    let cisa = found
        .kev
        .as_ref()
        .map(|kev| present(json!({ "dateAdded": date(&kev.added), "dateDue": date(&kev.due), "action": kev.action })));
    present(json!({
        "findingArn": cloud.names.finding_arn(&observed.id),
        "cisaData": cisa,
        "cwes": found.cwes,
        "epssScore": found.epss,
        "evidences": [],
        "referenceUrls": found.references.iter().take(100).collect::<Vec<_>>(),
        "tools": [],
        "ttps": [],
    }))
}

/// An image as a resource: `<repository ARN>/sha256:<digest>`.
pub(crate) fn resource_id(cloud: &Cloud, repository: &str, digest: &str) -> String {
    format!("{}/{digest}", cloud.names.repository_arn(repository))
}

fn with_commands(observed: &Observed) -> Value {
    let packages = observed.found().packages.iter().map(|found| {
        let mut package = package(found);
        if let Some(command) = &found.remediation {
            package["remediation"] = command.as_str().into();
        }
        package
    });
    let mut details = vulnerability(observed);
    details["vulnerablePackages"] = packages.collect();
    details
}
