//! Findings as Inspector reports them.

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
    let finding = observed.finding();
    let score = finding.cvss.first().map(|cvss| {
        json!({ "adjustedCvss": {
            "adjustments": [],
            "cvssSource": cvss.source,
            "score": cvss.score,
            "scoreSource": cvss.source,
            "scoringVector": cvss.vector,
            "version": cvss.version,
        } })
    });
    let last_exploit = finding.last_exploit.as_deref().and_then(Moment::of_date);
    without_nulls(json!({
        "findingArn": cloud.names.finding_arn(&observed.id),
        "awsAccountId": ACCOUNT,
        "type": "PACKAGE_VULNERABILITY",
        "description": finding.description.chars().take(DESCRIPTION).collect::<String>(),
        "title": finding.title,
        // Inspector spells the member with a capital letter, ECR with a small one.
        "remediation": { "recommendation": without_nulls(json!({
            "text": finding.remediation,
            "Url": finding.remediation_url,
        })) },
        "severity": finding.severity,
        "firstObservedAt": observed.first_at.to_json(),
        "lastObservedAt": observed.last_at.to_json(),
        "updatedAt": observed.last_at.to_json(),
        "status": observed.status(),
        "resources": [{
            "type": "AWS_ECR_CONTAINER_IMAGE",
            "id": cloud.names.image_arn(&observed.image.repository, &observed.image.digest),
            "partition": "aws",
            "region": cloud.names.region,
            "tags": {},
            "details": { "awsEcrContainerImage": image(observed) },
        }],
        "inspectorScore": finding.score(),
        "inspectorScoreDetails": score,
        "packageVulnerabilityDetails": finding.vulnerability.as_ref().map(|_| vulnerability_with_commands(observed)),
        "fixAvailable": finding.fix_available,
        "exploitAvailable": finding.exploit_available,
        "exploitabilityDetails": last_exploit.map(|at| json!({ "lastKnownExploitAt": at.to_json() })),
        "epss": finding.epss.map(|score| json!({ "score": score })),
    }))
}

/// An element of `BatchGetFindingDetails`.
pub(crate) fn details(cloud: &Cloud, observed: &ObservedFinding) -> Value {
    let finding = observed.finding();
    let date = |text: &Option<String>| text.as_deref().and_then(Moment::of_date).map(Moment::to_json);
    let cisa = finding.kev.as_ref().map(|kev| {
        without_nulls(json!({ "dateAdded": date(&kev.added), "dateDue": date(&kev.due), "action": kev.action }))
    });
    without_nulls(json!({
        "findingArn": cloud.names.finding_arn(&observed.id),
        "cisaData": cisa,
        "cwes": finding.cwes,
        "epssScore": finding.epss,
        "evidences": [],
        "referenceUrls": finding.references.iter().take(100).collect::<Vec<_>>(),
        "tools": [],
        "ttps": [],
    }))
}

fn vulnerability_with_commands(observed: &ObservedFinding) -> Value {
    let packages = observed.finding().packages.iter().map(|affected| {
        let mut package = package(affected);
        if let Some(command) = &affected.remediation {
            package["remediation"] = command.as_str().into();
        }
        // The practice cloud does not assess them; that Inspector sends null for what it does not know is a choice.
        for unknown in ["purl", "runtimeReachability", "runtimeReachabilityReason"] {
            package[unknown] = Value::Null;
        }
        package
    });
    let mut details = vulnerability(observed);
    details["vulnerablePackages"] = packages.collect();
    details
}
