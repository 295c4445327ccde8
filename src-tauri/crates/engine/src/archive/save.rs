//! Saving: writes images to a tar. The same images make the same bytes, whenever they are saved.

use std::{
    collections::BTreeMap,
    fs::File,
    io::{self, BufWriter, Write},
    path::PathBuf,
};

use bytes::Bytes;
use futures::Stream;
use oci::{Blob, Digest, Reference, media_types};
use serde_json::{Value, json};
use tokio::sync::mpsc;

use super::{
    IMAGE_NAME, INDEX, MANIFEST, OCI_LAYOUT, REF_NAME, blob_path,
    channel::{ChannelWriter, PIECES},
};
use crate::{
    context::Context,
    failure::{ApiResult, Failure},
    store::{
        Store,
        state::{ImageRecord, State},
    },
};

/// How many bytes are sent at a time.
const PIECE: usize = 64 << 10;

/// An image to save, and the tags that are saved with it.
#[derive(Debug)]
struct Chosen {
    image: ImageRecord,
    tags: Vec<Reference>,
}

/// The archive of the images with these names, piece by piece. A name without a tag names every tag of its repository, as in
/// Docker; an image named by its id is saved without a name.
///
/// # Errors
///
/// 404 if there is no such image, 500 if a blob of one is missing. An error while the archive is sent is the stream's last item.
pub(crate) fn save(context: &Context, names: &[String]) -> ApiResult<impl Stream<Item = io::Result<Bytes>> + use<>> {
    let store = &context.store;
    let chosen = choose(&store.state(), names)?;
    let blobs: BTreeMap<Digest, Blob> =
        chosen.iter().flat_map(|chosen| chosen.image.blobs()).map(|blob| (blob.digest.clone(), blob.clone())).collect();
    let pin = store.pin(blobs.keys().cloned());
    let files = blobs.values().map(|blob| Ok((blob_path(&blob.digest), file_of(store, blob)?)));
    let files = files.collect::<ApiResult<Vec<_>>>()?;
    let documents = [
        (OCI_LAYOUT, json!({ "imageLayoutVersion": "1.0.0" })),
        (INDEX, index(&chosen)),
        (MANIFEST, docker_manifest(&chosen)),
    ];
    for Chosen { image, .. } in &chosen {
        let id = image.manifest.digest.as_str();
        context.events.image("save", id, id, &image.labels);
    }
    let (pieces, mut sent) = mpsc::channel(PIECES);
    tokio::task::spawn_blocking(move || {
        let _pin = pin;
        if let Err(error) = write(ChannelWriter(pieces.clone()), &documents, &files)
            && error.kind() != io::ErrorKind::BrokenPipe
        {
            tracing::warn!(%error, "images could not be saved");
            // The connection breaks: a client must not take half an archive for a whole one.
            let _ = pieces.blocking_send(Err(error));
        }
    });
    Ok(futures::stream::poll_fn(move |task| sent.poll_recv(task)))
}

fn choose(state: &State, names: &[String]) -> ApiResult<Vec<Chosen>> {
    let mut chosen: Vec<Chosen> = Vec::new();
    for name in names {
        for (id, tag) in named(state, name)? {
            let at = chosen.iter().position(|chosen| chosen.image.manifest.digest == *id).unwrap_or_else(|| {
                chosen.push(Chosen { image: state.images[id].clone(), tags: Vec::new() });
                chosen.len() - 1
            });
            let tags = &mut chosen[at].tags;
            if let Some(tag) = tag.filter(|tag| !tags.contains(tag)) {
                tags.push(tag);
            }
        }
    }
    Ok(chosen)
}

/// The images that one name names, each with the tag that named it.
fn named<'a>(state: &'a State, name: &str) -> ApiResult<Vec<(&'a Digest, Option<Reference>)>> {
    if let Ok(Reference { repository, tag: None, digest: None }) = Reference::parse(name) {
        let tags = state.tags_in(&repository);
        let all: Vec<_> = tags.into_iter().filter_map(|tag| Some((state.resolve(&tag)?, Some(tag)))).collect();
        if !all.is_empty() {
            return Ok(all);
        }
    }
    let (id, reference) = state.find_entry(name)?;
    Ok(vec![(id, reference.filter(|reference| reference.digest.is_none()))])
}

fn file_of(store: &Store, blob: &Blob) -> ApiResult<PathBuf> {
    let missing = || format!("content digest {}: not found: the image is damaged, pull it again", blob.digest);
    store.blob(blob).ok_or_else(|| Failure::internal(missing()))
}

fn index(chosen: &[Chosen]) -> Value {
    let entry = |image: &ImageRecord, tag: Option<&Reference>| {
        let mut entry = json!(image.manifest);
        if let Some(tag) = tag {
            entry["annotations"] = json!({ IMAGE_NAME: tag.to_string(), REF_NAME: tag.tag });
        }
        entry["platform"] = json!(image.platform);
        entry
    };
    let entries = chosen.iter().flat_map(|Chosen { image, tags }| {
        let unnamed = tags.is_empty().then(|| entry(image, None));
        unnamed.into_iter().chain(tags.iter().map(move |tag| entry(image, Some(tag))))
    });
    json!({ "schemaVersion": 2, "mediaType": media_types::OCI_INDEX, "manifests": entries.collect::<Vec<_>>() })
}

fn docker_manifest(chosen: &[Chosen]) -> Value {
    let path = |blob: &Blob| blob_path(&blob.digest);
    let entries = chosen.iter().map(|Chosen { image, tags }| {
        json!({
            "Config": path(&image.config),
            "RepoTags": tags.iter().map(Reference::familiar).collect::<Vec<_>>(),
            "Layers": image.layers.iter().map(path).collect::<Vec<_>>(),
        })
    });
    Value::Array(entries.collect())
}

fn write(out: impl Write, documents: &[(&str, Value)], files: &[(String, PathBuf)]) -> io::Result<()> {
    let mut tar = tar::Builder::new(BufWriter::with_capacity(PIECE, out));
    for (path, document) in documents {
        let content = document.to_string();
        tar.append_data(&mut header(content.len() as u64), path, content.as_bytes())?;
    }
    for (path, file) in files {
        let file = File::open(file)?;
        tar.append_data(&mut header(file.metadata()?.len()), path, file)?;
    }
    tar.into_inner()?.flush()
}

/// A file of 1970 that everybody may read: neither its time nor its owner depends on this machine.
fn header(size: u64) -> tar::Header {
    let mut header = tar::Header::new_gnu();
    header.set_entry_type(tar::EntryType::Regular);
    header.set_size(size);
    header.set_mode(0o644);
    header.set_mtime(0);
    header
}
