//! The built-in image engine: the part of the Docker Engine API that deals with images, over an OCI image store in a
//! folder. It is served on a Unix socket or named pipe that only its owner can use, or on a loopback port, so that `bollard`
//! and the `docker` command can use it like Docker.
//!
//! Containers are left to others: this engine transfers, saves and loads images, it runs nothing.

mod api;
mod archive;
mod config;
mod context;
mod engine;
mod error;
mod events;
mod failure;
mod image_config;
mod progress;
mod pull;
mod push;
mod remote;
mod store;

pub use config::{EngineConfig, Proxy};
pub use engine::Engine;
pub use error::EngineError;
