//! OCI image layouts on disk: opening one, and writing its documents.
//!
//! Publishing a complete layout atomically is left to `output_folder`.

use std::fs;
use std::path::{Path, PathBuf};

use oci::{
    Blob, Content, Descriptor, Digest, ImageIndex, ImageIndexBuilder, ImageManifestBuilder, IndexEntry, Platform,
    SCHEMA_VERSION,
    media_types::{OCI_CONFIG, OCI_INDEX, OCI_MANIFEST},
};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::contents::RuntimeConfig;
use crate::error::PracticeImageError;
use crate::layer::Layer;

const REF_NAME: &str = "org.opencontainers.image.ref.name";

/// An image in an OCI image layout.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OciLayout {
    /// The folder.
    pub root: PathBuf,
    /// The image index's digest.
    pub index_digest: Digest,
    /// The image index.
    pub index: Blob,
    /// The images that the index lists, in its order.
    pub platforms: Vec<PlatformImage>,
}

/// An image for one platform.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlatformImage {
    /// The platform.
    pub platform: Platform,
    /// The image manifest.
    pub manifest: Blob,
    /// The image configuration.
    pub config: Blob,
    /// The layers, the base first.
    pub layers: Vec<Blob>,
}

impl OciLayout {
    /// Opens a layout with one image index, and checks that all its blobs exist with the right size.
    ///
    /// # Errors
    ///
    /// [`PracticeImageError::Incomplete`] or [`PracticeImageError::Io`] if a file is missing or wrong.
    pub fn open(root: &Path) -> Result<Self, PracticeImageError> {
        read::<serde_json::Value>(&root.join("oci-layout"))?;
        let top = root.join("index.json");
        let [index] = &entries(&top)?[..] else {
            return Err(incomplete(&top, "lists not exactly one image"));
        };
        let index = index.blob.clone();
        let images = entries(&checked_path(root, &index)?)?;
        Ok(Self {
            root: root.to_owned(),
            index_digest: index.digest.clone(),
            index,
            platforms: images.into_iter().map(|image| open_image(root, image)).collect::<Result<_, _>>()?,
        })
    }

    /// The path of the blob with a digest, whether it exists or not.
    pub fn blob_path(&self, digest: &Digest) -> PathBuf {
        blob_path(&self.root, digest)
    }

