//! `UpdateImageStorageClass`: moves an image into the archive, or back.

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
    image_lifecycle::archive::{archive, restore},
    state::image_lifecycle::{ImageStatus, StorageClass},
    timeline::RESTORATION,
    wire::error::{ApiError, ApiResult},
};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Update {
    registry_id: Option<String>,
    repository_name: Option<String>,
    image_id: Option<ImageId>,
    target_storage_class: Option<String>,
}

pub(super) async fn update(cloud: &Cloud, input: Update) -> ApiResult {
    check::registry_id(input.registry_id.as_deref())?;
    let name = check::name(input.repository_name)?;
    let id = input::required("imageId", input.image_id)?;
    id.check()?;
    let target = match input::required("targetStorageClass", input.target_storage_class)?.as_str() {
        "STANDARD" => StorageClass::Standard,
        "ARCHIVE" => StorageClass::Archive,
        _ => return Err(ApiError::parameter("targetStorageClass", "must satisfy enum value set: [STANDARD, ARCHIVE]")),
    };
    cloud.store.read(|state| check::repository_exists(state, &name))?;
    let images = cloud.images(&name).await?;
    let image = id.find(&images).ok_or_else(|| check::image_not_found(&id, &name))?;
    if image.referenced_by_index {
        return Err(not_supported(
            "The image is listed by an index: its storage class is changed with that of the index.",
        ));
    }
    let (now, digest) = (cloud.clock.moment(), image.digest.as_str());
    let status = cloud
        .store
        .change(|state| {
            let repository = stored::repository(state, &name)?;
            match (repository.archive.status(digest, now), target) {
                (ImageStatus::Active, StorageClass::Archive) => archive(state, &name, image, &images, now),
                (ImageStatus::Archived, StorageClass::Standard) => {
                    restore(state, &name, image, &images, now + cloud.clock.scaled(RESTORATION));
                }
                (ImageStatus::Activating, StorageClass::Archive) => {
                    return Err(not_supported("The image is being restored: it can be archived when it is active."));
                }
                // It has that class already, or soon.
                (ImageStatus::Active | ImageStatus::Activating, StorageClass::Standard)
                | (ImageStatus::Archived, StorageClass::Archive) => {}
            }
            Ok(state
                .repositories
                .get(&name)
                .map_or(ImageStatus::Active, |repository| repository.archive.status(digest, now)))
        })
        .await?;
    Ok(json!({
        "registryId": ACCOUNT,
        "repositoryName": name,
        "imageId": ImageId { image_digest: Some(digest.to_owned()), image_tag: id.image_tag },
        "imageStatus": status.as_str(),
    }))
}

fn not_supported(message: &str) -> ApiError {
    ApiError::new("ImageStorageClassUpdateNotSupportedException", message)
}
