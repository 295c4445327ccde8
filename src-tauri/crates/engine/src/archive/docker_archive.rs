//! The images of a docker-archive, as `docker save` wrote it before version 25: configurations and layers, without manifests.

use std::{fs::File, io::Read};

use oci::{Blob, Digest, Manifest, Reference, media_types};
use serde::Deserialize;
use serde_json::json;

use super::{
    MANIFEST,
    contents::{Contents, FoundImage},
};
use crate::{
    failure::{ApiResult, Failure},
    image_config::ImageConfig,
    store::{Store, state::ImageRecord},
};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Entry {
    config: String,
    #[serde(default)]
    repo_tags: Option<Vec<String>>,
    layers: Vec<String>,
}

/// The images that `manifest.json` lists. Each gets an OCI manifest, which names the layers as the archive has them: the digest of
/// the image is not the one that it had in the engine that saved it.
///
/// # Errors
///
/// 400 if a document is invalid or something is missing.
pub(super) fn images(store: &Store, contents: &Contents, manifest: &[u8]) -> ApiResult<Vec<FoundImage>> {
    let entries: Vec<Entry> = serde_json::from_slice(manifest).map_err(|error| invalid(MANIFEST, &error))?;
    entries.iter().map(|entry| image(store, contents, entry)).collect()
}

fn image(store: &Store, contents: &Contents, entry: &Entry) -> ApiResult<FoundImage> {
    let (digest, size) = contents.file(&entry.config)?.clone();
    let config = Blob { media_type: media_types::OCI_CONFIG.to_owned(), digest, size };
    let document = ImageConfig::parse(&store.document_now(&config.digest)?)
        .map_err(|error| Failure::bad_request(format!("the archive is damaged: {}: {error}", entry.config)))?;
    let layers = entry.layers.iter().map(|path| layer(store, contents, path)).collect::<ApiResult<Vec<_>>>()?;
    check_layers(&layers, &document.rootfs.diff_ids)?;
    let bytes = json!({
        "schemaVersion": 2,
        "mediaType": media_types::OCI_MANIFEST,
        "config": config,
        "layers": layers,
    })
    .to_string();
    store.put_now(bytes.as_bytes())?;
    let manifest =
        Manifest::parse(bytes.into(), media_types::OCI_MANIFEST).map_err(|error| invalid(&entry.config, &error))?;
    let names = entry.repo_tags.iter().flatten().filter_map(|name| Reference::parse(name).ok());
    let names = names.map(Reference::or_latest).filter(|name| name.digest.is_none()).collect();
    Ok(FoundImage { record: ImageRecord::new(manifest.blob().clone(), config, layers, &document), names })
}

fn layer(store: &Store, contents: &Contents, path: &str) -> ApiResult<Blob> {
    let (digest, size) = contents.file(path)?.clone();
    let blob = Blob { media_type: String::new(), digest, size };
    let mut start = Vec::new();
    if let Some(file) = store.blob(&blob).and_then(|path| File::open(path).ok()) {
        // What cannot be read is not compressed, and is refused for its digest.
        let _ = file.take(4).read_to_end(&mut start);
    }
    let media_type = match start.as_slice() {
        [0x1f, 0x8b, ..] => "application/vnd.oci.image.layer.v1.tar+gzip",
        [0x28, 0xb5, 0x2f, 0xfd] => "application/vnd.oci.image.layer.v1.tar+zstd",
        _ => PLAIN_LAYER,
    };
    Ok(Blob { media_type: media_type.to_owned(), ..blob })
}

/// The media type of a layer that is not compressed: its digest is its diff id.
const PLAIN_LAYER: &str = "application/vnd.oci.image.layer.v1.tar";

/// Whether these are the layers that the configuration names. A compressed layer's diff id is not computed.
fn check_layers(layers: &[Blob], diff_ids: &[String]) -> ApiResult<()> {
    if layers.len() != diff_ids.len() {
        let (actual, expected) = (layers.len(), diff_ids.len());
        return Err(Failure::bad_request(format!(
            "invalid manifest, layers length mismatch: expected {expected}, got {actual}"
        )));
    }
    let other = |(layer, diff_id): (&Blob, &String)| {
        (layer.media_type == PLAIN_LAYER && diff_id.parse::<Digest>().as_ref() != Ok(&layer.digest))
            .then(|| Failure::bad_request(format!("invalid diffID: expected {diff_id}, got {}", layer.digest)))
    };
    layers.iter().zip(diff_ids).find_map(other).map_or(Ok(()), Err)
}

fn invalid(what: &str, error: &dyn std::error::Error) -> Failure {
    Failure::bad_request(format!("the archive is damaged: {what}: {error}"))
}
