//! The filters of `ListFindings`, and of the filters that an account keeps.

use serde::Deserialize;
use serde_json::{Map, Value};

use crate::{
    api::inspector2::{
        criteria::{
            COMPARISONS, Dates, MapFilter, Numbers, Strings, check_count, check_maps, check_strings, dates, numbers,
            strings,
        },
        findings::package_filter::PackageFilter,
        other_criteria::{self, Kind},
    },
    cloud::Cloud,
    config::ACCOUNT,
    observe::ObservedFinding,
    wire::error::ApiError,
};

/// The criteria of properties that no image has, from Inspector's model in botocore 1.44.8.
const OTHERS: &[(&str, Kind)] = &[
    ("ec2InstanceImageId", Kind::Text),
    ("ec2InstanceVpcId", Kind::Text),
    ("ec2InstanceSubnetId", Kind::Text),
    ("portRange", Kind::Ports),
    ("networkProtocol", Kind::Text),
    ("componentId", Kind::Text),
    ("componentType", Kind::Text),
    ("lambdaFunctionName", Kind::Text),
    ("lambdaFunctionLayers", Kind::Text),
    ("lambdaFunctionRuntime", Kind::Text),
    ("lambdaFunctionLastModifiedAt", Kind::Time),
    ("lambdaFunctionExecutionRoleArn", Kind::Text),
    ("codeVulnerabilityDetectorName", Kind::Text),
    ("codeVulnerabilityDetectorTags", Kind::Text),
    ("codeVulnerabilityFilePath", Kind::Text),
    ("codeRepositoryProjectName", Kind::Text),
    ("codeRepositoryProviderType", Kind::Text),
    ("machineImageId", Kind::Text),
    ("machineImageName", Kind::Text),
    ("machineImageOwnerAccountId", Kind::Text),
    ("machineImagePlatform", Kind::Text),
    ("cloudProvider", Kind::Text),
    ("cloudProviderRegion", Kind::Text),
    ("cloudProviderAccountId", Kind::Text),
    ("cloudProviderOrgId", Kind::Text),
    ("cloudVmImageReference", Kind::Text),
    ("cloudVmNetworkId", Kind::Text),
    ("cloudVmSubnetIds", Kind::Text),
    ("cloudImageRepositoryName", Kind::Text),
    ("cloudImageRegistry", Kind::Text),
    ("cloudImageDigest", Kind::Text),
    ("cloudImageTags", Kind::Text),
    ("cloudImagePushedAt", Kind::Time),
    ("cloudImageArchitecture", Kind::Text),
    ("cloudImageLastInUseAt", Kind::Time),
    ("cloudImageInUseCount", Kind::Number),
    ("cloudServerlessFunctionName", Kind::Text),
    ("cloudServerlessFunctionRuntime", Kind::Text),
    ("cloudServerlessFunctionLastModifiedAt", Kind::Time),
    ("cloudServerlessFunctionExecutionRole", Kind::Text),
];

/// The criteria of findings: a finding has to fit all.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct FilterCriteria {
    finding_arn: Strings,
    aws_account_id: Strings,
    finding_type: Strings,
    severity: Strings,
    first_observed_at: Dates,
    last_observed_at: Dates,
    updated_at: Dates,
    finding_status: Strings,
    title: Strings,
    inspector_score: Numbers,
    resource_type: Strings,
    resource_id: Strings,
    resource_tags: Option<Vec<MapFilter>>,
    ecr_image_pushed_at: Dates,
    ecr_image_architecture: Strings,
    ecr_image_registry: Strings,
    ecr_image_repository_name: Strings,
    ecr_image_tags: Strings,
    ecr_image_hash: Strings,
    ecr_image_last_in_use_at: Dates,
    ecr_image_in_use_count: Numbers,
    vulnerability_id: Strings,
    vulnerability_source: Strings,
    vendor_severity: Strings,
    vulnerable_packages: Option<Vec<PackageFilter>>,
    related_vulnerabilities: Strings,
    fix_available: Strings,
    exploit_available: Strings,
    epss_score: Numbers,
    /// Criteria of properties that no image has.
    #[serde(flatten)]
    others: Map<String, Value>,
}

