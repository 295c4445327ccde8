//! An image by the engine's id: names can be moved by every other user of the engine, an id cannot.

use serde::{Deserialize, Serialize};

/// An image of the engine, and how a registry shows that it has the same one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct PinnedImage {
    /// The engine's id. A graph driver's is the digest of the configuration, the built-in engine's that of the manifest, and the
    /// containerd store's that of the index or the manifest.
    pub(crate) id: String,
    /// The manifests that the index lists for the platform, where the id is that of an index.
    #[serde(default)]
    pub(crate) manifests: Vec<String>,
}

impl PinnedImage {
    /// Whether a manifest of a registry is this image's. Manifests are compared by digest only where the id is one of a manifest:
    /// a store that unpacks its layers may compress them differently, but the configuration is always the same.
    pub(crate) fn is(&self, manifest: &str, config: Option<&str>) -> bool {
        self.is_local(manifest) || config == Some(self.id.as_str())
    }

    /// Whether an id of the same engine is this image's, or that of its manifest for the platform.
    pub(crate) fn is_local(&self, id: &str) -> bool {
        self.id == id || self.manifests.iter().any(|manifest| manifest == id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_image_is_recognized_by_its_configuration_its_manifest_or_a_manifest_of_its_index() {
        let graph_driver = PinnedImage { id: "sha256:c".to_owned(), manifests: Vec::new() };
        assert!(graph_driver.is("sha256:recompressed", Some("sha256:c")));
        assert!(!graph_driver.is("sha256:recompressed", Some("sha256:other")));
        assert!(!graph_driver.is("sha256:recompressed", None));
        let containerd = PinnedImage { id: "sha256:i".to_owned(), manifests: vec!["sha256:m".to_owned()] };
        assert!(containerd.is("sha256:i", None) && containerd.is("sha256:m", Some("sha256:c")));
        assert!(!containerd.is("sha256:other", Some("sha256:c")));
    }
}
