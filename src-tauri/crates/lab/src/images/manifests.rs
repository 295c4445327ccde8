//! Where the manifest of one platform of an image came from, as an engine describes the image.

use serde::Deserialize;

use super::transfer::split;

/// What of an image's description tells where its manifests are.
#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
pub(super) struct Manifests {
    repo_digests: Option<Vec<String>>,
    manifests: Option<Vec<Manifest>>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Manifest {
    descriptor: Descriptor,
    image_data: Option<ImageData>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Descriptor {
    digest: String,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct ImageData {
    platform: Platform,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Platform {
    os: String,
    architecture: String,
}

impl Manifests {
    /// The repository it was pulled from is any but the one it shall be pushed to.
    pub(super) fn source(&self, reference: &str, platform: &str) -> Option<String> {
        let (own, _) = split(reference);
        let repository = self
            .repo_digests
            .iter()
            .flatten()
            .filter_map(|digest| digest.split_once('@').map(|(repository, _)| repository))
            .find(|repository| *repository != own)?;
        let digest = self.manifests.iter().flatten().find_map(|manifest| {
            let of = &manifest.image_data.as_ref()?.platform;
            let name = format!("{}/{}", of.os, of.architecture);
            (platform == name || platform.starts_with(&format!("{name}/"))).then_some(&manifest.descriptor.digest)
        })?;
        Some(format!("{repository}@{digest}"))
    }
}
