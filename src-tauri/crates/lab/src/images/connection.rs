//! How requests reach an engine: through `bollard`, over whichever transport the engine is on.
//!
//! Pulls and pushes are read as raw bytes. `bollard` drops the layer's id and the `aux` object from a push's lines, passes
//! over a line that has `error` alone, and takes a final line whose end comes late for an error. Its own way to raw
//! bytes is `export_image`; a request modifier turns that into the request that is meant, so that Unix sockets, named
//! pipes, TCP and TLS all stay `bollard`'s. The same hook puts the negotiated version into the path, which `bollard`
//! leaves out: without it an engine answers as its newest API does.

use std::{path::Path, time::Duration};

use bollard::{API_DEFAULT_VERSION, BollardRequest, Docker, errors::Error};
use futures::Stream;
use http::{
    HeaderValue, Method, Uri,
    uri::{InvalidUri, PathAndQuery},
};

use crate::model::access::EngineAccess;

/// The engine's patience with us until it answers; streams may last as long as they like.
const ANSWER_WITHIN: Duration = Duration::from_mins(2);

/// The oldest API that the lab can work with: Docker 20.10 has 1.41, Podman speaks 1.40 and 1.41.
const OLDEST: ApiVersion = ApiVersion { major: 1, minor: 40 };

/// An API version, ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct ApiVersion {
    pub(super) major: usize,
    pub(super) minor: usize,
}

impl std::fmt::Display for ApiVersion {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.major, self.minor)
    }
}

/// A connection to an engine, in the newest version that both sides speak.
#[derive(Clone, Debug)]
pub(super) struct Connection {
    /// For the calls that `bollard` has whole.
    pub(super) docker: Docker,
    pub(super) version: ApiVersion,
}

/// Why there is no connection.
#[derive(Debug)]
pub(super) enum ConnectError {
    /// What `bollard` said.
    Engine(Error),
    /// The engine speaks nothing newer than this.
    TooOld(ApiVersion),
}

impl From<Error> for ConnectError {
    fn from(error: Error) -> Self {
        Self::Engine(error)
    }
}

impl Connection {
    /// Asks the engine for its version.
    pub(super) async fn open(access: &EngineAccess) -> Result<Self, ConnectError> {
        let docker = transport(access)?.negotiate_version().await?;
        let negotiated = docker.client_version();
        let version = ApiVersion { major: negotiated.major_version, minor: negotiated.minor_version };
        if version < OLDEST {
            return Err(ConnectError::TooOld(version));
        }
        let docker = docker.with_request_modifier(move |request| versioned(request, version));
        Ok(Self { docker, version })
    }

    /// Sends a request without a body and gives the answer's bytes. An answer that is no success is an error, with the
    /// engine's message. `path` has its query; `auth` goes into `X-Registry-Auth`.
    pub(super) fn request(
        &self,
        method: &Method,
        path: &str,
        auth: Option<HeaderValue>,
    ) -> Result<impl Stream<Item = Result<impl AsRef<[u8]> + use<>, Error>> + Unpin + use<>, InvalidUri> {
        let target: PathAndQuery = format!("/v{}{path}", self.version).parse()?;
        let method = method.clone();
        let docker = self.docker.clone().with_request_modifier(move |request| {
            let mut request = aimed(request, target.clone());
            *request.method_mut() = method.clone();
            if let Some(auth) = &auth {
                request.headers_mut().insert("x-registry-auth", auth.clone());
            }
            request
        });
        Ok(docker.export_image("raw"))
    }
}

fn transport(access: &EngineAccess) -> Result<Docker, Error> {
    let (host, seconds) = (access.host.as_str(), ANSWER_WITHIN.as_secs());
    match (host.split_once("://").map(|(scheme, _)| scheme), &access.tls) {
        #[cfg(unix)]
        (Some("unix"), _) => Docker::connect_with_unix(host, seconds, API_DEFAULT_VERSION),
        #[cfg(windows)]
        (Some("npipe"), _) => Docker::connect_with_named_pipe(host, seconds, API_DEFAULT_VERSION),
        (Some("tcp" | "https"), Some(folder)) => tls(host, folder, seconds),
        (Some("tcp" | "http"), None) => Docker::connect_with_http(host, seconds, API_DEFAULT_VERSION),
        _ => Err(Error::UnsupportedURISchemeError { uri: host.to_owned() }),
    }
}

fn tls(host: &str, folder: &Path, seconds: u64) -> Result<Docker, Error> {
    // Fails when there is one already, which is as good.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let [key, cert, ca] = ["key.pem", "cert.pem", "ca.pem"].map(|name| folder.join(name));
    Docker::connect_with_ssl(host, &key, &cert, &ca, seconds, API_DEFAULT_VERSION)
}

fn versioned(request: BollardRequest, version: ApiVersion) -> BollardRequest {
    let target = request.uri().path_and_query().map_or("/", PathAndQuery::as_str);
    match format!("/v{version}{target}").parse() {
        Ok(target) => aimed(request, target),
        Err(_) => request,
    }
}

fn aimed(mut request: BollardRequest, target: PathAndQuery) -> BollardRequest {
    let mut parts = request.uri().clone().into_parts();
    parts.path_and_query = Some(target);
    if let Ok(uri) = Uri::from_parts(parts) {
        *request.uri_mut() = uri;
    }
    request
}
