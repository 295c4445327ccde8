//! Pulling: downloads the image of one platform into the store.
//!
//! Of an index only that one image is kept, and the name refers to it: what is pushed later is the image's manifest, never
//! an index whose other images are missing.

use std::sync::Arc;

use tokio::{sync::Semaphore, task::JoinSet};

use crate::{
    context::Context,
    failure::{ApiResult, Failure},
    image_config::{DOCUMENT_LIMIT, ImageConfig},
    progress::Progress,
    remote::{
        access::{Intent, RemoteRepository},
        credentials::Credentials,
        failure::RemoteError,
    },
    store::{Store, state::ImageRecord},
};
use oci::{Blob, Content, Digest, IndexEntry, Manifest, Platform, Reference, media_types};

/// What to pull.
#[derive(Debug)]
pub(crate) struct Pull {
    pub(crate) reference: Reference,
    pub(crate) platform: Option<Platform>,
    pub(crate) credentials: Credentials,
}

/// Pulls an image. A failure before the first line has changed nothing.
pub(crate) async fn pull(context: &Context, pull: Pull, progress: &Progress) -> ApiResult<()> {
    let Pull { reference, platform, credentials } = pull;
    let registry = RemoteRepository::connect(&context.network, &reference.repository, Intent::Pull, &credentials).await;
    let registry = Arc::new(registry.map_err(|error| error.into_pull_failure(&reference))?);
    let resolved = resolve(&registry, &reference, platform.as_ref()).await?;
    let store = &context.store;
    let _pin = store.pin(resolved.blobs().map(|blob| blob.digest.clone()));
    let config = configuration(&registry, store, &resolved.config, &reference).await?;
    check_platform(&reference, platform.as_ref(), &config)?;

    let subject = match (&reference.digest, &reference.tag) {
        (Some(digest), _) => digest.as_str(),
        (None, tag) => tag.as_deref().unwrap_or_default(),
    };
    let source = format!("Pulling from {}", reference.repository.path);
    progress.message_for(subject, source).await;
    let manifest = resolved.image.blob().clone();
    let image = ImageRecord::new(manifest, resolved.config.clone(), resolved.layers.clone(), &config);
    let is_new = is_new(store, &reference, &image);
    if is_new {
        layers(context, &registry, &image, progress).await?;
    }
    store.put(resolved.image.bytes().clone()).await?;
    record_pull(store, &reference, &resolved.named, image).await?;

    progress.message(format!("Digest: {}", resolved.named)).await;
    let status = if is_new { "Downloaded newer image for" } else { "Image is up to date for" };
    progress.message(format!("Status: {status} {}", reference.familiar())).await;
    Ok(())
}

/// The image of one platform that a reference names on the registry.
struct Resolved {
    /// The digest that the name has on the registry: the image's manifest's, or its index's.
    named: Digest,
    image: Manifest,
    config: Blob,
    layers: Vec<Blob>,
}

impl Resolved {
    fn blobs(&self) -> impl Iterator<Item = &Blob> {
        self.layers.iter().chain([&self.config, self.image.blob()])
    }
}

async fn resolve(
    registry: &RemoteRepository,
    reference: &Reference,
    platform: Option<&Platform>,
) -> ApiResult<Resolved> {
    let refused = |error: RemoteError| error.into_pull_failure(reference);
    let top = registry.manifest(&reference.tag_or_digest()).await.map_err(refused)?;
    let named = top.blob().digest.clone();
    let image = match top.content() {
        Content::Image { .. } => top,
        Content::Index { entries, .. } => {
            let platform = platform.cloned().unwrap_or_else(Platform::host);
            let entry = IndexEntry::choose(entries, &platform).ok_or_else(|| no_match(&platform))?;
            registry.manifest(&entry.blob.digest.clone().into()).await.map_err(refused)?
        }
    };
    match image.content().clone() {
        Content::Image { config, layers, .. } => Ok(Resolved { named, image, config, layers }),
        Content::Index { .. } => Err(Failure::internal("an index inside an index is not supported")),
    }
}

