//! What an engine is started with.

use std::{collections::BTreeMap, fmt, path::PathBuf};

/// What an engine is started with.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct EngineConfig {
    /// The folder of the image store. One engine at a time uses it.
    pub data_dir: PathBuf,
    /// The Unix socket, in a folder that only its owner can use, or the named pipe of Windows that is named after it. With `None`, a
    /// port is used, which every user of this machine can reach.
    pub socket: Option<PathBuf>,
    /// The port on 127.0.0.1, without a socket; 0 takes any that is free.
    pub port: u16,
    /// Registries at another address than their name says: maps the host in references, such as `public.ecr.aws`, to
    /// `127.0.0.1:port`, which serves plain HTTP.
    ///
    /// Other registries are reached by HTTPS, or by HTTP if the host is a loopback address, as Docker does.
    pub hosts: BTreeMap<String, String>,
    /// The proxy for HTTPS. The environment is not read: the caller decides.
    pub proxy: Option<Proxy>,
    /// A file of certificates, in PEM, that are trusted beside those of the system.
    pub ca_bundle: Option<PathBuf>,
    /// How many layers of one image are transferred at a time.
    pub concurrency: usize,
}

/// A proxy for HTTPS, and the hosts that are reached without it.
#[derive(Clone, PartialEq, Eq)]
pub struct Proxy {
    /// `http://user:password@host:port`. Holds the password: never shown.
    pub url: String,
    /// In the form of `NO_PROXY`.
    pub no_proxy: Option<String>,
}

impl Proxy {
    /// The address without user and password.
    pub(crate) fn shown(&self) -> String {
        redaction::origin_of(&self.url)
    }
}

impl fmt::Debug for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Proxy").field("url", &self.shown()).field("no_proxy", &self.no_proxy).finish()
    }
}

impl EngineConfig {
    /// An engine over this folder, on any free port.
    pub fn new(data_dir: impl Into<PathBuf>) -> Self {
        Self {
            data_dir: data_dir.into(),
            socket: None,
            port: 0,
            hosts: BTreeMap::new(),
            proxy: None,
            ca_bundle: None,
            concurrency: 4,
        }
    }
}
