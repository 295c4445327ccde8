//! An HTTP proxy between the lab and its services. It counts the requests that change something, or all, and kills the client's
//! process at a chosen one. It records the calls of AWS.

use std::sync::Arc;

use axum::{
    Router,
    body::{Body, Bytes},
    extract::{Request, State},
    response::Response,
};
use futures::{Stream, StreamExt as _};
use parking_lot::Mutex;
use serde::Serialize;
use testbed::{http_client::http_client, registry_server::LoopbackServer};

use crate::program::kill;

/// When, during a request that changes something, the client is killed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KillPoint {
    /// The client has sent the request; the service has not received it.
    BeforeRequest,
    /// The client has received a part of a streamed response.
    DuringResponse,
    /// The service has made the change; the client has not received the response.
    AfterRequest,
}

/// A proxy for AWS and one for an engine, which count changes together.
#[derive(Debug)]
pub struct FaultProxy {
    state: Arc<Mutex<ProxyState>>,
    aws: LoopbackServer,
    engine: LoopbackServer,
}

#[derive(Debug, Default)]
struct ProxyState {
    every_request: bool,
    changes: Vec<String>,
    calls: Vec<RecordedCall>,
    client_pid: Option<u32>,
    kill_at: Option<(usize, KillPoint)>,
}

/// A call of AWS as it was sent.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RecordedCall {
    /// `X-Amz-Target`, for services that name the operation there.
    pub target: Option<String>,
    /// The path.
    pub path: String,
    /// `User-Agent`.
    pub user_agent: String,
    /// The body.
    pub body: String,
}

#[derive(Clone)]
struct Upstream {
    state: Arc<Mutex<ProxyState>>,
    url: String,
    http: reqwest::Client,
}

impl FaultProxy {
    /// Starts proxies for these two URLs, `http://127.0.0.1:<port>`.
    pub async fn start(aws: &str, engine: &str) -> Self {
        let state = Arc::default();
        let http = http_client();
        let (aws, engine) = (serve(aws, &http, &state).await, serve(engine, &http, &state).await);
        Self { state, aws, engine }
    }

    /// The URL of AWS through the proxy: `http://127.0.0.1:<port>`.
    pub fn aws(&self) -> String {
        format!("http://{}", self.aws.addr())
    }

    /// The URL of the engine through the proxy: `tcp://127.0.0.1:<port>`.
    pub fn engine(&self) -> String {
        format!("tcp://{}", self.engine.addr())
    }

    /// Restarts the count. The client is killed at the change with this number, from 0.
    pub fn kill_at(&self, kill_at: Option<(usize, KillPoint)>) {
        let mut state = self.state.lock();
        *state = ProxyState { kill_at, every_request: state.every_request, ..ProxyState::default() };
    }

    /// Counts every request from now on, whether it changes something or not.
    pub fn count_every_request(&self) {
        self.state.lock().every_request = true;
    }

    /// Whether every request is counted.
    pub fn counts_every_request(&self) -> bool {
        self.state.lock().every_request
    }

    /// Sets the process that is killed.
    pub fn set_client(&self, pid: u32) {
        self.state.lock().client_pid = Some(pid);
    }

    /// The calls of AWS since the count was restarted.
    pub fn calls(&self) -> Vec<RecordedCall> {
        self.state.lock().calls.clone()
    }

    /// The changes that were requested since the count was restarted.
    pub fn changes(&self) -> Vec<String> {
        self.state.lock().changes.clone()
    }
}

async fn serve(url: &str, http: &reqwest::Client, state: &Arc<Mutex<ProxyState>>) -> LoopbackServer {
    let upstream = Upstream { state: Arc::clone(state), url: url.to_owned(), http: http.clone() };
    LoopbackServer::start(Router::new().fallback(forward).with_state(upstream)).await
}

impl ProxyState {
    /// Counts a change, and returns the process to be killed at it.
    fn count(&mut self, change: Option<String>) -> Option<(u32, KillPoint)> {
        self.changes.push(change?);
        let (_, point) = self.kill_at.filter(|(number, _)| *number + 1 == self.changes.len())?;
        Some((self.client_pid.expect("the client is set before it sends a request"), point))
    }
}

