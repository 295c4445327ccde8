//! The wire formats: from a request to the operation it names, and back. How each protocol formats responses and errors
//! is here; what the operations do is left to `api`.

pub(crate) mod absent;
pub(crate) mod bandwidth;
pub(crate) mod error;
pub(crate) mod gateway;
pub(crate) mod guard;
pub(crate) mod injected_fault;
mod layer_download;
pub(crate) mod query;
pub(crate) mod response;
mod rest_input;
mod signed_for;
mod sigv4;
pub(crate) mod target;
