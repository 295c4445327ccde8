//! Manifests, indexes and image configurations: what is read of them. They are kept as the bytes they came in.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{digest::Digest, failure::Failure, platform::Platform};

pub(crate) const OCI_MANIFEST: &str = "application/vnd.oci.image.manifest.v1+json";
pub(crate) const OCI_INDEX: &str = "application/vnd.oci.image.index.v1+json";
pub(crate) const DOCKER_MANIFEST: &str = "application/vnd.docker.distribution.manifest.v2+json";
pub(crate) const DOCKER_LIST: &str = "application/vnd.docker.distribution.manifest.list.v2+json";

/// What is asked for, as one `Accept` header.
pub(crate) const ACCEPT: &str = "application/vnd.oci.image.manifest.v1+json, application/vnd.oci.image.index.v1+json, \
    application/vnd.docker.distribution.manifest.v2+json, application/vnd.docker.distribution.manifest.list.v2+json";

/// The most that a manifest or an image configuration may measure: registries take no more either.
pub(crate) const DOCUMENT_LIMIT: u64 = 4 << 20;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Descriptor {
    pub(crate) media_type: String,
    pub(crate) digest: Digest,
    pub(crate) size: u64,
}

/// One of an index's images.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct IndexEntry {
    #[serde(flatten)]
    pub(crate) descriptor: Descriptor,
    pub(crate) platform: Option<Platform>,
}

/// The image of one platform.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct ImageManifest {
    pub(crate) config: Descriptor,
    pub(crate) layers: Vec<Descriptor>,
}

#[derive(Debug)]
pub(crate) enum Manifest {
    Image(ImageManifest),
    Index(Vec<IndexEntry>),
}

impl Manifest {
    /// `media_type` is what the registry called it.
    pub(crate) fn parse(bytes: &[u8], media_type: &str) -> Result<Self, Failure> {
        #[derive(Deserialize)]
        struct Index {
            manifests: Vec<IndexEntry>,
        }
        let invalid = |error: serde_json::Error| Failure::internal(format!("invalid manifest: {error}"));
        match media_type {
            OCI_MANIFEST | DOCKER_MANIFEST => serde_json::from_slice(bytes).map(Self::Image).map_err(invalid),
            OCI_INDEX | DOCKER_LIST => {
                serde_json::from_slice::<Index>(bytes).map(|index| Self::Index(index.manifests)).map_err(invalid)
            }
            other => Err(Failure::internal(format!("unsupported manifest media type: {other}"))),
        }
    }
}

/// What a manifest is: what it says itself comes before what the registry says of it.
pub(crate) fn media_type(bytes: &[u8], content_type: Option<&str>) -> String {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Kind {
        media_type: Option<String>,
        manifests: Option<Value>,
    }
    let told = content_type.map(|value| value.split(';').next().unwrap_or_default().trim().to_owned());
    match serde_json::from_slice::<Kind>(bytes) {
        Ok(Kind { media_type: Some(media_type), .. }) => media_type,
        Ok(kind) => told
            .filter(|told| told.starts_with("application/vnd."))
            .unwrap_or_else(|| if kind.manifests.is_some() { OCI_INDEX.to_owned() } else { OCI_MANIFEST.to_owned() }),
        Err(_) => told.unwrap_or_default(),
    }
}

/// An image configuration.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct ImageConfig {
    #[serde(flatten)]
    pub(crate) platform: Platform,
    pub(crate) created: Option<String>,
    pub(crate) author: Option<String>,
    pub(crate) docker_version: Option<String>,
    /// As Docker shows it too.
    pub(crate) config: Option<Value>,
    #[serde(default)]
    pub(crate) rootfs: RootFs,
    #[serde(default)]
    pub(crate) history: Option<Vec<History>>,
}

#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct RootFs {
    #[serde(default)]
    pub(crate) diff_ids: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
pub(crate) struct History {
    pub(crate) created: Option<String>,
    #[serde(default)]
    pub(crate) created_by: String,
    #[serde(default)]
    pub(crate) comment: String,
    #[serde(default)]
    pub(crate) empty_layer: bool,
}

impl ImageConfig {
    pub(crate) fn parse(bytes: &[u8]) -> Result<Self, Failure> {
        serde_json::from_slice(bytes)
            .map_err(|error| Failure::internal(format!("invalid image configuration: {error}")))
    }

    pub(crate) fn labels(&self) -> BTreeMap<String, String> {
        let labels = self.config.as_ref().and_then(|config| config.get("Labels")).and_then(Value::as_object);
        let text = |(key, value): (&String, &Value)| Some((key.clone(), value.as_str()?.to_owned()));
        labels.map(|labels| labels.iter().filter_map(text).collect()).unwrap_or_default()
    }
}
