//! Blobs: checking for, pulling, and deleting.

use axum::{body::Body, response::Response};
use http::{
    Method, StatusCode,
    header::{
        ACCEPT_RANGES, CACHE_CONTROL, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE, ETAG, IF_NONE_MATCH, IF_RANGE, RANGE,
    },
    request::Parts,
};
use serde_json::json;

use super::{
    content,
    range::{self, ByteRange},
    response::{self, CONTENT_DIGEST, EndpointResult, Failure},
    service::{Registry, header_text},
};
use crate::{
    error::{At, StorageError},
    hooks::Refusal,
};
use oci::Digest;

/// `HEAD` and `GET /v2/<name>/blobs/<digest>`
pub(super) async fn get(registry: &Registry, name: &str, digest: &Digest, request: &Parts) -> EndpointResult {
    let size = registry.storage.blob_size(name, digest).ok_or_else(|| unknown(digest))?;
    if matches_etag(request, digest) {
        return Ok(response::empty(
            StatusCode::NOT_MODIFIED,
            [(ETAG, etag(digest)), (CONTENT_DIGEST, digest.to_string())],
        ));
    }
    let (status, range) = match requested_range(request, digest, size) {
        ByteRange::Whole => (StatusCode::OK, 0..size),
        ByteRange::Part(range) => (StatusCode::PARTIAL_CONTENT, range),
        ByteRange::Unsatisfiable => return Err(unsatisfiable(size)),
    };
    let length = range.end - range.start;
    let content_range =
        (status == StatusCode::PARTIAL_CONTENT).then(|| format!("bytes {}-{}/{size}", range.start, range.end - 1));
    let body = if request.method == Method::HEAD {
        Body::empty()
    } else {
        let path = registry.storage.blob_path(name, digest).ok_or_else(|| unknown(digest))?;
        content::of_file(path.clone(), range).await.at(&path).map_err(|error| not_found(error, digest))?
    };
    let mut response = Response::new(body);
    *response.status_mut() = status;
    response::set(
        &mut response,
        [
            (CONTENT_TYPE, "application/octet-stream".to_owned()),
            (CONTENT_LENGTH, length.to_string()),
            (CONTENT_DIGEST, digest.to_string()),
            (ETAG, etag(digest)),
            (ACCEPT_RANGES, "bytes".to_owned()),
            // The content of a digest never changes.
            (CACHE_CONTROL, "max-age=31536000".to_owned()),
        ],
    );
    if let Some(content_range) = content_range {
        response::set(&mut response, [(CONTENT_RANGE, content_range)]);
    }
    Ok(response)
}

/// `DELETE /v2/<name>/blobs/<digest>`
pub(super) async fn delete(registry: &Registry, name: &str, digest: &Digest) -> EndpointResult {
    if registry.storage.unlink_blob(name, digest).await? {
        Ok(response::empty(StatusCode::ACCEPTED, [(CONTENT_DIGEST, digest.to_string())]))
    } else {
        Err(unknown(digest))
    }
}

/// The digest as an entity tag; manifests have the same.
pub(super) fn etag(digest: &Digest) -> String {
    format!("\"{digest}\"")
}

/// Whether the client has this content already, by its `If-None-Match`.
pub(super) fn matches_etag(request: &Parts, digest: &Digest) -> bool {
    let candidates = header_text(request, &IF_NONE_MATCH).unwrap_or_default().split(',');
    candidates
        .map(|tag| tag.trim().trim_start_matches("W/"))
        .any(|tag| tag == "*" || tag.trim_matches('"') == digest.as_str())
}

fn requested_range(request: &Parts, digest: &Digest, size: u64) -> ByteRange {
    let unchanged = header_text(request, &IF_RANGE).is_none_or(|tag| tag == etag(digest));
    let header = header_text(request, &RANGE).filter(|_| unchanged && request.method == Method::GET);
    header.map_or(ByteRange::Whole, |header| range::requested(header, size))
}

fn unknown(digest: &Digest) -> Failure {
    Refusal::new(StatusCode::NOT_FOUND, "BLOB_UNKNOWN", "blob unknown to registry")
        .detail(json!({ "digest": digest }))
        .into()
}

fn unsatisfiable(size: u64) -> Failure {
    let whole = format!("bytes */{size}").try_into().expect("a number is a header value");
    Refusal::new(StatusCode::RANGE_NOT_SATISFIABLE, "RANGE_INVALID", "the blob has no such bytes")
        .header(CONTENT_RANGE, whole)
        .into()
}

/// The blob may be deleted between the lookup and the opening of its file.
fn not_found(error: StorageError, digest: &Digest) -> Failure {
    match error {
        StorageError::Io { source, .. } if source.kind() == std::io::ErrorKind::NotFound => unknown(digest),
        other => other.into(),
    }
}
