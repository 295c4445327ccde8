//! Parsing a manifest or index: its kind, and what it refers to. `storage::put` checks that the repository has that.

use std::collections::{BTreeMap, HashMap};

use bytes::Bytes;
use oci::{
    Content, Descriptor, Digest, MANIFEST_LIMIT, MediaType,
    media_types::{self, OCI_INDEX, OCI_MANIFEST},
};
use serde::{Deserialize, de::IgnoredAny};

use crate::error::StorageError;

/// What the registry needs to know of a manifest or an index.
#[derive(Debug)]
pub(crate) struct ManifestSummary {
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

impl ManifestSummary {
    /// `declared` is the `Content-Type` that it came with. Without one, or with a generic one, the document decides.
    pub(crate) fn parse(bytes: &Bytes, declared: Option<&str>) -> Result<Self, StorageError> {
        if bytes.len() > MANIFEST_LIMIT {
            return Err(StorageError::ManifestTooBig);
        }
        let outline: Outline = serde_json::from_slice(bytes).map_err(|error| invalid(error.to_string()))?;
        let media_type = outline.media_type(declared)?;
        outline.check(&media_type)?;
        let manifest = oci::Manifest::parse(bytes.clone(), &media_type).map_err(|error| match error {
            oci::InvalidManifest::Json(error) => invalid(error.to_string()),
            other => invalid(other.to_string()),
        })?;
        Self::of(media_type, manifest.into_content())
    }

    fn of(media_type: String, content: Content) -> Result<Self, StorageError> {
        match content {
            Content::Image { config, layers, document } => {
                let is_here = |layer: &Descriptor| layer.urls().as_ref().is_none_or(Vec::is_empty);
                let here = document.layers().iter().zip(layers).filter(|(layer, _)| is_here(layer));
                let mut blobs = vec![(config.digest, config.size)];
                blobs.extend(here.map(|(_, layer)| (layer.digest, layer.size)));
                Ok(Self {
                    media_type,
                    artifact_type: not_empty(document.artifact_type().as_ref()).or(Some(config.media_type)),
                    subject: digest_of(document.subject().as_ref())?,
                    annotations: sorted(document.annotations().as_ref()),
                    blobs,
                    children: Vec::new(),
                })
            }
            Content::Index { entries, document } => Ok(Self {
                media_type,
                artifact_type: not_empty(document.artifact_type().as_ref()),
                subject: digest_of(document.subject().as_ref())?,
                annotations: sorted(document.annotations().as_ref()),
                blobs: Vec::new(),
                children: entries.into_iter().map(|entry| entry.blob.digest).collect(),
            }),
        }
    }
}

/// The members that determine the kind of a document.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Outline {
    schema_version: u32,
    media_type: Option<String>,
    config: Option<IgnoredAny>,
    layers: Option<IgnoredAny>,
    manifests: Option<IgnoredAny>,
}

impl Outline {
    fn media_type(&self, declared: Option<&str>) -> Result<String, StorageError> {
        if self.schema_version == 1 {
            return Err(invalid(
                "Docker's schema 1 is not stored here, although ECR stores it: push the image with Docker 1.10 or later",
            ));
        }
        if self.schema_version != 2 {
            return Err(invalid(format!("schemaVersion {} is not 2", self.schema_version)));
        }
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

    /// Whether the document has the members of its kind.
    fn check(&self, media_type: &str) -> Result<(), StorageError> {
        let reason = match media_type {
            media_types::OCI_MANIFEST | media_types::DOCKER_MANIFEST => match (&self.config, &self.layers) {
                _ if self.manifests.is_some() => "an image manifest has no `manifests`",
                (None, _) => "`config` is missing",
                (_, None) => "`layers` is missing",
                (Some(_), Some(_)) => return Ok(()),
            },
            media_types::OCI_INDEX | media_types::DOCKER_LIST => match &self.manifests {
                _ if self.config.is_some() || self.layers.is_some() => "an index has neither `config` nor `layers`",
                None => "`manifests` is missing",
                Some(_) => return Ok(()),
            },
            other => return Err(invalid(format!("media type {other:?} is not supported"))),
        };
        Err(invalid(reason))
    }
}

fn not_empty(media_type: Option<&MediaType>) -> Option<String> {
    media_type.map(ToString::to_string).filter(|text| !text.is_empty())
}

fn digest_of(subject: Option<&Descriptor>) -> Result<Option<Digest>, StorageError> {
    let digest = subject.map(|subject| Digest::try_from(subject.digest())).transpose();
    digest.map_err(|error| invalid(error.to_string()))
}

fn sorted(annotations: Option<&HashMap<String, String>>) -> BTreeMap<String, String> {
    annotations.into_iter().flatten().map(|(key, value)| (key.clone(), value.clone())).collect()
}

fn invalid(reason: impl Into<String>) -> StorageError {
    StorageError::ManifestInvalid { reason: reason.into() }
}

#[cfg(test)]
mod tests {
    use oci::media_types::DOCKER_MANIFEST;
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn descriptor(content: &[u8]) -> serde_json::Value {
        json!({"mediaType": "application/x", "digest": Digest::of(content), "size": content.len()})
    }

