//! What identifies content: the part of a descriptor that every descriptor has.

use oci_spec::image::Descriptor;
use serde::{Deserialize, Serialize};

use crate::digest::{Digest, InvalidDigest};

/// A layer, a configuration, a manifest or an index: what it is, its SHA-256 digest, and its size. In JSON it is a
/// descriptor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Blob {
    /// The media type.
    pub media_type: String,
    /// The digest.
    pub digest: Digest,
    /// The size in bytes.
    pub size: u64,
}

impl TryFrom<&Descriptor> for Blob {
    type Error = InvalidDigest;

    fn try_from(descriptor: &Descriptor) -> Result<Self, InvalidDigest> {
        Ok(Self {
            media_type: descriptor.media_type().to_string(),
            digest: descriptor.digest().try_into()?,
            size: descriptor.size(),
        })
    }
}

impl From<Blob> for Descriptor {
    fn from(blob: Blob) -> Self {
        Self::new(blob.media_type.as_str().into(), blob.size, blob.digest)
    }
}
