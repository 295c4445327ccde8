//! The registry through its public door: a real server on a free port, driven by HTTP clients.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

mod blobs;
mod catalog;
mod clients;
mod digests;
mod hooks;
mod images;
mod kill;
mod manifests;
mod mounts;
mod referrers;
mod restart;
mod specification;
mod support;
mod tags;
mod uploads;
