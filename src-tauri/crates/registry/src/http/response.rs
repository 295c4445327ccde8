//! Responses: their common headers, and the one place where an error becomes a status and an envelope.

use axum::{body::Body, response::Response};
use http::{
    HeaderName, HeaderValue, StatusCode,
    header::{ALLOW, CONTENT_LENGTH, CONTENT_TYPE},
};
use serde::Serialize;
use serde_json::{Value, json};

use crate::{error::StorageError, hooks::Refusal};
use oci::{Digest, InvalidDigest};

pub(super) const CONTENT_DIGEST: HeaderName = HeaderName::from_static("docker-content-digest");
pub(super) const UPLOAD_UUID: HeaderName = HeaderName::from_static("docker-upload-uuid");
pub(super) const OCI_SUBJECT: HeaderName = HeaderName::from_static("oci-subject");
pub(super) const OCI_TAG: HeaderName = HeaderName::from_static("oci-tag");
pub(super) const OCI_FILTERS: HeaderName = HeaderName::from_static("oci-filters-applied");
const API_VERSION: HeaderName = HeaderName::from_static("docker-distribution-api-version");

/// What an endpoint returns.
pub(super) type EndpointResult = Result<Response, Failure>;

/// Why a request is refused, and by which part.
#[derive(Debug)]
pub(super) enum Failure {
    /// By the caller's hooks, in their words.
    Hook(Refusal),
    /// By the registry; a hook may reword it.
    Own(Refusal),
    /// By the store.
    Storage(StorageError),
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self::Own(refusal)
    }
}

impl From<StorageError> for Failure {
    fn from(error: StorageError) -> Self {
        Self::Storage(error)
    }
}

impl From<InvalidDigest> for Failure {
    fn from(error: InvalidDigest) -> Self {
        Self::Storage(error.into())
    }
}

/// A response without a body.
pub(super) fn empty<const N: usize>(status: StatusCode, headers: [(HeaderName, String); N]) -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    if !matches!(status, StatusCode::NO_CONTENT | StatusCode::NOT_MODIFIED) {
        response.headers_mut().insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
    }
    set(&mut response, headers);
    response
}

pub(super) fn json<T: Serialize>(value: &T, content_type: &'static str) -> Response {
    let body = serde_json::to_vec(value).expect("responses are made of texts and numbers");
    let mut response = Response::new(Body::from(body));
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    response
}

/// Sets headers made of names, digests, numbers and media types.
pub(super) fn set<const N: usize>(response: &mut Response, headers: [(HeaderName, String); N]) {
    for (name, value) in headers {
        // Only media types come from clients. One that is not a header value is left out.
        if let Ok(value) = HeaderValue::try_from(value) {
            response.headers_mut().append(name, value);
        }
    }
}

pub(super) fn method_not_allowed(allowed: &'static str) -> Failure {
    Refusal::new(StatusCode::METHOD_NOT_ALLOWED, "UNSUPPORTED", "the operation is unsupported")
        .header(ALLOW, HeaderValue::from_static(allowed))
        .into()
}

/// The final response.
pub(super) fn finish(result: EndpointResult, reword: impl FnOnce(Refusal) -> Refusal) -> Response {
    let mut response = match result {
        Ok(response) => response,
        Err(Failure::Hook(refusal)) => refused(refusal),
        Err(Failure::Own(refusal)) => refused(reword(refusal)),
        Err(Failure::Storage(error)) => refused(reword(refusal_of(&error))),
    };
    response.headers_mut().insert(API_VERSION, HeaderValue::from_static("registry/2.0"));
    response
}

fn refused(refusal: Refusal) -> Response {
    let mut response = if refusal.plain_text {
        let mut response = Response::new(Body::from(refusal.message));
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
        response
    } else {
        json(&json!({ "errors": errors(&refusal) }), "application/json")
    };
    *response.status_mut() = refusal.status;
    response.headers_mut().extend(refusal.headers);
    response
}

/// One entry, or one for each missing blob, as clients expect.
fn errors(refusal: &Refusal) -> Vec<Value> {
    let entry = |detail: &Value| json!({ "code": refusal.code, "message": refusal.message, "detail": detail });
    match refusal.detail.as_deref() {
        Some(Value::Array(details)) if !details.is_empty() => details.iter().map(entry).collect(),
        Some(detail) => vec![entry(detail)],
        None => vec![entry(&Value::Null)],
    }
}

fn refusal_of(error: &StorageError) -> Refusal {
    let refusal = |status, code: &str| Refusal::new(status, code, error.to_string());
    match error {
        StorageError::InvalidDigest { .. } | StorageError::DigestMismatch { .. } => {
            refusal(StatusCode::BAD_REQUEST, "DIGEST_INVALID")
        }
        StorageError::InvalidName { .. } => refusal(StatusCode::BAD_REQUEST, "NAME_INVALID"),
        StorageError::InvalidTag { .. } => refusal(StatusCode::BAD_REQUEST, "TAG_INVALID"),
        StorageError::ManifestInvalid { .. } => refusal(StatusCode::BAD_REQUEST, "MANIFEST_INVALID"),
        StorageError::ManifestTooBig => refusal(StatusCode::PAYLOAD_TOO_LARGE, "MANIFEST_INVALID"),
        StorageError::BlobsMissing { digests } | StorageError::ChildrenMissing { digests } => {
            refusal(StatusCode::BAD_REQUEST, "MANIFEST_BLOB_UNKNOWN").detail(each(digests))
        }
        StorageError::RepositoryUnknown { .. } => refusal(StatusCode::NOT_FOUND, "NAME_UNKNOWN"),
        StorageError::UploadUnknown => refusal(StatusCode::NOT_FOUND, "BLOB_UPLOAD_UNKNOWN"),
        StorageError::ContentBroken { .. } => refusal(StatusCode::BAD_REQUEST, "BLOB_UPLOAD_INVALID"),
        StorageError::Damaged { .. } | StorageError::Io { .. } => {
            tracing::error!(%error, "the registry's store failed");
            // The path is logged, and not sent to the client.
            Refusal::new(StatusCode::INTERNAL_SERVER_ERROR, "UNKNOWN", "the registry's store failed")
        }
    }
}

fn each(digests: &[Digest]) -> Value {
    digests.iter().map(|digest| json!({ "digest": digest })).collect()
}
