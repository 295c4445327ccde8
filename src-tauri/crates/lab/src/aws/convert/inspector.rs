//! Converts Inspector's findings from `ListFindings`, and the details from `BatchGetFindingDetails`.

use std::collections::BTreeSet;

use aws_sdk_inspector2::types;
use findings::{
    Adjustment, Cvss, Details, Evidence, ExploitAvailable, ExploitObserved, Finding, FixAvailable, Image, Kev, Kind,
    Package, Remediation, Resource, ScoreDetails, Source, Status, Vulnerability,
};

use super::{list, text, timestamp, word};

/// Converts one of Inspector's findings.
pub(crate) fn from_inspector(finding: &types::Finding) -> Finding {
    let package = finding.package_vulnerability_details.as_ref();
    let recommendation = finding.remediation.as_ref().and_then(|remediation| remediation.recommendation.as_ref());
    let adjusted = finding.inspector_score_details.as_ref().and_then(|details| details.adjusted_cvss.as_ref());
    let mut converted = Finding {
        arn: finding.finding_arn.clone(),
        seen_by: BTreeSet::from([Source::Inspector]),
        account: finding.aws_account_id.clone(),
        kind: word(finding.r#type.as_str()).map(|kind| Kind::from(kind.as_str())),
        title: text(finding.title()),
        description: finding.description.clone(),
        status: word(finding.status.as_str()).map(|status| Status::from(status.as_str())),
        score: finding.inspector_score,
        score_details: adjusted.map(score_details),
        vulnerability: package.map(vulnerability).unwrap_or_default(),
        packages: package
            .map(|package| package.vulnerable_packages().iter().map(self::package).collect())
            .unwrap_or_default(),
        fix_available: finding.fix_available.as_ref().map(|fix| FixAvailable::from(fix.as_str())),
        exploit_available: finding.exploit_available.as_ref().map(|exploit| ExploitAvailable::from(exploit.as_str())),
        last_known_exploit_at: finding
            .exploitability_details
            .as_ref()
            .and_then(|details| details.last_known_exploit_at.as_ref())
            .and_then(timestamp),
        epss: finding.epss.as_ref().map(|epss| epss.score),
        remediation: Remediation {
            text: recommendation.and_then(|recommendation| recommendation.text.clone()),
            url: recommendation.and_then(|recommendation| recommendation.url.clone()),
        },
        resources: finding.resources.iter().map(resource).collect(),
        first_observed_at: timestamp(&finding.first_observed_at),
        last_observed_at: timestamp(&finding.last_observed_at),
        updated_at: finding.updated_at.as_ref().and_then(timestamp),
        ..Finding::default()
    };
    converted.set_severity(word(finding.severity.as_str()).as_deref().unwrap_or_default());
    converted
}

/// Converts the details that Inspector adds to a finding.
pub(crate) fn details(detail: &types::FindingDetail) -> Details {
    Details {
        arn: text(detail.finding_arn()),
        epss: detail.epss_score,
        kev: detail.cisa_data.as_ref().map(|cisa| Kev {
            date_added: cisa.date_added.as_ref().and_then(timestamp),
            date_due: cisa.date_due.as_ref().and_then(timestamp),
            action: cisa.action.clone(),
        }),
        cwes: list(detail.cwes.as_ref()),
        exploit_observed: detail.exploit_observed.as_ref().map(|observed| ExploitObserved {
            first_seen: observed.first_seen.as_ref().and_then(timestamp),
            last_seen: observed.last_seen.as_ref().and_then(timestamp),
        }),
        risk_score: detail.risk_score.map(i64::from),
        evidences: detail
            .evidences()
            .iter()
            .map(|evidence| Evidence {
                rule: text(evidence.evidence_rule()),
                detail: text(evidence.evidence_detail()),
                severity: text(evidence.severity()),
            })
            .collect(),
        ttps: list(detail.ttps.as_ref()),
        tools: list(detail.tools.as_ref()),
        reference_urls: list(detail.reference_urls.as_ref()),
    }
}

fn score_details(details: &types::CvssScoreDetails) -> ScoreDetails {
    ScoreDetails {
        score: details.score,
        score_source: details.score_source.clone(),
        cvss_source: details.cvss_source.clone(),
        version: details.version.clone(),
        vector: details.scoring_vector.clone(),
        adjustments: details
            .adjustments()
            .iter()
            .map(|adjustment| Adjustment { metric: adjustment.metric.clone(), reason: adjustment.reason.clone() })
            .collect(),
    }
}

fn vulnerability(details: &types::PackageVulnerabilityDetails) -> Vulnerability {
    Vulnerability {
        id: word(&details.vulnerability_id),
        source: word(&details.source),
        source_url: details.source_url.clone(),
        vendor_severity: details.vendor_severity.clone(),
        vendor_created_at: details.vendor_created_at.as_ref().and_then(timestamp),
        vendor_updated_at: details.vendor_updated_at.as_ref().and_then(timestamp),
        cvss: details
            .cvss()
            .iter()
            .map(|cvss| Cvss {
                version: cvss.version.clone(),
                vector: cvss.scoring_vector.clone(),
                score: cvss.base_score,
                source: cvss.source.clone(),
            })
            .collect(),
        related: list(details.related_vulnerabilities.as_ref()),
        reference_urls: list(details.reference_urls.as_ref()),
    }
}

fn package(package: &types::VulnerablePackage) -> Package {
    let mut converted = Package {
        name: package.name.clone(),
        version: package.version.clone(),
        // The SDK reports a missing epoch as zero, which is equivalent.
        epoch: (package.epoch != 0).then(|| i64::from(package.epoch)),
        release: package.release.clone(),
        arch: package.arch.clone(),
        manager: package.package_manager.as_ref().map(|manager| manager.as_str().to_owned()),
        file_path: package.file_path.clone(),
        layer: package.source_layer_hash.clone(),
        remediation: package.remediation.clone(),
        source_lambda_layer_arn: package.source_lambda_layer_arn.clone(),
        ..Package::default()
    };
    if let Some(fixed) = package.fixed_in_version() {
        converted.set_fixed_in(fixed);
    }
    converted
}

fn resource(resource: &types::Resource) -> Resource {
    Resource {
        kind: word(resource.r#type.as_str()).unwrap_or_default(),
        id: resource.id.clone(),
        partition: resource.partition.clone(),
        region: resource.region.clone(),
        provider: resource.provider.as_ref().map(|provider| provider.as_str().to_owned()),
        provider_account_id: resource.provider_account_id.clone(),
        provider_org_id: resource.provider_org_id.clone(),
        tags: resource.tags.clone().unwrap_or_default().into_iter().collect(),
        image: resource.details.as_ref().and_then(|details| details.aws_ecr_container_image.as_ref()).map(image),
    }
}

fn image(image: &types::AwsEcrContainerImageDetails) -> Image {
    Image {
        repository: image.repository_name.clone(),
        digest: image.image_hash.clone(),
        tags: list(image.image_tags.as_ref()),
        registry: image.registry.clone(),
        architecture: image.architecture.clone(),
        platform: image.platform.clone(),
        author: image.author.clone(),
        pushed_at: image.pushed_at.as_ref().and_then(timestamp),
        in_use_count: image.in_use_count,
        last_in_use_at: image.last_in_use_at.as_ref().and_then(timestamp),
    }
}
