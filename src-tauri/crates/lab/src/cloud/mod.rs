//! The lab's operations on AWS, one file per kind of resource. A missing resource is a normal result here, not an error.

pub(crate) mod account;
pub(crate) mod configuration;
pub(crate) mod coverage;
pub(crate) mod images;
pub(crate) mod inspector;
pub(crate) mod lifecycle;
pub(crate) mod paging;
pub(crate) mod registry_policy;
pub(crate) mod repositories;
pub(crate) mod runs;
pub(crate) mod scan;
