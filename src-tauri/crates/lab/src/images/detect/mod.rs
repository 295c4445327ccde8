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
    /// The engine's version and the negotiated API version, if it can be used.
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

/// An engine's version and the negotiated API version.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct EngineVersion {
    /// `29.1.3`.
    pub engine: String,
    /// `1.52`.
    pub api: String,
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
    Ok(EngineVersion { engine: version.version.unwrap_or_default(), api: connection.version.to_string() })
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
        let engine =
            ScriptedServer::start(|_| ScriptedResponse::new(200, r#"{"Version":"20.10.24","ApiVersion":"1.41"}"#))
                .await;
        let report = detected(&engine.url("tcp")).await;
        let version = EngineVersion { engine: "20.10.24".to_owned(), api: "1.41".to_owned() };
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
