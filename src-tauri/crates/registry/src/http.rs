//! The distribution API over a [`Storage`]: who is let in, which endpoint a path means, and who answers it. The files
//! below are named after the sections of the specification.

mod answer;
mod blobs;
mod content;
mod manifests;
mod range;
mod referrers;
mod route;
mod tags;
mod uploads;

use std::{future::Future, sync::Arc};

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
};
use crate::{Action, Hooks, Reference, Refusal, Storage, StorageError, check_name};

/// What a registry does its own way.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// The status that answers a `PATCH` of an upload.
    pub patch_status: PatchStatus,
    /// Whether a blob can be mounted from another repository.
    pub blob_mounting: bool,
    /// Whether everything but `GET` and `HEAD` is refused.
    pub read_only: bool,
}

/// The status that answers a `PATCH` of an upload.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PatchStatus {
    /// 202, as the specification says.
    #[default]
    Accepted202,
    /// 201, as ECR does.
    EcrExact201,
}

/// The registry's routes, all under `/v2`.
pub fn router(storage: Storage, hooks: Arc<dyn Hooks>, options: Options) -> axum::Router {
    axum::Router::new()
        .route("/v2", any(base))
        .route("/v2/", any(base))
        .route("/v2/{*rest}", any(under))
        .with_state(Registry { storage, hooks, options })
}

#[derive(Clone)]
struct Registry {
    storage: Storage,
    hooks: Arc<dyn Hooks>,
    options: Options,
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
    fn authorize(&self, request: &Parts) -> Result<(), Failure> {
        self.hooks.authorize(request).map_err(Failure::Hook)
    }

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
                Method::PUT => manifests::put(self, name, reference.parse()?, request, body).await,
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

/// A reference to something that should be there: what cannot be a tag is not there.
fn standing(reference: &str) -> Result<Reference, Failure> {
    reference.parse().map_err(|error| match error {
        StorageError::InvalidTag { value } => manifests::unknown(&value),
        other => other.into(),
    })
}

/// Finishes the work even if the client goes away meanwhile, so that nothing stays half-done.
async fn to_the_end(work: impl Future<Output = Outcome> + Send + 'static) -> Outcome {
    match tokio::spawn(work).await {
        Ok(outcome) => outcome,
        Err(failed) if failed.is_panic() => std::panic::resume_unwind(failed.into_panic()),
        Err(failed) => Err(StorageError::ContentBroken { reason: failed.to_string() }.into()),
    }
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

/// The values of a query parameter, decoded.
fn query<'a>(request: &'a Parts, name: &'a str) -> impl Iterator<Item = String> + 'a {
    let pairs = url::form_urlencoded::parse(request.uri.query().unwrap_or_default().as_bytes());
    pairs.filter(move |(key, _)| key == name).map(|(_, value)| value.into_owned())
}

fn header_text<'a>(request: &'a Parts, name: &header::HeaderName) -> Option<&'a str> {
    request.headers.get(name)?.to_str().ok()
}
