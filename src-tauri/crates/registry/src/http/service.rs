//! What the endpoints share: the registry that they serve, its options, and parts of requests.

use std::{future::Future, sync::Arc};

use http::{header, request::Parts};

use super::response::{EndpointResult, Failure};
use crate::{error::StorageError, hooks::Hooks, storage::Storage};

/// In which ways a registry differs from others.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// The response status to a `PATCH` of an upload.
    pub patch_status: PatchStatus,
    /// Whether a blob can be mounted from another repository.
    pub blob_mounting: bool,
    /// Whether everything but `GET` and `HEAD` is refused.
    pub read_only: bool,
}

/// The response status to a `PATCH` of an upload.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PatchStatus {
    /// 202, as the specification requires.
    #[default]
    Accepted202,
    /// 201, as ECR does.
    EcrExact201,
}

#[derive(Clone)]
pub(crate) struct Registry {
    pub(super) storage: Storage,
    pub(super) hooks: Arc<dyn Hooks>,
    pub(super) options: Options,
}

impl Registry {
    pub(super) fn authorize(&self, request: &Parts) -> Result<(), Failure> {
        self.hooks.authorize(request).map_err(Failure::Hook)
    }
}

/// Finishes the work even if the client disconnects, so that nothing is left half-done.
pub(super) async fn run_to_completion(work: impl Future<Output = EndpointResult> + Send + 'static) -> EndpointResult {
    match tokio::spawn(work).await {
        Ok(result) => result,
        Err(failed) if failed.is_panic() => std::panic::resume_unwind(failed.into_panic()),
        Err(failed) => Err(StorageError::ContentBroken { reason: failed.to_string() }.into()),
    }
}

/// The values of a query parameter, decoded.
pub(super) fn query<'a>(request: &'a Parts, name: &'a str) -> impl Iterator<Item = String> + 'a {
    let pairs = url::form_urlencoded::parse(request.uri.query().unwrap_or_default().as_bytes());
    pairs.filter(move |(key, _)| key == name).map(|(_, value)| value.into_owned())
}

pub(super) fn header_text<'a>(request: &'a Parts, name: &header::HeaderName) -> Option<&'a str> {
    request.headers.get(name)?.to_str().ok()
}
