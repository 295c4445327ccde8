//! The OCI image layout on disk: opening one, and writing its documents.
//!
//! That a layout appears whole or not at all is left to `place`.

use std::fs;
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::contents::RuntimeConfig;
use crate::error::PracticeImageError;
use crate::hashing;
use crate::layer::Layer;

const INDEX: &str = "application/vnd.oci.image.index.v1+json";
const MANIFEST: &str = "application/vnd.oci.image.manifest.v1+json";
const CONFIG: &str = "application/vnd.oci.image.config.v1+json";
const REF_NAME: &str = "org.opencontainers.image.ref.name";

/// An image in an OCI image layout.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OciLayout {
    /// The folder.
    pub root: PathBuf,
    /// The image index's digest, `sha256:<hex>`.
    pub index_digest: String,
    /// The image index.
    pub index: Descriptor,
    /// The images the index lists, in its order.
    pub platforms: Vec<PlatformImage>,
}

/// An image for one platform.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlatformImage {
    /// The platform.
    pub platform: Platform,
    /// The image manifest.
    pub manifest: Descriptor,
    /// The image configuration.
    pub config: Descriptor,
    /// The layers, the base first.
    pub layers: Vec<Descriptor>,
}

/// A blob: what it is, its digest `sha256:<hex>`, its size in bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Descriptor {
    /// The media type.
    pub media_type: String,
    /// The digest.
    pub digest: String,
    /// The size in bytes.
    pub size: u64,
}

/// What an image runs on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Platform {
    /// `amd64`, `arm64`
    pub architecture: String,
    /// `linux`
    pub os: String,
    /// `v8` for `arm64`
    #[serde(skip_serializing_if = "Option::is_none")]
    pub variant: Option<String>,
}

impl OciLayout {
    /// Opens a layout of one image index and checks that every blob it needs is there with its size.
    ///
    /// # Errors
    ///
    /// [`PracticeImageError::Incomplete`] or [`PracticeImageError::Io`] if something is missing or is not what it should be.
    pub fn open(root: &Path) -> Result<Self, PracticeImageError> {
        read::<serde_json::Value>(&root.join("oci-layout"))?;
        let top: Index = read(&root.join("index.json"))?;
        let [Listed { descriptor: index, .. }] = &top.manifests[..] else {
            return Err(incomplete(&root.join("index.json"), "lists not exactly one image"));
        };
        let listed: Index = read(&checked(root, index)?)?;
        let image = |listed: &Listed| {
            let manifest: Manifest = read(&checked(root, &listed.descriptor)?)?;
            for blob in manifest.layers.iter().chain([&manifest.config]) {
                checked(root, blob)?;
            }
            let platform = listed.platform.clone().ok_or_else(|| incomplete(root, "an image without a platform"))?;
            let Manifest { config, layers, .. } = manifest;
            Ok(PlatformImage { platform, manifest: listed.descriptor.clone(), config, layers })
        };
        Ok(Self {
            root: root.to_owned(),
            index_digest: index.digest.clone(),
            index: index.clone(),
            platforms: listed.manifests.iter().map(image).collect::<Result<_, PracticeImageError>>()?,
        })
    }

    /// Where the blob with a digest is, whether it exists or not.
    pub fn blob_path(&self, digest: &str) -> PathBuf {
        blob_path(&self.root, digest)
    }

    /// Every blob of the image but the index, once each: children before what lists them.
    pub fn blobs(&self) -> Vec<Descriptor> {
        let mut blobs: Vec<Descriptor> = Vec::new();
        for image in &self.platforms {
            for blob in image.layers.iter().chain([&image.config, &image.manifest]) {
                if !blobs.contains(blob) {
                    blobs.push(blob.clone());
                }
            }
        }
        blobs
    }
}

/// What is told of an image besides its layers.
pub(crate) struct ImageFacts<'a> {
    pub(crate) platform: Platform,
    pub(crate) created: &'a str,
    pub(crate) config: &'a RuntimeConfig,
    pub(crate) history: Vec<History<'a>>,
}

#[derive(Serialize)]
pub(crate) struct History<'a> {
    pub(crate) created: &'a str,
    pub(crate) created_by: &'a str,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(crate) empty_layer: bool,
}

/// Makes the folders of a layout.
pub(crate) fn prepare(root: &Path) -> Result<(), PracticeImageError> {
    let blobs = root.join("blobs").join("sha256");
    fs::create_dir_all(&blobs).map_err(PracticeImageError::io(&blobs))
}

