//! Finding the user's engines: where the `docker` command would look, in its order, and where the usual programs put
//! their sockets. A window that was started from the desktop has no shell's environment, so Docker's own files are read.

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

/// An engine that runs answers at once; one that does not may keep a connection waiting.
const PATIENCE: Duration = Duration::from_secs(3);

/// An engine that was found, or a place that names one.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DetectedEngine {
    /// Where it is.
    pub access: EngineAccess,
    /// `Docker Desktop`, `Colima`, a context's name.
    pub name: String,
    /// How it came to be looked for.
    pub origin: EngineOrigin,
    /// The engine's version and the API version that would be spoken, if it can be used.
    pub version: Option<EngineVersion>,
    /// Why it cannot be used, if it cannot.
    pub problem: Option<Problem>,
}

/// How an engine came to be looked for.
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
    /// A usual place.
    DefaultLocation,
}

/// An engine's version and the API version that would be spoken.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct EngineVersion {
    /// `29.1.3`.
    pub engine: String,
    /// `1.52`.
    pub api: String,
}

/// Looks for engines, and asks each whether it can be used. In order of preference: the first that can is the one that the
/// `docker` command would use, if that one can be used.
pub async fn detect() -> Vec<DetectedEngine> {
    let candidates = candidates::candidates(&system::Real::new());
    join_all(candidates.into_iter().map(ask)).await
}

async fn ask(candidate: candidates::Candidate) -> DetectedEngine {
    let operation = Operation::connect(&candidate.access.host);
    let asked = tokio::time::timeout(PATIENCE, version(&candidate.access)).await;
    let (version, problem) = match asked {
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
    Ok(EngineVersion { engine: version.version.unwrap_or_default(), api: connection.version.to_string() })
}

#[cfg(test)]
mod tests {
    use testbed::scripted_server::{ScriptedResponse, ScriptedServer};

    use super::*;
    use crate::model::{access::EngineKind, code::Code};

    async fn found(host: &str) -> DetectedEngine {
        let access = EngineAccess { kind: EngineKind::Docker, host: host.to_owned(), tls: None };
        ask(candidates::Candidate { access, name: "mine".to_owned(), origin: EngineOrigin::DefaultLocation }).await
    }

    #[tokio::test]
    async fn an_engine_is_told_with_its_versions_or_with_what_keeps_it_from_use() {
        let engine =
            ScriptedServer::start(|_| ScriptedResponse::new(200, r#"{"Version":"20.10.24","ApiVersion":"1.41"}"#))
                .await;
        let told = found(&engine.url("tcp")).await;
        let version = EngineVersion { engine: "20.10.24".to_owned(), api: "1.41".to_owned() };
        assert_eq!((told.version, told.problem), (Some(version), None));

        let other = ScriptedServer::start(|_| ScriptedResponse::new(200, "hello")).await;
        let cases = [
            (other.url("tcp"), Code::EngineUnreadable),
            ("unix:///nowhere/docker.sock".to_owned(), Code::EngineNotRunning),
            ("ssh://me@far".to_owned(), Code::EngineSsh),
            ("fd://".to_owned(), Code::EngineHostUnsupported),
        ];
        for (host, code) in cases {
            let told = found(&host).await;
            assert_eq!((told.version, told.problem.map(|problem| problem.code)), (None, Some(code)));
        }
    }
}
