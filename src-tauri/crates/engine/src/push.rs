//! Pushing: the blobs that the registry has not, then the manifest under its tag.

use std::sync::{Arc, atomic::AtomicBool};

use serde_json::json;
use tokio::{sync::Semaphore, task::JoinSet};

use crate::{
    context::Context,
    failure::{Failure, Outcome},
    progress::Progress,
    remote::{
        access::{Intent, Registry},
        credentials::Credentials,
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
    /// With a tag, or every tag of its repository.
    pub(crate) reference: Reference,
    pub(crate) platform: Option<Platform>,
    pub(crate) credentials: Credentials,
}

/// Pushes an image, or all of a repository. Its first line comes before anything can fail.
pub(crate) async fn push(context: &Context, push: Push, progress: &Progress) -> Outcome<()> {
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
    let images = references.iter().map(|reference| local(&state, reference, platform.as_ref()));
    let images = images.collect::<Outcome<Vec<_>>>()?;
    let registry = Registry::connect(&context.network, repository, Intent::Push, &credentials).await?;
    let registry = Arc::new(registry);
    for (reference, image) in references.iter().zip(images) {
        one(context, &registry, reference, image, progress).await?;
    }
    Ok(())
}

fn local<'a>(state: &'a State, reference: &Reference, platform: Option<&Platform>) -> Outcome<&'a ImageRecord> {
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

async fn one(
    context: &Context,
    registry: &Arc<Registry>,
    reference: &Reference,
    image: &ImageRecord,
    progress: &Progress,
) -> Outcome<()> {
    let store = &context.store;
    let _pin = store.pin(image.blobs().map(|blob| blob.digest.clone()));
    let manifest = store.document(&image.manifest.digest).await?;
    blobs(context, registry, image, progress).await?;
    let tag = reference.tag.as_deref().unwrap_or("latest");
    // A tag that stands where it should may be one that must not be put again.
    if registry.standing(tag).await.as_ref() != Some(&image.manifest.digest) {
        registry.put_manifest(tag, manifest.into(), &image.manifest.media_type).await?;
    }
    let Blob { digest, size, .. } = &image.manifest;
    note(store, reference, image).await?;
    progress.message(format!("{tag}: digest: {digest} size: {size}")).await;
    progress.aux(json!({ "Tag": tag, "Digest": digest, "Size": size })).await;
    Ok(())
}

async fn blobs(context: &Context, registry: &Arc<Registry>, image: &ImageRecord, progress: &Progress) -> Outcome<()> {
    let layers = image.distinct_layers();
    for layer in &layers {
        progress.layer(&layer.digest, "Preparing").await;
    }
    let state = context.store.state();
    let (turns, mounting) = (Arc::new(Semaphore::new(context.concurrency)), Arc::new(AtomicBool::new(true)));
    // Tasks end with the set: a client that hangs up ends them all.
    let mut tasks = JoinSet::new();
    for (blob, shown) in layers.into_iter().map(|layer| (layer, true)).chain([(&image.config, false)]) {
        let sources = sources(&state, &registry.repository, &blob.digest);
        let (registry, store, progress) = (Arc::clone(registry), context.store.clone(), progress.clone());
        let (blob, turns, mounting) = (blob.clone(), Arc::clone(&turns), Arc::clone(&mounting));
        tasks.spawn(async move {
            let _turn = turns.acquire_owned().await;
            let file = store.blob(&blob).ok_or_else(|| {
                Failure::internal(format!(
                    "content digest {}: not found: the image is damaged, pull it again",
                    blob.digest
                ))
            })?;
            let told = shown.then_some(&progress);
            let uploaded = registry.upload(&file, &blob, &sources, &mounting, told).await?;
            if shown {
                progress.layer(&blob.digest, outcome(&uploaded)).await;
            }
            Ok(())
        });
    }
    while let Some(done) = tasks.join_next().await {
        done.unwrap_or_else(|_| Err(Failure::internal("an upload was broken off")))?;
    }
    Ok(())
}

fn outcome(uploaded: &Uploaded) -> String {
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

async fn note(store: &Store, reference: &Reference, image: &ImageRecord) -> Outcome<()> {
    let repository = reference.repository.clone();
    let (id, blobs): (_, Vec<_>) =
        (image.manifest.digest.clone(), image.layers.iter().chain([&image.config]).cloned().collect());
    store
        .update(move |state| {
            state.note_origin(&repository, &blobs);
            // It may have been removed meanwhile.
            if state.images.contains_key(&id) {
                let by_digest = Reference { repository, tag: None, digest: Some(id.clone()) };
                state.digests.insert(by_digest.to_string(), id);
            }
        })
        .await?;
    Ok(())
}
