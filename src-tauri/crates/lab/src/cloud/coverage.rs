//! What Inspector covers of a repository, row by row, and its counts by severity.

use aws_sdk_inspector2::types::{
    AggregationRequest, AggregationResponse, AggregationType, CoverageFilterCriteria, CoverageResourceType,
    CoverageStringComparison, CoverageStringFilter, CoveredResource, RepositoryAggregation, SeverityCounts,
    StringComparison, StringFilter,
};
use findings::Timestamp;
use serde::Serialize;

use crate::{
    aws::{Aws, errors::problem},
    model::problem::LabError,
};

/// Something that Inspector covers, or says why it does not.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CoverageRow {
    /// `AWS_ECR_REPOSITORY` or `AWS_ECR_CONTAINER_IMAGE`.
    pub resource_type: String,
    /// The resource, as an ARN.
    pub resource_id: String,
    /// An image's tags.
    pub tags: Vec<String>,
    /// `ACTIVE` or `INACTIVE`.
    pub status: Option<String>,
    /// Why: `SUCCESSFUL`, `SCAN_FREQUENCY_MANUAL`.
    pub reason: Option<String>,
    /// A repository's scan frequency: `CONTINUOUS_SCAN`.
    pub scan_frequency: Option<String>,
    /// When an image was scanned last.
    pub last_scanned_at: Option<Timestamp>,
}

/// Active findings, as Inspector counts them.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct InspectorCounts {
    /// All, also those of lower severities.
    pub all: u64,
    /// Of severity CRITICAL.
    pub critical: u64,
    /// Of severity HIGH.
    pub high: u64,
    /// Of severity MEDIUM.
    pub medium: u64,
    /// How many images have one.
    pub affected_images: u64,
}

/// What Inspector knows of a repository: itself first, then its images.
pub(crate) async fn rows(aws: &Aws, repository: &str) -> Result<Vec<CoverageRow>, LabError> {
    let name = CoverageStringFilter::builder().comparison(CoverageStringComparison::Equals).value(repository);
    let filter = CoverageFilterCriteria::builder().ecr_repository_name(name.build().map_err(LabError::defect)?).build();
    let mut pages = aws.inspector.list_coverage().filter_criteria(filter).max_results(200).into_paginator().send();
    let mut rows = Vec::new();
    while let Some(page) = pages.next().await {
        let page = page.map_err(|error| problem("inspector2:ListCoverage", error))?;
        rows.extend(page.covered_resources().iter().map(row));
    }
    rows.sort_by_key(|row| row.resource_type != CoverageResourceType::AwsEcrRepository.as_str());
    Ok(rows)
}

fn row(told: &CoveredResource) -> CoverageRow {
    let metadata = told.resource_metadata();
    let image = metadata.and_then(|metadata| metadata.ecr_image());
    let repository = metadata.and_then(|metadata| metadata.ecr_repository());
    CoverageRow {
        resource_type: told.resource_type().as_str().to_owned(),
        resource_id: told.resource_id().to_owned(),
        tags: image.map(|image| image.tags().to_vec()).unwrap_or_default(),
        status: told.scan_status().map(|status| status.status_code().as_str().to_owned()),
        reason: told.scan_status().map(|status| status.reason().as_str().to_owned()),
        scan_frequency: repository
            .and_then(|repository| repository.scan_frequency())
            .map(|frequency| frequency.as_str().to_owned()),
        last_scanned_at: told.last_scanned_at().map(|at| Timestamp::from_epoch_seconds(at.as_secs_f64())),
    }
}

/// A repository's active findings by severity; `None` where Inspector has none.
pub(crate) async fn counts(aws: &Aws, repository: &str) -> Result<Option<InspectorCounts>, LabError> {
    let name = StringFilter::builder().comparison(StringComparison::Equals).value(repository).build();
    let request = RepositoryAggregation::builder().repositories(name.map_err(LabError::defect)?).build();
    let told = aws
        .inspector
        .list_finding_aggregations()
        .aggregation_type(AggregationType::Repository)
        .aggregation_request(AggregationRequest::RepositoryAggregation(request))
        .send()
        .await;
    let told = told.map_err(|error| problem("inspector2:ListFindingAggregations", error))?;
    Ok(told.responses().iter().find_map(|response| match response {
        AggregationResponse::RepositoryAggregation(counted) if counted.repository() == repository => {
            let severities = counted.severity_counts();
            let count = |of: Option<i64>| of.unwrap_or_default().unsigned_abs();
            Some(InspectorCounts {
                all: count(severities.and_then(SeverityCounts::all)),
                critical: count(severities.and_then(SeverityCounts::critical)),
                high: count(severities.and_then(SeverityCounts::high)),
                medium: count(severities.and_then(SeverityCounts::medium)),
                affected_images: count(counted.affected_images()),
            })
        }
        _ => None,
    }))
}
