//! The connection to an engine, through `bollard` over any of its transports.
//!
//! Pulls and pushes are read as raw bytes: `bollard` drops the layer id and the `aux` object from the lines of a push, ignores a line
//! that has only `error`, and fails on a final line that arrives in parts. Its one call that returns raw bytes is `export_image`; a
//! request modifier rewrites that call's method and path, so that `bollard` still handles Unix sockets, named pipes, TCP and TLS. The
//! same hook adds the negotiated version to the path, which `bollard` omits: without it an engine uses its newest API.

use std::{path::Path, time::Duration};

use bollard::{API_DEFAULT_VERSION, BollardRequest, Docker, errors::Error};
use futures::Stream;
use http::{
    HeaderValue, Method, Uri,
    uri::{InvalidUri, PathAndQuery},
};

use crate::model::access::EngineAccess;

/// The time limit for an engine's response. A stream that has started may last longer.
const RESPONSE_TIMEOUT: Duration = Duration::from_mins(2);

/// The oldest API version that the lab supports: Docker 20.10 has 1.41, Podman 1.40 and 1.41.
const OLDEST: ApiVersion = ApiVersion { major: 1, minor: 40 };

/// An API version.
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

/// A connection to an engine that uses the newest API version both sides support.
#[derive(Clone, Debug)]
pub(super) struct Connection {
    /// For the calls that `bollard` supports completely.
    pub(super) docker: Docker,
    pub(super) version: ApiVersion,
}

/// Why a connection failed.
#[derive(Debug)]
pub(super) enum ConnectError {
    /// An error from `bollard`.
    Engine(Error),
    /// The engine supports no version newer than this one.
    TooOld(ApiVersion),
}

impl From<Error> for ConnectError {
    fn from(error: Error) -> Self {
        Self::Engine(error)
    }
}

impl Connection {
    /// Connects and negotiates the API version.
    pub(super) async fn open(access: &EngineAccess) -> Result<Self, ConnectError> {
        let docker = transport(access)?.negotiate_version().await?;
        let negotiated = docker.client_version();
        let version = ApiVersion { major: negotiated.major_version, minor: negotiated.minor_version };
        if version < OLDEST {
            return Err(ConnectError::TooOld(version));
        }
        let docker = docker.with_request_modifier(move |request| with_version(request, version));
        Ok(Self { docker, version })
    }

    /// Sends a request without a body and returns the response's bytes. An unsuccessful response is an error with the engine's message.
    /// `path` includes the query; `auth` is sent as `X-Registry-Auth`.
    pub(super) fn request(
        &self,
        method: &Method,
        path: &str,
        auth: Option<HeaderValue>,
    ) -> Result<impl Stream<Item = Result<impl AsRef<[u8]> + use<>, Error>> + Unpin + use<>, InvalidUri> {
        let target: PathAndQuery = format!("/v{}{path}", self.version).parse()?;
        let method = method.clone();
        let docker = self.docker.clone().with_request_modifier(move |request| {
            let mut request = with_target(request, target.clone());
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
    let (host, seconds) = (access.host.as_str(), RESPONSE_TIMEOUT.as_secs());
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
    // Fails if a provider is already installed, which is fine.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let [key, cert, ca] = ["key.pem", "cert.pem", "ca.pem"].map(|name| folder.join(name));
    Docker::connect_with_ssl(host, &key, &cert, &ca, seconds, API_DEFAULT_VERSION)
}

fn with_version(request: BollardRequest, version: ApiVersion) -> BollardRequest {
    let target = request.uri().path_and_query().map_or("/", PathAndQuery::as_str);
    match format!("/v{version}{target}").parse() {
        Ok(target) => with_target(request, target),
        Err(_) => request,
    }
}

fn with_target(mut request: BollardRequest, target: PathAndQuery) -> BollardRequest {
    let mut parts = request.uri().clone().into_parts();
    parts.path_and_query = Some(target);
    if let Ok(uri) = Uri::from_parts(parts) {
        *request.uri_mut() = uri;
    }
    request
}
