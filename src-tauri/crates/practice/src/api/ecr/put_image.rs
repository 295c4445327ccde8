//! `PutImage`: stores and tags a manifest whose layers exist already. Unlike a push, it fails for an existing image.

use bytes::Bytes;
use oci::{Digest, TagOrDigest};
use registry::StorageError;
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
    hooks::immutable_tag,
    lifecycle::enroll,
    wire::error::{ApiError, ApiResult},
};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Put {
    registry_id: Option<String>,
    repository_name: Option<String>,
    image_manifest: Option<String>,
    image_manifest_media_type: Option<String>,
    image_tag: Option<String>,
    image_digest: Option<String>,
}

pub(super) async fn put(cloud: &Cloud, input: Put) -> ApiResult {
    check::registry_id(input.registry_id.as_deref())?;
    let name = check::name(input.repository_name)?;
    let manifest = input::required("imageManifest", input.image_manifest)?;
    if manifest.is_empty() || manifest.len() > registry::MANIFEST_LIMIT {
        return Err(ApiError::parameter("imageManifest", "must have length between 1 and 4194304"));
    }
    let bytes = Bytes::from(manifest.clone());
    let digest = Digest::of(&bytes);
    check_digest(input.image_digest.as_deref(), &digest)?;
    let immutable = cloud.store.read(|state| {
        let repository = stored::repository(state, &name)?;
        Ok::<_, ApiError>(input.image_tag.as_deref().is_some_and(|tag| repository.is_immutable(tag)))
    })?;
    // Putting an archived image restores it.
    let is_active = cloud.is_active(&name, &digest);
    if input.image_tag.is_none() && is_active && manifest_exists(cloud, &name, &digest).await? {
        return Err(already_exists(&name, &digest, None));
    }
    let (tag, repository) = (input.image_tag.clone(), name.clone());
    let stored = cloud
        .storage
        .put_manifest_if(
            &name,
            bytes,
            input.image_manifest_media_type.as_deref(),
            input.image_tag.as_deref(),
            cloud.clock.now(),
            move |existing: Option<&Digest>, new: &Digest| match existing {
                Some(current) if current == new && !is_active => Ok(()),
                Some(current) if current == new => Err(already_exists(&repository, new, tag.as_deref())),
                Some(_) if immutable => {
                    let text = immutable_tag(&repository, tag.as_deref().unwrap_or_default());
                    Err(ApiError::new("ImageTagAlreadyExistsException", text))
                }
                _ => Ok(()),
            },
        )
        .await
        .map_err(storage_error)??;
    enroll::pushed(cloud, &name, &stored.digest);
    cloud.store.save().await?;
    Ok(json!({ "image": {
        "registryId": ACCOUNT,
        "repositoryName": name,
        "imageId": ImageId { image_digest: Some(stored.digest.to_string()), image_tag: input.image_tag },
        "imageManifest": manifest,
        "imageManifestMediaType": stored.media_type,
    } }))
}

fn check_digest(declared: Option<&str>, actual: &Digest) -> Result<(), ApiError> {
    match declared {
        Some(declared) if declared != actual.as_str() => Err(ApiError::new(
            "ImageDigestDoesNotMatchException",
            format!("The provided image digest {declared} does not match the digest {actual} of the image manifest"),
        )),
        _ => Ok(()),
    }
}

async fn manifest_exists(cloud: &Cloud, name: &str, digest: &Digest) -> Result<bool, ApiError> {
    Ok(cloud.storage.manifest(name, &TagOrDigest::Digest(digest.clone())).await?.is_some())
}

fn already_exists(name: &str, digest: &Digest, tag: Option<&str>) -> ApiError {
    let tag = tag.map_or_else(String::new, |tag| format!(" and tag '{tag}'"));
    let message = format!(
        "Image with digest '{digest}'{tag} already exists in the repository with name '{name}' in registry with id \
         '{ACCOUNT}'"
    );
    ApiError::new("ImageAlreadyExistsException", message)
}

fn storage_error(error: StorageError) -> ApiError {
    let message = error.to_string();
    match error {
        StorageError::BlobsMissing { .. } => ApiError::new("LayersNotFoundException", message),
        StorageError::ChildrenMissing { .. } => ApiError::new("ReferencedImagesNotFoundException", message),
        StorageError::InvalidTag { .. } => ApiError::parameter("imageTag", "must be a valid tag"),
        StorageError::ManifestInvalid { .. } | StorageError::ManifestTooBig | StorageError::InvalidDigest { .. } => {
            ApiError::new("InvalidParameterException", format!("Invalid parameter at 'ImageManifest': {message}"))
        }
        other => other.into(),
    }
}
