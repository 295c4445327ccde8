//! ECR's copy of a finding, as `DescribeImageScanFindings` shows it under enhanced scanning. Its words are all open texts.

use std::collections::BTreeSet;

use aws_sdk_ecr::types;
use findings::{
    Adjustment, Cvss, ExploitAvailable, Finding, FixAvailable, Image, Kind, Package, Remediation, Resource,
    ScoreDetails, Source, Status, Vulnerability,
};

use super::{list, text, timestamp, word};

/// Takes in one of ECR's `enhancedFindings`.
pub(crate) fn from_ecr(told: &types::EnhancedImageScanFinding) -> Finding {
    let package = told.package_vulnerability_details.as_ref();
    let recommendation = told.remediation.as_ref().and_then(|remediation| remediation.recommendation.as_ref());
    let score_details = told.score_details.as_ref().and_then(|details| details.cvss.as_ref()).map(score_details);
    let open = |text: &Option<String>| text.as_deref().and_then(word);
    let mut finding = Finding {
        arn: text(told.finding_arn()),
        seen_by: BTreeSet::from([Source::Ecr]),
        account: text(told.aws_account_id()),
        kind: open(&told.r#type).map(|kind| Kind::from(kind.as_str())),
        title: text(told.title()),
        description: text(told.description()),
        status: open(&told.status).map(|status| Status::from(status.as_str())),
        // Zero is also what the SDK makes of no score at all.
        score: (told.score != 0.0 || score_details.is_some()).then_some(told.score),
        score_details,
        vulnerability: package.map(vulnerability).unwrap_or_default(),
        packages: package
            .map(|package| package.vulnerable_packages().iter().map(self::package).collect())
            .unwrap_or_default(),
        fix_available: open(&told.fix_available).map(|fix| FixAvailable::from(fix.as_str())),
        exploit_available: open(&told.exploit_available).map(|exploit| ExploitAvailable::from(exploit.as_str())),
        remediation: Remediation {
            text: recommendation.and_then(|recommendation| recommendation.text.clone()),
            url: recommendation.and_then(|recommendation| recommendation.url.clone()),
        },
        resources: told.resources().iter().map(resource).collect(),
        first_observed_at: told.first_observed_at().and_then(timestamp),
        last_observed_at: told.last_observed_at().and_then(timestamp),
        updated_at: told.updated_at().and_then(timestamp),
        ..Finding::default()
    };
    finding.set_severity(told.severity().unwrap_or_default());
    finding
}

fn score_details(told: &types::CvssScoreDetails) -> ScoreDetails {
    ScoreDetails {
        score: told.score,
        score_source: text(told.score_source()),
        cvss_source: None,
        version: text(told.version()),
        vector: text(told.scoring_vector()),
        adjustments: told
            .adjustments()
            .iter()
            .map(|told| Adjustment { metric: text(told.metric()), reason: text(told.reason()) })
            .collect(),
    }
}

fn vulnerability(told: &types::PackageVulnerabilityDetails) -> Vulnerability {
    Vulnerability {
        id: told.vulnerability_id().and_then(word),
        source: told.source().and_then(word),
        source_url: told.source_url.clone(),
        vendor_severity: told.vendor_severity.clone(),
        vendor_created_at: told.vendor_created_at().and_then(timestamp),
        vendor_updated_at: told.vendor_updated_at().and_then(timestamp),
        cvss: told
            .cvss()
            .iter()
            .map(|told| Cvss {
                version: text(told.version()),
                vector: text(told.scoring_vector()),
                score: told.base_score,
                source: text(told.source()),
            })
            .collect(),
        related: list(told.related_vulnerabilities.as_ref()),
        reference_urls: list(told.reference_urls.as_ref()),
    }
}

fn package(told: &types::VulnerablePackage) -> Package {
    let mut package = Package {
        name: text(told.name()),
        version: text(told.version()),
        epoch: told.epoch.map(i64::from),
        release: told.release.clone(),
        arch: told.arch.clone(),
        manager: told.package_manager.clone(),
        file_path: told.file_path.clone(),
        layer: told.source_layer_hash.clone(),
        ..Package::default()
    };
    if let Some(fixed) = told.fixed_in_version() {
        package.set_fixed_in(fixed);
    }
    package
}

fn resource(told: &types::Resource) -> Resource {
    Resource {
        kind: text(told.r#type()),
        id: text(told.id()),
        tags: told.tags.clone().unwrap_or_default().into_iter().collect(),
        image: told.details.as_ref().and_then(|details| details.aws_ecr_container_image.as_ref()).map(image),
        ..Resource::default()
    }
}

fn image(told: &types::AwsEcrContainerImageDetails) -> Image {
    Image {
        repository: text(told.repository_name()),
        digest: text(told.image_hash()),
        tags: list(told.image_tags.as_ref()),
        registry: text(told.registry()),
        architecture: told.architecture.clone(),
        platform: told.platform.clone(),
        author: told.author.clone(),
        pushed_at: told.pushed_at().and_then(timestamp),
        in_use_count: told.in_use_count,
        last_in_use_at: told.last_in_use_at().and_then(timestamp),
    }
}
