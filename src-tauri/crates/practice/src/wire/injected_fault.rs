//! What faults look like on the wire. Some replace an operation; others corrupt the response of one that was carried
//! out.

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

use crate::{
    faults::fault::FaultKind,
    names::user_arn,
    service::Service,
    wire::{
        error::ApiError,
        response::{ConnectionCut, HttpResult},
        target::registry_action,
    },
};

/// A fault injected into a request, by when it takes effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum InjectedFault {
    /// The operation is refused instead of carried out.
    Refusal(FaultKind),
    /// The operation starts after this time.
    Delay(Duration),
    /// The operation is carried out, and its response corrupted.
    CorruptedBody(Corruption),
}

/// How a response is corrupted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Corruption {
    Cut,
    Malformed,
}

impl From<FaultKind> for InjectedFault {
    fn from(kind: FaultKind) -> Self {
        match kind {
            FaultKind::Slow(duration) => Self::Delay(duration),
            FaultKind::Cut => Self::CorruptedBody(Corruption::Cut),
            FaultKind::Malformed => Self::CorruptedBody(Corruption::Malformed),
            other => Self::Refusal(other),
        }
    }
}

/// The error of a refused call of an AWS API.
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
        _ => ApiError::new("InternalFailure", "The service failed because of an injected fault."),
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
            format!("User: {} is not authorized to perform: ecr:{}", user_arn(), registry_action(operation)),
        ),
        FaultKind::ExpiredCredentials | FaultKind::ExpiredToken => expired_token(),
        FaultKind::InvalidCredentials => challenge(),
        _ => Refusal::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "UNKNOWN",
            "The registry failed because of an injected fault.",
        ),
    }
}

/// The private registry's refusal of an expired token.
pub(crate) fn expired_token() -> Refusal {
    Refusal::new(StatusCode::FORBIDDEN, "DENIED", "Your authorization token has expired. Reauthenticate and try again.")
}

/// A registry's refusal as a response, for refusals made outside its router.
pub(crate) fn refused(refusal: Refusal) -> Response {
    let entry = serde_json::json!({ "errors": [{ "code": refusal.code, "message": refusal.message }] });
    let (body, content_type) = if refusal.plain_text {
        (refusal.message, "text/plain; charset=utf-8")
    } else {
        (entry.to_string(), "application/json; charset=utf-8")
    };
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = refusal.status;
    let headers = response.headers_mut();
    headers.insert(http::header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    headers.insert("docker-distribution-api-version", HeaderValue::from_static("registry/2.0"));
    headers.extend(refusal.headers);
    response
}

/// Corrupts the response if the fault says so.
pub(crate) async fn corrupt_if(fault: Option<InjectedFault>, response: Response) -> HttpResult {
    match fault {
        Some(InjectedFault::CorruptedBody(Corruption::Cut)) => cut(response),
        Some(InjectedFault::CorruptedBody(Corruption::Malformed)) => {
            let (mut parts, body) = response.into_parts();
            // The body is read to its end, so that the operation completes.
            body.into_data_stream().for_each(|_| std::future::ready(())).await;
            parts.headers.remove(CONTENT_LENGTH);
            parts.headers.remove(TRANSFER_ENCODING);
            Ok(Response::from_parts(parts, Body::from("{\"answer\": [\"cut off here")))
        }
        _ => Ok(response),
    }
}

/// The first half of the response, and then a closed connection. A response without a body is not sent at all.
fn cut(response: Response) -> HttpResult {
    let (mut parts, body) = response.into_parts();
    // A blob is streamed from its file: only the header has its length.
    let declared = || parts.headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok();
    let length = HttpBody::size_hint(&body).exact().or_else(declared).unwrap_or(0);
    if length < 2 {
        return Err(ConnectionCut);
    }
    let mut left = (length / 2) as usize;
    let half = body.into_data_stream().map(move |chunk| {
        let chunk: Bytes = chunk?;
        let sent = chunk.slice(..chunk.len().min(left));
        left -= sent.len();
        Ok::<_, axum::Error>(sent)
    });
    let half = half.take_while(|chunk| std::future::ready(!matches!(chunk, Ok(bytes) if bytes.is_empty())));
    let end = futures::stream::once(async {
        // Lets the first half be sent before the connection closes.
        tokio::task::yield_now().await;
        Err(axum::Error::new(ConnectionCut))
    });
    parts.headers.insert(CONTENT_LENGTH, HeaderValue::from(length));
    Ok(Response::from_parts(parts, Body::from_stream(half.chain(end))))
}
