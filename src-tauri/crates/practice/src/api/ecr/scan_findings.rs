//! `DescribeImageScanFindings`: a scan's status and findings; under enhanced scanning, Inspector's findings.

use registry::ImageRecord;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    api::{
        ecr::check::{self, ImageId},
        input,
    },
    cloud::Cloud,
    config::ACCOUNT,
    json::without_nulls,
    paging,
    state::{image_lifecycle::ImageStatus, scanning::ScanType},
    view::{ScanView, basic::basic, ecr::enhanced},
    wire::error::{ApiError, ApiResult},
};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Describe {
    registry_id: Option<String>,
    repository_name: Option<String>,
    image_id: Option<ImageId>,
    next_token: Option<String>,
    max_results: Option<i64>,
}

pub(super) async fn describe(cloud: &Cloud, input: Describe) -> ApiResult {
    check::registry_id(input.registry_id.as_deref())?;
    let name = check::name(input.repository_name)?;
    let id = input::required("imageId", input.image_id)?;
    id.check()?;
    let size = input::page_size(input.max_results, 100)?;
    let scan_type = cloud.store.read(|state| {
        check::repository_exists(state, &name)?;
        Ok::<_, ApiError>(state.scanning.scan_type)
    })?;
    let images = cloud.images(&name).await?;
    let image = id.find(&images).ok_or_else(|| check::image_not_found(&id, &name))?;
    let view = match scan_type {
        _ if cloud.image_status(&name, &image.digest) == ImageStatus::Archived => Some(ScanView::archived()),
        ScanType::Enhanced => enhanced(cloud, &name, image),
        ScanType::Basic => basic(cloud, &name, image.digest.as_str()),
    };
    let view = view.ok_or_else(|| scan_not_found(&id, &name))?;
    page_response(view, &name, id, image, input.next_token.as_deref(), size)
}

/// Every page repeats the status and the counts; only the list of findings is paged.
fn page_response(
    view: ScanView,
    name: &str,
    id: ImageId,
    image: &ImageRecord,
    token: Option<&str>,
    size: usize,
) -> ApiResult {
    let query = format!("DescribeImageScanFindings {name} {}", image.digest);
    let page = paging::page(view.findings, &query, token, size, |(key, _)| key.clone()).map_err(check::next_token)?;
    let findings: Vec<Value> = page.items.into_iter().map(|(_, finding)| finding).collect();
    let list = if view.enhanced { "enhancedFindings" } else { "findings" };
    // The AWS CLI fails at a response without this member, also where there is nothing to report.
    let mut scan_findings = json!({});
    if view.shows_findings {
        scan_findings = without_nulls(json!({
            "imageScanCompletedAt": view.completed_at,
            "vulnerabilitySourceUpdatedAt": view.source_updated_at,
            "findingSeverityCounts": view.counts,
        }));
        scan_findings[list] = findings.into();
    }
    Ok(without_nulls(json!({
        "registryId": ACCOUNT,
        "repositoryName": name,
        "imageId": ImageId { image_digest: Some(image.digest.to_string()), image_tag: id.image_tag },
        "imageScanStatus": without_nulls(json!({ "status": view.status, "description": view.description })),
        "imageScanFindings": scan_findings,
        "nextToken": page.next,
    })))
}

fn scan_not_found(id: &ImageId, name: &str) -> ApiError {
    let message = format!(
        "Image scan does not exist for the image with '{}' in the repository with name '{name}' in the registry with id \
         '{ACCOUNT}'",
        id.to_message()
    );
    ApiError::new("ScanNotFoundException", message)
}
