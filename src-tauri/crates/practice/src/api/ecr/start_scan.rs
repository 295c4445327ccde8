//! `StartImageScan`: basic scans only. Under enhanced scanning Inspector starts the scans.

use oci::media_types;
use serde::Deserialize;
use serde_json::json;

use crate::{
    api::{
        ecr::{
            check::{self, ImageId},
            stored,
        },
        input,
    },
    cloud::Cloud,
    config::ACCOUNT,
    state::{repository::BasicScan, scanning::ScanType},
    wire::error::{ApiError, ApiResult},
};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Start {
    registry_id: Option<String>,
    repository_name: Option<String>,
    image_id: Option<ImageId>,
}

/// The time after which an image can be scanned again.
const RESCAN_INTERVAL: std::time::Duration = std::time::Duration::from_hours(24);

pub(super) async fn start(cloud: &Cloud, input: Start) -> ApiResult {
    check::registry_id(input.registry_id.as_deref())?;
    let name = check::name(input.repository_name)?;
    let id = input::required("imageId", input.image_id)?;
    id.check()?;
    let enhanced = cloud.store.read(|state| {
        check::repository_exists(state, &name)?;
        Ok::<_, ApiError>(state.scanning.scan_type == ScanType::Enhanced)
    })?;
    let images = cloud.images(&name).await?;
    let image = id.find(&images).ok_or_else(|| check::image_not_found(&id, &name))?;
    if enhanced {
        return Err(ApiError::new("ValidationException", "This feature is disabled"));
    }
    if !cloud.is_active(&name, &image.digest) {
        let message = format!("The image with digest '{}' is archived and cannot be scanned", image.digest);
        return Err(ApiError::new("ImageArchivedException", message));
    }
    if media_types::is_index(&image.media_type) {
        let message = format!("An artifact with media type '{}' cannot be scanned", image.media_type);
        return Err(ApiError::new("UnsupportedImageTypeException", message));
    }
    let (now, digest) = (cloud.clock.moment(), image.digest.to_string());
    stored::change_repository(cloud, &name, |repository| {
        if repository.basic.get(&digest).is_some_and(|scan| now < scan.started_at + RESCAN_INTERVAL) {
            let message = format!(
                "The scan quota per image has been exceeded. An image can be scanned once in 24 hours: {digest}"
            );
            return Err(ApiError::new("LimitExceededException", message));
        }
        repository.basic.insert(digest.clone(), BasicScan { started_at: now, done: None });
        Ok(())
    })
    .await?;
    Ok(json!({
        "registryId": ACCOUNT,
        "repositoryName": name,
        "imageId": ImageId { image_digest: Some(image.digest.to_string()), image_tag: id.image_tag },
        "imageScanStatus": { "status": "IN_PROGRESS" },
    }))
}
