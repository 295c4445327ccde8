//! Why an engine does not start. Later failures are reported to clients: see `failure`.

use std::{io, path::PathBuf};

/// Why an engine does not start.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum EngineError {
    /// Another engine, perhaps in another process, has the folder.
    #[error("the image store {} is in use by another engine: stop that one, or use another folder", .path.display())]
    InUse {
        /// The folder.
        path: PathBuf,
    },
    /// The folder holds a store that this version cannot read.
    #[error("the image store is damaged: {}: {reason}", .path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// The folder or a file in it cannot be used.
    #[error("{}: {source}", .path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// The system's error.
        source: io::Error,
    },
    /// The port is in use, or may not be used.
    #[error("cannot listen on 127.0.0.1:{port}: {source}")]
    Listen {
        /// The requested port.
        port: u16,
        /// The system's error.
        source: io::Error,
    },
    /// The socket cannot be made.
    #[error("cannot listen on {}: {source}", .path.display())]
    Socket {
        /// The requested socket.
        path: PathBuf,
        /// The system's error.
        source: io::Error,
    },
    /// An address in [`EngineConfig::hosts`](crate::EngineConfig::hosts) is not a loopback address with a port.
    #[error("registry {host} cannot be reached in plain HTTP at {address}: that is no loopback address with a port")]
    Host {
        /// The registry.
        host: String,
        /// Its configured address.
        address: String,
    },
    /// The file of certificates cannot be used.
    #[error("the certificates in {} cannot be used: {reason}", .path.display())]
    Certificates {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// The proxy's address is none.
    #[error("the proxy {proxy} cannot be used")]
    Proxy {
        /// Its address, without user and password.
        proxy: String,
    },
    /// No HTTPS client can be made, for want of root certificates for example.
    #[error("cannot prepare for HTTPS: {reason}")]
    Tls {
        /// What is missing.
        reason: String,
    },
}
