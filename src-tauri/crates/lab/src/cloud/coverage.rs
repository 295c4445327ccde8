//! Inspector's coverage of a repository and its images, and its counts of findings by severity.

use std::collections::BTreeMap;

use aws_sdk_inspector2::types::{
    AggregationRequest, AggregationResponse, AggregationType, CoverageFilterCriteria, CoverageResourceType,
    CoverageStringComparison, CoverageStringFilter, CoveredResource, RepositoryAggregation, SeverityCounts,
    StringComparison, StringFilter,
};
use findings::Timestamp;
use serde::Serialize;

use super::paging::Paging;
use crate::{
    aws::{Aws, errors::problem},
    model::{outcome::FindingsReason, problem::LabError, scan_status::ScanStatus},
};

/// A resource in Inspector's coverage list, with the reason why it is covered or not.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CoverageRow {
    /// `AWS_ECR_REPOSITORY` or `AWS_ECR_CONTAINER_IMAGE`.
    pub resource_type: String,
    /// The resource's ARN.
    pub resource_id: String,
    /// An image's tags.
    pub tags: Vec<String>,
    /// `ACTIVE` or `INACTIVE`.
    pub status: Option<String>,
    /// The reason for the status: `SUCCESSFUL`, `SCAN_FREQUENCY_MANUAL`.
    pub reason: Option<String>,
    /// Why there are no findings, if there are none.
    pub findings_reason: FindingsReason,
    /// A repository's scan frequency: `CONTINUOUS_SCAN`.
    pub scan_frequency: Option<String>,
    /// When the image was last scanned.
    pub last_scanned_at: Option<Timestamp>,
}

/// The number of active findings, as Inspector counts them.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct InspectorCounts {
    /// All severities, including those below medium.
    pub all: u64,
    /// With severity CRITICAL.
    pub critical: u64,
    /// With severity HIGH.
    pub high: u64,
    /// With severity MEDIUM.
    pub medium: u64,
    /// The number of images with at least one finding.
    pub affected_images: u64,
}

/// Inspector's coverage of a repository: the repository first, then its images.
pub(crate) async fn rows(aws: &Aws, repository: &str) -> Result<Vec<CoverageRow>, LabError> {
    let name = CoverageStringFilter::builder().comparison(CoverageStringComparison::Equals).value(repository);
    let filter = CoverageFilterCriteria::builder().ecr_repository_name(name.build().map_err(LabError::defect)?).build();
    let mut pages = aws.inspector.list_coverage().filter_criteria(filter).max_results(200).into_paginator().send();
    let (mut rows, mut paging) = (Vec::new(), Paging::default());
    while let Some(page) = pages.next().await {
        let page = page.map_err(|error| problem("inspector2:ListCoverage", error))?;
        paging.check("inspector2:ListCoverage", page.covered_resources().len(), page.next_token())?;
        rows.extend(page.covered_resources().iter().map(row));
    }
    rows.sort_by_key(|row| row.resource_type != CoverageResourceType::AwsEcrRepository.as_str());
    Ok(rows)
}

/// Inspector's coverage of an image.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ImageCoverage {
    /// The reason for its status: `SUCCESSFUL`, `SCAN_FREQUENCY_MANUAL`.
    pub(crate) reason: String,
    /// When it was last scanned.
    pub(crate) last_scanned_at: Option<Timestamp>,
}

/// The coverage of images, by repository and digest.
pub(crate) type ByImage = BTreeMap<(String, String), ImageCoverage>;

/// Inspector's coverage of the images of a repository, or of all.
pub(crate) async fn images(aws: &Aws, repository: Option<&str>) -> Result<ByImage, LabError> {
    let equals = |value: &str| {
        let filter = CoverageStringFilter::builder().comparison(CoverageStringComparison::Equals).value(value);
        filter.build().map_err(LabError::defect)
    };
    let kind = equals(CoverageResourceType::AwsEcrContainerImage.as_str())?;
    let mut filter = CoverageFilterCriteria::builder().resource_type(kind);
    if let Some(repository) = repository {
        filter = filter.ecr_repository_name(equals(repository)?);
    }
    let list = aws.inspector.list_coverage().filter_criteria(filter.build()).max_results(200);
    let mut pages = list.into_paginator().send();
    let (mut images, mut paging) = (ByImage::new(), Paging::default());
    while let Some(page) = pages.next().await {
        let page = page.map_err(|error| problem("inspector2:ListCoverage", error))?;
        paging.check("inspector2:ListCoverage", page.covered_resources().len(), page.next_token())?;
        images.extend(page.covered_resources().iter().filter_map(image));
    }
    Ok(images)
}

/// An image's id is its repository's ARN, a slash and its digest.
fn image(resource: &CoveredResource) -> Option<((String, String), ImageCoverage)> {
    let (_, name) = resource.resource_id().split_once(":repository/")?;
    let (repository, digest) = name.rsplit_once('/')?;
    let coverage = ImageCoverage {
        reason: resource.scan_status().map(|status| status.reason().as_str().to_owned()).unwrap_or_default(),
        last_scanned_at: last_scanned_at(resource),
    };
    Some(((repository.to_owned(), digest.to_owned()), coverage))
}

fn last_scanned_at(resource: &CoveredResource) -> Option<Timestamp> {
    resource.last_scanned_at().map(|at| Timestamp::from_epoch_seconds(at.as_secs_f64()))
}

fn row(resource: &CoveredResource) -> CoverageRow {
    let metadata = resource.resource_metadata();
    let image = metadata.and_then(|metadata| metadata.ecr_image());
    let repository = metadata.and_then(|metadata| metadata.ecr_repository());
    let reason = resource.scan_status().map(|status| status.reason().as_str().to_owned());
    CoverageRow {
        resource_type: resource.resource_type().as_str().to_owned(),
        resource_id: resource.resource_id().to_owned(),
        tags: image.map(|image| image.tags().to_vec()).unwrap_or_default(),
        status: resource.scan_status().map(|status| status.status_code().as_str().to_owned()),
        findings_reason: ScanStatus::of(reason.as_deref().unwrap_or_default()).reason(),
        reason,
        scan_frequency: repository
            .and_then(|repository| repository.scan_frequency())
            .map(|frequency| frequency.as_str().to_owned()),
        last_scanned_at: last_scanned_at(resource),
    }
}

/// A repository's active findings by severity; `None` if Inspector has no counts for it.
pub(crate) async fn counts(aws: &Aws, repository: &str) -> Result<Option<InspectorCounts>, LabError> {
    let name = StringFilter::builder().comparison(StringComparison::Equals).value(repository).build();
    let request = RepositoryAggregation::builder().repositories(name.map_err(LabError::defect)?).build();
    let response = aws
        .inspector
        .list_finding_aggregations()
        .aggregation_type(AggregationType::Repository)
        .aggregation_request(AggregationRequest::RepositoryAggregation(request))
        .send()
        .await;
    let response = response.map_err(|error| problem("inspector2:ListFindingAggregations", error))?;
    Ok(response.responses().iter().find_map(|aggregation| match aggregation {
        AggregationResponse::RepositoryAggregation(counts) if counts.repository() == repository => {
            let severities = counts.severity_counts();
            let count = |of: Option<i64>| of.unwrap_or_default().unsigned_abs();
            Some(InspectorCounts {
                all: count(severities.and_then(SeverityCounts::all)),
                critical: count(severities.and_then(SeverityCounts::critical)),
                high: count(severities.and_then(SeverityCounts::high)),
                medium: count(severities.and_then(SeverityCounts::medium)),
                affected_images: count(counts.affected_images()),
            })
        }
        _ => None,
    }))
}
