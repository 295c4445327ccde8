//! Listing the manifests that refer to another one: signatures, attestations, bills of materials.

use http::request::Parts;
use serde_json::{Value, json};

use super::{
    response::{self, EndpointResult, OCI_FILTERS},
    service::{Registry, query},
};
use crate::{error::StorageError, storage::images::ImageRecord};
use oci::{Digest, media_types::OCI_INDEX};

/// `GET /v2/<name>/referrers/<digest>?artifactType=`. Never 404: that would say the API is not supported.
pub(super) async fn list(registry: &Registry, name: &str, subject: &Digest, request: &Parts) -> EndpointResult {
    let images = match registry.storage.images(name).await {
        Err(StorageError::RepositoryUnknown { .. }) => Vec::new(),
        other => other?,
    };
    let types: Vec<_> = query(request, "artifactType").collect();
    let is_listed = |image: &&ImageRecord| {
        let type_matches = types.is_empty() || image.artifact_type.as_ref().is_some_and(|kind| types.contains(kind));
        image.subject.as_ref() == Some(subject) && type_matches
    };
    let manifests: Vec<_> = images.iter().filter(is_listed).map(descriptor).collect();
    let index = json!({ "schemaVersion": 2, "mediaType": OCI_INDEX, "manifests": manifests });
    let mut response = response::json(&index, OCI_INDEX);
    if !types.is_empty() {
        response::set(&mut response, [(OCI_FILTERS, "artifactType".to_owned())]);
    }
    Ok(response)
}

fn descriptor(image: &ImageRecord) -> Value {
    let mut descriptor = json!({ "mediaType": image.media_type, "digest": image.digest, "size": image.manifest_size });
    if let Some(kind) = &image.artifact_type {
        descriptor["artifactType"] = json!(kind);
    }
    if !image.annotations.is_empty() {
        descriptor["annotations"] = json!(image.annotations);
    }
    descriptor
}
