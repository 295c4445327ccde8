//! The parts of a finding that ECR and Inspector format alike.

use serde_json::{Value, json};

use crate::{
    config::ACCOUNT,
    json::without_nulls,
    moment::Moment,
    observe::ObservedFinding,
    scan::report::{AffectedPackage, Cvss},
};

/// `packageVulnerabilityDetails`, the same for both services except for the members that only Inspector's packages have.
pub(super) fn vulnerability(observed: &ObservedFinding) -> Value {
    let finding = observed.finding();
    let date = |text: &Option<String>| text.as_deref().and_then(Moment::of_date).map(Moment::to_json);
    let cvss = |cvss: &Cvss| json!({ "baseScore": cvss.score, "scoringVector": cvss.vector, "source": cvss.source, "version": cvss.version });
    without_nulls(json!({
        "cvss": finding.cvss.iter().map(cvss).collect::<Vec<_>>(),
        "referenceUrls": finding.references,
        "relatedVulnerabilities": finding.related,
        "source": finding.source,
        "sourceUrl": finding.source_url,
        "vendorCreatedAt": date(&finding.published),
        "vendorSeverity": finding.vendor_severity,
        "vendorUpdatedAt": date(&finding.updated),
        "vulnerabilityId": finding.vulnerability,
        "vulnerablePackages": finding.packages.iter().map(package).collect::<Vec<_>>(),
    }))
}

pub(super) fn package(package: &AffectedPackage) -> Value {
    without_nulls(json!({
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

/// `awsEcrContainerImage`. It does not say whether the image is in use: nothing runs it here.
pub(super) fn image(observed: &ObservedFinding) -> Value {
    let (image, report) = (&observed.image, observed.report());
    without_nulls(json!({
        "architecture": report.architecture,
        "author": report.author,
        "imageHash": image.digest,
        "imageTags": image.tags,
        "platform": report.platform,
        "pushedAt": image.pushed_at.to_json(),
        "registry": ACCOUNT,
        "repositoryName": image.repository,
    }))
}
