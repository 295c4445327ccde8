//! A registry of somebody's, reached over the network: where it is, how it wants to be asked, what it holds.
//!
//! Blobs go through `oci-client`. Manifests do not: it reads them without a bound and forgets what the registry calls
//! them. Nor does the way in: it would hand credentials to whatever host a registry names.

mod access;
mod challenge;
mod credentials;
mod download;
mod endpoint;
mod failure;
mod manifests;
mod retry;
mod upload;

pub(crate) use self::{
    access::{Intent, Registry, login},
    credentials::Credentials,
    endpoint::Network,
    failure::RemoteError,
    manifests::Fetched,
    upload::Uploaded,
};
