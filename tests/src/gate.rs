//! A gate between the lab and what it talks to: it lets requests through, counts those that change something, and at one of them
//! kills whoever asks.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::{
    Router,
    body::{Body, Bytes},
    extract::{Request, State},
    response::Response,
};
use futures::{Stream, StreamExt as _};
use tokio::{net::TcpListener, task::JoinHandle};

use crate::kill;

/// When, of a request that changes something, whoever asked is killed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// It was sent, and has not arrived.
    Before,
    /// The answer has begun, and more of it comes.
    Amid,
    /// It was done, and the answer has not arrived.
    After,
}

/// A gate before AWS and one before an engine, with one count.
#[derive(Debug)]
pub struct Gate {
    shared: Arc<Shared>,
    aws: String,
    engine: String,
    serving: Vec<JoinHandle<()>>,
}

#[derive(Debug, Default)]
struct Shared {
    state: Mutex<Passing>,
}

#[derive(Debug, Default)]
struct Passing {
    changes: Vec<String>,
    victim: Option<u32>,
    fate: Option<(usize, Moment)>,
}

#[derive(Clone)]
struct Side {
    shared: Arc<Shared>,
    upstream: String,
    http: reqwest::Client,
}

impl Gate {
    /// Opens gates before these two, given as `http://127.0.0.1:<port>`.
    ///
    /// # Panics
    ///
    /// If loopback has no free port.
    pub async fn open(aws: &str, engine: &str) -> Self {
        let shared = Arc::new(Shared::default());
        // A second installation only says that there is one.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let http = reqwest::Client::builder().no_proxy().build().expect("a client without TLS needs nothing");
        let mut gate =
            Self { shared: Arc::clone(&shared), aws: String::new(), engine: String::new(), serving: Vec::new() };
        for (upstream, own) in [(aws, &mut gate.aws), (engine, &mut gate.engine)] {
            let side = Side { shared: Arc::clone(&shared), upstream: upstream.to_owned(), http: http.clone() };
            let listener = TcpListener::bind("127.0.0.1:0").await.expect("loopback has a free port");
            *own = listener.local_addr().expect("it is bound").to_string();
            let app = Router::new().fallback(pass).with_state(side);
            let serve = async move { axum::serve(listener, app).await.expect("a listener goes on") };
            gate.serving.push(tokio::spawn(serve));
        }
        gate
    }

    /// Where AWS is, through the gate: `http://127.0.0.1:<port>`.
    pub fn aws(&self) -> String {
        format!("http://{}", self.aws)
    }

    /// Where the engine is, through the gate: `tcp://127.0.0.1:<port>`.
    pub fn engine(&self) -> String {
        format!("tcp://{}", self.engine)
    }

    /// Begins to count anew; whoever asks for the change with this number, from 0, is killed.
    pub fn set(&self, fate: Option<(usize, Moment)>) {
        *self.shared.passing() = Passing { fate, ..Passing::default() };
    }

    /// Who is killed.
    pub fn victim(&self, pid: u32) {
        self.shared.passing().victim = Some(pid);
    }

    /// The changes that were asked for since the count began.
    pub fn changes(&self) -> Vec<String> {
        self.shared.passing().changes.clone()
    }
}

impl Drop for Gate {
    fn drop(&mut self) {
        self.serving.iter().for_each(JoinHandle::abort);
    }
}

impl Shared {
    fn passing(&self) -> MutexGuard<'_, Passing> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Counts a request, and says what becomes of whoever asks.
    fn count(&self, change: Option<String>) -> Option<(u32, Moment)> {
        let mut passing = self.passing();
        passing.changes.push(change?);
        let (_, moment) = passing.fate.filter(|(number, _)| *number + 1 == passing.changes.len())?;
        Some((passing.victim.expect("the victim was named before it asked"), moment))
    }
}

async fn pass(State(side): State<Side>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let body = axum::body::to_bytes(body, 16 << 20).await.expect("requests are small");
    let fate = side.shared.count(change(&parts));
    if let Some((victim, Moment::Before)) = fate {
        shoot(victim).await;
        return refuse("nobody asks any more");
    }
    let path = parts.uri.path_and_query().map_or("/", |path| path.as_str());
    let request = side.http.request(parts.method.clone(), format!("{}{path}", side.upstream));
    // With the host that was asked for: it is signed.
    let answer = match request.headers(parts.headers).body(body).send().await {
        Ok(answer) => answer,
        Err(why) => return refuse(&why.to_string()),
    };
    // What says how long it is comes in one part.
    let whole = answer.content_length().is_some();
    if let Some((victim, _)) = fate.filter(|(_, moment)| *moment == Moment::After || whole) {
        // To the end: the change is complete.
        let rest = answer.bytes().await;
        shoot(victim).await;
        return refuse(&format!("{} bytes for nobody", rest.map_or(0, |rest| rest.len())));
    }
    let mut response = Response::builder().status(answer.status());
    for (name, value) in answer.headers() {
        if !["transfer-encoding", "connection"].contains(&name.as_str()) {
            response = response.header(name, value);
        }
    }
    let stream = answer.bytes_stream();
    let body = match fate {
        Some((victim, _)) => Body::from_stream(broken(stream, victim)),
        None => Body::from_stream(stream),
    };
    response.body(body).expect("what was an answer is one again")
}

/// The first part of the answer; then whoever reads it is killed.
fn broken(
    stream: impl Stream<Item = reqwest::Result<Bytes>> + Send + 'static,
    victim: u32,
) -> impl Stream<Item = reqwest::Result<Bytes>> + Send + 'static {
    let end = futures::stream::once(shoot(victim)).filter_map(|()| std::future::ready(None));
    stream.take(1).chain(end)
}

async fn shoot(victim: u32) {
    let shot = tokio::task::spawn_blocking(move || kill("KILL", &victim.to_string()));
    shot.await.expect("killing does not panic");
}

fn refuse(why: &str) -> Response {
    Response::builder().status(502).body(Body::from(why.to_owned())).expect("this is an answer")
}

/// What a request changes, if it changes something.
fn change(request: &axum::http::request::Parts) -> Option<String> {
    let path = request.uri.path();
    let target = request.headers.get("x-amz-target").and_then(|target| target.to_str().ok());
    if let Some(operation) = target.and_then(|target| target.rsplit('.').next()) {
        let reads = ["Get", "Describe", "List", "BatchGet"].iter().any(|verb| operation.starts_with(verb));
        return (!reads).then(|| operation.to_owned());
    }
    if ["/enable", "/disable", "/configuration/update"].contains(&path) {
        return Some(path.to_owned());
    }
    let moves = ["/images/create", "/push", "/tag"].iter().any(|end| path.ends_with(end));
    let removes = request.method == axum::http::Method::DELETE;
    (moves || removes).then(|| format!("{} {path}", request.method))
}