    fn reason(document: &serde_json::Value, declared: Option<&str>) -> String {
        ManifestSummary::parse(&document.to_string().into(), declared).unwrap_err().to_string()
    }

    #[test]
    fn the_kind_comes_from_header_document_or_members() {
        let image = json!({"schemaVersion": 2, "config": descriptor(b"c"), "layers": [descriptor(b"l")]});
        let parse =
            |value: &serde_json::Value, declared| ManifestSummary::parse(&value.to_string().into(), declared).unwrap();
        assert_eq!(parse(&image, None).media_type, OCI_MANIFEST);
        assert_eq!(parse(&image, Some("application/json; charset=utf-8")).media_type, OCI_MANIFEST);
        assert_eq!(parse(&image, Some(DOCKER_MANIFEST)).media_type, DOCKER_MANIFEST);
        let index = json!({"schemaVersion": 2, "manifests": [descriptor(b"m")]});
        assert_eq!(parse(&index, None).media_type, OCI_INDEX);
        assert_eq!(parse(&index, None).children, [Digest::of(b"m")]);
        assert_eq!(parse(&image, None).artifact_type.as_deref(), Some("application/x"));
    }

    #[test]
    fn what_is_no_manifest_is_refused_with_its_reason() {
        let image = json!({"schemaVersion": 2, "mediaType": OCI_MANIFEST, "config": descriptor(b"c"), "layers": []});
        assert!(reason(&image, Some(OCI_INDEX)).contains("but says it is"));
        assert!(reason(&json!({"schemaVersion": 1}), None).contains("schema 1 is not stored here"));
        assert!(reason(&json!({"schemaVersion": 3}), None).contains("schemaVersion 3"));
        assert!(reason(&json!({"schemaVersion": 2}), None).contains("`config` is missing"));
        assert!(reason(&json!({"schemaVersion": 2, "mediaType": "text/plain"}), None).contains("not supported"));
        let both = json!({"schemaVersion": 2, "config": descriptor(b"c"), "layers": [], "manifests": []});
        assert!(reason(&both, None).contains("neither"));
    }

    #[test]
    fn layers_kept_elsewhere_are_not_required() {
        let mut foreign = descriptor(b"f");
        foreign["urls"] = json!(["https://example.invalid/layer"]);
        let image = json!({"schemaVersion": 2, "config": descriptor(b"c"), "layers": [foreign, descriptor(b"l")]});
        let manifest = ManifestSummary::parse(&image.to_string().into(), None).unwrap();
        assert_eq!(manifest.blobs, [(Digest::of(b"c"), 1), (Digest::of(b"l"), 1)]);
    }

    proptest! {
        #[test]
        fn no_document_makes_the_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..256), text in "[\\[\\]{}\":,a-z0-9]{0,64}") {
            let _ = ManifestSummary::parse(&bytes.into(), None);
            let _ = ManifestSummary::parse(&text.into(), Some(OCI_INDEX));
        }
    }
}
