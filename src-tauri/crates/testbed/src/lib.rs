//! What the tests of several crates share: a practice cloud with an engine and an image source, clients of them, small images, a
//! scripted HTTP server, and the tools of this machine.
//!
//! Only a dev-dependency: no product depends on it. It does not know `lab`, whose own unit tests use it.

pub mod aws;
pub mod closing_server;
pub mod company_network;
pub mod environment;
pub mod files;
pub mod http_client;
pub mod image_source;
pub mod images;
pub mod memory;
pub mod push;
pub mod registry_server;
pub mod scripted_server;
pub mod signing;
pub mod temp_dir;
pub mod tools;
pub mod wait;
