//! The distribution API over a [`Storage`].
use std::sync::Arc;
use crate::{Hooks, Storage};
/// What a registry does its own way.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// The status that answers a `PATCH` of an upload.
    pub patch_status: PatchStatus,
    /// Whether a blob can be mounted from another repository.
    pub blob_mounting: bool,
    /// Whether everything but `GET` and `HEAD` is refused.
    pub read_only: bool,
}

/// The status that answers a `PATCH` of an upload.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PatchStatus {
    /// 202, as the specification says.
    #[default]
    Accepted202,
    /// 201, as ECR does.
    EcrExact201,
}
/// The registry's routes.
pub fn router(storage: Storage, hooks: Arc<dyn Hooks>, options: Options) -> axum::Router {
    let _ = (storage, hooks, options);
    axum::Router::new()
}
