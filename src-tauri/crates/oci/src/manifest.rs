//! Manifests and indexes: their exact bytes, which the digest is about, with what they say.

use bytes::Bytes;
use oci_spec::image::{Descriptor, ImageIndex, ImageManifest};
use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::{
    blob::Blob,
    digest::{Digest, InvalidDigest},
    media_type::media_types::{DOCKER_LIST, DOCKER_MANIFEST, OCI_INDEX, OCI_MANIFEST},
    platform::Platform,
};

/// The longest manifest that registries take: 4 MiB, as the distribution specification asks for at least and ECR for at
/// most.
pub const MANIFEST_LIMIT: usize = 4 << 20;

/// A manifest or an index.
#[derive(Clone, Debug)]
pub struct Manifest {
    bytes: Bytes,
    blob: Blob,
    content: Content,
}

/// What a manifest or an index says.
#[derive(Clone, Debug)]
pub enum Content {
    /// The image of one platform, or another artifact.
    Image {
        /// The configuration.
        config: Blob,
        /// The layers, the base first.
        layers: Vec<Blob>,
        /// The whole document.
        document: Box<ImageManifest>,
    },
    /// One image for each of several platforms.
    Index {
        /// The images.
        entries: Vec<IndexEntry>,
        /// The whole document.
        document: Box<ImageIndex>,
    },
}

/// One of the images of an index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndexEntry {
    /// The image's manifest.
    pub blob: Blob,
    /// The platform it is for, if the index says so.
    pub platform: Option<Platform>,
}

/// Why bytes are no manifest.
#[derive(Debug, thiserror::Error)]
pub enum InvalidManifest {
    /// The bytes are not the JSON of such a document.
    #[error("invalid manifest: {0}")]
    Json(#[from] serde_json::Error),
    /// The document names content by a digest that is not supported.
    #[error("invalid manifest: {0}")]
    Digest(#[from] InvalidDigest),
    /// The media type is neither an image manifest's nor an index's.
    #[error("unsupported manifest media type: {0}")]
    MediaType(String),
}

impl Manifest {
    /// Reads bytes as the document that `media_type` names.
    ///
    /// # Errors
    ///
    /// [`InvalidManifest`], if they are no such document.
    pub fn parse(bytes: Bytes, media_type: &str) -> Result<Self, InvalidManifest> {
        let content = match media_type {
            OCI_MANIFEST | DOCKER_MANIFEST => Content::image(serde_json::from_slice(&bytes)?)?,
            OCI_INDEX | DOCKER_LIST => Content::index(serde_json::from_slice(&bytes)?)?,
            other => return Err(InvalidManifest::MediaType(other.to_owned())),
        };
        let blob = Blob { media_type: media_type.to_owned(), digest: Digest::of(&bytes), size: bytes.len() as u64 };
        Ok(Self { bytes, blob, content })
    }

    /// The media type of a document that a registry sent: what the document says itself takes precedence over
    /// `content_type`, the registry's header.
    pub fn media_type_of(bytes: &[u8], content_type: Option<&str>) -> String {
        #[derive(Deserialize)]
        #[serde(rename_all = "camelCase")]
        struct Outline {
            media_type: Option<String>,
            manifests: Option<IgnoredAny>,
        }
        let declared = content_type.map(|value| value.split(';').next().unwrap_or_default().trim().to_owned());
        match serde_json::from_slice::<Outline>(bytes) {
            Ok(Outline { media_type: Some(media_type), .. }) => media_type,
            Ok(outline) => declared.filter(|declared| declared.starts_with("application/vnd.")).unwrap_or_else(|| {
                if outline.manifests.is_some() { OCI_INDEX.to_owned() } else { OCI_MANIFEST.to_owned() }
            }),
            Err(_) => declared.unwrap_or_default(),
        }
    }

    /// The exact bytes.
    pub fn bytes(&self) -> &Bytes {
        &self.bytes
    }

    /// The media type, the digest and the size of the bytes.
    pub fn blob(&self) -> &Blob {
        &self.blob
    }

    /// What it says.
    pub fn content(&self) -> &Content {
        &self.content
    }

    /// What it says, without its bytes.
    pub fn into_content(self) -> Content {
        self.content
    }
}

impl Content {
    fn image(document: ImageManifest) -> Result<Self, InvalidDigest> {
        let layers = document.layers().iter().map(Blob::try_from).collect::<Result<_, _>>()?;
        Ok(Self::Image { config: document.config().try_into()?, layers, document: Box::new(document) })
    }

    fn index(document: ImageIndex) -> Result<Self, InvalidDigest> {
        let entries = document.manifests().iter().map(IndexEntry::try_from).collect::<Result<_, _>>()?;
        Ok(Self::Index { entries, document: Box::new(document) })
    }
}

impl IndexEntry {
    /// The entry whose image suits the platform best; `None` if none runs there.
    pub fn choose<'a>(entries: &'a [Self], platform: &Platform) -> Option<&'a Self> {
        let suitable = entries.iter().filter_map(|entry| Some((platform.distance(entry.platform.as_ref()?)?, entry)));
        suitable.min_by_key(|(distance, _)| *distance).map(|(_, entry)| entry)
    }
}

