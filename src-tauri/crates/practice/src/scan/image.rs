//! Resolves a digest to the files of an image, or to the reason why it cannot be scanned.

use std::path::PathBuf;

use oci::{Blob, Content, Digest, Manifest, TagOrDigest, media_types};
use registry::{Storage, StorageError};
use serde::Deserialize;

/// The largest configuration that is read, in bytes.
const CONFIG_LIMIT: u64 = 8 << 20;

/// What a digest refers to, as far as the scanner is concerned.
pub(super) enum ScanTarget {
    Image(Image),
    /// A manifest of a kind that is not scanned, with the reason.
    Unsupported(String),
    /// A corrupt manifest, with the reason.
    Broken(String),
    Missing,
}

pub(super) struct Image {
    pub(super) architecture: String,
    pub(super) author: Option<String>,
    pub(super) layers: Vec<Layer>,
}

pub(super) struct Layer {
    pub(super) digest: Digest,
    pub(super) media_type: String,
    pub(super) path: PathBuf,
}

pub(super) async fn open(storage: &Storage, repository: &str, digest: &str) -> Result<ScanTarget, StorageError> {
    let reference = TagOrDigest::Digest(digest.parse()?);
    let Some(stored) = storage.manifest(repository, &reference).await? else { return Ok(ScanTarget::Missing) };
    if media_types::is_index(&stored.media_type) {
        return Ok(ScanTarget::Unsupported(format!(
            "The manifest type {} is not supported: an image index cannot be scanned. Scan its members by their digests, \
             or push the image of one platform.",
            stored.media_type
        )));
    }
    let (config, layers) = match Manifest::parse(stored.bytes, &stored.media_type).map(Manifest::into_content) {
        Ok(Content::Image { config, layers, .. }) => (config, layers),
        Ok(Content::Index { .. }) => return Ok(ScanTarget::Broken("The manifest is an index.".to_owned())),
        Err(error) => return Ok(ScanTarget::Broken(format!("The manifest cannot be read: {error}"))),
    };
    if !media_types::is_image_config(&config.media_type) {
        return Ok(ScanTarget::Unsupported(format!(
            "The artifact type {} is not supported: it is not a container image.",
            config.media_type
        )));
    }
    Ok(assemble(storage, repository, &config, layers).await)
}

async fn assemble(storage: &Storage, repository: &str, config: &Blob, blobs: Vec<Blob>) -> ScanTarget {
    let Some(config) = read_config(storage, repository, &config.digest).await else {
        return ScanTarget::Broken("The image's configuration cannot be read.".to_owned());
    };
    let mut layers = Vec::new();
    for Blob { digest, media_type, .. } in blobs {
        match storage.blob_path(repository, &digest) {
            Some(path) => layers.push(Layer { digest, media_type, path }),
            None => return ScanTarget::Broken(format!("The layer {digest} is not in the registry.")),
        }
    }
    ScanTarget::Image(Image {
        architecture: config.architecture.unwrap_or_else(|| "unknown".to_owned()),
        author: config.author.filter(|author| !author.is_empty()),
        layers,
    })
}

async fn read_config(storage: &Storage, repository: &str, digest: &Digest) -> Option<Config> {
    let path: PathBuf = storage.blob_path(repository, digest)?;
    let size = storage.blob_size(repository, digest)?;
    if size > CONFIG_LIMIT {
        return None;
    }
    serde_json::from_slice(&tokio::fs::read(path).await.ok()?).ok()
}

#[derive(Deserialize)]
struct Config {
    architecture: Option<String>,
    author: Option<String>,
}
