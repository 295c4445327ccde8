//! Manifests: checking for, pulling, pushing, deleting. A manifest is always served as it was pushed, whatever `Accept`
//! says: a translated manifest would have another digest.

use std::mem;

use axum::{body::Body, response::Response};
use bytes::Bytes;
use http::{
    Method, StatusCode,
    header::{CONTENT_LENGTH, CONTENT_TYPE, ETAG, LOCATION},
    request::Parts,
};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use serde_json::json;

use super::{
    blobs::{etag, matches_etag},
    response::{self, CONTENT_DIGEST, EndpointResult, Failure, OCI_SUBJECT, OCI_TAG},
    service::{Registry, header_text, query, run_to_completion},
};
use crate::{
    error::StorageError,
    hooks::{Pushed, Refusal},
    storage::put::{Put, PutManifest},
};
use oci::{Algorithm, Digest, MANIFEST_LIMIT, TagOrDigest};

/// `HEAD` and `GET /v2/<name>/manifests/<reference>`
pub(super) async fn get(registry: &Registry, name: &str, reference: &TagOrDigest, request: &Parts) -> EndpointResult {
    let stored = registry.storage.manifest(name, reference).await?;
    let manifest = stored.ok_or_else(|| unknown(&reference.to_string()))?;
    registry.hooks.may_read(name, &manifest.digest).map_err(Failure::Hook)?;
    let digest = manifest.digest.to_string();
    if matches_etag(request, &manifest.digest) {
        let headers = [(ETAG, etag(&manifest.digest)), (CONTENT_DIGEST, digest)];
        return Ok(response::empty(StatusCode::NOT_MODIFIED, headers));
    }
    let length = manifest.bytes.len();
    let body = if request.method == Method::GET {
        registry.storage.mark_pulled(name, &manifest.digest, registry.hooks.now()).await?;
        registry.hooks.pulled(name, &manifest.digest);
        Body::from(manifest.bytes)
    } else {
        Body::empty()
    };
    let mut response = Response::new(body);
    let headers = [
        (CONTENT_TYPE, manifest.media_type),
        (CONTENT_LENGTH, length.to_string()),
        (CONTENT_DIGEST, digest),
        (ETAG, etag(&manifest.digest)),
    ];
    response::set(&mut response, headers);
    Ok(response)
}

/// `PUT /v2/<name>/manifests/<reference>`; by digest with any number of `?tag=`
pub(super) async fn put(
    registry: &Registry,
    name: &str,
    reference: TagOrDigest,
    request: &Parts,
    body: &mut Body,
) -> EndpointResult {
    let bytes = read(request, body).await?;
    let (tags, extra_tags, algorithm) = match reference {
        TagOrDigest::Tag(tag) => (vec![tag], Vec::new(), Algorithm::default()),
        TagOrDigest::Digest(expected) => {
            let algorithm = expected.algorithm();
            let actual = Digest::of_by(algorithm, &bytes);
            if actual != expected {
                return Err(StorageError::DigestMismatch { expected, actual }.into());
            }
            let tags: Vec<_> = query(request, "tag").collect();
            (tags.clone(), tags, algorithm)
        }
    };
    let push = ManifestPush {
        registry: registry.clone(),
        name: name.to_owned(),
        bytes,
        algorithm,
        media_type: header_text(request, &CONTENT_TYPE).map(str::to_owned),
    };
    run_to_completion(async move {
        let mut stored = push.put(tags.first().cloned()).await?;
        for tag in tags.into_iter().skip(1) {
            stored = push.put(Some(tag)).await?;
        }
        let location = format!("/v2/{}/manifests/{}", push.name, stored.digest);
        let headers = [(LOCATION, location), (CONTENT_DIGEST, stored.digest.to_string())];
        let mut response = response::empty(StatusCode::CREATED, headers);
        if let Some(subject) = stored.subject {
            response::set(&mut response, [(OCI_SUBJECT, subject.to_string())]);
        }
        for tag in extra_tags {
            response::set(&mut response, [(OCI_TAG, tag)]);
        }
        Ok(response)
    })
    .await
}

/// `DELETE /v2/<name>/manifests/<reference>`: a tag is removed from its manifest, a digest is deleted with its tags.
pub(super) async fn delete(registry: &Registry, name: &str, reference: &TagOrDigest) -> EndpointResult {
    let deleted = match reference {
        TagOrDigest::Tag(tag) => registry.storage.untag(name, tag).await?.is_some(),
        TagOrDigest::Digest(digest) => registry.storage.delete_manifest(name, digest).await?,
    };
    if deleted { Ok(response::empty(StatusCode::ACCEPTED, [])) } else { Err(unknown(&reference.to_string())) }
}

pub(super) fn unknown(reference: &str) -> Failure {
    Refusal::new(StatusCode::NOT_FOUND, "MANIFEST_UNKNOWN", "manifest unknown")
        .detail(json!({ "reference": reference }))
        .into()
}

async fn read(request: &Parts, body: &mut Body) -> Result<Bytes, StorageError> {
    let length = header_text(request, &CONTENT_LENGTH).and_then(|length| length.parse::<usize>().ok());
    if length.is_some_and(|length| length > MANIFEST_LIMIT) {
        return Err(StorageError::ManifestTooBig);
    }
    match Limited::new(mem::take(body), MANIFEST_LIMIT).collect().await {
        Ok(collected) => Ok(collected.to_bytes()),
        Err(error) if error.is::<LengthLimitError>() => Err(StorageError::ManifestTooBig),
        Err(error) => Err(StorageError::ContentBroken { reason: error.to_string() }),
    }
}

struct ManifestPush {
    registry: Registry,
    name: String,
    bytes: Bytes,
    algorithm: Algorithm,
    media_type: Option<String>,
}

impl ManifestPush {
    async fn put(&self, tag: Option<String>) -> Result<PutManifest, Failure> {
        let Registry { storage, hooks, .. } = &self.registry;
        let at = hooks.now();
        let may_tag = {
            let (hooks, name, tag) = (hooks.clone(), self.name.clone(), tag.clone().unwrap_or_default());
            move |existing: Option<&Digest>, new: &Digest| hooks.may_tag(&name, &tag, existing, new)
        };
        let (bytes, media_type) = (self.bytes.clone(), self.media_type.as_deref());
        let put = Put::new(&self.name, bytes, media_type, tag.as_deref(), at).by(self.algorithm);
        let stored = storage.put(put, may_tag).await?.map_err(Failure::Hook)?;
        hooks.pushed(&Pushed {
            repository: self.name.clone(),
            digest: stored.digest.clone(),
            media_type: stored.media_type.clone(),
            tag,
            created: stored.created,
            moved_from: stored.moved_from.clone(),
            at,
        });
        Ok(stored)
    }
}