fn no_match(platform: &Platform) -> Failure {
    Failure::not_found(format!("no matching manifest for {} in the manifest list entries", platform.normalized()))
}

/// Downloads the configuration, which says what the image is for.
async fn configuration(
    registry: &RemoteRepository,
    store: &Store,
    config: &Blob,
    reference: &Reference,
) -> ApiResult<ImageConfig> {
    if !media_types::is_image_config(&config.media_type) {
        return Err(Failure::bad_request(format!(
            "{} is no image to run: its configuration is {}",
            reference.familiar(),
            config.media_type
        )));
    }
    if config.size > DOCUMENT_LIMIT {
        return Err(Failure::internal(format!("the image configuration is longer than {DOCUMENT_LIMIT} bytes")));
    }
    let _claim = store.claim(&config.digest).await;
    if store.blob(config).is_none() {
        registry.download(store, config, None).await.map_err(|error| error.into_pull_failure(reference))?;
    }
    ImageConfig::parse(&store.document(&config.digest).await?)
}

/// An image outside an index may be for another platform than the requested one.
fn check_platform(reference: &Reference, platform: Option<&Platform>, config: &ImageConfig) -> ApiResult<()> {
    match platform {
        Some(platform) if !platform.runs(&config.platform) => Err(Failure::not_found(format!(
            "image with reference {} was found but does not match the specified platform: wanted {platform}, actual: {}",
            reference.familiar(),
            config.platform
        ))),
        _ => Ok(()),
    }
}

fn is_new(store: &Store, reference: &Reference, image: &ImageRecord) -> bool {
    let state = store.state();
    let id = &image.manifest.digest;
    !state.images.contains_key(id) || state.resolve(reference) != Some(id)
}

async fn layers(
    context: &Context,
    registry: &Arc<RemoteRepository>,
    image: &ImageRecord,
    progress: &Progress,
) -> ApiResult<()> {
    let layers = image.distinct_layers();
    for layer in &layers {
        if context.store.blob(layer).is_none() {
            progress.layer(&layer.digest, "Pulling fs layer").await;
        }
    }
    let permits = Arc::new(Semaphore::new(context.concurrency));
    // The tasks are aborted with the set: a client that disconnects ends them all.
    let mut tasks = JoinSet::new();
    for layer in layers {
        let (registry, store, progress) = (Arc::clone(registry), context.store.clone(), progress.clone());
        let (layer, permits) = (layer.clone(), Arc::clone(&permits));
        tasks.spawn(async move {
            let _permit = permits.acquire_owned().await;
            download_layer(&registry, &store, &layer, &progress).await
        });
    }
    while let Some(done) = tasks.join_next().await {
        done.unwrap_or_else(|_| Err(Failure::internal("a download was broken off")))?;
    }
    Ok(())
}

async fn download_layer(
    registry: &RemoteRepository,
    store: &Store,
    layer: &Blob,
    progress: &Progress,
) -> ApiResult<()> {
    // Another pull may be downloading it; the second one finds it stored.
    let _claim = store.claim(&layer.digest).await;
    if store.blob(layer).is_some() {
        progress.layer(&layer.digest, "Already exists").await;
        return Ok(());
    }
    registry.download(store, layer, Some(progress)).await?;
    progress.layer(&layer.digest, "Download complete").await;
    progress.layer(&layer.digest, "Pull complete").await;
    Ok(())
}

async fn record_pull(store: &Store, reference: &Reference, named: &Digest, image: ImageRecord) -> ApiResult<()> {
    let (reference, named) = (reference.clone(), named.clone());
    store
        .update(move |state| {
            let id = image.manifest.digest.clone();
            let by_digest =
                Reference { repository: reference.repository.clone(), tag: None, digest: Some(named) }.to_string();
            let blobs: Vec<_> = image.layers.iter().chain([&image.config]).cloned().collect();
            state.note_origin(&reference.repository, &blobs);
            state.digests.insert(by_digest, id.clone());
            if reference.digest.is_none() {
                state.tags.insert(Reference { digest: None, ..reference }.to_string(), id.clone());
            }
            state.images.entry(id).or_insert(image);
        })
        .await?;
    Ok(())
}
