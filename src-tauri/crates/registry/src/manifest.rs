//! Reading a manifest or index: its kind, what it refers to, and whether it is one at all. Whether the things referred
//! to are there is asked by `storage::put`.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::{Digest, StorageError};

/// The longest manifest taken: 4 MiB, as the specification asks for at least and ECR for at most.
pub const MANIFEST_LIMIT: usize = 4 << 20;

/// The media types taken.
pub mod media_types {
    /// An OCI image manifest.
    pub const OCI_MANIFEST: &str = "application/vnd.oci.image.manifest.v1+json";
    /// An OCI image index.
    pub const OCI_INDEX: &str = "application/vnd.oci.image.index.v1+json";
    /// A Docker image manifest, version 2, schema 2.
    pub const DOCKER_MANIFEST: &str = "application/vnd.docker.distribution.manifest.v2+json";
    /// A Docker manifest list.
    pub const DOCKER_LIST: &str = "application/vnd.docker.distribution.manifest.list.v2+json";
}

use media_types::{DOCKER_LIST, DOCKER_MANIFEST, OCI_INDEX, OCI_MANIFEST};

/// What the registry needs to know of a manifest.
#[derive(Debug)]
pub(crate) struct Manifest {
    pub(crate) media_type: String,
    /// `artifactType`, or else the media type of the config.
    pub(crate) artifact_type: Option<String>,
    pub(crate) subject: Option<Digest>,
    pub(crate) annotations: BTreeMap<String, String>,
    /// Config and layers, with the sizes the manifest claims. Layers kept elsewhere (`urls`) are not among them.
    pub(crate) blobs: Vec<(Digest, u64)>,
    /// The members of an index.
    pub(crate) children: Vec<Digest>,
}

