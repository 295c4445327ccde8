//! Inspector's findings, as `ListFindings` shows them, and what `BatchGetFindingDetails` adds.

use std::collections::BTreeSet;

use aws_sdk_inspector2::types;
use findings::{
    Adjustment, Cvss, Details, Evidence, ExploitAvailable, ExploitObserved, Finding, FixAvailable, Image, Kev, Kind,
    Package, Remediation, Resource, ScoreDetails, Source, Status, Vulnerability,
};

use super::{list, text, timestamp, word};

/// Takes in one finding of Inspector.
pub(crate) fn from_inspector(told: &types::Finding) -> Finding {
    let package = told.package_vulnerability_details.as_ref();
    let recommendation = told.remediation.as_ref().and_then(|remediation| remediation.recommendation.as_ref());
    let adjusted = told.inspector_score_details.as_ref().and_then(|details| details.adjusted_cvss.as_ref());
    let mut finding = Finding {
        arn: told.finding_arn.clone(),
        seen_by: BTreeSet::from([Source::Inspector]),
        account: told.aws_account_id.clone(),
        kind: word(told.r#type.as_str()).map(|kind| Kind::from(kind.as_str())),
        title: text(told.title()),
        description: told.description.clone(),
        status: word(told.status.as_str()).map(|status| Status::from(status.as_str())),
        score: told.inspector_score,
        score_details: adjusted.map(score_details),
        vulnerability: package.map(vulnerability).unwrap_or_default(),
        packages: package
            .map(|package| package.vulnerable_packages().iter().map(self::package).collect())
            .unwrap_or_default(),
        fix_available: told.fix_available.as_ref().map(|fix| FixAvailable::from(fix.as_str())),
        exploit_available: told.exploit_available.as_ref().map(|exploit| ExploitAvailable::from(exploit.as_str())),
        last_known_exploit_at: told
            .exploitability_details
            .as_ref()
            .and_then(|details| details.last_known_exploit_at.as_ref())
            .and_then(timestamp),
        epss: told.epss.as_ref().map(|epss| epss.score),
        remediation: Remediation {
            text: recommendation.and_then(|recommendation| recommendation.text.clone()),
            url: recommendation.and_then(|recommendation| recommendation.url.clone()),
        },
        resources: told.resources.iter().map(resource).collect(),
        first_observed_at: timestamp(&told.first_observed_at),
        last_observed_at: timestamp(&told.last_observed_at),
        updated_at: told.updated_at.as_ref().and_then(timestamp),
        ..Finding::default()
    };
    finding.set_severity(word(told.severity.as_str()).as_deref().unwrap_or_default());
    finding
}

/// Takes in what Inspector adds to one finding.
pub(crate) fn details(told: &types::FindingDetail) -> Details {
    Details {
        arn: text(told.finding_arn()),
        epss: told.epss_score,
        kev: told.cisa_data.as_ref().map(|cisa| Kev {
            date_added: cisa.date_added.as_ref().and_then(timestamp),
            date_due: cisa.date_due.as_ref().and_then(timestamp),
            action: cisa.action.clone(),
        }),
        cwes: list(told.cwes.as_ref()),
        exploit_observed: told.exploit_observed.as_ref().map(|observed| ExploitObserved {
            first_seen: observed.first_seen.as_ref().and_then(timestamp),
            last_seen: observed.last_seen.as_ref().and_then(timestamp),
        }),
        risk_score: told.risk_score.map(i64::from),
        evidences: told
            .evidences()
            .iter()
            .map(|told| Evidence {
                rule: text(told.evidence_rule()),
                detail: text(told.evidence_detail()),
                severity: text(told.severity()),
            })
            .collect(),
        ttps: list(told.ttps.as_ref()),
        tools: list(told.tools.as_ref()),
        reference_urls: list(told.reference_urls.as_ref()),
    }
}

fn score_details(told: &types::CvssScoreDetails) -> ScoreDetails {
    ScoreDetails {
        score: told.score,
        score_source: told.score_source.clone(),
        cvss_source: told.cvss_source.clone(),
        version: told.version.clone(),
        vector: told.scoring_vector.clone(),
        adjustments: told
            .adjustments()
            .iter()
            .map(|told| Adjustment { metric: told.metric.clone(), reason: told.reason.clone() })
            .collect(),
    }
}

fn vulnerability(told: &types::PackageVulnerabilityDetails) -> Vulnerability {
    Vulnerability {
        id: word(&told.vulnerability_id),
        source: word(&told.source),
        source_url: told.source_url.clone(),
        vendor_severity: told.vendor_severity.clone(),
        vendor_created_at: told.vendor_created_at.as_ref().and_then(timestamp),
        vendor_updated_at: told.vendor_updated_at.as_ref().and_then(timestamp),
        cvss: told
            .cvss()
            .iter()
            .map(|told| Cvss {
                version: told.version.clone(),
                vector: told.scoring_vector.clone(),
                score: told.base_score,
                source: told.source.clone(),
            })
            .collect(),
        related: list(told.related_vulnerabilities.as_ref()),
        reference_urls: list(told.reference_urls.as_ref()),
    }
}

fn package(told: &types::VulnerablePackage) -> Package {
    let mut package = Package {
        name: told.name.clone(),
        version: told.version.clone(),
        // Zero is also what the SDK makes of no epoch, and means the same.
        epoch: (told.epoch != 0).then(|| i64::from(told.epoch)),
        release: told.release.clone(),
        arch: told.arch.clone(),
        manager: told.package_manager.as_ref().map(|manager| manager.as_str().to_owned()),
        file_path: told.file_path.clone(),
        layer: told.source_layer_hash.clone(),
        remediation: told.remediation.clone(),
        source_lambda_layer_arn: told.source_lambda_layer_arn.clone(),
        ..Package::default()
    };
    if let Some(fixed) = told.fixed_in_version() {
        package.set_fixed_in(fixed);
    }
    package
}

fn resource(told: &types::Resource) -> Resource {
    Resource {
        kind: word(told.r#type.as_str()).unwrap_or_default(),
        id: told.id.clone(),
        partition: told.partition.clone(),
        region: told.region.clone(),
        provider: told.provider.as_ref().map(|provider| provider.as_str().to_owned()),
        provider_account_id: told.provider_account_id.clone(),
        provider_org_id: told.provider_org_id.clone(),
        tags: told.tags.clone().unwrap_or_default().into_iter().collect(),
        image: told.details.as_ref().and_then(|details| details.aws_ecr_container_image.as_ref()).map(image),
    }
}

fn image(told: &types::AwsEcrContainerImageDetails) -> Image {
    Image {
        repository: told.repository_name.clone(),
        digest: told.image_hash.clone(),
        tags: list(told.image_tags.as_ref()),
        registry: told.registry.clone(),
        architecture: told.architecture.clone(),
        platform: told.platform.clone(),
        author: told.author.clone(),
        pushed_at: told.pushed_at.as_ref().and_then(timestamp),
        in_use_count: told.in_use_count,
        last_in_use_at: told.last_in_use_at.as_ref().and_then(timestamp),
    }
}
