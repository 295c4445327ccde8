//! The listener of the control address.

use std::{
    convert::Infallible,
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use axum::{body::Body, response::Response};
use http::{Method, Request, StatusCode, header::AUTHORIZATION, request::Parts};
use local_server::{Listener, is_loopback, serve};
use serde::{Deserialize, Serialize};
use tokio_util::sync::CancellationToken;

use crate::{
    cloud::Cloud,
    control::record::Control,
    error::PracticeError,
    lifecycle::advance::{AdvanceError, advance},
    wire::response::plain_text,
};

/// The only route: `POST` moves the clock.
pub(super) const ADVANCE: &str = "/clock/advance";
/// The longest body, in bytes.
const LIMIT: usize = 1024;

/// A request to move the clock.
#[derive(Serialize, Deserialize)]
pub(super) struct Advance {
    pub(super) seconds: u64,
}

/// How far the clock is ahead.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Advanced {
    pub(super) ahead_seconds: u64,
}

/// The server of the control address.
pub(crate) struct ControlServer {
    listener: Listener,
    control: Control,
    dir: PathBuf,
}

impl ControlServer {
    /// Writes the address, with a new secret, into the practice cloud's folder.
    pub(crate) fn announce(dir: &Path, listener: Listener, address: SocketAddr) -> Result<Self, PracticeError> {
        let control = Control::new(address);
        control.write(dir)?;
        Ok(Self { listener, control, dir: dir.to_owned() })
    }

    /// Serves until it is cancelled, and removes the record then: no other process has written one, since the folder is in use.
    pub(crate) async fn serve(self, cloud: Arc<Cloud>, cancelled: CancellationToken) {
        let control = Arc::new(self.control);
        let handler = move |request: Request<hyper::body::Incoming>| {
            let (cloud, control) = (Arc::clone(&cloud), Arc::clone(&control));
            async move { Ok::<_, Infallible>(handle(&cloud, &control, request.map(Body::new)).await) }
        };
        serve(self.listener, handler, cancelled).await;
        Control::remove(&self.dir);
    }
}

async fn handle(cloud: &Cloud, control: &Control, request: Request<Body>) -> Response {
    let (parts, body) = request.into_parts();
    if local_server::reject_web_page(&parts.headers, is_loopback).is_err() {
        return plain_text(StatusCode::FORBIDDEN, "The practice cloud does not answer web pages.\n");
    }
    if !bearer(&parts).is_some_and(|token| control.accepts(token)) {
        return plain_text(StatusCode::UNAUTHORIZED, "The secret is missing or wrong.\n");
    }
    if parts.uri.path() != ADVANCE {
        return plain_text(StatusCode::NOT_FOUND, "The control address does not have this path.\n");
    }
    if parts.method != Method::POST {
        return plain_text(StatusCode::METHOD_NOT_ALLOWED, "The clock is moved with POST.\n");
    }
    let body = axum::body::to_bytes(body, LIMIT).await.unwrap_or_default();
    let Ok(Advance { seconds }) = serde_json::from_slice(&body) else {
        return plain_text(StatusCode::BAD_REQUEST, "The body is not {\"seconds\": N}.\n");
    };
    match advance(cloud, Duration::from_secs(seconds)).await {
        Ok(ahead) => {
            let body = serde_json::to_vec(&Advanced { ahead_seconds: ahead.as_secs() }).unwrap_or_default();
            Response::new(Body::from(body))
        }
        Err(error @ AdvanceError::TooFar) => plain_text(StatusCode::CONFLICT, format!("{error}\n")),
        Err(error) => plain_text(StatusCode::INTERNAL_SERVER_ERROR, format!("{error}\n")),
    }
}

fn bearer(request: &Parts) -> Option<&str> {
    request.headers.get(AUTHORIZATION)?.to_str().ok()?.strip_prefix("Bearer ")
}
