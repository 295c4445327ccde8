//! Finds the repository and digest of an image's manifest for one platform, from an engine's description of the image.

use oci::{Platform, Reference, Repository};
use serde::Deserialize;

/// The members of an image's description that locate its manifests.
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

impl Manifests {
    /// The manifest for `platform` in the repository that the image was pulled from, which is any but the one that `reference` names.
    pub(super) fn source(&self, reference: &str, platform: &str) -> Option<Reference> {
        let own = Reference::parse(reference).ok()?.repository;
        let repositories = self.repo_digests.iter().flatten().filter_map(|name| repository(name));
        let repository = repositories.into_iter().find(|repository| *repository != own)?;
        let digest = self.of_platform(platform).into_iter().next()?;
        Some(Reference { repository, tag: None, digest: Some(digest.parse().ok()?) })
    }

    /// The digests of the manifests for `platform`.
    pub(super) fn of_platform(&self, platform: &str) -> Vec<String> {
        let matching = self.manifests.iter().flatten().filter(|manifest| {
            manifest.image_data.as_ref().is_some_and(|image| {
                let name = format!("{}/{}", image.platform.os, image.platform.architecture);
                platform == name || platform.starts_with(&format!("{name}/"))
            })
        });
        matching.map(|manifest| manifest.descriptor.digest.clone()).collect()
    }
}

fn repository(repo_digest: &str) -> Option<Repository> {
    let (name, _) = repo_digest.split_once('@')?;
    Some(Reference::parse(name).ok()?.repository)
}
