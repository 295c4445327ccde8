//! Registries on the network: their endpoints, their authentication, and their blobs and manifests.
//!
//! Blobs go through `oci-client`. Manifests do not: it reads them without a size limit and drops their content type. Nor
//! does authentication: it would send credentials to any host that a registry names.

pub(crate) mod access;
mod body;
mod challenge;
pub(crate) mod credentials;
mod download;
pub(crate) mod endpoint;
pub(crate) mod failure;
mod host;
mod manifests;
mod retry;
pub(crate) mod upload;
