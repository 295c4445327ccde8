//! The distribution API over a [`Storage`]: authorization, routing, and dispatch to the endpoints. The files below are
//! named after the sections of the specification.

mod blobs;
mod catalog;
mod content;
mod manifests;
mod paging;
mod range;
mod referrers;
mod response;
mod route;
pub(crate) mod service;
mod tags;
mod uploads;

use std::sync::Arc;

use axum::{
    body::Body,
    extract::{Path, Request, State, rejection::PathRejection},
    response::Response,
    routing::any,
};
use http::{Method, StatusCode, header, request::Parts};
use http_body_util::BodyExt;

use self::{
    response::{EndpointResult, Failure},
    route::{Endpoint, Route},
    service::{Options, Registry},
};
use crate::{
    error::StorageError,
    hooks::{Action, Hooks, Refusal},
    names::check_name,
    storage::Storage,
};
use oci::{InvalidTagOrDigest, TagOrDigest};

/// The registry's routes, all under `/v2`.
pub fn router(storage: Storage, hooks: Arc<dyn Hooks>, options: Options) -> axum::Router {
    axum::Router::new()
        .route("/v2", any(version_check))
        .route("/v2/", any(version_check))
        .route("/v2/_catalog", any(catalog))
        .route("/v2/{*rest}", any(dispatch))
        .with_state(Registry { storage, hooks, options })
}

async fn version_check(State(registry): State<Registry>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let result = registry.authorize(&parts).and_then(|()| match parts.method {
        Method::GET | Method::HEAD => Ok(response::json(&serde_json::json!({}), "application/json")),
        _ => Err(response::method_not_allowed("GET, HEAD")),
    });
    response::finish(result, |refusal| refusal)
}

async fn catalog(State(registry): State<Registry>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let result = registry.authorize(&parts).and_then(|()| match parts.method {
        Method::GET | Method::HEAD => catalog::list(&registry, &parts),
        _ => Err(response::method_not_allowed("GET, HEAD")),
    });
    response::finish(result, |refusal| registry.hooks.reword("", refusal))
}

async fn dispatch(
    State(registry): State<Registry>,
    path: Result<Path<String>, PathRejection>,
    request: Request,
) -> Response {
    let (parts, mut body) = request.into_parts();
    let path = path.map_or_else(|_| String::new(), |Path(path)| path);
    let route = Route::parse(&path);
    let result = registry.respond(route, &parts, &mut body).await;
    if result.is_err() && !parts.headers.contains_key(header::EXPECT) {
        drain(body).await;
    }
    let name = route.map_or("", |route| route.name);
    response::finish(result, |refusal| registry.hooks.reword(name, refusal))
}

impl Registry {
    async fn respond(&self, route: Option<Route<'_>>, request: &Parts, body: &mut Body) -> EndpointResult {
        self.authorize(request)?;
        let Some(Route { name, endpoint }) = route else {
            return Err(Refusal::new(StatusCode::NOT_FOUND, "UNSUPPORTED", "there is nothing at this path").into());
        };
        check_name(name)?;
        let reads = matches!(request.method, Method::GET | Method::HEAD);
        if self.options.read_only && !reads {
            return Err(response::method_not_allowed("GET, HEAD"));
        }
        self.hooks.repository(name, action(endpoint, &request.method)).map_err(Failure::Hook)?;
        match endpoint {
            Endpoint::Blob(digest) => match request.method {
                Method::GET | Method::HEAD => blobs::get(self, name, &digest.parse()?, request).await,
                Method::DELETE => blobs::delete(self, name, &digest.parse()?).await,
                _ => Err(response::method_not_allowed("GET, HEAD, DELETE")),
            },
            Endpoint::Uploads => match request.method {
                Method::POST => uploads::begin(self, name, request, body).await,
                _ => Err(response::method_not_allowed("POST")),
            },
            Endpoint::Upload(id) => match request.method {
                Method::GET => uploads::status(self, name, id).await,
                Method::PATCH => uploads::append(self, name, id, request, body).await,
                Method::PUT => uploads::finish(self, name, id, request, body).await,
                Method::DELETE => uploads::cancel(self, name, id),
                _ => Err(response::method_not_allowed("GET, PATCH, PUT, DELETE")),
            },
            Endpoint::Manifest(reference) => match request.method {
                Method::GET | Method::HEAD => manifests::get(self, name, &existing(reference)?, request).await,
                Method::PUT => manifests::put(self, name, tag_or_digest(reference)?, request, body).await,
                Method::DELETE => manifests::delete(self, name, &existing(reference)?).await,
                _ => Err(response::method_not_allowed("GET, HEAD, PUT, DELETE")),
            },
            Endpoint::Tags if reads => tags::list(self, name, request).await,
            Endpoint::Referrers(digest) if reads => referrers::list(self, name, &digest.parse()?, request).await,
            Endpoint::Tags | Endpoint::Referrers(_) => Err(response::method_not_allowed("GET, HEAD")),
        }
    }
}

fn action(endpoint: Endpoint<'_>, method: &Method) -> Action {
    match (endpoint, method) {
        (Endpoint::Uploads | Endpoint::Upload(_), _) => Action::Push,
        (_, &Method::GET | &Method::HEAD) => Action::Pull,
        (_, &Method::DELETE) => Action::Delete,
        _ => Action::Push,
    }
}

fn tag_or_digest(reference: &str) -> Result<TagOrDigest, StorageError> {
    Ok(reference.parse::<TagOrDigest>()?)
}

/// A reference to a manifest that is expected to exist. A text that cannot be a tag names none.
fn existing(reference: &str) -> Result<TagOrDigest, Failure> {
    reference.parse().map_err(|error| match error {
        InvalidTagOrDigest::Tag { value } => manifests::unknown(&value),
        InvalidTagOrDigest::Digest(error) => error.into(),
    })
}

/// Reads the rest of the body for a while after a refusal. A connection that is closed with unread bytes is reset, and the
/// client, still sending, would lose the response.
async fn drain(mut body: Body) {
    const MAX_DRAINED: usize = 8 << 20;
    let mut drained = 0;
    while drained < MAX_DRAINED
        && let Some(Ok(frame)) = body.frame().await
    {
        drained += frame.data_ref().map_or(0, bytes::Bytes::len);
    }
}
