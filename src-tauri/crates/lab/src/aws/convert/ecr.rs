//! Converts ECR's copy of a finding, from `DescribeImageScanFindings` under enhanced scanning. ECR models its enumerations as plain
//! strings.

use std::collections::BTreeSet;

use aws_sdk_ecr::types;
use findings::{
    Adjustment, Cvss, ExploitAvailable, Finding, FixAvailable, Image, Kind, Package, Remediation, Resource,
    ScoreDetails, Source, Status, Vulnerability,
};

use super::{list, text, timestamp, word};

/// Converts one of ECR's `enhancedFindings`.
pub(crate) fn from_ecr(finding: &types::EnhancedImageScanFinding) -> Finding {
    let package = finding.package_vulnerability_details.as_ref();
    let recommendation = finding.remediation.as_ref().and_then(|remediation| remediation.recommendation.as_ref());
    let score_details = finding.score_details.as_ref().and_then(|details| details.cvss.as_ref()).map(score_details);
    let non_empty = |text: &Option<String>| text.as_deref().and_then(word);
    let mut converted = Finding {
        arn: text(finding.finding_arn()),
        seen_by: BTreeSet::from([Source::Ecr]),
        account: text(finding.aws_account_id()),
        kind: non_empty(&finding.r#type).map(|kind| Kind::from(kind.as_str())),
        title: text(finding.title()),
        description: text(finding.description()),
        status: non_empty(&finding.status).map(|status| Status::from(status.as_str())),
        // The SDK also reports a missing score as zero.
        score: (finding.score != 0.0 || score_details.is_some()).then_some(finding.score),
        score_details,
        vulnerability: package.map(vulnerability).unwrap_or_default(),
        packages: package
            .map(|package| package.vulnerable_packages().iter().map(self::package).collect())
            .unwrap_or_default(),
        fix_available: non_empty(&finding.fix_available).map(|fix| FixAvailable::from(fix.as_str())),
        exploit_available: non_empty(&finding.exploit_available)
            .map(|exploit| ExploitAvailable::from(exploit.as_str())),
        remediation: Remediation {
            text: recommendation.and_then(|recommendation| recommendation.text.clone()),
            url: recommendation.and_then(|recommendation| recommendation.url.clone()),
        },
        resources: finding.resources().iter().map(resource).collect(),
        first_observed_at: finding.first_observed_at().and_then(timestamp),
        last_observed_at: finding.last_observed_at().and_then(timestamp),
        updated_at: finding.updated_at().and_then(timestamp),
        ..Finding::default()
    };
    converted.set_severity(finding.severity().unwrap_or_default());
    converted
}

fn score_details(details: &types::CvssScoreDetails) -> ScoreDetails {
    ScoreDetails {
        score: details.score,
        score_source: text(details.score_source()),
        cvss_source: None,
        version: text(details.version()),
        vector: text(details.scoring_vector()),
        adjustments: details
            .adjustments()
            .iter()
            .map(|adjustment| Adjustment { metric: text(adjustment.metric()), reason: text(adjustment.reason()) })
            .collect(),
    }
}

fn vulnerability(details: &types::PackageVulnerabilityDetails) -> Vulnerability {
    Vulnerability {
        id: details.vulnerability_id().and_then(word),
        source: details.source().and_then(word),
        source_url: details.source_url.clone(),
        vendor_severity: details.vendor_severity.clone(),
        vendor_created_at: details.vendor_created_at().and_then(timestamp),
        vendor_updated_at: details.vendor_updated_at().and_then(timestamp),
        cvss: details
            .cvss()
            .iter()
            .map(|cvss| Cvss {
                version: text(cvss.version()),
                vector: text(cvss.scoring_vector()),
                score: cvss.base_score,
                source: text(cvss.source()),
            })
            .collect(),
        related: list(details.related_vulnerabilities.as_ref()),
        reference_urls: list(details.reference_urls.as_ref()),
    }
}

fn package(package: &types::VulnerablePackage) -> Package {
    let mut converted = Package {
        name: text(package.name()),
        version: text(package.version()),
        epoch: package.epoch.map(i64::from),
        release: package.release.clone(),
        arch: package.arch.clone(),
        manager: package.package_manager.clone(),
        file_path: package.file_path.clone(),
        layer: package.source_layer_hash.clone(),
        ..Package::default()
    };
    if let Some(fixed) = package.fixed_in_version() {
        converted.set_fixed_in(fixed);
    }
    converted
}

fn resource(resource: &types::Resource) -> Resource {
    Resource {
        kind: text(resource.r#type()),
        id: text(resource.id()),
        tags: resource.tags.clone().unwrap_or_default().into_iter().collect(),
        image: resource.details.as_ref().and_then(|details| details.aws_ecr_container_image.as_ref()).map(image),
        ..Resource::default()
    }
}

fn image(image: &types::AwsEcrContainerImageDetails) -> Image {
    Image {
        repository: text(image.repository_name()),
        digest: text(image.image_hash()),
        tags: list(image.image_tags.as_ref()),
        registry: text(image.registry()),
        architecture: image.architecture.clone(),
        platform: image.platform.clone(),
        author: image.author.clone(),
        pushed_at: image.pushed_at().and_then(timestamp),
        in_use_count: image.in_use_count,
        last_in_use_at: image.last_in_use_at().and_then(timestamp),
    }
}
