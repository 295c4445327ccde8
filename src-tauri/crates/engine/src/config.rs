//! What an engine is started with.

use std::{collections::BTreeMap, path::PathBuf};

/// What an engine is started with.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct EngineConfig {
    /// The folder of the image store. One engine at a time uses it.
    pub data_dir: PathBuf,
    /// The port on 127.0.0.1; 0 takes any that is free.
    pub port: u16,
    /// Registries at another address than their name says: maps the host in references, such as `public.ecr.aws`, to
    /// `127.0.0.1:port`, which serves plain HTTP.
    ///
    /// Other registries are reached by HTTPS, or by HTTP if the host is a loopback address, as Docker does.
    pub hosts: BTreeMap<String, String>,
    /// How many layers of one image are transferred at a time.
    pub concurrency: usize,
}

impl EngineConfig {
    /// An engine over this folder, on any free port.
    pub fn new(data_dir: impl Into<PathBuf>) -> Self {
        Self { data_dir: data_dir.into(), port: 0, hosts: BTreeMap::new(), concurrency: 4 }
    }
}
