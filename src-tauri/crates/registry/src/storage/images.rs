//! The records of a repository's images.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::SystemTime,
};

use super::repository::{Contents, ManifestRecord};
use oci::Digest;

/// A manifest or index of a repository.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImageRecord {
    /// The digest of the manifest.
    pub digest: Digest,
    /// Its media type.
    pub media_type: String,
    /// Its tags, in byte order.
    pub tags: Vec<String>,
    /// When it was first put.
    pub pushed_at: SystemTime,
    /// Bytes of config and layers as they are stored (compressed); for an index, those of its biggest member.
    pub size: u64,
    /// Bytes of the manifest itself.
    pub manifest_size: u64,
    /// When it was last read, if ever.
    pub last_pulled_at: Option<SystemTime>,
    /// Its `artifactType`, or the media type of its config.
    pub artifact_type: Option<String>,
    /// The manifest that it refers to.
    pub subject: Option<Digest>,
    /// Its annotations.
    pub annotations: BTreeMap<String, String>,
    /// The members of an index.
    pub children: Vec<Digest>,
    /// Whether an index of the repository names it.
    pub referenced_by_index: bool,
}

pub(super) fn records(contents: &Contents) -> Vec<ImageRecord> {
    let manifests = &contents.state.manifests;
    let mut tags: BTreeMap<&Digest, Vec<String>> = BTreeMap::new();
    for (tag, digest) in &contents.state.tags {
        tags.entry(digest).or_default().push(tag.clone());
    }
    let members: BTreeSet<_> = manifests.values().flat_map(|manifest| &manifest.children).collect();
    let mut records: Vec<_> = manifests
        .iter()
        .map(|(digest, manifest)| ImageRecord {
            digest: digest.clone(),
            media_type: manifest.media_type.clone(),
            tags: tags.remove(digest).unwrap_or_default(),
            pushed_at: manifest.pushed_at,
            size: size(manifests, manifest, MAX_DEPTH),
            manifest_size: manifest.length,
            last_pulled_at: contents.pulls.get(digest).copied(),
            artifact_type: manifest.artifact_type.clone(),
            subject: manifest.subject.clone(),
            annotations: manifest.annotations.clone(),
            children: manifest.children.clone(),
            referenced_by_index: members.contains(digest),
        })
        .collect();
    records.sort_by_key(|record| record.pushed_at);
    records
}

/// Indexes may contain indexes; deeper ones count as empty.
const MAX_DEPTH: u8 = 4;

fn size(manifests: &BTreeMap<Digest, ManifestRecord>, manifest: &ManifestRecord, depth: u8) -> u64 {
    if depth == 0 {
        return 0;
    }
    let members = manifest.children.iter().filter_map(|child| manifests.get(child));
    members.map(|member| size(manifests, member, depth - 1)).max().unwrap_or(manifest.image_size)
}
