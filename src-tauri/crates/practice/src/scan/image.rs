//! From a digest to the files that an image is made of, or why it is none that can be scanned.

use std::path::PathBuf;

use registry::{Digest, Storage, StorageError, TagOrDigest, media_types};
use serde::Deserialize;

/// Configurations of images. Other artifacts (signatures, charts) have others.
const CONFIGS: [&str; 2] =
    ["application/vnd.oci.image.config.v1+json", "application/vnd.docker.container.image.v1+json"];
/// The longest configuration that is read.
const CONFIG_LIMIT: u64 = 8 << 20;

pub(super) enum Readable {
    Image(Image),
    /// Of a kind that is not scanned, for this reason.
    Unsupported(String),
    /// Not as it should be.
    Broken(String),
    Gone,
}

pub(super) struct Image {
    pub(super) architecture: String,
    pub(super) author: Option<String>,
    pub(super) layers: Vec<Layer>,
}

pub(super) struct Layer {
    pub(super) digest: String,
    pub(super) media_type: String,
    pub(super) path: PathBuf,
}

pub(super) async fn open(storage: &Storage, repository: &str, digest: &str) -> Result<Readable, StorageError> {
    let reference = TagOrDigest::Digest(digest.parse()?);
    let Some(stored) = storage.manifest(repository, &reference).await? else { return Ok(Readable::Gone) };
    if matches!(stored.media_type.as_str(), media_types::OCI_INDEX | media_types::DOCKER_LIST) {
        return Ok(Readable::Unsupported(format!(
            "The manifest type {} is not supported: an image index cannot be scanned. Scan its members by their digests, \
             or push the image of one platform.",
            stored.media_type
        )));
    }
    let manifest: Manifest = match serde_json::from_slice(&stored.bytes) {
        Ok(manifest) => manifest,
        Err(error) => return Ok(Readable::Broken(format!("The manifest cannot be read: {error}"))),
    };
    if !CONFIGS.contains(&manifest.config.media_type.as_str()) {
        return Ok(Readable::Unsupported(format!(
            "The artifact type {} is not supported: it is not a container image.",
            manifest.config.media_type
        )));
    }
    assemble(storage, repository, manifest).await
}

async fn assemble(storage: &Storage, repository: &str, manifest: Manifest) -> Result<Readable, StorageError> {
    let Some(config) = config(storage, repository, &manifest.config.digest).await else {
        return Ok(Readable::Broken("The image's configuration cannot be read.".to_owned()));
    };
    let mut layers = Vec::new();
    for layer in manifest.layers {
        let digest: Digest = layer.digest.parse()?;
        match storage.blob_path(repository, &digest) {
            Some(path) => {
                layers.push(Layer { digest: layer.digest, media_type: layer.media_type, path });
            }
            None => return Ok(Readable::Broken(format!("The layer {digest} is not in the registry."))),
        }
    }
    Ok(Readable::Image(Image {
        architecture: config.architecture.unwrap_or_else(|| "unknown".to_owned()),
        author: config.author.filter(|author| !author.is_empty()),
        layers,
    }))
}

async fn config(storage: &Storage, repository: &str, digest: &str) -> Option<Config> {
    let digest: Digest = digest.parse().ok()?;
    let path: PathBuf = storage.blob_path(repository, &digest)?;
    let size = storage.blob_size(repository, &digest)?;
    if size > CONFIG_LIMIT {
        return None;
    }
    serde_json::from_slice(&tokio::fs::read(path).await.ok()?).ok()
}

#[derive(Deserialize)]
struct Manifest {
    config: Descriptor,
    layers: Vec<Descriptor>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Descriptor {
    #[serde(default)]
    media_type: String,
    digest: String,
}

#[derive(Deserialize)]
struct Config {
    architecture: Option<String>,
    author: Option<String>,
}