/// Puts the layers of an image in their places and writes its configuration and its manifest.
pub(crate) fn write_image(
    root: &Path,
    facts: &ImageFacts<'_>,
    layers: Vec<Layer>,
) -> Result<Listed, PracticeImageError> {
    for layer in &layers {
        let place = blob_path(root, &layer.descriptor.digest);
        fs::rename(&layer.part, &place).map_err(PracticeImageError::io(&place))?;
    }
    let config = ImageConfig {
        platform: &facts.platform,
        created: facts.created,
        config: facts.config,
        rootfs: RootFs { kind: "layers", diff_ids: layers.iter().map(|layer| layer.diff_id.as_str()).collect() },
        history: &facts.history,
    };
    let config = write_blob(root, CONFIG, &config)?;
    let layers = layers.into_iter().map(|layer| layer.descriptor).collect();
    let manifest = Manifest { schema_version: 2, media_type: MANIFEST.to_owned(), config, layers };
    let descriptor = write_blob(root, MANIFEST, &manifest)?;
    Ok(Listed { descriptor, platform: Some(facts.platform.clone()), annotations: None })
}

/// Writes the image index and the two files at the top; returns the image index's digest.
pub(crate) fn finish(root: &Path, tag: &str, images: Vec<Listed>) -> Result<String, PracticeImageError> {
    let descriptor = write_blob(root, INDEX, &Index::of(images))?;
    let digest = descriptor.digest.clone();
    let annotations = Some([(REF_NAME.to_owned(), tag.to_owned())].into());
    let top = Index::of(vec![Listed { descriptor, platform: None, annotations }]);
    for (name, bytes) in [("index.json", json(&top)?), ("oci-layout", br#"{"imageLayoutVersion":"1.0.0"}"#.to_vec())] {
        let path = root.join(name);
        fs::write(&path, bytes).map_err(PracticeImageError::io(&path))?;
    }
    Ok(digest)
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Index {
    schema_version: u8,
    media_type: String,
    manifests: Vec<Listed>,
}

impl Index {
    fn of(manifests: Vec<Listed>) -> Self {
        Self { schema_version: 2, media_type: INDEX.to_owned(), manifests }
    }
}

#[derive(Serialize, Deserialize)]
pub(crate) struct Listed {
    #[serde(flatten)]
    descriptor: Descriptor,
    #[serde(skip_serializing_if = "Option::is_none")]
    platform: Option<Platform>,
    #[serde(skip_serializing_if = "Option::is_none")]
    annotations: Option<std::collections::BTreeMap<String, String>>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Manifest {
    schema_version: u8,
    media_type: String,
    config: Descriptor,
    layers: Vec<Descriptor>,
}

#[derive(Serialize)]
struct ImageConfig<'a> {
    #[serde(flatten)]
    platform: &'a Platform,
    created: &'a str,
    config: &'a RuntimeConfig,
    rootfs: RootFs<'a>,
    history: &'a [History<'a>],
}

#[derive(Serialize)]
struct RootFs<'a> {
    #[serde(rename = "type")]
    kind: &'a str,
    diff_ids: Vec<&'a str>,
}

fn write_blob(root: &Path, media_type: &str, document: &impl Serialize) -> Result<Descriptor, PracticeImageError> {
    let bytes = json(document)?;
    let digest = hashing::digest(&bytes);
    let path = blob_path(root, &digest);
    fs::write(&path, &bytes).map_err(PracticeImageError::io(&path))?;
    Ok(Descriptor { media_type: media_type.to_owned(), digest, size: bytes.len() as u64 })
}

fn json(document: &impl Serialize) -> Result<Vec<u8>, PracticeImageError> {
    serde_json::to_vec(document).map_err(|error| PracticeImageError::Specification(error.to_string()))
}

fn blob_path(root: &Path, digest: &str) -> PathBuf {
    root.join("blobs").join("sha256").join(digest.trim_start_matches("sha256:"))
}

fn checked(root: &Path, blob: &Descriptor) -> Result<PathBuf, PracticeImageError> {
    let path = blob_path(root, &blob.digest);
    let size = fs::metadata(&path).map_err(PracticeImageError::io(&path))?.len();
    if size == blob.size { Ok(path) } else { Err(incomplete(&path, &format!("{size} bytes, expected {}", blob.size))) }
}

fn read<T: DeserializeOwned>(path: &Path) -> Result<T, PracticeImageError> {
    let bytes = fs::read(path).map_err(PracticeImageError::io(path))?;
    serde_json::from_slice(&bytes).map_err(|error| incomplete(path, &error.to_string()))
}

fn incomplete(path: &Path, what: &str) -> PracticeImageError {
    PracticeImageError::Incomplete { path: path.to_owned(), what: what.to_owned() }
}