impl FilterCriteria {
    pub(crate) fn check(&self) -> Result<(), ApiError> {
        let text = [
            ("findingArn", &self.finding_arn),
            ("awsAccountId", &self.aws_account_id),
            ("findingType", &self.finding_type),
            ("severity", &self.severity),
            ("findingStatus", &self.finding_status),
            ("title", &self.title),
            ("resourceType", &self.resource_type),
            ("resourceId", &self.resource_id),
            ("ecrImageArchitecture", &self.ecr_image_architecture),
            ("ecrImageRegistry", &self.ecr_image_registry),
            ("ecrImageRepositoryName", &self.ecr_image_repository_name),
            ("ecrImageTags", &self.ecr_image_tags),
            ("ecrImageHash", &self.ecr_image_hash),
            ("vulnerabilityId", &self.vulnerability_id),
            ("vulnerabilitySource", &self.vulnerability_source),
            ("vendorSeverity", &self.vendor_severity),
            ("relatedVulnerabilities", &self.related_vulnerabilities),
            ("fixAvailable", &self.fix_available),
            ("exploitAvailable", &self.exploit_available),
        ];
        other_criteria::check(&self.others, OTHERS, COMPARISONS)?;
        text.into_iter().try_for_each(|(name, filters)| check_strings(name, filters, COMPARISONS))?;
        let times = [
            ("firstObservedAt", &self.first_observed_at),
            ("lastObservedAt", &self.last_observed_at),
            ("updatedAt", &self.updated_at),
            ("ecrImagePushedAt", &self.ecr_image_pushed_at),
            ("ecrImageLastInUseAt", &self.ecr_image_last_in_use_at),
        ];
        times.into_iter().try_for_each(|(name, filters)| check_count(name, filters.as_deref()))?;
        let amounts = [
            ("inspectorScore", &self.inspector_score),
            ("ecrImageInUseCount", &self.ecr_image_in_use_count),
            ("epssScore", &self.epss_score),
        ];
        amounts.into_iter().try_for_each(|(name, filters)| check_count(name, filters.as_deref()))?;
        check_maps("resourceTags", self.resource_tags.as_deref())?;
        check_count("vulnerablePackages", self.vulnerable_packages.as_deref())?;
        self.vulnerable_packages.iter().flatten().try_for_each(PackageFilter::check)
    }

    pub(crate) fn fits(&self, cloud: &Cloud, observed: &ObservedFinding) -> bool {
        self.fits_finding(cloud, observed) && self.fits_image(cloud, observed) && self.fits_vulnerability(observed)
    }

    fn fits_finding(&self, cloud: &Cloud, observed: &ObservedFinding) -> bool {
        let finding = observed.finding();
        let arn = cloud.names.finding_arn(&observed.id);
        strings(&self.finding_arn, [arn.as_str()])
            && strings(&self.aws_account_id, [ACCOUNT])
            && strings(&self.finding_type, ["PACKAGE_VULNERABILITY"])
            && strings(&self.severity, [finding.severity.as_str()])
            && dates(&self.first_observed_at, Some(observed.first_at))
            && dates(&self.last_observed_at, Some(observed.last_at))
            && dates(&self.updated_at, Some(observed.last_at))
            && strings(&self.finding_status, [observed.status()])
            && strings(&self.title, [finding.title.as_str()])
            && numbers(&self.inspector_score, finding.score())
            && other_criteria::is_none(&self.others)
    }

    fn fits_image(&self, cloud: &Cloud, observed: &ObservedFinding) -> bool {
        let image = &observed.image;
        let id = cloud.names.image_arn(&image.repository, &image.digest);
        strings(&self.resource_type, ["AWS_ECR_CONTAINER_IMAGE"])
            && strings(&self.resource_id, [id.as_str()])
            // Images have no resource tags, and are not known to be in use.
            && self.resource_tags.is_none()
            && dates(&self.ecr_image_last_in_use_at, None)
            && numbers(&self.ecr_image_in_use_count, Some(0.0))
            && dates(&self.ecr_image_pushed_at, Some(image.pushed_at))
            && strings(&self.ecr_image_architecture, [observed.report().architecture.as_str()])
            && strings(&self.ecr_image_registry, [ACCOUNT])
            && strings(&self.ecr_image_repository_name, [image.repository.as_str()])
            && strings(&self.ecr_image_tags, image.tags.iter().map(String::as_str))
            && strings(&self.ecr_image_hash, [image.digest.as_str()])
    }

    fn fits_vulnerability(&self, observed: &ObservedFinding) -> bool {
        let finding = observed.finding();
        strings(&self.vulnerability_id, finding.vulnerability.as_deref())
            && strings(&self.vulnerability_source, finding.source.as_deref())
            && strings(&self.vendor_severity, finding.vendor_severity.as_deref())
            && strings(&self.related_vulnerabilities, finding.related.iter().map(String::as_str))
            && strings(&self.fix_available, [finding.fix_available.as_str()])
            && strings(&self.exploit_available, [finding.exploit_available.as_str()])
            && numbers(&self.epss_score, finding.epss)
            && self.vulnerable_packages.as_ref().is_none_or(|filters| {
                filters.iter().any(|filter| finding.packages.iter().any(|package| filter.fits(package)))
            })
    }
}