impl TryFrom<&Descriptor> for IndexEntry {
    type Error = InvalidDigest;

    fn try_from(descriptor: &Descriptor) -> Result<Self, InvalidDigest> {
        Ok(Self { blob: descriptor.try_into()?, platform: descriptor.platform().as_ref().map(Platform::from) })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn descriptor(content: &[u8]) -> Value {
        json!({ "mediaType": "application/x", "digest": Digest::of(content), "size": content.len() })
    }

    fn parse(document: &Value, media_type: &str) -> Result<Manifest, InvalidManifest> {
        Manifest::parse(document.to_string().into(), media_type)
    }

    #[test]
    fn a_manifest_keeps_its_bytes() {
        let text = format!(
            "{{ \"unknown\": 1,  \"schemaVersion\": 2, \"config\": {}, \"layers\": [{}] }}",
            descriptor(b"c"),
            descriptor(b"l")
        );
        let manifest = Manifest::parse(text.clone().into(), OCI_MANIFEST).unwrap();
        assert_eq!(manifest.bytes(), text.as_bytes());
        assert_eq!(manifest.blob().digest, Digest::of(text.as_bytes()));
        assert_eq!((manifest.blob().size, manifest.blob().media_type.as_str()), (text.len() as u64, OCI_MANIFEST));
        let Content::Image { config, layers, .. } = manifest.content() else { panic!("{manifest:?}") };
        assert_eq!((&config.digest, layers.len()), (&Digest::of(b"c"), 1));
    }

    #[test]
    fn an_index_tells_the_platform_of_each_image() {
        let mut entry = descriptor(b"m");
        entry["platform"] = json!({ "os": "linux", "architecture": "arm64", "variant": "v8", "os.version": "1" });
        let index = json!({ "schemaVersion": 2, "manifests": [entry, descriptor(b"attestation")] });
        let Content::Index { entries, .. } = parse(&index, DOCKER_LIST).unwrap().into_content() else {
            panic!("{index}")
        };
        assert_eq!(entries[0].platform.as_ref().map(ToString::to_string).as_deref(), Some("linux/arm64/v8"));
        assert_eq!((&entries[1].blob.digest, &entries[1].platform), (&Digest::of(b"attestation"), &None));
    }

    #[test]
    fn the_image_that_suits_a_platform_best_is_chosen() {
        let entry = |text: &str| IndexEntry {
            blob: Blob { media_type: OCI_MANIFEST.to_owned(), digest: Digest::of(text.as_bytes()), size: 1 },
            platform: text.parse().ok(),
        };
        let entries = ["", "linux/arm/v5", "linux/arm/v6", "linux/amd64"].map(entry);
        let chosen = |platform: &str| {
            let chosen = IndexEntry::choose(&entries, &platform.parse().unwrap());
            chosen.and_then(|entry| entry.platform.as_ref()).map(ToString::to_string)
        };
        assert_eq!(chosen("linux/x86_64").as_deref(), Some("linux/amd64"));
        assert_eq!(chosen("linux/arm/v7").as_deref(), Some("linux/arm/v6"));
        assert_eq!(chosen("linux/arm64"), None);
    }

    #[test]
    fn what_is_no_manifest_is_refused() {
        assert_eq!(
            parse(&json!({}), "text/plain").unwrap_err().to_string(),
            "unsupported manifest media type: text/plain"
        );
        assert!(parse(&json!({ "schemaVersion": 2 }), OCI_MANIFEST).unwrap_err().to_string().contains("missing field"));
        let mut layer = descriptor(b"l");
        layer["digest"] = json!(format!("sha384:{}", "0".repeat(96)));
        let image = json!({ "schemaVersion": 2, "config": descriptor(b"c"), "layers": [layer] });
        assert!(parse(&image, OCI_MANIFEST).unwrap_err().to_string().contains("is not a sha256 or sha512 digest"));
    }

    #[test]
    fn the_document_says_what_it_is_before_the_registry_does() {
        let of =
            |document: Value, header: Option<&str>| Manifest::media_type_of(document.to_string().as_bytes(), header);
        assert_eq!(of(json!({ "mediaType": OCI_INDEX }), Some(OCI_MANIFEST)), OCI_INDEX);
        assert_eq!(of(json!({}), Some("application/vnd.docker.distribution.manifest.v2+json; a=b")), DOCKER_MANIFEST);
        assert_eq!(of(json!({ "manifests": [] }), Some("application/json")), OCI_INDEX);
        assert_eq!(of(json!({}), None), OCI_MANIFEST);
    }
}
