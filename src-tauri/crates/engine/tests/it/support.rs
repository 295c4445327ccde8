//! A running engine, a running registry that can be told to misbehave, and images.

use std::{
    net::SocketAddr,
    path::Path,
    sync::{Arc, Mutex, OnceLock},
    time::SystemTime,
};

use axum::{
    Router,
    body::Body,
    extract::{Request, State},
    middleware::{self, Next},
    response::Response,
};
use bollard::{API_DEFAULT_VERSION, Docker, auth::DockerCredentials, errors::Error};
use bytes::Bytes;
use engine::{Engine, EngineConfig};
use futures::{Stream, StreamExt, TryStreamExt};
use http::{HeaderMap, Method, StatusCode};
use http_body_util::BodyExt;
use registry::{AllowAll, Digest, Options, Reference, Storage};
use replica::{Compression, OciLayout, Synthetic, SyntheticLayer};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::{net::TcpListener, task::JoinHandle};

pub(crate) const OCI_MANIFEST: &str = "application/vnd.oci.image.manifest.v1+json";
pub(crate) const OCI_INDEX: &str = "application/vnd.oci.image.index.v1+json";

/// A registry in front of which requests are noted, and answered otherwise where a test says so.
pub(crate) struct Server {
    pub(crate) storage: Storage,
    pub(crate) addr: String,
    pub(crate) seen: Arc<Seen>,
    _dir: TempDir,
    serving: JoinHandle<()>,
}

#[derive(Default)]
pub(crate) struct Seen {
    pub(crate) requests: Mutex<Vec<Noted>>,
    faults: Mutex<Vec<Fault>>,
}

/// A request as it came.
#[derive(Clone, Debug)]
pub(crate) struct Noted {
    pub(crate) method: Method,
    /// Path and query.
    pub(crate) target: String,
    pub(crate) headers: HeaderMap,
}

type Trick = dyn Fn(Noted) -> Option<Response> + Send + Sync;

/// What happens to the next requests that it fits.
struct Fault {
    method: Method,
    part: String,
    times: usize,
    then: Then,
}

enum Then {
    Answer(Box<Trick>),
    /// Lets so many bytes of the answer's body through, then breaks the connection.
    Cut(usize),
    /// Changes the answer's first byte.
    Spoil,
}

