//! Docker contexts: named engines, stored in files in Docker's configuration folder.

use std::path::{Path, PathBuf};

use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::system::System;

/// The name that means that no context is selected.
pub(super) const DEFAULT: &str = "default";

/// A context with the address of its engine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Context {
    pub(super) name: String,
    pub(super) host: String,
    pub(super) tls: Option<PathBuf>,
}

/// The contexts that desktop products create, and the products' names.
const PRODUCTS: [(&str, &str); 6] = [
    ("desktop-linux", "Docker Desktop"),
    ("desktop-windows", "Docker Desktop (Windows)"),
    ("orbstack", "OrbStack"),
    ("rancher-desktop", "Rancher Desktop"),
    ("rootless", "Docker Engine (rootless)"),
    ("colima", "Colima"),
];

impl Context {
    /// The name by which users know the context's engine: its product's, where a product has created it.
    pub(super) fn product(&self) -> String {
        if let Some((_, product)) = PRODUCTS.iter().find(|(name, _)| *name == self.name) {
            return (*product).to_owned();
        }
        match self.name.strip_prefix("colima-") {
            Some(profile) => format!("Colima ({profile})"),
            None => self.name.clone(),
        }
    }
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

/// Docker's configuration folder.
pub(super) fn folder(system: &dyn System) -> Option<PathBuf> {
    let configured = system.var("DOCKER_CONFIG").map(PathBuf::from);
    configured.or_else(|| Some(system.home()?.join(".docker")))
}

/// The name of the current context, from the configuration.
pub(super) fn current(system: &dyn System, folder: &Path) -> Option<String> {
    let config: Config = serde_json::from_slice(&system.read(&folder.join("config.json"))?).ok()?;
    config.current.filter(|name| !name.is_empty() && name != DEFAULT)
}

/// The context with a name, if it exists.
pub(super) fn named(system: &dyn System, folder: &Path, name: &str) -> Option<Context> {
    read(system, folder, &folder.join("contexts/meta").join(hex::encode(Sha256::digest(name))))
}

/// All contexts.
pub(super) fn all(system: &dyn System, folder: &Path) -> Vec<Context> {
    let mut contexts: Vec<_> =
        system.folders(&folder.join("contexts/meta")).iter().filter_map(|meta| read(system, folder, meta)).collect();
    contexts.sort_by(|one, other| one.name.cmp(&other.name));
    contexts
}

fn read(system: &dyn System, folder: &Path, meta: &Path) -> Option<Context> {
    let text = system.read(&meta.join("meta.json"))?;
    let Meta { name, endpoints } = serde_json::from_slice(&text).ok()?;
    let host = endpoints.docker?.host.filter(|host| !host.is_empty())?;
    let tls = folder.join("contexts/tls").join(meta.file_name()?).join("docker");
    let tls = system.exists(&tls.join("ca.pem")).then_some(tls);
    Some(Context { name, host, tls })
}
