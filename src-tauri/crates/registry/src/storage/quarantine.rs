//! The blobs of repositories in the quarantine: they are never removed, so that nothing of such a repository is lost.

use std::{collections::HashSet, fs, path::Path};

use super::{
    disk::{Disk, digest_of, entries, read_json},
    repository::State,
};
use crate::error::{At, StorageError};
use oci::Digest;

/// In a quarantined folder: files named after blobs that may be the repository's.
const KEPT: &str = "kept";

/// The blobs that a repository in the quarantine links to, has as manifests, or may have had.
pub(super) fn blobs(disk: &Disk) -> Result<HashSet<Digest>, StorageError> {
    let mut blobs = HashSet::new();
    if !disk.quarantine().is_dir() {
        return Ok(blobs);
    }
    for folder in entries(&disk.quarantine())? {
        for links in [folder.join("blobs"), folder.join(KEPT)] {
            if links.is_dir() {
                blobs.extend(entries(&links)?.iter().filter_map(|link| digest_of(link)));
            }
        }
        // Only the state names the manifests. Where it cannot be read, `keep` has noted what may be one.
        if let Ok(State { manifests, .. }) = read_json(&folder.join("state.json")) {
            blobs.extend(manifests.into_keys());
        }
    }
    Ok(blobs)
}

/// Notes in the folder of a damaged repository which blobs may be its manifests: all that no other repository has.
pub(super) fn keep<'a>(folder: &Path, unlinked: impl Iterator<Item = &'a Digest>) -> Result<(), StorageError> {
    // A file in the place of a folder has no links of its own either.
    if !folder.is_dir() {
        return Ok(());
    }
    let kept = folder.join(KEPT);
    fs::create_dir_all(&kept).at(&kept)?;
    for digest in unlinked {
        let path = kept.join(digest.hex());
        fs::write(&path, b"").at(&path)?;
    }
    Ok(())
}