impl Seen {
    /// Once, and before what was said earlier.
    pub(crate) fn first(
        &self,
        method: Method,
        part: &str,
        trick: impl Fn(Noted) -> Option<Response> + Send + Sync + 'static,
    ) {
        let fault = Fault { method, part: part.to_owned(), times: 1, then: Then::Answer(Box::new(trick)) };
        self.faults.lock().unwrap().insert(0, fault);
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

impl Server {
    pub(crate) async fn start() -> Self {
        Self::with(Options { blob_mounting: true, ..Options::default() }).await
    }

    pub(crate) async fn with(options: Options) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let storage = Storage::open(dir.path()).await.unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let addr = listener.local_addr().unwrap().to_string();
        let seen = Arc::new(Seen::default());
        let app = registry::router(storage.clone(), Arc::new(AllowAll), options)
            .layer(middleware::from_fn_with_state(Arc::clone(&seen), intercept));
        let serving = tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
        Self { storage, addr, seen, _dir: dir, serving }
    }

    /// Answers the next `times` requests of this method whose path and query hold `part` by `trick`.
    pub(crate) fn answer(
        &self,
        method: Method,
        part: &str,
        times: usize,
        trick: impl Fn(Noted) -> Option<Response> + Send + Sync + 'static,
    ) {
        self.fault(method, part, times, Then::Answer(Box::new(trick)));
    }

    pub(crate) fn refuse(&self, method: Method, part: &str, times: usize, status: u16, body: &str) {
        let body = body.to_owned();
        self.answer(method, part, times, move |_| Some(reply(status, &[], body.clone())));
    }

    pub(crate) fn cut(&self, part: &str, times: usize, after: usize) {
        self.fault(Method::GET, part, times, Then::Cut(after));
    }

    pub(crate) fn spoil(&self, part: &str, times: usize) {
        self.fault(Method::GET, part, times, Then::Spoil);
    }

    fn fault(&self, method: Method, part: &str, times: usize, then: Then) {
        self.seen.faults.lock().unwrap().push(Fault { method, part: part.to_owned(), times, then });
    }

    /// Lets in only who carries this header; others are challenged.
    pub(crate) fn guard(&self, authorization: &str, challenge: &str) {
        let (authorization, challenge) = (authorization.to_owned(), challenge.to_owned());
        for method in [Method::GET, Method::HEAD, Method::POST, Method::PUT] {
            let (authorization, challenge) = (authorization.clone(), challenge.clone());
            self.answer(method, "/v2/", usize::MAX, move |request| {
                let given = request.headers.get("authorization").map(|value| value.to_str().unwrap().to_owned());
                let refusal = || reply(401, &[("www-authenticate", &challenge)], "Not Authorized\n".to_owned());
                (given.as_deref() != Some(authorization.as_str())).then(refusal)
            });
        }
    }

    pub(crate) fn requests(&self, method: &Method, part: &str) -> Vec<Noted> {
        let all = self.seen.requests.lock().unwrap();
        all.iter().filter(|noted| noted.method == *method && noted.target.contains(part)).cloned().collect()
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
                    let digest: Digest = blob.digest.parse().unwrap();
                    self.storage.ingest_file(repository, &layout.blob_path(&blob.digest), &digest).await.unwrap();
                }
                let bytes: Bytes = std::fs::read(layout.blob_path(&image.manifest.digest)).unwrap().into();
                self.storage.put_manifest(repository, bytes, Some(OCI_MANIFEST), None, now).await.unwrap();
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

    /// The media type and the bytes of what stands under a tag.
    pub(crate) async fn manifest(&self, repository: &str, tag: &str) -> Option<(String, Bytes)> {
        let stored = self.storage.manifest(repository, &Reference::Tag(tag.to_owned())).await.unwrap()?;
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
    let noted = Noted {
        method: request.method().clone(),
        target: request.uri().to_string(),
        headers: request.headers().clone(),
    };
    seen.requests.lock().unwrap().push(noted.clone());
    let mut after = None;
    let mut spoiled = false;
    {
        let mut faults = seen.faults.lock().unwrap();
        let fits =
            |fault: &&mut Fault| fault.times > 0 && fault.method == noted.method && noted.target.contains(&fault.part);
        for fault in faults.iter_mut().filter(fits) {
            match &fault.then {
                Then::Answer(trick) => {
                    let Some(answer) = trick(noted.clone()) else { continue };
                    fault.times -= 1;
                    return answer;
                }
                Then::Cut(bytes) => after = Some(*bytes),
                Then::Spoil => spoiled = true,
            }
            fault.times -= 1;
            break;
        }
    }
    let response = next.run(request).await;
    if let Some(after) = after {
        return cut(response, after);
    }
    if spoiled { spoil(response).await } else { response }
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

async fn spoil(response: Response) -> Response {
    let (parts, body) = response.into_parts();
    let mut bytes = body.collect().await.unwrap().to_bytes().to_vec();
    if let Some(first) = bytes.first_mut() {
        *first ^= 0xff;
    }
    Response::from_parts(parts, Body::from(bytes))
}

/// An image with these layers' worth of bytes that cannot be guessed from each other.
pub(crate) fn image(dir: &Path, architecture: &str, seed: u64, layers: &[u64]) -> OciLayout {
    let layers = layers.iter().map(|filler| SyntheticLayer { filler: *filler, ..SyntheticLayer::default() }).collect();
    let spec = Synthetic {
        architecture: architecture.to_owned(),
        seed,
        layers,
        compression: Compression::Plain,
        ..Synthetic::default()
    };
    replica::synthetic(&dir.join(format!("{architecture}-{seed}")), &spec).unwrap()
}

/// A practice image of both platforms, built once.
pub(crate) fn practice_image() -> &'static OciLayout {
    static LAYOUT: OnceLock<(TempDir, OciLayout)> = OnceLock::new();
    let (_, layout) = LAYOUT.get_or_init(|| {
        let dir = tempfile::tempdir().unwrap();
        let layout = replica::build(&replica::replicas()[0], &dir.path().join("neo4j")).unwrap();
        (dir, layout)
    });
    layout
}

pub(crate) struct Running {
    pub(crate) engine: Engine,
    pub(crate) docker: Docker,
    pub(crate) dir: TempDir,
}

pub(crate) fn config(dir: &Path, hosts: &[(&str, &str)]) -> EngineConfig {
    let mut config = EngineConfig::new(dir);
    config.hosts = hosts.iter().map(|(host, addr)| ((*host).to_owned(), (*addr).to_owned())).collect();
    config
}

/// An engine that reaches this registry under the name `r.test` too.
pub(crate) async fn engine(server: &Server) -> Running {
    engine_with(&[("r.test", &server.addr)]).await
}

pub(crate) async fn engine_with(hosts: &[(&str, &str)]) -> Running {
    let dir = tempfile::tempdir().unwrap();
    let engine = Engine::start(config(dir.path(), hosts)).await.unwrap();
    let docker = client(&engine.docker_host());
    Running { engine, docker, dir }
}

pub(crate) fn client(docker_host: &str) -> Docker {
    Docker::connect_with_http(docker_host, 120, API_DEFAULT_VERSION).unwrap()
}

pub(crate) fn http() -> reqwest::Client {
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder().no_proxy().build().unwrap()
}

pub(crate) fn password(user: &str, password: &str) -> DockerCredentials {
    DockerCredentials {
        username: Some(user.to_owned()),
        password: Some(password.to_owned()),
        ..DockerCredentials::default()
    }
}

impl Running {
    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.engine.port())
    }

