//! Pushing: uploads the blobs that the registry lacks, then the manifest under its tag.

use std::sync::{Arc, atomic::AtomicBool};

use serde_json::json;
use tokio::{sync::Semaphore, task::JoinSet};

use crate::{
    context::Context,
    failure::{ApiResult, Failure},
    progress::Progress,
    remote::{
        access::{Intent, RemoteRepository},
        credentials::Credentials,
        failure::RemoteError,
        upload::Uploaded,
    },
    store::{
        Store,
        state::{ImageRecord, State},
    },
};
use oci::{Blob, Digest, Platform, Reference, Repository};

/// What to push.
#[derive(Debug)]
pub(crate) struct Push {
    /// Without a tag, every tag of the repository is pushed.
    pub(crate) reference: Reference,
    pub(crate) platform: Option<Platform>,
    pub(crate) credentials: Credentials,
}

/// Pushes an image, or all images of a repository. The first line is sent before anything can fail.
pub(crate) async fn push(context: &Context, push: Push, progress: &Progress) -> ApiResult<()> {
    let Push { reference, platform, credentials } = push;
    let repository = &reference.repository;
    progress.message(format!("The push refers to repository [{repository}]")).await;
    let state = context.store.state();
    let references = match &reference.tag {
        Some(_) => vec![reference.clone()],
        None => state.tags_in(repository),
    };
    if references.is_empty() {
        return Err(Failure::not_found(format!(
            "An image does not exist locally with the tag: {}",
            repository.familiar()
        )));
    }
    let images = references.iter().map(|reference| find_local(&state, reference, platform.as_ref()));
    let images = images.collect::<ApiResult<Vec<_>>>()?;
    let registry = RemoteRepository::connect(&context.network, repository, Intent::Push, &credentials).await?;
    let registry = Arc::new(registry);
    for (reference, image) in references.iter().zip(images) {
        push_tag(context, &registry, reference, image, progress).await?;
    }
    Ok(())
}

fn find_local<'a>(state: &'a State, reference: &Reference, platform: Option<&Platform>) -> ApiResult<&'a ImageRecord> {
    let image = state.resolve(reference).and_then(|id| state.images.get(id));
    let image = image.ok_or_else(|| Failure::not_found(format!("tag does not exist: {}", reference.familiar())))?;
    match platform {
        Some(platform) if !platform.runs(&image.platform) => Err(Failure::not_found(format!(
            "image with reference {} was found but does not provide the specified platform ({platform})",
            reference.familiar()
        ))),
        _ => Ok(image),
    }
}

async fn push_tag(
    context: &Context,
    registry: &Arc<RemoteRepository>,
    reference: &Reference,
    image: &ImageRecord,
    progress: &Progress,
) -> ApiResult<()> {
    let store = &context.store;
    let _pin = store.pin(image.blobs().map(|blob| blob.digest.clone()));
    let manifest = store.document(&image.manifest.digest).await?;
    push_blobs(context, registry, image, progress).await?;
    let tag = reference.tag.as_deref().unwrap_or("latest");
    // As Docker does, also where the tag has the manifest already: for the registry that is a push. An immutable tag refuses it.
    match registry.put_manifest(tag, manifest.into(), &image.manifest.media_type).await {
        Err(RemoteError::Refused { code, .. })
            if code == "TAG_INVALID" && registry.digest_of_tag(tag).await.as_ref() == Some(&image.manifest.digest) => {}
        put => put?,
    }
    let Blob { digest, size, .. } = &image.manifest;
    record_origin(store, reference, image).await?;
    context.events.image("push", &reference.familiar(), &reference.repository.familiar(), &image.labels);
    progress.message(format!("{tag}: digest: {digest} size: {size}")).await;
    progress.aux(json!({ "Tag": tag, "Digest": digest, "Size": size })).await;
    Ok(())
}

async fn push_blobs(
    context: &Context,
    registry: &Arc<RemoteRepository>,
    image: &ImageRecord,
    progress: &Progress,
) -> ApiResult<()> {
    let layers = image.distinct_layers();
    for layer in &layers {
        progress.layer(&layer.digest, "Preparing").await;
    }
    let state = context.store.state();
    let (permits, mounting) = (Arc::new(Semaphore::new(context.concurrency)), Arc::new(AtomicBool::new(true)));
    // The tasks are aborted with the set: a client that disconnects ends them all.
    let mut tasks = JoinSet::new();
    for (blob, shown) in layers.into_iter().map(|layer| (layer, true)).chain([(&image.config, false)]) {
        let sources = sources(&state, &registry.repository, &blob.digest);
        let (registry, store, progress) = (Arc::clone(registry), context.store.clone(), progress.clone());
        let (blob, permits, mounting) = (blob.clone(), Arc::clone(&permits), Arc::clone(&mounting));
        tasks.spawn(async move {
            let _permit = permits.acquire_owned().await;
            let file = store.blob(&blob).ok_or_else(|| {
                Failure::internal(format!(
                    "content digest {}: not found: the image is damaged, pull it again",
                    blob.digest
                ))
            })?;
            let layer_progress = shown.then_some(&progress);
            let uploaded = registry.upload(&file, &blob, &sources, &mounting, layer_progress).await?;
            if shown {
                progress.layer(&blob.digest, upload_status(&uploaded)).await;
            }
            Ok(())
        });
    }
    while let Some(done) = tasks.join_next().await {
        done.unwrap_or_else(|_| Err(Failure::internal("an upload was broken off")))?;
    }
    Ok(())
}

fn upload_status(uploaded: &Uploaded) -> String {
    match uploaded {
        Uploaded::Present => "Layer already exists".to_owned(),
        Uploaded::Mounted(from) => format!("Mounted from {}", from.path),
        Uploaded::Sent => "Pushed".to_owned(),
    }
}

/// Other repositories of the same registry that hold the blob.
fn sources(state: &State, target: &Repository, blob: &Digest) -> Vec<Repository> {
    let origins = state.origins.get(blob).into_iter().flatten();
    let repositories = origins.filter_map(|name| Reference::parse(name).ok()).map(|origin| origin.repository);
    repositories.filter(|origin| origin.host == target.host && origin != target).collect()
}

async fn record_origin(store: &Store, reference: &Reference, image: &ImageRecord) -> ApiResult<()> {
    let repository = reference.repository.clone();
    let (id, blobs): (_, Vec<_>) =
        (image.manifest.digest.clone(), image.layers.iter().chain([&image.config]).cloned().collect());
    store
        .update(move |state| {
            state.note_origin(&repository, &blobs);
            // The image may have been removed meanwhile.
            if state.images.contains_key(&id) {
                let by_digest = Reference { repository, tag: None, digest: Some(id.clone()) };
                state.digests.insert(by_digest.to_string(), id);
            }
        })
        .await?;
    Ok(())
}
