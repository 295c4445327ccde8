//! Docker's contexts: named engines, kept in files under the folder of Docker's own configuration.

use std::path::{Path, PathBuf};

use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::system::System;

/// The name that stands for no context.
pub(super) const DEFAULT: &str = "default";

/// A context, as far as it could be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Context {
    pub(super) name: String,
    pub(super) host: String,
    pub(super) tls: Option<PathBuf>,
}

#[derive(Deserialize)]
struct Config {
    #[serde(rename = "currentContext")]
    current: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Meta {
    name: String,
    endpoints: Endpoints,
}

#[derive(Deserialize)]
struct Endpoints {
    docker: Option<Endpoint>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Endpoint {
    host: Option<String>,
}

/// The folder of Docker's configuration.
pub(super) fn folder(around: &dyn System) -> Option<PathBuf> {
    let own = around.var("DOCKER_CONFIG").map(PathBuf::from);
    own.or_else(|| Some(around.home()?.join(".docker")))
}

/// The context that the configuration names as current.
pub(super) fn current(around: &dyn System, folder: &Path) -> Option<String> {
    let config: Config = serde_json::from_slice(&around.read(&folder.join("config.json"))?).ok()?;
    config.current.filter(|name| !name.is_empty() && name != DEFAULT)
}

/// The context of that name, if there is one.
pub(super) fn named(around: &dyn System, folder: &Path, name: &str) -> Option<Context> {
    read(around, folder, &folder.join("contexts/meta").join(hex::encode(Sha256::digest(name))))
}

/// All contexts.
pub(super) fn all(around: &dyn System, folder: &Path) -> Vec<Context> {
    let mut found: Vec<_> =
        around.folders(&folder.join("contexts/meta")).iter().filter_map(|meta| read(around, folder, meta)).collect();
    found.sort_by(|one, other| one.name.cmp(&other.name));
    found
}

fn read(around: &dyn System, folder: &Path, meta: &Path) -> Option<Context> {
    let text = around.read(&meta.join("meta.json"))?;
    let Meta { name, endpoints } = serde_json::from_slice(&text).ok()?;
    let host = endpoints.docker?.host.filter(|host| !host.is_empty())?;
    let tls = folder.join("contexts/tls").join(meta.file_name()?).join("docker");
    let tls = around.exists(&tls.join("ca.pem")).then_some(tls);
    Some(Context { name, host, tls })
}