    pub(crate) async fn pull(&self, reference: &str) -> Result<Vec<String>, Error> {
        self.pull_as(reference, "linux/amd64", None).await
    }

    pub(crate) async fn pull_as(
        &self,
        reference: &str,
        platform: &str,
        credentials: Option<DockerCredentials>,
    ) -> Result<Vec<String>, Error> {
        pull(&self.docker, reference, platform, credentials).await
    }

    pub(crate) async fn push(&self, repository: &str, tag: &str) -> Result<Vec<String>, Error> {
        self.push_as(repository, tag, None, None).await
    }

    pub(crate) async fn push_as(
        &self,
        repository: &str,
        tag: &str,
        platform: Option<&str>,
        credentials: Option<DockerCredentials>,
    ) -> Result<Vec<String>, Error> {
        push(&self.docker, repository, tag, platform, credentials).await
    }

    pub(crate) async fn tag(&self, name: &str, repository: &str, tag: &str) {
        let options = bollard::query_parameters::TagImageOptionsBuilder::new().repo(repository).tag(tag).build();
        self.docker.tag_image(name, Some(options)).await.unwrap();
    }

    pub(crate) async fn remove(&self, name: &str) -> Result<Vec<String>, Error> {
        let options = bollard::query_parameters::RemoveImageOptionsBuilder::new().build();
        let steps = self.docker.remove_image(name, Some(options), None).await?;
        Ok(steps
            .into_iter()
            .map(|step| match (step.untagged, step.deleted) {
                (Some(name), None) => format!("Untagged: {name}"),
                (None, Some(name)) => format!("Deleted: {name}"),
                other => panic!("{other:?}"),
            })
            .collect())
    }

    pub(crate) async fn get(&self, path: &str) -> (StatusCode, Value) {
        let response = http().get(self.url(path)).send().await.unwrap();
        let status = response.status();
        (status, serde_json::from_slice(&response.bytes().await.unwrap()).unwrap())
    }

    /// The hex digests of the blobs on disk, and the names of unfinished files.
    pub(crate) fn files(&self) -> (Vec<String>, Vec<String>) {
        (names_in(&self.dir.path().join("blobs/sha256")), names_in(&self.dir.path().join("unfinished")))
    }
}

/// The lines of a pull: each status, after the id where there is one.
pub(crate) async fn pull(
    docker: &Docker,
    reference: &str,
    platform: &str,
    credentials: Option<DockerCredentials>,
) -> Result<Vec<String>, Error> {
    let options = bollard::query_parameters::CreateImageOptionsBuilder::new().from_image(reference).platform(platform);
    let lines = docker.create_image(Some(options.build()), None, credentials);
    collect(lines.map_ok(|line| {
        let status = line.status.unwrap_or_default();
        line.id.map_or(status.clone(), |id| format!("{id}: {status}"))
    }))
    .await
}

pub(crate) async fn push(
    docker: &Docker,
    repository: &str,
    tag: &str,
    platform: Option<&str>,
    credentials: Option<DockerCredentials>,
) -> Result<Vec<String>, Error> {
    let mut options = bollard::query_parameters::PushImageOptionsBuilder::new().tag(tag);
    if let Some(platform) = platform {
        options = options.platform(platform);
    }
    let lines = docker.push_image(repository, Some(options.build()), credentials);
    collect(lines.map_ok(|line| line.status.unwrap_or_default())).await
}

async fn collect(lines: impl Stream<Item = Result<String, Error>>) -> Result<Vec<String>, Error> {
    lines.try_collect().await
}

/// What bollard says of an error, be it a status or a line.
pub(crate) fn told(error: &Error) -> (Option<u16>, String) {
    match error {
        Error::DockerResponseServerError { status_code, message } => (Some(*status_code), message.clone()),
        Error::DockerStreamError { error } => (None, error.clone()),
        other => panic!("{other:?}"),
    }
}

pub(crate) fn names_in(dir: &Path) -> Vec<String> {
    let mut names: Vec<_> =
        std::fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

pub(crate) fn hex(digest: &str) -> String {
    digest.strip_prefix("sha256:").unwrap().to_owned()
}

/// Anything that answers HTTP.
pub(crate) async fn serve(app: Router) -> (SocketAddr, JoinHandle<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let addr = listener.local_addr().unwrap();
    (addr, tokio::spawn(async move { axum::serve(listener, app).await.unwrap() }))
}
