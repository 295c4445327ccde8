//! A registry of somebody's, reached over the network: where it is, how it wants to be asked, what it holds.
//!
//! Blobs go through `oci-client`. Manifests do not: it reads them without a bound and forgets what the registry calls
//! them. Nor does the way in: it would hand credentials to whatever host a registry names.

pub(crate) mod access;
mod body;
mod challenge;
pub(crate) mod credentials;
mod download;
pub(crate) mod endpoint;
pub(crate) mod failure;
mod manifests;
mod retry;
pub(crate) mod upload;