    /// The distinct blobs of the image except the index: each after the blobs that it refers to.
    pub fn blobs(&self) -> Vec<Blob> {
        let mut blobs: Vec<Blob> = Vec::new();
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

fn open_image(root: &Path, image: IndexEntry) -> Result<PlatformImage, PracticeImageError> {
    let path = checked_path(root, &image.blob)?;
    let Content::Image { config, layers, .. } = document(&path, OCI_MANIFEST)? else {
        return Err(incomplete(&path, "is not an image manifest"));
    };
    for blob in layers.iter().chain([&config]) {
        checked_path(root, blob)?;
    }
    let platform = image.platform.ok_or_else(|| incomplete(root, "an image without a platform"))?;
    Ok(PlatformImage { platform, manifest: image.blob, config, layers })
}

/// The images that an index lists.
fn entries(path: &Path) -> Result<Vec<IndexEntry>, PracticeImageError> {
    match document(path, OCI_INDEX)? {
        Content::Index { entries, .. } => Ok(entries),
        Content::Image { .. } => Err(incomplete(path, "is not an image index")),
    }
}

fn document(path: &Path, media_type: &str) -> Result<Content, PracticeImageError> {
    let bytes = fs::read(path).map_err(PracticeImageError::io(path))?;
    let manifest = oci::Manifest::parse(bytes.into(), media_type);
    manifest.map(oci::Manifest::into_content).map_err(|error| incomplete(path, &error.to_string()))
}

/// The properties of an image, in addition to its layers.
pub(crate) struct ImageProperties<'a> {
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

/// Creates the folders of a layout.
pub(crate) fn prepare(root: &Path) -> Result<(), PracticeImageError> {
    let blobs = root.join("blobs").join("sha256");
    fs::create_dir_all(&blobs).map_err(PracticeImageError::io(&blobs))
}

/// Moves the layers of an image to their final paths, and writes its configuration and manifest.
pub(crate) fn write_image(
    root: &Path,
    properties: &ImageProperties<'_>,
    layers: Vec<Layer>,
) -> Result<Descriptor, PracticeImageError> {
    for layer in &layers {
        let path = blob_path(root, &layer.blob.digest);
        fs::rename(&layer.part, &path).map_err(PracticeImageError::io(&path))?;
    }
    let config = ImageConfig {
        platform: &properties.platform,
        created: properties.created,
        config: properties.config,
        rootfs: RootFs { kind: "layers", diff_ids: layers.iter().map(|layer| &layer.diff_id).collect() },
        history: &properties.history,
    };
    let config = write_blob(root, OCI_CONFIG, &config)?;
    let manifest = ImageManifestBuilder::default()
        .schema_version(SCHEMA_VERSION)
        .media_type(OCI_MANIFEST)
        .config(config)
        .layers(layers.into_iter().map(|layer| layer.blob.into()).collect::<Vec<_>>())
        .build()
        .map_err(|error| PracticeImageError::Specification(error.to_string()))?;
    let mut descriptor = Descriptor::from(write_blob(root, OCI_MANIFEST, &manifest)?);
    descriptor.set_platform(Some((&properties.platform).into()));
    Ok(descriptor)
}

/// Writes the image index, `index.json` and `oci-layout`; returns the image index's digest.
pub(crate) fn finish(root: &Path, tag: &str, images: Vec<Descriptor>) -> Result<Digest, PracticeImageError> {
    let index = write_blob(root, OCI_INDEX, &index_of(images)?)?;
    let digest = index.digest.clone();
    let mut descriptor = Descriptor::from(index);
    descriptor.set_annotations(Some([(REF_NAME.to_owned(), tag.to_owned())].into()));
    let top = index_of(vec![descriptor])?;
    for (name, bytes) in [("index.json", json(&top)?), ("oci-layout", br#"{"imageLayoutVersion":"1.0.0"}"#.to_vec())] {
        let path = root.join(name);
        fs::write(&path, bytes).map_err(PracticeImageError::io(&path))?;
    }
    Ok(digest)
}

fn index_of(manifests: Vec<Descriptor>) -> Result<ImageIndex, PracticeImageError> {
    let index =
        ImageIndexBuilder::default().schema_version(SCHEMA_VERSION).media_type(OCI_INDEX).manifests(manifests).build();
    index.map_err(|error| PracticeImageError::Specification(error.to_string()))
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
    diff_ids: Vec<&'a Digest>,
}

fn write_blob(root: &Path, media_type: &str, document: &impl Serialize) -> Result<Blob, PracticeImageError> {
    let bytes = json(document)?;
    let digest = Digest::of(&bytes);
    let path = blob_path(root, &digest);
    fs::write(&path, &bytes).map_err(PracticeImageError::io(&path))?;
    Ok(Blob { media_type: media_type.to_owned(), digest, size: bytes.len() as u64 })
}

fn json(document: &impl Serialize) -> Result<Vec<u8>, PracticeImageError> {
    serde_json::to_vec(document).map_err(|error| PracticeImageError::Specification(error.to_string()))
}

fn blob_path(root: &Path, digest: &Digest) -> PathBuf {
    root.join("blobs").join("sha256").join(digest.hex())
}

fn checked_path(root: &Path, blob: &Blob) -> Result<PathBuf, PracticeImageError> {
    let path = blob_path(root, &blob.digest);
    let size = fs::metadata(&path).map_err(PracticeImageError::io(&path))?.len();
    if size == blob.size { Ok(path) } else { Err(incomplete(&path, &format!("{size} bytes, expected {}", blob.size))) }
}

fn read<T: DeserializeOwned>(path: &Path) -> Result<T, PracticeImageError> {
    let bytes = fs::read(path).map_err(PracticeImageError::io(path))?;
    serde_json::from_slice(&bytes).map_err(|error| incomplete(path, &error.to_string()))
}

fn incomplete(path: &Path, problem: &str) -> PracticeImageError {
    PracticeImageError::Incomplete { path: path.to_owned(), problem: problem.to_owned() }
}
