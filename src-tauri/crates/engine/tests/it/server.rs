//! A running registry with faults that tests choose.

use std::{
    sync::{Arc, Mutex},
    time::SystemTime,
};

use axum::{
    body::Body,
    extract::{Request, State},
    middleware::{self, Next},
    response::Response,
};
use bytes::Bytes;
use futures::StreamExt;
use http::{HeaderMap, Method};
use http_body_util::BodyExt;
use practice_images::OciLayout;
use registry::{AllowAll, Digest, Options, Storage, TagOrDigest};
use serde_json::json;
use tempfile::TempDir;
use testbed::registry_server::RegistryServer;

use crate::support::OCI_INDEX;

/// A registry that records its requests, and answers them as a test says.
pub(crate) struct Server {
    pub(crate) storage: Storage,
    pub(crate) addr: String,
    pub(crate) seen: Arc<Seen>,
    _dir: TempDir,
    registry: RegistryServer,
}

#[derive(Default)]
pub(crate) struct Seen {
    pub(crate) requests: Mutex<Vec<SeenRequest>>,
    faults: Mutex<Vec<Fault>>,
}

/// A request as received.
#[derive(Clone, Debug)]
pub(crate) struct SeenRequest {
    pub(crate) method: Method,
    /// Path and query.
    pub(crate) target: String,
    pub(crate) headers: HeaderMap,
}

type Respond = dyn Fn(SeenRequest) -> Option<Response> + Send + Sync;

/// What happens to the next matching requests.
struct Fault {
    method: Method,
    part: String,
    times: usize,
    then: Then,
}

enum Then {
    Answer(Box<Respond>),
    /// Sends this many bytes of the response's body, then breaks the connection.
    Cut(usize),
    /// Changes the first byte of the response's body.
    Corrupt,
}

impl Seen {
    /// Answers the next matching request by `respond`, before the faults added earlier.
    pub(crate) fn first(
        &self,
        method: Method,
        part: impl AsRef<str>,
        respond: impl Fn(SeenRequest) -> Option<Response> + Send + Sync + 'static,
    ) {
        let fault = Fault { method, part: part.as_ref().to_owned(), times: 1, then: Then::Answer(Box::new(respond)) };
        self.faults.lock().unwrap().insert(0, fault);
    }
}

impl Server {
    pub(crate) async fn start() -> Self {
        Self::with(Options { blob_mounting: true, ..Options::default() }).await
    }

