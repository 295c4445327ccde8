//! The vocabulary of container images, over `oci-spec`: its documents are used as they are, and Docker's media types,
//! Docker's references and the choice of a platform are added. Storing and transferring images is left to others.

mod blob;
mod digest;
mod grammar;
mod manifest;
mod media_type;
mod platform;
mod reference;
mod tag_or_digest;

pub use blob::Blob;
pub use digest::{Algorithm, Digest, Hasher, InvalidDigest, is_hex};
pub use grammar::{is_component, is_repository_name, is_tag};
pub use manifest::{Content, IndexEntry, InvalidManifest, MANIFEST_LIMIT, Manifest};
pub use media_type::media_types;
pub use oci_spec::image::{
    Descriptor, ImageIndex, ImageIndexBuilder, ImageManifest, ImageManifestBuilder, MediaType, SCHEMA_VERSION,
};
pub use platform::{InvalidPlatform, Platform, host_architecture};
pub use reference::{InvalidReference, Reference, Repository};
pub use tag_or_digest::{InvalidTagOrDigest, TagOrDigest};
