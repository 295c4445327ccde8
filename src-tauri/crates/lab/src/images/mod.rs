//! Images as the lab sees them: an engine found, and what is asked of it, with every call recorded, progress layer by
//! layer, and every error told as a [`crate::Problem`].

pub(crate) mod client;
pub(crate) mod connection;
pub(crate) mod detect;
pub(crate) mod errors;
pub(crate) mod lines;
pub(crate) mod manifests;
pub(crate) mod reach;
pub(crate) mod transfer;

#[cfg(test)]
mod tests;