    pub(crate) async fn with(options: Options) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let seen = Arc::new(Seen::default());
        let intercept = middleware::from_fn_with_state(Arc::clone(&seen), intercept);
        let registry =
            RegistryServer::start_with(dir.path(), AllowAll, options, |router| router.layer(intercept)).await;
        Self { storage: registry.storage.clone(), addr: registry.addr().to_owned(), seen, _dir: dir, registry }
    }

    /// Answers the next `times` requests of this method whose path and query hold `part` by `respond`.
    pub(crate) fn answer(
        &self,
        method: Method,
        part: impl AsRef<str>,
        times: usize,
        respond: impl Fn(SeenRequest) -> Option<Response> + Send + Sync + 'static,
    ) {
        self.fault(method, part, times, Then::Answer(Box::new(respond)));
    }

    pub(crate) fn refuse(&self, method: Method, part: impl AsRef<str>, times: usize, status: u16, body: &str) {
        let body = body.to_owned();
        self.answer(method, part, times, move |_| Some(reply(status, &[], body.clone())));
    }

    pub(crate) fn cut(&self, part: impl AsRef<str>, times: usize, after: usize) {
        self.fault(Method::GET, part, times, Then::Cut(after));
    }

    pub(crate) fn corrupt(&self, part: impl AsRef<str>, times: usize) {
        self.fault(Method::GET, part, times, Then::Corrupt);
    }

    fn fault(&self, method: Method, part: impl AsRef<str>, times: usize, then: Then) {
        self.seen.faults.lock().unwrap().push(Fault { method, part: part.as_ref().to_owned(), times, then });
    }

    /// Lets requests in only with this authorization header; others are challenged.
    pub(crate) fn guard(&self, authorization: &str, challenge: &str) {
        let (authorization, challenge) = (authorization.to_owned(), challenge.to_owned());
        for method in [Method::GET, Method::HEAD, Method::POST, Method::PUT] {
            let (authorization, challenge) = (authorization.clone(), challenge.clone());
            self.answer(method, "/v2/", usize::MAX, move |request| {
                let authorization_header =
                    request.headers.get("authorization").map(|value| value.to_str().unwrap().to_owned());
                let refusal = || reply(401, &[("www-authenticate", &challenge)], "Not Authorized\n".to_owned());
                (authorization_header.as_deref() != Some(authorization.as_str())).then(refusal)
            });
        }
    }

    pub(crate) fn requests(&self, method: &Method, part: impl AsRef<str>) -> Vec<SeenRequest> {
        let all = self.seen.requests.lock().unwrap();
        all.iter()
            .filter(|request| request.method == *method && request.target.contains(part.as_ref()))
            .cloned()
            .collect()
    }

    pub(crate) fn forget_requests(&self) {
        self.seen.requests.lock().unwrap().clear();
    }

    pub(crate) async fn stock(&self, repository: &str, tag: &str, layout: &OciLayout) {
        self.stock_platforms(repository, &[layout], Some(tag)).await;
    }

    /// Puts layouts of one platform each under one index; returns the index's digest.
    pub(crate) async fn stock_platforms(&self, repository: &str, layouts: &[&OciLayout], tag: Option<&str>) -> Digest {
        let now = SystemTime::now();
        let mut entries = Vec::new();
        for layout in layouts {
            for image in &layout.platforms {
                for blob in image.layers.iter().chain([&image.config]) {
                    self.registry.store_blob(repository, layout, blob).await;
                }
                self.registry.store_manifest(repository, None, layout, &image.manifest).await;
                let mut entry = serde_json::to_value(&image.manifest).unwrap();
                entry["platform"] = serde_json::to_value(&image.platform).unwrap();
                entries.push(entry);
            }
        }
        let index = json!({ "schemaVersion": 2, "mediaType": OCI_INDEX, "manifests": entries }).to_string();
        let digest = Digest::of(index.as_bytes());
        self.storage.put_manifest(repository, index.into(), Some(OCI_INDEX), tag, now).await.unwrap();
        digest
    }

    /// The media type and the bytes of the manifest that has the tag.
    pub(crate) async fn manifest(&self, repository: &str, tag: &str) -> Option<(String, Bytes)> {
        let stored = self.storage.manifest(repository, &TagOrDigest::Tag(tag.to_owned())).await.unwrap()?;
        Some((stored.media_type.clone(), stored.bytes.clone()))
    }
}

pub(crate) fn reply(status: u16, headers: &[(&str, &str)], body: String) -> Response {
    let mut response = Response::builder().status(status);
    for (name, value) in headers {
        response = response.header(*name, *value);
    }
    response.body(Body::from(body)).unwrap()
}

pub(crate) fn envelope(code: &str, message: &str) -> String {
    json!({ "errors": [{ "code": code, "message": message }] }).to_string()
}

async fn intercept(State(seen): State<Arc<Seen>>, request: Request, next: Next) -> Response {
    let seen_request = SeenRequest {
        method: request.method().clone(),
        target: request.uri().to_string(),
        headers: request.headers().clone(),
    };
    seen.requests.lock().unwrap().push(seen_request.clone());
    let mut after = None;
    let mut corrupted = false;
    {
        let mut faults = seen.faults.lock().unwrap();
        let matches = |fault: &&mut Fault| {
            fault.times > 0 && fault.method == seen_request.method && seen_request.target.contains(&fault.part)
        };
        for fault in faults.iter_mut().filter(matches) {
            match &fault.then {
                Then::Answer(respond) => {
                    let Some(response) = respond(seen_request.clone()) else { continue };
                    fault.times -= 1;
                    return response;
                }
                Then::Cut(bytes) => after = Some(*bytes),
                Then::Corrupt => corrupted = true,
            }
            fault.times -= 1;
            break;
        }
    }
    let response = next.run(request).await;
    if let Some(after) = after {
        return cut(response, after);
    }
    if corrupted { corrupt(response).await } else { response }
}

fn cut(response: Response, after: usize) -> Response {
    let (parts, body) = response.into_parts();
    let mut left = after;
    let pieces = body.into_data_stream().map(move |piece| {
        let piece = piece.unwrap();
        if left == 0 {
            return Err(std::io::Error::other("cut"));
        }
        let piece = piece.slice(..piece.len().min(left));
        left -= piece.len();
        Ok(piece)
    });
    Response::from_parts(parts, Body::from_stream(pieces))
}

async fn corrupt(response: Response) -> Response {
    let (parts, body) = response.into_parts();
    let mut bytes = body.collect().await.unwrap().to_bytes().to_vec();
    if let Some(first) = bytes.first_mut() {
        *first ^= 0xff;
    }
    Response::from_parts(parts, Body::from(bytes))
}
