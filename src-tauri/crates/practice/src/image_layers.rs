//! Which images of a repository a layer belongs to.

use std::collections::{BTreeMap, BTreeSet};

use oci::{Content, Digest, Manifest, TagOrDigest};

use crate::{
    cloud::Cloud,
    state::{State, image_lifecycle::ImageStatus},
    wire::error::ApiError,
};

/// The configurations and layers of a repository's images, with the status of the images. Of several images the one that can
/// be pulled counts.
pub(crate) struct LayersOfImages(BTreeMap<Digest, ImageStatus>);

impl LayersOfImages {
    pub(crate) async fn read(cloud: &Cloud, repository: &str) -> Result<Self, ApiError> {
        let mut layers: BTreeMap<Digest, ImageStatus> = BTreeMap::new();
        for image in cloud.images(repository).await? {
            let stored = cloud.storage.manifest(repository, &TagOrDigest::Digest(image.digest.clone())).await?;
            let content = stored.map(|stored| Manifest::parse(stored.bytes, &stored.media_type));
            let Some(Ok(manifest)) = content else { continue };
            let Content::Image { config, layers: blobs, .. } = manifest.into_content() else { continue };
            let status = cloud.image_status(repository, &image.digest);
            for blob in blobs.into_iter().chain([config]) {
                let best = layers.entry(blob.digest).or_insert(status);
                if status == ImageStatus::Active {
                    *best = status;
                }
            }
        }
        Ok(Self(layers))
    }

    /// The status of the images that the layer belongs to; `None` if there is none.
    pub(crate) fn status(&self, layer: &Digest) -> Option<ImageStatus> {
        self.0.get(layer).copied()
    }

    /// The layers that belong to archived images only.
    pub(crate) async fn archived(cloud: &Cloud, repository: &str) -> Result<BTreeSet<Digest>, ApiError> {
        let has_archive = |state: &State| state.repositories.get(repository).is_some_and(|r| !r.archive.is_empty());
        if !cloud.store.read(has_archive) {
            return Ok(BTreeSet::new());
        }
        let layers = Self::read(cloud, repository).await?;
        Ok(layers.0.into_iter().filter(|(_, status)| *status != ImageStatus::Active).map(|(layer, _)| layer).collect())
    }
}
