//! The layer API, by which a client without a registry protocol pushes and pulls layers: uploads in parts, whether layers
//! exist, and URLs to download them.

use base64::{Engine, engine::general_purpose::STANDARD};
use bytes::Bytes;
use oci::Digest;
use registry::{Algorithm, StorageError, UploadId};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    api::{
        ecr::{check, repository_policy::OfRepository},
        input,
    },
    cloud::Cloud,
    config::ACCOUNT,
    image_layers::LayersOfImages,
    layer_urls,
    state::image_lifecycle::ImageStatus,
    wire::error::{ApiError, ApiResult},
};

/// The size of parts that clients should send, in bytes.
const PART_SIZE: u64 = 10 << 20;
/// The longest part, and the shortest one but for the last.
const LONGEST_PART: usize = 20 << 20;
const SHORTEST_PART: u64 = 5 << 20;
const DIGEST_PATTERN: &str = "must satisfy regular expression '[a-zA-Z0-9-_+.]+:[a-fA-F0-9]+'";

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct PartInput {
    registry_id: Option<String>,
    repository_name: Option<String>,
    upload_id: Option<String>,
    part_first_byte: Option<u64>,
    part_last_byte: Option<u64>,
    layer_part_blob: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Complete {
    registry_id: Option<String>,
    repository_name: Option<String>,
    upload_id: Option<String>,
    layer_digests: Option<Vec<String>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Layers {
    registry_id: Option<String>,
    repository_name: Option<String>,
    layer_digests: Option<Vec<String>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Download {
    registry_id: Option<String>,
    repository_name: Option<String>,
    layer_digest: Option<String>,
}

pub(super) async fn initiate(cloud: &Cloud, input: OfRepository) -> ApiResult {
    let name = input.checked_name()?;
    cloud.store.read(|state| check::repository_exists(state, &name))?;
    let id = cloud.storage.begin_upload(&name)?;
    Ok(json!({ "uploadId": id.to_string(), "partSize": PART_SIZE }))
}

pub(super) async fn upload_part(cloud: &Cloud, input: PartInput) -> ApiResult {
    let (name, id) = upload(cloud, input.registry_id.as_deref(), input.repository_name, input.upload_id)?;
    let first = input::required("partFirstByte", input.part_first_byte)?;
    let last = input::required("partLastByte", input.part_last_byte)?;
    let blob = STANDARD.decode(input::required("layerPartBlob", input.layer_part_blob)?);
    let blob = blob.map_err(|_| ApiError::parameter("layerPartBlob", "must be a Base64-encoded blob"))?;
    if blob.len() > LONGEST_PART {
        return Err(ApiError::parameter("layerPartBlob", &format!("must have length between 0 and {LONGEST_PART}")));
    }
    let received = cloud.storage.upload_parts(&name, id).await.map_err(|error| upload_error(error, &name, id))?.size;
    if last.checked_add(1) != first.checked_add(blob.len() as u64) || blob.is_empty() {
        return Err(invalid_part(&name, id, received, "The part does not have as many bytes as its range"));
    }
    let appended = cloud.storage.append(&name, id, first, Bytes::from(blob)).await;
    match appended.map_err(|error| upload_error(error, &name, id))? {
        Ok(size) => Ok(json!({
            "registryId": ACCOUNT,
            "repositoryName": name,
            "uploadId": id.to_string(),
            "lastByteReceived": size.saturating_sub(1),
        })),
        Err(size) => Err(invalid_part(&name, id, size, "The part does not begin where the last one ended")),
    }
}

pub(super) async fn complete(cloud: &Cloud, input: Complete) -> ApiResult {
    let (name, id) = upload(cloud, input.registry_id.as_deref(), input.repository_name, input.upload_id)?;
    let digests = input::required("layerDigests", input.layer_digests)?;
    input::count("layerDigests", &digests, 1..=100)?;
    let digests: Result<Vec<Digest>, _> = digests.iter().map(|text| text.parse()).collect();
    let digests = digests.map_err(|_| ApiError::parameter("layerDigests", DIGEST_PATTERN))?;
    // One for each hash function: the content has to have all of them.
    let digest = digests.iter().find(|digest| digest.algorithm() == Algorithm::Sha256).unwrap_or(&digests[0]).clone();
    let parts = cloud.storage.upload_parts(&name, id).await.map_err(|error| upload_error(error, &name, id))?;
    let of_upload = |code, message: &str| {
        let message = format!("{message}: the upload with id '{id}' in the repository with name '{name}'");
        Err(ApiError::new(code, message))
    };
    if parts.size == 0 {
        return of_upload("EmptyUploadException", "The specified layer upload does not contain any layer parts");
    }
    if parts.shortest_but_last.is_some_and(|size| size < SHORTEST_PART) {
        return of_upload("LayerPartTooSmallException", "Layer parts must be at least 5 MiB in size");
    }
    if cloud.storage.blob_size(&name, &digest).is_some() {
        return of_upload("LayerAlreadyExistsException", "The image layer already exists");
    }
    let other = digests.iter().any(|other| other.algorithm() == digest.algorithm() && *other != digest);
    let finished = if other { None } else { Some(cloud.storage.finish_upload(&name, id, &digest).await) };
    match finished {
        None | Some(Err(StorageError::DigestMismatch { .. })) => of_upload(
            "InvalidLayerException",
            "The layer digest calculation performed by Amazon ECR upon receipt does not match",
        ),
        Some(Err(error)) => Err(upload_error(error, &name, id)),
        Some(Ok(_)) => Ok(json!({
            "registryId": ACCOUNT,
            "repositoryName": name,
            "uploadId": id.to_string(),
            "layerDigest": digest,
        })),
    }
}

pub(super) async fn check_availability(cloud: &Cloud, input: Layers) -> ApiResult {
    check::registry_id(input.registry_id.as_deref())?;
    let name = check::name(input.repository_name)?;
    let digests = input::required("layerDigests", input.layer_digests)?;
    input::count("layerDigests", &digests, 1..=100)?;
    cloud.store.read(|state| check::repository_exists(state, &name))?;
    let archived = LayersOfImages::archived(cloud, &name).await?;
    let (mut layers, mut failures) = (Vec::new(), Vec::new());
    for text in digests {
        match text.parse::<Digest>() {
            Ok(digest) => {
                let size = cloud.storage.blob_size(&name, &digest);
                let availability = match size {
                    None => "UNAVAILABLE",
                    Some(_) if archived.contains(&digest) => "ARCHIVED",
                    Some(_) => "AVAILABLE",
                };
                layers.push(layer_to_json(&text, availability, size));
            }
            Err(_) => failures.push(json!({
                "layerDigest": text,
                "failureCode": "InvalidLayerDigest",
                "failureReason": "Invalid layer digest",
            })),
        }
    }
    Ok(json!({ "layers": layers, "failures": failures }))
}

/// A URL that needs no further credentials, for a while. Only layers of images have one.
pub(super) async fn download_url(cloud: &Cloud, input: Download) -> ApiResult {
    check::registry_id(input.registry_id.as_deref())?;
    let name = check::name(input.repository_name)?;
    let text = input::required("layerDigest", input.layer_digest)?;
    let digest: Digest = text.parse().map_err(|_| ApiError::parameter("layerDigest", DIGEST_PATTERN))?;
    cloud.store.read(|state| check::repository_exists(state, &name))?;
    if cloud.storage.blob_size(&name, &digest).is_none() {
        let message = format!("The layer with digest '{digest}' does not exist in the repository with name '{name}'");
        return Err(ApiError::new("LayersNotFoundException", message));
    }
    let layers = LayersOfImages::read(cloud, &name).await?;
    let is_inaccessible = |reason: &str| {
        let message = format!("The layer with digest '{digest}' in the repository with name '{name}' {reason}");
        Err(ApiError::new("LayerInaccessibleException", message))
    };
    match layers.status(&digest) {
        None => is_inaccessible("is not associated with an image"),
        Some(ImageStatus::Active) => {
            Ok(json!({ "downloadUrl": layer_urls::sign(cloud, &name, &digest), "layerDigest": digest }))
        }
        Some(ImageStatus::Archived | ImageStatus::Activating) => is_inaccessible("is archived"),
    }
}

fn layer_to_json(digest: &str, availability: &str, size: Option<u64>) -> Value {
    json!({
        "layerDigest": digest,
        "layerAvailability": availability,
        "layerSize": size.unwrap_or(0),
        "mediaType": "application/vnd.docker.image.rootfs.diff.tar.gzip",
    })
}

/// Validates the repository and the id of an upload.
fn upload(
    cloud: &Cloud,
    registry_id: Option<&str>,
    name: Option<String>,
    id: Option<String>,
) -> Result<(String, UploadId), ApiError> {
    check::registry_id(registry_id)?;
    let name = check::name(name)?;
    let id = input::required("uploadId", id)?;
    let pattern = "must satisfy regular expression \
                   '[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}'";
    let id = id.parse().map_err(|_| ApiError::parameter("uploadId", pattern))?;
    cloud.store.read(|state| check::repository_exists(state, &name))?;
    Ok((name, id))
}

fn invalid_part(name: &str, id: UploadId, size: u64, reason: &str) -> ApiError {
    let mut error =
        ApiError::new("InvalidLayerPartException", format!("{reason}: {size} bytes were received before it"));
    error.members.insert("registryId".into(), ACCOUNT.into());
    error.members.insert("repositoryName".into(), name.into());
    error.members.insert("uploadId".into(), id.to_string().into());
    error.members.insert("lastValidByteReceived".into(), size.saturating_sub(1).into());
    error
}

fn upload_error(error: StorageError, name: &str, id: UploadId) -> ApiError {
    match error {
        StorageError::UploadUnknown => {
            let message = format!(
                "The upload with id '{id}' does not exist in the repository with name '{name}' in the registry with id \
                 '{ACCOUNT}'"
            );
            ApiError::new("UploadNotFoundException", message)
        }
        other => other.into(),
    }
}
