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

/// `POST` moves the clock.
pub(super) const ADVANCE: &str = "/clock/advance";
/// `GET` states how the cloud is reached.
pub(super) const ACCESS: &str = "/access";
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

/// How a running practice cloud is reached by its user's other processes.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RunningCloud {
    /// The endpoint of ECR, Inspector, IAM and STS.
    pub endpoint: String,
    /// The access key, which is valid nowhere else.
    pub access_key: String,
    /// The secret key.
    pub secret_key: String,
    /// How far its clock is ahead, in seconds.
    pub ahead_seconds: u64,
}

impl std::fmt::Debug for RunningCloud {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RunningCloud").field("endpoint", &self.endpoint).finish_non_exhaustive()
    }
}

impl RunningCloud {
    fn of(cloud: &Cloud) -> Self {
        let credentials = cloud.store.read(|state| state.credentials.clone());
        Self {
            endpoint: cloud.names.endpoint(),
            access_key: credentials.access_key,
            secret_key: credentials.secret_key,
            ahead_seconds: cloud.clock.ahead().as_secs(),
        }
    }
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
    match (parts.uri.path(), parts.method) {
        (ACCESS, Method::GET) => json(&RunningCloud::of(cloud)),
        (ACCESS, _) => plain_text(StatusCode::METHOD_NOT_ALLOWED, "The access is read with GET.\n"),
        (ADVANCE, Method::POST) => move_clock(cloud, body).await,
        (ADVANCE, _) => plain_text(StatusCode::METHOD_NOT_ALLOWED, "The clock is moved with POST.\n"),
        _ => plain_text(StatusCode::NOT_FOUND, "The control address does not have this path.\n"),
    }
}

async fn move_clock(cloud: &Cloud, body: Body) -> Response {
    let body = axum::body::to_bytes(body, LIMIT).await.unwrap_or_default();
    let Ok(Advance { seconds }) = serde_json::from_slice(&body) else {
        return plain_text(StatusCode::BAD_REQUEST, "The body is not {\"seconds\": N}.\n");
    };
    match advance(cloud, Duration::from_secs(seconds)).await {
        Ok(ahead) => json(&Advanced { ahead_seconds: ahead.as_secs() }),
        Err(error @ AdvanceError::TooFar) => plain_text(StatusCode::CONFLICT, format!("{error}\n")),
        Err(error) => plain_text(StatusCode::INTERNAL_SERVER_ERROR, format!("{error}\n")),
    }
}

fn json(value: &impl Serialize) -> Response {
    Response::new(Body::from(serde_json::to_vec(value).unwrap_or_default()))
}

fn bearer(request: &Parts) -> Option<&str> {
    request.headers.get(AUTHORIZATION)?.to_str().ok()?.strip_prefix("Bearer ")
}
