//! The engine through its own door: the Docker Engine API, driven by clients that were not written for it, against
//! registries that behave and registries that do not.
#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

mod archive;
mod auth;
mod bollard_client;
mod digests;
mod distribution;
mod docker_cli;
mod faults;
mod kill;
mod server;
mod store;
mod support;
mod usage;
mod wire;
