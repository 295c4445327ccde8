//! Loading: reads a tar that `docker save` or another program wrote, packed by gzip or not. A load that fails changes nothing.

use std::{
    collections::BTreeMap,
    io::{self, Cursor, Read},
};

use axum::body::Body;
use flate2::read::MultiGzDecoder;
use http_body_util::BodyExt;
use oci::Digest;
use tokio::sync::mpsc::{self, Sender};

use super::{
    INDEX, MANIFEST,
    channel::{ChannelReader, PIECES},
    contents::{Contents, FoundImage, unreadable},
    docker_archive, oci_layout,
};
use crate::{
    context::Context,
    failure::{ApiResult, Failure},
    progress::Progress,
    store::{Store, error::StoreError},
};

/// Loads the images of an archive, and reports each in Docker's words.
///
/// # Errors
///
/// 400 if it is no archive of images, or is damaged.
pub(crate) async fn load(context: &Context, mut body: Body, progress: &Progress) -> ApiResult<()> {
    let (pieces, arriving) = mpsc::channel(PIECES);
    let store = context.store.clone();
    let loading = tokio::task::spawn_blocking(move || load_now(&store, ChannelReader::new(arriving)));
    feed(&mut body, pieces).await;
    // What follows the end of a tar, or a mistake in it, is read too: the client sends everything before it reads the response.
    while let Some(Ok(_)) = body.frame().await {}
    let Loaded { images, lines } = loading.await.unwrap_or_else(|_| Err(StoreError::Stopping.into()))?;
    for (id, labels) in &images {
        context.events.image("load", id.as_str(), id.as_str(), labels);
    }
    for line in lines {
        progress.text(line).await;
    }
    Ok(())
}

/// Passes the body on until it ends, or until the reader wants no more.
async fn feed(body: &mut Body, pieces: Sender<io::Result<bytes::Bytes>>) {
    while let Some(frame) = body.frame().await {
        let piece = match frame {
            Ok(frame) => frame.into_data().map_err(|_| ()),
            Err(error) => {
                let _ = pieces.send(Err(io::Error::other(error))).await;
                return;
            }
        };
        if let Ok(piece) = piece
            && pieces.send(Ok(piece)).await.is_err()
        {
            return;
        }
    }
}

/// What was loaded.
#[derive(Default)]
struct Loaded {
    /// The images' ids and labels.
    images: Vec<(Digest, BTreeMap<String, String>)>,
    /// What the client is sent.
    lines: Vec<String>,
}

fn load_now(store: &Store, archive: impl Read) -> ApiResult<Loaded> {
    let mut contents = Contents::default();
    let loaded = contents
        .read(store, &mut unpacked(archive)?)
        .and_then(|()| images(store, &contents))
        .and_then(|images| record(store, images));
    contents.finish(store);
    loaded
}

/// The tar, unpacked if it is packed.
fn unpacked<'a>(mut archive: impl Read + 'a) -> ApiResult<Box<dyn Read + 'a>> {
    let mut start = Vec::new();
    archive.by_ref().take(6).read_to_end(&mut start).map_err(|error| unreadable(&error))?;
    let packed_by = match start.as_slice() {
        [0x1f, 0x8b, ..] => return Ok(Box::new(MultiGzDecoder::new(Cursor::new(start).chain(archive)))),
        [b'B', b'Z', b'h', ..] => "bzip2",
        [0xfd, b'7', b'z', b'X', b'Z', 0] => "xz",
        [0x28, 0xb5, 0x2f, 0xfd, ..] => "zstd",
        _ => return Ok(Box::new(Cursor::new(start).chain(archive))),
    };
    Err(Failure::bad_request(format!("the archive is packed by {packed_by}, which is not read here: unpack it first")))
}

/// The manifests of a layout keep the digests that images had, so it is preferred where an archive is both.
fn images(store: &Store, contents: &Contents) -> ApiResult<Vec<FoundImage>> {
    match (contents.document(INDEX), contents.document(MANIFEST)) {
        (Some(index), _) => oci_layout::images(store, contents, index),
        (None, Some(manifest)) => docker_archive::images(store, contents, manifest),
        (None, None) => Err(Failure::bad_request(format!(
            "the archive holds no images: it has neither {INDEX} (OCI image layout) nor {MANIFEST} (docker save)"
        ))),
    }
}

/// Records the images and their names.
fn record(store: &Store, images: Vec<FoundImage>) -> ApiResult<Loaded> {
    let loaded = store.update_now(move |state| {
        let Loaded { images: mut ids, mut lines } = Loaded::default();
        for FoundImage { record, names } in images {
            let id = record.manifest.digest.clone();
            ids.push((id.clone(), record.labels.clone()));
            state.images.entry(id.clone()).or_insert(record);
            if names.is_empty() {
                lines.push(format!("Loaded image ID: {id}\n"));
            }
            for name in names {
                let shown = name.familiar();
                if let Some(former) = state.tags.insert(name.to_string(), id.clone()).filter(|former| *former != id) {
                    lines.push(format!(
                        "The image {shown} already exists, renaming the old one with ID {former} to empty string\n"
                    ));
                }
                lines.push(format!("Loaded image: {shown}\n"));
            }
        }
        Loaded { images: ids, lines }
    })?;
    Ok(loaded)
}
