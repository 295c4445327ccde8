//! The distribution API over a [`Storage`]: who is let in, which endpoint a path means, and who answers it. The files
//! below are named after the sections of the specification.

mod answer;
mod blobs;
mod content;
mod manifests;
mod range;
mod referrers;
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
    answer::{Failure, Outcome},
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
        .route("/v2", any(base))
        .route("/v2/", any(base))
        .route("/v2/{*rest}", any(under))
        .with_state(Registry { storage, hooks, options })
}

async fn base(State(registry): State<Registry>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let outcome = registry.authorize(&parts).and_then(|()| match parts.method {
        Method::GET | Method::HEAD => Ok(answer::json(&serde_json::json!({}), "application/json")),
        _ => Err(answer::method_not_allowed("GET, HEAD")),
    });
    answer::finish(outcome, |refusal| refusal)
}

async fn under(
    State(registry): State<Registry>,
    path: Result<Path<String>, PathRejection>,
    request: Request,
) -> Response {
    let (parts, mut body) = request.into_parts();
    let path = path.map_or_else(|_| String::new(), |Path(path)| path);
    let route = Route::parse(&path);
    let outcome = registry.answer(route, &parts, &mut body).await;
    if outcome.is_err() && !parts.headers.contains_key(header::EXPECT) {
        drain(body).await;
    }
    let name = route.map_or("", |route| route.name);
    answer::finish(outcome, |refusal| registry.hooks.reword(name, refusal))
}

impl Registry {
    async fn answer(&self, route: Option<Route<'_>>, request: &Parts, body: &mut Body) -> Outcome {
        self.authorize(request)?;
        let Some(Route { name, endpoint }) = route else {
            return Err(Refusal::new(StatusCode::NOT_FOUND, "UNSUPPORTED", "there is nothing at this path").into());
        };
        check_name(name)?;
        let reads = matches!(request.method, Method::GET | Method::HEAD);
        if self.options.read_only && !reads {
            return Err(answer::method_not_allowed("GET, HEAD"));
        }
        self.hooks.repository(name, action(endpoint, &request.method)).map_err(Failure::Hook)?;
        match endpoint {
            Endpoint::Blob(digest) => match request.method {
                Method::GET | Method::HEAD => blobs::get(self, name, &digest.parse()?, request).await,
                Method::DELETE => blobs::delete(self, name, &digest.parse()?).await,
                _ => Err(answer::method_not_allowed("GET, HEAD, DELETE")),
            },
            Endpoint::Uploads => match request.method {
                Method::POST => uploads::begin(self, name, request, body).await,
                _ => Err(answer::method_not_allowed("POST")),
            },
            Endpoint::Upload(id) => match request.method {
                Method::GET => uploads::status(self, name, id).await,
                Method::PATCH => uploads::append(self, name, id, request, body).await,
                Method::PUT => uploads::finish(self, name, id, request, body).await,
                Method::DELETE => uploads::cancel(self, name, id),
                _ => Err(answer::method_not_allowed("GET, PATCH, PUT, DELETE")),
            },
            Endpoint::Manifest(reference) => match request.method {
                Method::GET | Method::HEAD => manifests::get(self, name, &standing(reference)?, request).await,
                Method::PUT => manifests::put(self, name, tag_or_digest(reference)?, request, body).await,
                Method::DELETE => manifests::delete(self, name, &standing(reference)?).await,
                _ => Err(answer::method_not_allowed("GET, HEAD, PUT, DELETE")),
            },
            Endpoint::Tags if reads => tags::list(self, name, request).await,
            Endpoint::Referrers(digest) if reads => referrers::list(self, name, &digest.parse()?, request).await,
            Endpoint::Tags | Endpoint::Referrers(_) => Err(answer::method_not_allowed("GET, HEAD")),
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

/// A reference to something that should be there: what cannot be a tag is not there.
fn standing(reference: &str) -> Result<TagOrDigest, Failure> {
    reference.parse().map_err(|error| match error {
        InvalidTagOrDigest::Tag { value } => manifests::unknown(&value),
        InvalidTagOrDigest::Digest(error) => error.into(),
    })
}

/// Reads on for a while after a refusal. A connection closed over unread bytes is reset, and the client, still sending,
/// would lose the answer that tells it why.
async fn drain(mut body: Body) {
    const ENOUGH: usize = 8 << 20;
    let mut drained = 0;
    while drained < ENOUGH
        && let Some(Ok(frame)) = body.frame().await
    {
        drained += frame.data_ref().map_or(0, bytes::Bytes::len);
    }
}