async fn forward(State(upstream): State<Upstream>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let body = axum::body::to_bytes(body, 16 << 20).await.expect("requests are small");
    let kill_at = {
        let mut state = upstream.state.lock();
        state.calls.extend(recorded(&parts, &body));
        let any = || Some(format!("{} {}", parts.method, parts.uri.path()));
        let counted = change(&parts).or_else(|| if state.every_request { any() } else { None });
        state.count(counted)
    };
    if let Some((pid, KillPoint::BeforeRequest)) = kill_at {
        kill_client(pid).await;
        return bad_gateway("the client was killed");
    }
    let path = parts.uri.path_and_query().map_or("/", |path| path.as_str());
    let request = upstream.http.request(parts.method.clone(), format!("{}{path}", upstream.url));
    // Headers keep the proxy's host: it is part of the signature.
    let response = match request.headers(parts.headers).body(body).send().await {
        Ok(response) => response,
        Err(error) => return bad_gateway(&error.to_string()),
    };
    // A response with a known length arrives in one part, so nothing can be cut within it.
    let is_streamed = response.content_length().is_none();
    match kill_at {
        Some((pid, KillPoint::DuringResponse)) if is_streamed => stream(response, Some(pid)),
        Some((pid, _)) => {
            // Read to its end, so that the change is complete.
            let body = response.bytes().await;
            kill_client(pid).await;
            bad_gateway(&format!("{} bytes not delivered", body.map_or(0, |body| body.len())))
        }
        None => stream(response, None),
    }
}

/// The response as the service sent it; with a process to be killed, only its first part.
fn stream(upstream: reqwest::Response, kill: Option<u32>) -> Response {
    let mut response = Response::builder().status(upstream.status());
    for (name, value) in upstream.headers() {
        if !["transfer-encoding", "connection"].contains(&name.as_str()) {
            response = response.header(name, value);
        }
    }
    let stream = upstream.bytes_stream();
    let body = match kill {
        Some(pid) => Body::from_stream(cut_after_first_part(stream, pid)),
        None => Body::from_stream(stream),
    };
    response.body(body).expect("a received response can be sent on")
}

fn cut_after_first_part(
    stream: impl Stream<Item = reqwest::Result<Bytes>> + Send + 'static,
    pid: u32,
) -> impl Stream<Item = reqwest::Result<Bytes>> + Send + 'static {
    let end = futures::stream::once(kill_client(pid)).filter_map(|()| std::future::ready(None));
    stream.take(1).chain(end)
}

async fn kill_client(pid: u32) {
    let killed = tokio::task::spawn_blocking(move || kill("KILL", &pid.to_string()));
    killed.await.expect("killing does not panic");
}

fn bad_gateway(message: &str) -> Response {
    Response::builder().status(502).body(Body::from(message.to_owned())).expect("a valid response")
}

/// The request, if it is a signed call of AWS.
fn recorded(request: &axum::http::request::Parts, body: &[u8]) -> Option<RecordedCall> {
    let header = |name: &str| request.headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
    header("authorization").filter(|value| value.starts_with("AWS4-"))?;
    Some(RecordedCall {
        target: header("x-amz-target"),
        path: request.uri.path().to_owned(),
        user_agent: header("user-agent").unwrap_or_default(),
        body: String::from_utf8_lossy(body).into_owned(),
    })
}

/// The change that a request makes, if it makes one.
fn change(request: &axum::http::request::Parts) -> Option<String> {
    let path = request.uri.path();
    let target = request.headers.get("x-amz-target").and_then(|target| target.to_str().ok());
    if let Some(operation) = target.and_then(|target| target.rsplit('.').next()) {
        let reads =
            ["Get", "Describe", "List", "BatchGet", "BatchCheck"].iter().any(|verb| operation.starts_with(verb));
        return (!reads).then(|| operation.to_owned());
    }
    if ["/enable", "/disable", "/configuration/update"].contains(&path) {
        return Some(path.to_owned());
    }
    let moves = ["/images/create", "/push", "/tag"].iter().any(|end| path.ends_with(end));
    let removes = request.method == axum::http::Method::DELETE;
    (moves || removes).then(|| format!("{} {path}", request.method))
}
