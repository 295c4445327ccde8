//! An OCI distribution registry over a folder. [`Storage`] keeps blobs, manifests and tags on disk and can be used
//! without HTTP; [`router`] serves it. Who may do what is left to the [`Hooks`] of the caller: this crate knows no cloud.

mod digest;
mod error;
mod hooks;
mod http;
mod manifest;
mod reference;
mod storage;

pub use digest::Digest;
pub use error::StorageError;
pub use hooks::{Action, AllowAll, Hooks, Pushed, Refusal};
pub use http::{Options, PatchStatus, router};
pub use manifest::{MANIFEST_LIMIT, media_types};
pub use reference::{Reference, check_name, check_tag};
pub use storage::{ImageRecord, PutManifest, Storage, StoredManifest};
