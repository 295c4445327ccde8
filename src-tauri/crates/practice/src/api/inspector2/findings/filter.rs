//! The filters of `ListFindings`.

use serde::Deserialize;
use serde_json::{Map, Value};

use crate::{
    api::inspector2::criteria::{
        COMPARISONS, Dates, MapFilter, NumberFilter, Numbers, StringFilter, Strings, check_count, check_maps,
        check_strings, dates, numbers, strings,
    },
    cloud::Cloud,
    config::ACCOUNT,
    observe::ObservedFinding,
    scan::report::AffectedPackage,
    wire::error::ApiError,
};

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct FilterCriteria {
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
    /// Filters for properties that no image has: of networks, functions and instances.
    #[serde(flatten)]
    others: Map<String, Value>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct PackageFilter {
    name: Option<StringFilter>,
    version: Option<StringFilter>,
    epoch: Option<NumberFilter>,
    release: Option<StringFilter>,
    architecture: Option<StringFilter>,
    source_layer_hash: Option<StringFilter>,
    file_path: Option<StringFilter>,
}

impl FilterCriteria {
    pub(super) fn check(&self) -> Result<(), ApiError> {
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

    pub(super) fn fits(&self, cloud: &Cloud, observed: &ObservedFinding) -> bool {
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
            && self.others.values().all(Value::is_null)
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

impl PackageFilter {
    fn check(&self) -> Result<(), ApiError> {
        [&self.name, &self.version, &self.release, &self.architecture, &self.source_layer_hash, &self.file_path]
            .into_iter()
            .flatten()
            .try_for_each(|filter| filter.check("vulnerablePackages", COMPARISONS))
    }

    /// Whether all conditions hold for this one package.
    fn fits(&self, package: &AffectedPackage) -> bool {
        let text = |filter: &Option<StringFilter>, value: Option<&str>| {
            filter.as_ref().is_none_or(|filter| value.is_some_and(|value| filter.fits(value)))
        };
        text(&self.name, Some(&package.name))
            && text(&self.version, Some(&package.version))
            && text(&self.release, package.release.as_deref())
            && text(&self.architecture, package.arch.as_deref())
            && text(&self.source_layer_hash, package.layer.as_deref())
            && text(&self.file_path, package.file_path.as_deref())
            && self.epoch.as_ref().is_none_or(|filter| filter.fits(f64::from(package.epoch.unwrap_or(0))))
    }
}
