//! Which images there are and what they are called: the content of one file.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use oci::{Blob, Digest, Platform, Reference, Repository};

/// Everything there is. An image is the manifest of one platform, known by that manifest's digest.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct State {
    pub(crate) images: BTreeMap<Digest, ImageRecord>,
    /// From references with a tag, in full, to images.
    pub(crate) tags: BTreeMap<String, Digest>,
    /// From references with a digest, in full, to images. The digest may be that of the index an image came from.
    pub(crate) digests: BTreeMap<String, Digest>,
    /// The repositories, in full, that are known to hold a blob: it can be mounted from there.
    #[serde(default)]
    pub(crate) origins: BTreeMap<Digest, BTreeSet<String>>,
}

/// An image, with what listing it shows, so that listing reads no other file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ImageRecord {
    pub(crate) manifest: Blob,
    pub(crate) config: Blob,
    pub(crate) layers: Vec<Blob>,
    pub(crate) platform: Platform,
    /// As the configuration says it, in RFC 3339.
    pub(crate) created: Option<String>,
    #[serde(default)]
    pub(crate) labels: BTreeMap<String, String>,
    /// Unix seconds.
    pub(crate) tagged_at: i64,
}

impl ImageRecord {
    /// Its blobs: what it is made of.
    pub(crate) fn blobs(&self) -> impl Iterator<Item = &Blob> {
        self.layers.iter().chain([&self.config, &self.manifest])
    }

    /// The layers, each once.
    pub(crate) fn distinct_layers(&self) -> Vec<&Blob> {
        let mut layers: Vec<&Blob> = Vec::new();
        for layer in &self.layers {
            if !layers.iter().any(|known| known.digest == layer.digest) {
                layers.push(layer);
            }
        }
        layers
    }

    /// Bytes on disk, without regard to what other images share.
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

    /// The image that a reference with a tag or a digest stands for.
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

    /// Notes that a repository holds the blobs of an image.
    pub(crate) fn note_origin<'a>(&mut self, repository: &Repository, blobs: impl IntoIterator<Item = &'a Blob>) {
        for blob in blobs {
            self.origins.entry(blob.digest.clone()).or_default().insert(repository.to_string());
        }
    }
}

fn references(names: &BTreeMap<String, Digest>, image: &Digest) -> Vec<Reference> {
    let own = names.iter().filter(|(_, standing)| *standing == image);
    own.filter_map(|(name, _)| Reference::parse(name).ok()).collect()
}
