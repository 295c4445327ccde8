//! Detects the user's engines: first where the `docker` command looks, in its order, then the default sockets of well-known programs.
//! Reads Docker's own files, since a window started from the desktop has no shell environment.

mod candidates;
mod context;
mod system;

use std::time::Duration;

use futures::future::join_all;
use serde::Serialize;

use crate::{
    images::{
        connection::{ConnectError, Connection},
        errors::{EngineFailure, Operation},
    },
    model::{access::EngineAccess, problem::Problem},
};

/// The operating systems that products with a virtual machine report.
const PRODUCTS: [&str; 3] = ["Docker Desktop", "OrbStack", "Rancher Desktop WSL Distribution"];

/// The time limit for an engine's response. A running engine responds at once; a stopped one may never respond.
const TIMEOUT: Duration = Duration::from_secs(3);

/// An engine that was detected, or a configured address at which none can be used.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DetectedEngine {
    /// How to connect to it.
    pub access: EngineAccess,
    /// The program's or the context's name: `Docker Desktop`, `Colima`.
    pub name: String,
    /// The source of its address.
    pub origin: EngineOrigin,
    /// What the engine is, if it can be used.
    pub version: Option<EngineVersion>,
    /// Why it cannot be used, if it cannot.
    pub problem: Option<Problem>,
}

/// The source of an engine's address.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum EngineOrigin {
    /// `DOCKER_HOST`.
    Environment,
    /// The context that the `docker` command would use.
    CurrentContext,
    /// Another of Docker's contexts.
    OtherContext,
    /// The default location of a well-known program.
    DefaultLocation,
}

/// What an engine is, as it says itself.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct EngineVersion {
    /// `29.1.3`.
    pub engine: String,
    /// `1.52`.
    pub api: String,
    /// `Docker Desktop 4.48.0`, `Docker Engine - Community`, `Podman Engine`; empty if it does not say.
    pub product: String,
    /// Where it keeps images.
    pub store: ImageStore,
    /// Whether it runs in a virtual machine, whose loopback interface is not this machine's.
    pub in_virtual_machine: bool,
}

/// Where an engine keeps images.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum ImageStore {
    /// The containerd image store, which keeps indexes and compressed layers.
    Containerd,
    /// A graph driver, which keeps unpacked layers.
    GraphDriver,
    /// It does not say.
    Unknown,
}

impl ImageStore {
    /// From an engine's description of itself.
    pub(crate) fn of(info: &bollard::models::SystemInfo) -> Self {
        let status = info.driver_status.as_deref().unwrap_or_default();
        let is_containerd = |pair: &Vec<String>| {
            pair.first().is_some_and(|key| key == "driver-type")
                && pair.get(1).is_some_and(|value| value.starts_with("io.containerd.snapshotter"))
        };
        match info.driver.as_deref() {
            _ if status.iter().any(is_containerd) => Self::Containerd,
            None | Some("") => Self::Unknown,
            Some(_) => Self::GraphDriver,
        }
    }
}

/// Detects engines and tests whether each can be used. Ordered by preference, beginning with the one that the `docker` command would
/// use.
pub async fn detect() -> Vec<DetectedEngine> {
    let candidates = candidates::candidates(&system::Real::new());
    join_all(candidates.into_iter().map(inspect)).await
}

async fn inspect(candidate: candidates::Candidate) -> DetectedEngine {
    let operation = Operation::connect(&candidate.access.host);
    let result = tokio::time::timeout(TIMEOUT, version(&candidate.access)).await;
    let (version, problem) = match result {
        Ok(Ok(version)) => (Some(version), None),
        Ok(Err(ConnectError::Engine(error))) => (None, Some(EngineFailure::engine(&operation, error))),
        Ok(Err(ConnectError::TooOld(version))) => {
            (None, Some(EngineFailure::too_old(&candidate.access.host, &version.to_string())))
        }
        Err(_) => (None, Some(EngineFailure::engine(&operation, bollard::errors::Error::RequestTimeoutError))),
    };
    let problem = problem.map(|failure| failure.problem().clone());
    DetectedEngine { access: candidate.access, name: candidate.name, origin: candidate.origin, version, problem }
}

async fn version(access: &EngineAccess) -> Result<EngineVersion, ConnectError> {
    let connection = Connection::open(access).await?;
    let version = connection.docker.version().await?;
    // Not every engine describes itself further; one that does not can still be used.
    let info = connection.docker.info().await.unwrap_or_default();
    let system = info.operating_system.clone().unwrap_or_default();
    let platform = version.platform.map(|platform| platform.name).filter(|name| !name.is_empty());
    let component = version.components.and_then(|components| components.into_iter().next()).map(|first| first.name);
    let product =
        if PRODUCTS.contains(&system.as_str()) { platform.or(Some(system.clone())) } else { platform.or(component) };
    Ok(EngineVersion {
        engine: version.version.unwrap_or_default(),
        api: connection.version.to_string(),
        product: product.unwrap_or_default(),
        store: ImageStore::of(&info),
        in_virtual_machine: PRODUCTS.contains(&system.as_str())
            || info.kernel_version.is_some_and(|kernel| kernel.contains("linuxkit") || kernel.contains("orbstack")),
    })
}

#[cfg(test)]
mod tests {
    use testbed::scripted_server::{ScriptedResponse, ScriptedServer};

    use super::*;
    use crate::model::{access::EngineKind, code::Code};

    async fn detected(host: &str) -> DetectedEngine {
        let access = EngineAccess { kind: EngineKind::Docker, host: host.to_owned(), tls: None };
        inspect(candidates::Candidate { access, name: "mine".to_owned(), origin: EngineOrigin::DefaultLocation }).await
    }

    #[tokio::test]
    async fn an_engine_is_reported_with_its_versions_or_with_its_problem() {
        let engine = ScriptedServer::start(|request| {
            ScriptedResponse::new(
                200,
                if request.target.ends_with("/info") {
                    r#"{"OperatingSystem":"Docker Desktop","Driver":"overlayfs","DriverStatus":[["driver-type","io.containerd.snapshotter.v1"]]}"#
                } else {
                    r#"{"Platform":{"Name":"Docker Desktop 4.48.0 (207573)"},"Version":"28.5.1","ApiVersion":"1.51"}"#
                },
            )
        })
        .await;
        let report = detected(&engine.url("tcp")).await;
        let version = EngineVersion {
            engine: "28.5.1".to_owned(),
            api: "1.51".to_owned(),
            product: "Docker Desktop 4.48.0 (207573)".to_owned(),
            store: ImageStore::Containerd,
            in_virtual_machine: true,
        };
        assert_eq!((report.version, report.problem), (Some(version), None));

        let other = ScriptedServer::start(|_| ScriptedResponse::new(200, "hello")).await;
        let cases = [
            (other.url("tcp"), Code::EngineUnreadable),
            ("unix:///nowhere/docker.sock".to_owned(), Code::EngineNotRunning),
            ("ssh://me@far".to_owned(), Code::EngineSsh),
            ("fd://".to_owned(), Code::EngineHostUnsupported),
        ];
        for (host, code) in cases {
            let report = detected(&host).await;
            assert_eq!((report.version, report.problem.map(|problem| problem.code)), (None, Some(code)));
        }
    }
}
