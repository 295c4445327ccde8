//! Batch operations on images: getting manifests, and deleting images. A failure is reported for the image it concerns; the
//! call itself succeeds.

use oci::{Digest, TagOrDigest};
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
    lifecycle::close::close_image,
    wire::error::{ApiError, ApiResult},
};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Images {
    registry_id: Option<String>,
    repository_name: Option<String>,
    image_ids: Option<Vec<ImageId>>,
}

/// Returns manifests as they were pushed; they are not converted into other formats.
pub(super) async fn get(cloud: &Cloud, input: Images) -> ApiResult {
    let (name, ids) = check_images(cloud, input)?;
    let images = cloud.images(&name).await?;
    let (mut matches, mut failures) = (Vec::new(), Vec::new());
    for id in &ids {
        match find_image(id, &images) {
            Ok(image) if !cloud.is_active(&name, &image.digest) => {
                failures.push(failure(id, "ImageInaccessible", "Requested image is archived"));
            }
            Ok(image) => {
                let stored = cloud.storage.manifest(&name, &TagOrDigest::Digest(image.digest.clone())).await?;
                let Some(stored) = stored else {
                    failures.push(failure(id, "ImageNotFound", "Requested image not found"));
                    continue;
                };
                matches.push(json!({
                    "registryId": ACCOUNT,
                    "repositoryName": name,
                    "imageId": ImageId { image_digest: Some(image.digest.to_string()), image_tag: id.image_tag.clone() },
                    "imageManifest": String::from_utf8_lossy(&stored.bytes),
                    "imageManifestMediaType": stored.media_type,
                }));
            }
            Err(failed) => failures.push(failed),
        }
    }
    Ok(json!({ "images": matches, "failures": failures }))
}

/// By tag, removes the tag, and the image with its last tag; by digest, removes the image with all its tags.
pub(super) async fn delete(cloud: &Cloud, input: Images) -> ApiResult {
    let (name, ids) = check_images(cloud, input)?;
    let (mut deleted, mut failures) = (Vec::new(), Vec::new());
    for id in &ids {
        // Read again each time: an image can be deleted once the index that refers to it is.
        let images = cloud.images(&name).await?;
        match find_image(id, &images) {
            Ok(image) => match remove(cloud, &name, id, image).await? {
                Ok(ids) => deleted.extend(ids),
                Err(failed) => failures.push(failed),
            },
            Err(failed) => failures.push(failed),
        }
    }
    Ok(json!({ "imageIds": deleted, "failures": failures }))
}

fn check_images(cloud: &Cloud, input: Images) -> Result<(String, Vec<ImageId>), ApiError> {
    check::registry_id(input.registry_id.as_deref())?;
    let name = check::name(input.repository_name)?;
    let ids = input::required("imageIds", input.image_ids)?;
    input::count("imageIds", &ids, 1..=100)?;
    cloud.store.read(|state| check::repository_exists(state, &name))?;
    Ok((name, ids))
}

fn find_image<'a>(id: &ImageId, images: &'a [ImageRecord]) -> Result<&'a ImageRecord, Value> {
    let invalid_digest = id.image_digest.as_ref().is_some_and(|digest| digest.parse::<Digest>().is_err());
    match id {
        ImageId { image_digest: None, image_tag: None } => {
            Err(failure(id, "MissingDigestAndTag", "Invalid request parameters: both tag and digest cannot be null"))
        }
        _ if invalid_digest => Err(failure(
            id,
            "InvalidImageDigest",
            "Invalid request parameters: image digest should satisfy the regex '[a-zA-Z0-9-_+.]+:[a-fA-F0-9]+'",
        )),
        ImageId { image_tag: Some(tag), .. } if !(1..=300).contains(&tag.len()) => {
            Err(failure(id, "InvalidImageTag", "Invalid request parameters: image tag should have 1 to 300 characters"))
        }
        ImageId { image_digest: Some(digest), image_tag: Some(_) } => id.find(images).ok_or_else(|| {
            let exists = images.iter().any(|image| image.digest.as_str() == digest);
            let mismatch = "The image tag does not belong to the image digest";
            if exists { failure(id, "ImageTagDoesNotMatchDigest", mismatch) } else { not_found(id) }
        }),
        _ => id.find(images).ok_or_else(|| not_found(id)),
    }
}

async fn remove(
    cloud: &Cloud,
    name: &str,
    id: &ImageId,
    image: &ImageRecord,
) -> Result<Result<Vec<ImageId>, Value>, ApiError> {
    let digest = image.digest.to_string();
    let with = |tag: &String| ImageId { image_digest: Some(digest.clone()), image_tag: Some(tag.clone()) };
    let whole = id.image_tag.is_none() || image.tags.len() <= 1;
    if whole && image.referenced_by_index {
        let reason = format!("Requested image referenced by manifest list: [{digest}]");
        return Ok(Err(failure(id, "ImageReferencedByManifestList", &reason)));
    }
    match &id.image_tag {
        Some(tag) if !whole => {
            cloud.storage.untag(name, tag).await?;
            Ok(Ok(vec![with(tag)]))
        }
        _ => {
            cloud.storage.delete_manifest(name, &image.digest).await?;
            let now = cloud.clock.moment();
            cloud
                .store
                .change(|state| {
                    close_image(state, name, &digest, Some(image), now, true);
                    Ok::<_, ApiError>(())
                })
                .await?;
            let untagged = ImageId { image_digest: Some(digest.clone()), image_tag: None };
            Ok(Ok(if image.tags.is_empty() { vec![untagged] } else { image.tags.iter().map(with).collect() }))
        }
    }
}

fn not_found(id: &ImageId) -> Value {
    failure(id, "ImageNotFound", "Requested image not found")
}

fn failure(id: &ImageId, code: &str, reason: &str) -> Value {
    json!({ "imageId": id, "failureCode": code, "failureReason": reason })
}
