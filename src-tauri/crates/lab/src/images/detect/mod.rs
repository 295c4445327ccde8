//! Finding the user's engines: where the `docker` command would look, in its order, and where the usual programs put
//! their sockets. A window that was started from the desktop has no shell's environment, so Docker's own files are read.

mod candidates;
mod context;
mod surroundings;

use std::time::Duration;

use futures::future::join_all;
use serde::Serialize;

use super::{
    trouble::{Doing, Fault},
    wire::{Refused, Wire},
};
use crate::{EngineAccess, Problem};

/// An engine that runs answers at once; one that does not may keep a connection waiting.
const PATIENCE: Duration = Duration::from_secs(3);

/// An engine that was found, or a place that names one.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct FoundEngine {
    /// Where it is.
    pub access: EngineAccess,
    /// `Docker Desktop`, `Colima`, a context's name.
    pub name: String,
    /// How it came to be looked for.
    pub origin: Origin,
    /// The engine's version and the API version that would be spoken, if it can be used.
    pub version: Option<EngineVersion>,
    /// Why it cannot be used, if it cannot.
    pub problem: Option<Problem>,
}

/// How an engine came to be looked for.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Origin {
    /// `DOCKER_HOST`.
    Environment,
    /// The context that the `docker` command would use.
    CurrentContext,
    /// Another of Docker's contexts.
    OtherContext,
    /// A usual place.
    UsualPlace,
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
pub async fn detect() -> Vec<FoundEngine> {
    let candidates = candidates::candidates(&surroundings::Real::new());
    join_all(candidates.into_iter().map(ask)).await
}

async fn ask(candidate: candidates::Candidate) -> FoundEngine {
    let doing = Doing::connect(&candidate.access.host);
    let asked = tokio::time::timeout(PATIENCE, version(&candidate.access)).await;
    let (version, problem) = match asked {
        Ok(Ok(version)) => (Some(version), None),
        Ok(Err(Refused::Engine(error))) => (None, Some(Fault::engine(&doing, error))),
        Ok(Err(Refused::TooOld(version))) => (None, Some(Fault::too_old(&candidate.access.host, &version.to_string()))),
        Err(_) => (None, Some(Fault::engine(&doing, bollard::errors::Error::RequestTimeoutError))),
    };
    let problem = problem.map(|fault| fault.problem().clone());
    FoundEngine { access: candidate.access, name: candidate.name, origin: candidate.origin, version, problem }
}

async fn version(access: &EngineAccess) -> Result<EngineVersion, Refused> {
    let wire = Wire::open(access).await?;
    let version = wire.docker.version().await?;
    Ok(EngineVersion { engine: version.version.unwrap_or_default(), api: wire.version.to_string() })
}
