//! The practice images, built by code: replicas of real images with the same layer structure and package metadata, but
//! without their programs.
//!
//! `data/*.json` describe the contents, and how certain each part is. The same data result in the same bytes, and so in the
//! same digests, on every machine; [`build`] fails if they differ.
//!
//! Left to others: serving the images (`registry`, `practice`) and detecting their packages (`scanner`).

mod assemble;
mod compression;
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
mod oversized;
mod synthetic;

use std::path::Path;

use crate::output_folder::OutputFolder;

pub use compression::Compression;
pub use contents::{Confidence, Contents, Coordinates, DebianPackage, Jar, Origin, RuntimeConfig};
pub use error::PracticeImageError;
pub use layout::{OciLayout, PlatformImage};
pub use oversized::OversizedLayer;
pub use synthetic::{SyntheticImage, SyntheticJar, SyntheticLayer, SyntheticPackage, build_synthetic};

/// A practice image: an image index of `linux/amd64` and `linux/arm64/v8`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PracticeImage {
    /// The repository on the public registry, `docker/library/neo4j`.
    pub repository: &'static str,
    /// The tag, `4.4.0`.
    pub tag: &'static str,
    /// The digest of the image index, known without building the image.
    pub index_digest: &'static str,
    data: &'static str,
}

impl PracticeImage {
    /// The contents of the image, and how certain each part is.
    ///
    /// # Panics
    ///
    /// Never: the data are compiled in, and a test parses all of them.
    pub fn contents(&self) -> Contents {
        serde_json::from_str(self.data).expect("the compiled-in data are valid, as a test checks")
    }
}

/// The practice images: the vulnerable one, then the patched one.
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

/// Writes the image as an OCI image layout to the folder `out`: `oci-layout`, `index.json`, `blobs/sha256/*`.
///
/// The folder appears only when it is complete. An image that is already complete is not written again; an incomplete one
/// is rebuilt. Concurrent callers, also in other processes, wait for each other.
///
/// # Errors
///
/// [`PracticeImageError::Foreign`] if `out` contains something other than an image layout, [`PracticeImageError::Drift`] if
/// the image has another digest than expected, [`PracticeImageError::Io`] if the folder cannot be written.
pub fn build(image: &PracticeImage, out: &Path) -> Result<OciLayout, PracticeImageError> {
    let folder = OutputFolder::lock(out)?;
    match OciLayout::open(out) {
        Ok(layout) if layout.index_digest.as_str() == image.index_digest => return Ok(layout),
        _ => {}
    }
    let staging = folder.create_staging()?;
    let digest = assemble::write(&image.contents(), staging)?;
    if digest.as_str() != image.index_digest {
        return Err(PracticeImageError::Drift { expected: image.index_digest.to_owned(), built: digest.to_string() });
    }
    folder.publish()?;
    OciLayout::open(out)
}
