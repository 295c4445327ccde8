//! The images of a store and their names: the content of `images.json`.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

use crate::image_config::ImageConfig;
use oci::{Blob, Digest, Platform, Reference, Repository};

/// The images and their names. An image is the manifest of one platform, identified by that manifest's digest.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct State {
    pub(crate) images: BTreeMap<Digest, ImageRecord>,
    /// Maps references with a tag, in full, to images.
    pub(crate) tags: BTreeMap<String, Digest>,
    /// Maps references with a digest, in full, to images. The digest may be that of the index that an image came from.
    pub(crate) digests: BTreeMap<String, Digest>,
    /// The repositories, in full, that hold each blob: it can be mounted from there.
    #[serde(default)]
    pub(crate) origins: BTreeMap<Digest, BTreeSet<String>>,
}

/// An image, with everything that a list shows, so that listing reads no other file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ImageRecord {
    pub(crate) manifest: Blob,
    pub(crate) config: Blob,
    pub(crate) layers: Vec<Blob>,
    pub(crate) platform: Platform,
    /// From the configuration, in RFC 3339.
    pub(crate) created: Option<String>,
    #[serde(default)]
    pub(crate) labels: BTreeMap<String, String>,
    /// Unix seconds.
    pub(crate) tagged_at: i64,
}

impl ImageRecord {
    /// An image with this configuration, named now.
    pub(crate) fn new(manifest: Blob, config: Blob, layers: Vec<Blob>, document: &ImageConfig) -> Self {
        Self {
            manifest,
            config,
            layers,
            platform: document.platform.clone(),
            created: document.created.clone(),
            labels: document.labels(),
            tagged_at: OffsetDateTime::now_utc().unix_timestamp(),
        }
    }

    /// When it was made, as its configuration says; 1970 if that says nothing.
    pub(crate) fn created_at(&self) -> OffsetDateTime {
        let created = self.created.as_deref().and_then(|text| OffsetDateTime::parse(text, &Rfc3339).ok());
        created.unwrap_or(OffsetDateTime::UNIX_EPOCH)
    }

    /// All its blobs.
    pub(crate) fn blobs(&self) -> impl Iterator<Item = &Blob> {
        self.layers.iter().chain([&self.config, &self.manifest])
    }

    /// The layers, each once.
    pub(crate) fn distinct_layers(&self) -> Vec<&Blob> {
        let mut layers: Vec<&Blob> = Vec::new();
        for layer in &self.layers {
            if !layers.iter().any(|listed| listed.digest == layer.digest) {
                layers.push(layer);
            }
        }
        layers
    }

    /// Bytes on disk, including blobs that other images share.
    pub(crate) fn size(&self) -> u64 {
        let layers: u64 = self.distinct_layers().iter().map(|layer| layer.size).sum();
        layers + self.config.size + self.manifest.size
    }
}

impl State {
    /// The references of an image that carry a tag.
    pub(crate) fn tags_of(&self, image: &Digest) -> Vec<Reference> {
        references(&self.tags, image)
    }

    /// The references of an image that carry a digest.
    pub(crate) fn digests_of(&self, image: &Digest) -> Vec<Reference> {
        references(&self.digests, image)
    }

    /// The tags of a repository, in order.
    pub(crate) fn tags_in(&self, repository: &Repository) -> Vec<Reference> {
        let all = self.tags.keys().filter_map(|name| Reference::parse(name).ok());
        all.filter(|reference| reference.repository == *repository).collect()
    }

    /// The image that a reference with a tag or a digest names.
    pub(crate) fn resolve(&self, reference: &Reference) -> Option<&Digest> {
        let Some(digest) = &reference.digest else { return self.tags.get(&reference.to_string()) };
        let by_digest = Reference { tag: None, ..reference.clone() };
        let own = || self.images.get_key_value(digest).map(|(id, _)| id);
        let named = || self.tags_in(&reference.repository).iter().any(|tag| self.resolve(tag) == Some(digest));
        self.digests.get(&by_digest.to_string()).or_else(|| own().filter(|_| named()))
    }

    /// The images whose id begins with these digits, with or without `sha256:`.
    pub(crate) fn by_id<'a, 'b>(&'a self, digits: &'b str) -> impl Iterator<Item = &'a Digest> + use<'a, 'b> {
        let digits = digits.strip_prefix("sha256:").unwrap_or(digits);
        self.images.keys().filter(move |id| !digits.is_empty() && id.hex().starts_with(digits))
    }

    /// Records that a repository holds these blobs.
    pub(crate) fn note_origin<'a>(&mut self, repository: &Repository, blobs: impl IntoIterator<Item = &'a Blob>) {
        for blob in blobs {
            self.origins.entry(blob.digest.clone()).or_default().insert(repository.to_string());
        }
    }
}

fn references(names: &BTreeMap<String, Digest>, image: &Digest) -> Vec<Reference> {
    let own = names.iter().filter(|(_, named)| *named == image);
    own.filter_map(|(name, _)| Reference::parse(name).ok()).collect()
}
