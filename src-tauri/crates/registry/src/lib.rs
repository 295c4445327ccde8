//! An OCI distribution registry over a folder. [`Storage`] keeps blobs, manifests and tags on disk and can be used
//! without HTTP; [`router`] serves it. Authorization is left to the [`Hooks`] of the caller: this crate knows no cloud.

mod error;
mod hooks;
mod http;
mod manifest;
mod names;
mod storage;

pub use error::StorageError;
pub use hooks::{Action, AllowAll, Hooks, Pushed, Refusal};
pub use http::{
    router,
    service::{Options, PatchStatus},
};
pub use names::{check_name, check_tag};
pub use oci::{Algorithm, Digest, MANIFEST_LIMIT, TagOrDigest, media_types};
pub use storage::{
    Storage,
    images::ImageRecord,
    put::{PutManifest, StoredManifest},
    upload::{UploadId, UploadParts},
};
