//! An HTTP server whose responses a test scripts, down to where the connection is cut.

use std::{convert::Infallible, io, sync::Arc};

use axum::{
    Router,
    body::{Body, Bytes},
    extract::Request,
    response::Response,
};
use futures::{StreamExt as _, stream};
use http::HeaderMap;
use parking_lot::Mutex;

use crate::registry_server::LoopbackServer;

/// A request as the server received it, without its body.
#[derive(Clone, Debug)]
pub struct ReceivedRequest {
    /// `GET`
    pub method: String,
    /// Path and query.
    pub target: String,
    headers: HeaderMap,
}

impl ReceivedRequest {
    /// The value of a header, if it is text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// Whether it has this method, and a target that contains this part.
    pub fn is(&self, method: &str, part: &str) -> bool {
        self.method == method && self.target.contains(part)
    }
}

/// How a response ends.
#[derive(Clone, Copy, Debug)]
pub enum ResponseEnd {
    /// With its last chunk.
    Complete,
    /// The connection closes before the last chunk.
    Cut,
    /// The connection stays open, and nothing more is sent.
    Open,
}

/// A response that the server sends, always in chunks.
#[derive(Clone, Debug)]
pub struct ScriptedResponse {
    status: u16,
    headers: Vec<(&'static str, String)>,
    body: Bytes,
    end: ResponseEnd,
}

impl ScriptedResponse {
    /// A complete response.
    pub fn new(status: u16, body: impl Into<Vec<u8>>) -> Self {
        Self { status, headers: Vec::new(), body: Bytes::from(body.into()), end: ResponseEnd::Complete }
    }

    /// With one more header.
    #[must_use]
    pub fn header(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.to_owned()));
        self
    }

    /// With another end.
    #[must_use]
    pub fn end(mut self, end: ResponseEnd) -> Self {
        self.end = end;
        self
    }

    fn into_response(self) -> Response {
        let mut response = Response::builder().status(self.status);
        for (name, value) in self.headers {
            response = response.header(name, value);
        }
        let chunk = stream::iter((!self.body.is_empty()).then_some(Ok(self.body)));
        let body = match self.end {
            ResponseEnd::Complete => Body::from_stream(chunk),
            // The pause lets the first chunk be sent before the connection is closed.
            ResponseEnd::Cut => Body::from_stream(chunk.chain(stream::once(async {
                tokio::task::yield_now().await;
                Err(io::Error::other("cut"))
            }))),
            ResponseEnd::Open => Body::from_stream(chunk.chain(stream::pending())),
        };
        response.body(body).expect("the script has a valid status and valid headers")
    }
}

/// The server, on loopback. Dropped, it stops.
#[derive(Debug)]
pub struct ScriptedServer {
    server: LoopbackServer,
    requests: Arc<Mutex<Vec<ReceivedRequest>>>,
}

impl ScriptedServer {
    /// Serves what `script` returns for each request.
    pub async fn start(script: impl Fn(&ReceivedRequest) -> ScriptedResponse + Send + Sync + 'static) -> Self {
        let requests = Arc::<Mutex<Vec<ReceivedRequest>>>::default();
        let (log, script) = (Arc::clone(&requests), Arc::new(script));
        let app = Router::new().fallback(move |request: Request| {
            let (log, script) = (Arc::clone(&log), Arc::clone(&script));
            async move {
                let (parts, body) = request.into_parts();
                let received = ReceivedRequest {
                    method: parts.method.to_string(),
                    target: parts.uri.to_string(),
                    headers: parts.headers,
                };
                // Read to its end, so that the client has sent all of it before it is answered.
                drop(axum::body::to_bytes(body, usize::MAX).await);
                let response = script(&received);
                log.lock().push(received);
                Ok::<_, Infallible>(response.into_response())
            }
        });
        Self { server: LoopbackServer::start(app).await, requests }
    }

    /// `<scheme>://127.0.0.1:<port>`
    pub fn url(&self, scheme: &str) -> String {
        format!("{scheme}://{}", self.server.addr())
    }

    /// The requests so far.
    pub fn requests(&self) -> Vec<ReceivedRequest> {
        self.requests.lock().clone()
    }
}
