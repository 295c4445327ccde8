//! Responses: JSON, failures, and streams of lines.

use axum::{body::Body, response::Response};
use futures::{Stream, StreamExt};
use http::{HeaderValue, StatusCode, header::CONTENT_TYPE};
use serde::Serialize;
use serde_json::{Value, json};

use crate::{
    failure::{ApiResult, Failure},
    progress::Line,
};

pub(super) fn json(status: StatusCode, content: &impl Serialize) -> Response {
    let mut body = serde_json::to_vec(content).expect("responses are made of texts, numbers and lists");
    body.push(b'\n');
    with_type(status, Body::from(body))
}

pub(super) fn failure(failure: &Failure) -> Response {
    json(failure.status, &json!({ "message": failure.message }))
}

/// A stream of an operation's lines. An operation that fails before its first line becomes an error response; one that
/// fails later ends with a line that says why.
pub(super) async fn lines(operation: impl Stream<Item = ApiResult<Line>> + Send + 'static) -> ApiResult<Response> {
    let mut operation = Box::pin(operation);
    let first = operation.next().await.transpose()?;
    let lines = futures::stream::iter(first.map(Ok)).chain(operation);
    let pieces = lines.map(|line| {
        let line = line.unwrap_or_else(|failure| Line::error(&failure.message));
        Ok::<_, std::convert::Infallible>(line.bytes())
    });
    Ok(with_type(StatusCode::OK, Body::from_stream(pieces)))
}

/// A stream of JSON objects, one per line. The headers are sent at once.
pub(super) fn objects(objects: impl Stream<Item = Value> + Send + 'static) -> Response {
    let pieces = objects.map(|object| Ok::<_, std::convert::Infallible>(format!("{object}\n")));
    with_type(StatusCode::OK, Body::from_stream(pieces))
}

fn with_type(status: StatusCode, body: Body) -> Response {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}
