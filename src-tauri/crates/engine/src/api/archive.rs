//! Images as files over HTTP: `docker save` and `docker load`.

use std::mem;

use axum::{body::Body, response::Response};
use http::{HeaderValue, header::CONTENT_TYPE};
use tokio::sync::mpsc;

use super::{
    call::Call,
    response,
    transfer::{LINE_BUFFER, stream_lines},
};
use crate::{
    archive::{load, save},
    failure::{ApiResult, Failure},
    progress::Progress,
};

/// `GET /images/{name}/get`, and `GET /images/get?names=`
pub(super) fn save(call: &Call, name: Option<String>) -> ApiResult<Response> {
    let listed = call.query.iter().filter(|(key, value)| key == "names" && !value.is_empty());
    let names: Vec<String> = name.into_iter().chain(listed.map(|(_, value)| value.clone())).collect();
    if names.is_empty() {
        return Err(Failure::bad_request("the parameter \"names\" is missing: which images are to be saved?"));
    }
    let mut response = Response::new(Body::from_stream(save::save(&call.context, &names)?));
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/x-tar"));
    Ok(response)
}

/// `POST /images/load`
pub(super) async fn load(call: &Call, body: &mut Body) -> ApiResult<Response> {
    let (context, body) = (call.context.clone(), mem::take(body));
    let (sender, lines) = mpsc::channel(LINE_BUFFER);
    let progress = Progress(sender);
    let operation = async move { load::load(&context, body, &progress).await };
    response::lines(stream_lines(operation, lines, call.context.stopping.clone())).await
}
