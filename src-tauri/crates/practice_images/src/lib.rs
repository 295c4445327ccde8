//! The practice images, built by code: replicas of real images with their true layer structure and package metadata, and
//! without any of their programs.
//!
//! What is in them is told by `data/*.json`, with how sure each part is. The same data give the same bytes, and so the
//! same digests, on every machine; [`build`] refuses to hand out anything else.
//!
//! Left to others: serving the images (`registry`, `practice`) and finding packages in them (`scanner`).

mod assemble;
mod contents;
mod dpkg;
mod entries;
mod error;
mod filler;
mod gzip;
mod hashing;
mod jar;
mod layer;
mod layout;
mod output_folder;
mod synthetic;

use std::path::Path;

pub use contents::{Confidence, Contents, Coordinates, DebianPackage, Jar, Origin, RuntimeConfig};
pub use error::PracticeImageError;
pub use layout::{OciLayout, PlatformImage};
pub use synthetic::{Compression, SyntheticImage, SyntheticJar, SyntheticLayer, SyntheticPackage, build_synthetic};

/// A practice image: an image index of `linux/amd64` and `linux/arm64/v8`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PracticeImage {
    /// The repository on the public registry, `docker/library/neo4j`.
    pub repository: &'static str,
    /// The tag, `4.4.0`.
    pub tag: &'static str,
    /// The digest of the image index: known without building.
    pub index_digest: &'static str,
    data: &'static str,
}

impl PracticeImage {
    /// What the image holds, and how sure each part of that is.
    ///
    /// # Panics
    ///
    /// Never: the data are compiled in and a test reads them all.
    pub fn contents(&self) -> Contents {
        serde_json::from_str(self.data).expect("the compiled-in data parse, a test reads them all")
    }
}

/// The practice images, the one to study first, the patched one after it.
pub fn all() -> Vec<PracticeImage> {
    vec![
        PracticeImage {
            repository: "docker/library/neo4j",
            tag: "4.4.0",
            index_digest: "sha256:a25496a5888267a4e6463335aaf83f72c236fa01162febdcd0dfc1b9ff94c28e",
            data: include_str!("../data/neo4j-4.4.0.json"),
        },
        PracticeImage {
            repository: "docker/library/neo4j",
            tag: "4.4.48",
            index_digest: "sha256:5d852dc5d9d0d8aeefa96970dd038dd77549535e54cec78181f743d2fd4f8505",
            data: include_str!("../data/neo4j-4.4.48.json"),
        },
    ]
}

/// Writes the image as an OCI image layout in the folder `out`: `oci-layout`, `index.json`, `blobs/sha256/*`.
///
/// The folder appears whole or not at all. If the complete image is there already nothing is written; if something of it
/// is missing it is built anew. Callers at the same time, in other processes too, wait for each other.
///
/// # Errors
///
/// [`PracticeImageError::Foreign`] if `out` holds something that is no image layout, [`PracticeImageError::Drift`] if the bytes are
/// not those this version of the crate promises, [`PracticeImageError::Io`] if the folder cannot be written.
pub fn build(replica: &PracticeImage, out: &Path) -> Result<OciLayout, PracticeImageError> {
    let place = output_folder::OutputFolder::lock(out)?;
    match OciLayout::open(out) {
        Ok(layout) if layout.index_digest.as_str() == replica.index_digest => return Ok(layout),
        _ => {}
    }
    let fresh = place.fresh()?;
    let digest = assemble::write(&replica.contents(), fresh)?;
    if digest.as_str() != replica.index_digest {
        return Err(PracticeImageError::Drift { expected: replica.index_digest.to_owned(), built: digest.to_string() });
    }
    place.publish()?;
    OciLayout::open(out)
}