impl Manifest {
    /// `declared` is the `Content-Type` it came with; without one, or with a meaningless one, the document says.
    pub(crate) fn parse(bytes: &[u8], declared: Option<&str>) -> Result<Self, StorageError> {
        if bytes.len() > MANIFEST_LIMIT {
            return Err(StorageError::ManifestTooBig);
        }
        let document: Document = serde_json::from_slice(bytes).map_err(|error| invalid(error.to_string()))?;
        if document.schema_version != 2 {
            return Err(invalid(format!("schemaVersion {} is not 2", document.schema_version)));
        }
        let media_type = document.media_type_declared_as(declared)?;
        match media_type.as_str() {
            OCI_MANIFEST | DOCKER_MANIFEST => document.into_image(media_type),
            OCI_INDEX | DOCKER_LIST => document.into_index(media_type),
            _ => Err(invalid(format!("media type {media_type:?} is not supported"))),
        }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Document {
    schema_version: u32,
    media_type: Option<String>,
    artifact_type: Option<String>,
    config: Option<Descriptor>,
    layers: Option<Vec<Descriptor>>,
    manifests: Option<Vec<Descriptor>>,
    subject: Option<Descriptor>,
    #[serde(default)]
    annotations: Option<BTreeMap<String, String>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Descriptor {
    media_type: Option<String>,
    digest: Digest,
    size: u64,
    #[serde(default)]
    urls: Option<Vec<String>>,
}

impl Document {
    fn media_type_declared_as(&self, declared: Option<&str>) -> Result<String, StorageError> {
        let declared = declared
            .map(|text| text.split(';').next().unwrap_or_default().trim())
            .filter(|text| !matches!(*text, "" | "application/json" | "application/octet-stream"));
        match (declared, self.media_type.as_deref().filter(|text| !text.is_empty())) {
            (Some(declared), Some(written)) if declared != written => {
                Err(invalid(format!("it came as {declared:?} but says it is {written:?}")))
            }
            (Some(one), _) | (None, Some(one)) => Ok(one.to_owned()),
            (None, None) if self.manifests.is_some() => Ok(OCI_INDEX.to_owned()),
            (None, None) => Ok(OCI_MANIFEST.to_owned()),
        }
    }

    fn into_image(self, media_type: String) -> Result<Manifest, StorageError> {
        if self.manifests.is_some() {
            return Err(invalid("an image manifest has no `manifests`"));
        }
        let config = self.config.ok_or_else(|| invalid("`config` is missing"))?;
        let layers = self.layers.ok_or_else(|| invalid("`layers` is missing"))?;
        let here = layers.into_iter().filter(|layer| layer.urls.as_ref().is_none_or(Vec::is_empty));
        let mut blobs = vec![(config.digest, config.size)];
        blobs.extend(here.map(|layer| (layer.digest, layer.size)));
        Ok(Manifest {
            media_type,
            artifact_type: self.artifact_type.filter(|text| !text.is_empty()).or(config.media_type),
            subject: self.subject.map(|subject| subject.digest),
            annotations: self.annotations.unwrap_or_default(),
            blobs,
            children: Vec::new(),
        })
    }

    fn into_index(self, media_type: String) -> Result<Manifest, StorageError> {
        if self.config.is_some() || self.layers.is_some() {
            return Err(invalid("an index has neither `config` nor `layers`"));
        }
        let manifests = self.manifests.ok_or_else(|| invalid("`manifests` is missing"))?;
        Ok(Manifest {
            media_type,
            artifact_type: self.artifact_type.filter(|text| !text.is_empty()),
            subject: self.subject.map(|subject| subject.digest),
            annotations: self.annotations.unwrap_or_default(),
            blobs: Vec::new(),
            children: manifests.into_iter().map(|child| child.digest).collect(),
        })
    }
}

fn invalid(reason: impl Into<String>) -> StorageError {
    StorageError::ManifestInvalid { reason: reason.into() }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn descriptor(content: &[u8]) -> serde_json::Value {
        json!({"mediaType": "application/x", "digest": Digest::of(content), "size": content.len()})
    }

    fn reason(document: &serde_json::Value, declared: Option<&str>) -> String {
        Manifest::parse(document.to_string().as_bytes(), declared).unwrap_err().to_string()
    }

    #[test]
    fn the_kind_is_told_by_header_document_or_shape() {
        let image = json!({"schemaVersion": 2, "config": descriptor(b"c"), "layers": [descriptor(b"l")]});
        let parse =
            |value: &serde_json::Value, declared| Manifest::parse(value.to_string().as_bytes(), declared).unwrap();
        assert_eq!(parse(&image, None).media_type, OCI_MANIFEST);
        assert_eq!(parse(&image, Some("application/json; charset=utf-8")).media_type, OCI_MANIFEST);
        assert_eq!(parse(&image, Some(DOCKER_MANIFEST)).media_type, DOCKER_MANIFEST);
        let index = json!({"schemaVersion": 2, "manifests": [descriptor(b"m")]});
        assert_eq!(parse(&index, None).media_type, OCI_INDEX);
        assert_eq!(parse(&index, None).children, [Digest::of(b"m")]);
        assert_eq!(parse(&image, None).artifact_type.as_deref(), Some("application/x"));
    }

    #[test]
    fn what_is_no_manifest_is_told_apart_by_its_reason() {
        let image = json!({"schemaVersion": 2, "mediaType": OCI_MANIFEST, "config": descriptor(b"c"), "layers": []});
        assert!(reason(&image, Some(OCI_INDEX)).contains("but says it is"));
        assert!(reason(&json!({"schemaVersion": 1}), None).contains("schemaVersion 1"));
        assert!(reason(&json!({"schemaVersion": 2}), None).contains("`config` is missing"));
        assert!(reason(&json!({"schemaVersion": 2, "mediaType": "text/plain"}), None).contains("not supported"));
        let both = json!({"schemaVersion": 2, "config": descriptor(b"c"), "layers": [], "manifests": []});
        assert!(reason(&both, None).contains("neither"));
    }

    #[test]
    fn layers_kept_elsewhere_are_not_asked_for() {
        let mut foreign = descriptor(b"f");
        foreign["urls"] = json!(["https://example.invalid/layer"]);
        let image = json!({"schemaVersion": 2, "config": descriptor(b"c"), "layers": [foreign, descriptor(b"l")]});
        let manifest = Manifest::parse(image.to_string().as_bytes(), None).unwrap();
        assert_eq!(manifest.blobs, [(Digest::of(b"c"), 1), (Digest::of(b"l"), 1)]);
    }

    proptest! {
        #[test]
        fn no_document_makes_the_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..256), text in "[\\[\\]{}\":,a-z0-9]{0,64}") {
            let _ = Manifest::parse(&bytes, None);
            let _ = Manifest::parse(text.as_bytes(), Some(OCI_INDEX));
        }
    }
}
