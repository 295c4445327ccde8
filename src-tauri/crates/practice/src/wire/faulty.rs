//! How faults look on the wire. Some take the place of an operation, others spoil the answer of one that was done.

use std::time::Duration;

use axum::{
    body::{Body, HttpBody},
    response::Response,
};
use bytes::Bytes;
use futures::StreamExt;
use http::{
    HeaderValue, StatusCode,
    header::{CONTENT_LENGTH, RETRY_AFTER, TRANSFER_ENCODING},
};
use registry::Refusal;

use super::{ApiError, Cut, Reply};
use crate::{
    faults::{FaultKind, Service},
    names::user_arn,
};

/// A fault that struck a request, sorted by when it takes effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Struck {
    /// Instead of the operation.
    Refused(FaultKind),
    /// Before it.
    Delayed(Duration),
    /// After it.
    Spoilt(Spoil),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Spoil {
    Cut,
    Malformed,
}

impl From<FaultKind> for Struck {
    fn from(kind: FaultKind) -> Self {
        match kind {
            FaultKind::Slow(duration) => Self::Delayed(duration),
            FaultKind::Cut => Self::Spoilt(Spoil::Cut),
            FaultKind::Malformed => Self::Spoilt(Spoil::Malformed),
            other => Self::Refused(other),
        }
    }
}

/// The refusal of a call of an AWS API.
pub(super) fn api_error(kind: FaultKind, service: Service, operation: &str) -> ApiError {
    match kind {
        FaultKind::Throttle => ApiError::new("ThrottlingException", "Rate exceeded"),
        FaultKind::AccessDenied => ApiError::new(
            "AccessDeniedException",
            format!(
                "User: {} is not authorized to perform: {}:{operation} because no identity-based policy allows the \
                 {}:{operation} action",
                user_arn(),
                service.as_str(),
                service.as_str()
            ),
        ),
        FaultKind::ExpiredCredentials | FaultKind::ExpiredToken => {
            ApiError::new("ExpiredTokenException", "The security token included in the request is expired")
        }
        FaultKind::InvalidCredentials => {
            ApiError::new("UnrecognizedClientException", "The security token included in the request is invalid.")
        }
        _ => ApiError::new("InternalFailure", "The service failed, as it was told to."),
    }
}

/// The refusal of a request to the private registry.
pub(crate) fn refusal(kind: FaultKind, operation: &str, challenge: impl FnOnce() -> Refusal) -> Refusal {
    match kind {
        FaultKind::Throttle => Refusal::new(StatusCode::TOO_MANY_REQUESTS, "TOOMANYREQUESTS", "Rate exceeded")
            .header(RETRY_AFTER, HeaderValue::from_static("1")),
        FaultKind::AccessDenied => Refusal::new(
            StatusCode::FORBIDDEN,
            "DENIED",
            format!("User: {} is not authorized to perform: ecr:{}", user_arn(), action(operation)),
        ),
        FaultKind::ExpiredCredentials | FaultKind::ExpiredToken => expired_token(),
        FaultKind::InvalidCredentials => challenge(),
        _ => Refusal::new(StatusCode::INTERNAL_SERVER_ERROR, "UNKNOWN", "The registry failed, as it was told to."),
    }
}

/// What the private registry says to a token past its time.
pub(crate) fn expired_token() -> Refusal {
    Refusal::new(StatusCode::FORBIDDEN, "DENIED", "Your authorization token has expired. Reauthenticate and try again.")
}

/// A registry's refusal outside its router.
pub(crate) fn refused(refusal: Refusal) -> Response {
    let entry = serde_json::json!({ "errors": [{ "code": refusal.code, "message": refusal.message }] });
    let (body, kind) = if refusal.plain_text {
        (refusal.message, "text/plain; charset=utf-8")
    } else {
        (entry.to_string(), "application/json; charset=utf-8")
    };
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = refusal.status;
    let headers = response.headers_mut();
    headers.insert(http::header::CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert("docker-distribution-api-version", HeaderValue::from_static("registry/2.0"));
    headers.extend(refusal.headers);
    response
}

/// The answer, spoilt.
pub(crate) async fn spoil(response: Response, spoil: Spoil) -> Reply {
    match spoil {
        Spoil::Cut => cut(response),
        Spoil::Malformed => {
            let (mut parts, body) = response.into_parts();
            // Whatever it was is read to its end, so that the operation is done.
            body.into_data_stream().for_each(|_| std::future::ready(())).await;
            parts.headers.remove(CONTENT_LENGTH);
            parts.headers.remove(TRANSFER_ENCODING);
            Ok(Response::from_parts(parts, Body::from("{\"answer\": [\"cut off here")))
        }
    }
}

/// Half of the answer, and then nothing. An answer without a body does not begin at all.
fn cut(response: Response) -> Reply {
    let (mut parts, body) = response.into_parts();
    // A blob is streamed from its file: its length stands in the header.
    let told = || parts.headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok();
    let length = HttpBody::size_hint(&body).exact().or_else(told).unwrap_or(0);
    if length < 2 {
        return Err(Cut);
    }
    let mut left = (length / 2) as usize;
    let half = body.into_data_stream().map(move |chunk| {
        let chunk: Bytes = chunk?;
        let taken = chunk.slice(..chunk.len().min(left));
        left -= taken.len();
        Ok::<_, axum::Error>(taken)
    });
    let half = half.take_while(|chunk| std::future::ready(!matches!(chunk, Ok(bytes) if bytes.is_empty())));
    let end = futures::stream::once(async {
        // Lets what was said so far go out first.
        tokio::task::yield_now().await;
        Err(axum::Error::new(Cut))
    });
    parts.headers.insert(CONTENT_LENGTH, HeaderValue::from(length));
    Ok(Response::from_parts(parts, Body::from_stream(half.chain(end))))
}

/// The permission that a request needs.
fn action(operation: &str) -> &'static str {
    match operation {
        "PutManifest" => "PutImage",
        "GetManifest" | "HeadManifest" | "ListTags" | "ListReferrers" => "BatchGetImage",
        "HeadBlob" => "BatchCheckLayerAvailability",
        "GetBlob" => "GetDownloadUrlForLayer",
        "StartUpload" => "InitiateLayerUpload",
        "PatchUpload" | "GetUpload" | "CancelUpload" => "UploadLayerPart",
        "PutBlob" => "CompleteLayerUpload",
        "DeleteManifest" | "DeleteBlob" => "BatchDeleteImage",
        _ => "GetAuthorizationToken",
    }
}
