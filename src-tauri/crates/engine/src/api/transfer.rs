//! Pulls and pushes over HTTP: the lines of the operation are the body of the response. When the client disconnects the
//! body is dropped, and the operation with it.

use std::pin::pin;

use axum::response::Response;
use futures::Stream;
use http::{HeaderMap, StatusCode};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use super::{call::Call, response, version::Version};
use crate::{
    context::Context,
    failure::{ApiResult, Failure},
    progress::{Line, Progress},
    pull::{self, Pull},
    push::{self, Push},
    remote::{
        access::{Intent, RemoteRepository},
        credentials::Credentials,
        failure::RemoteError,
    },
};
use oci::{Platform, Reference};

/// How many lines are buffered for a slow client.
pub(super) const LINE_BUFFER: usize = 64;

/// The first version in which a push takes a platform.
const PUSH_PLATFORM: Version = Version(1, 46);

/// The first version in which a pull takes a platform.
const PULL_PLATFORM: Version = Version(1, 32);

/// `POST /images/create`
pub(super) async fn create(call: &Call) -> ApiResult<Response> {
    let Some(from) = call.query("fromImage") else {
        return Err(Failure::new(
            StatusCode::NOT_IMPLEMENTED,
            "the built-in engine pulls images, it does not import them",
        ));
    };
    let mut reference = Reference::parse(from)?;
    if let Some(tag) = call.query("tag").filter(|_| reference.digest.is_none()) {
        reference = reference.with(tag)?;
    }
    let platform = match call.query("platform").filter(|_| call.version >= PULL_PLATFORM) {
        Some(platform) => Some(platform.parse::<Platform>()?),
        None => None,
    };
    let credentials = credentials(&call.parts.headers)?;
    let context = call.context.clone();
    let (sender, lines) = mpsc::channel(LINE_BUFFER);
    let progress = Progress(sender);
    let operation = async move {
        for reference in references_to_pull(&context, reference, &credentials).await? {
            let (platform, credentials) = (platform.clone(), credentials.clone());
            let name = reference.clone();
            pull::pull(&context, Pull { reference, platform, credentials }, &progress).await?;
            record_pull(&context, &name);
        }
        Ok(())
    };
    response::lines(stream_lines(operation, lines, call.context.stopping.clone())).await
}

fn record_pull(context: &Context, reference: &Reference) {
    let state = context.store.state();
    let labels = state.find(&reference.to_string()).map(|image| image.labels.clone()).unwrap_or_default();
    context.events.image("pull", &reference.familiar(), &reference.repository.familiar(), &labels);
}

/// The references to pull: without a tag or digest, every tag of the repository.
async fn references_to_pull(
    context: &Context,
    reference: Reference,
    credentials: &Credentials,
) -> ApiResult<Vec<Reference>> {
    if reference.tag.is_some() || reference.digest.is_some() {
        return Ok(vec![reference]);
    }
    let refused = |error: RemoteError| error.into_pull_failure(&reference);
    let registry = RemoteRepository::connect(&context.network, &reference.repository, Intent::Pull, credentials).await;
    let tags = registry.map_err(refused)?.tags().await.map_err(refused)?;
    tags.iter().map(|tag| Ok(reference.clone().with(tag)?)).collect()
}

/// `POST /images/{name}/push`
pub(super) async fn push(call: &Call, name: &str) -> ApiResult<Response> {
    let mut reference = Reference::parse(name)?;
    if reference.digest.is_some() {
        return Err(Failure::bad_request("cannot push a digest reference"));
    }
    if let Some(tag) = call.query("tag") {
        reference = reference.with(tag)?;
    }
    let platform = match call.query("platform").filter(|_| call.version >= PUSH_PLATFORM) {
        Some(platform) => Some(Platform::from_json(platform)?),
        None => None,
    };
    let credentials = credentials(&call.parts.headers)?;
    let context = call.context.clone();
    let (sender, lines) = mpsc::channel(LINE_BUFFER);
    let progress = Progress(sender);
    let operation = async move { push::push(&context, Push { reference, platform, credentials }, &progress).await };
    response::lines(stream_lines(operation, lines, call.context.stopping.clone())).await
}

pub(super) fn credentials(headers: &HeaderMap) -> ApiResult<Credentials> {
    headers
        .get("x-registry-auth")
        .map_or_else(|| Ok(Credentials::default()), |header| Credentials::from_header(header.as_bytes()))
}

/// The lines of an operation, and at the end its failure.
pub(super) fn stream_lines(
    operation: impl Future<Output = ApiResult<()>> + Send + 'static,
    mut lines: mpsc::Receiver<Line>,
    stopping: CancellationToken,
) -> impl Stream<Item = ApiResult<Line>> + Send + 'static {
    async_stream::stream! {
        let mut operation = pin!(operation);
        let result = loop {
            tokio::select! {
                biased;
                () = stopping.cancelled() => break Err(Failure::new(StatusCode::SERVICE_UNAVAILABLE, "the engine is stopping")),
                Some(line) = lines.recv() => yield Ok(line),
                result = &mut operation => break result,
            }
        };
        while let Ok(line) = lines.try_recv() {
            yield Ok(line);
        }
        if let Err(failure) = result {
            tracing::info!(message = failure.message, "an operation failed");
            yield Err(failure);
        }
    }
}
