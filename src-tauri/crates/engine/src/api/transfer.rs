//! Pulling and pushing over the wire: an operation's lines as the body of a reply. A client that hangs up takes the body
//! with it, and the operation with the body.

use std::pin::pin;

use axum::response::Response;
use futures::Stream;
use http::{HeaderMap, StatusCode};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use super::{answer, call::Call, version::Version};
use crate::{
    context::Context,
    failure::{Failure, Outcome},
    progress::{Line, Progress},
    pull::{self, Pull},
    push::{self, Push},
    remote::{
        access::{Intent, Registry},
        credentials::Credentials,
        failure::RemoteError,
    },
};
use oci::{Platform, Reference};

/// Lines that may wait for a slow client.
const WAITING: usize = 64;

/// Before this version a push takes no platform.
const PUSH_PLATFORM: Version = Version(1, 46);

/// Before this version a pull takes none.
const PULL_PLATFORM: Version = Version(1, 32);

/// `POST /images/create`
pub(super) async fn create(call: &Call) -> Outcome<Response> {
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
    let (sender, lines) = mpsc::channel(WAITING);
    let progress = Progress(sender);
    let operation = async move {
        for reference in wanted(&context, reference, &credentials).await? {
            let (platform, credentials) = (platform.clone(), credentials.clone());
            pull::pull(&context, Pull { reference, platform, credentials }, &progress).await?;
        }
        Ok(())
    };
    answer::lines(told(operation, lines, call.context.stopping.clone())).await
}

/// Neither tag nor digest means every tag there is.
async fn wanted(context: &Context, reference: Reference, credentials: &Credentials) -> Outcome<Vec<Reference>> {
    if reference.tag.is_some() || reference.digest.is_some() {
        return Ok(vec![reference]);
    }
    let refused = |error: RemoteError| error.of_pull(&reference);
    let registry = Registry::connect(&context.network, &reference.repository, Intent::Pull, credentials).await;
    let tags = registry.map_err(refused)?.tags().await.map_err(refused)?;
    tags.iter().map(|tag| Ok(reference.clone().with(tag)?)).collect()
}

/// `POST /images/{name}/push`
pub(super) async fn push(call: &Call, name: &str) -> Outcome<Response> {
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
    let (sender, lines) = mpsc::channel(WAITING);
    let progress = Progress(sender);
    let operation = async move { push::push(&context, Push { reference, platform, credentials }, &progress).await };
    answer::lines(told(operation, lines, call.context.stopping.clone())).await
}

pub(super) fn credentials(headers: &HeaderMap) -> Outcome<Credentials> {
    headers
        .get("x-registry-auth")
        .map_or_else(|| Ok(Credentials::default()), |header| Credentials::from_header(header.as_bytes()))
}

/// What an operation says, and at the end why it failed.
fn told(
    operation: impl Future<Output = Outcome<()>> + Send + 'static,
    mut lines: mpsc::Receiver<Line>,
    stopping: CancellationToken,
) -> impl Stream<Item = Outcome<Line>> + Send + 'static {
    async_stream::stream! {
        let mut operation = pin!(operation);
        let outcome = loop {
            tokio::select! {
                biased;
                () = stopping.cancelled() => break Err(Failure::new(StatusCode::SERVICE_UNAVAILABLE, "the engine is stopping")),
                Some(line) = lines.recv() => yield Ok(line),
                outcome = &mut operation => break outcome,
            }
        };
        while let Ok(line) = lines.try_recv() {
            yield Ok(line);
        }
        if let Err(failure) = outcome {
            tracing::info!(message = failure.message, "a pull or push failed");
            yield Err(failure);
        }
    }
}
