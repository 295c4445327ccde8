//! Findings as Inspector shows them.

use serde_json::{Value, json};

use crate::{
    cloud::Cloud,
    config::ACCOUNT,
    json::without_nulls,
    moment::Moment,
    observe::ObservedFinding,
    view::parts::{image, package, vulnerability},
};

/// The longest description that Inspector's model allows, in characters.
const DESCRIPTION: usize = 1024;

/// An element of `ListFindings`.
pub(crate) fn finding(cloud: &Cloud, observed: &ObservedFinding) -> Value {
    let found = observed.finding();
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
    without_nulls(json!({
        "findingArn": cloud.names.finding_arn(&observed.id),
        "awsAccountId": ACCOUNT,
        "type": "PACKAGE_VULNERABILITY",
        "description": found.description.chars().take(DESCRIPTION).collect::<String>(),
        "title": found.title,
        // The address is spelled with a capital here, and with a small letter by ECR.
        "remediation": { "recommendation": without_nulls(json!({
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
            "id": cloud.names.image_arn(&observed.image.repository, &observed.image.digest),
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
pub(crate) fn details(cloud: &Cloud, observed: &ObservedFinding) -> Value {
    let found = observed.finding();
    let date = |text: &Option<String>| text.as_deref().and_then(Moment::of_date).map(Moment::wire);
    let cisa = found.kev.as_ref().map(|kev| {
        without_nulls(json!({ "dateAdded": date(&kev.added), "dateDue": date(&kev.due), "action": kev.action }))
    });
    without_nulls(json!({
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

fn with_commands(observed: &ObservedFinding) -> Value {
    let packages = observed.finding().packages.iter().map(|found| {
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
