//! The result of serving a request, and plain-text responses. How services format theirs is left to `gateway` and
//! `error`.

use axum::{body::Body, response::Response};
use http::{HeaderValue, StatusCode, header::CONTENT_TYPE};

/// A listener's result: a response, or a connection that is closed without one.
pub(crate) type HttpResult = Result<Response, ConnectionCut>;

/// A fault closes the connection instead of completing the response.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("an injected fault cuts the connection")]
pub(crate) struct ConnectionCut;

/// A response in plain text.
pub(crate) fn plain_text(status: StatusCode, text: impl Into<String>) -> Response {
    let mut response = Response::new(Body::from(text.into()));
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    response
}
