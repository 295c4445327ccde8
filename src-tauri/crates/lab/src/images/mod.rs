//! Local images: detecting engines, and calling them. Every call is recorded, progress is reported per layer, and every error becomes a
//! [`crate::Problem`].

pub(crate) mod client;
pub(crate) mod connection;
pub(crate) mod detect;
pub(crate) mod errors;
pub(crate) mod lines;
pub(crate) mod manifests;
pub(crate) mod pinned;
pub(crate) mod reach;
pub(crate) mod transfer;

#[cfg(test)]
mod tests;
