//! The options that the window sends to start a run, and the description of an open run's backend.

use lab::{EngineChoice, EngineKind, Mode, Plan, RunOptions};
use launcher::{Backend, Notice};
use practice::Speed;
use serde::{Deserialize, Serialize};

/// The options of a new run.
#[derive(Clone, Debug, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct StartRequest {
    /// The practice cloud or the user's AWS account.
    pub mode: Mode,
    /// The image engine.
    pub engine: EngineChoice,
    /// A profile of the user's AWS configuration; for their own account only.
    pub profile: Option<String>,
    /// A Region; `None`: the practice cloud's default, or the profile's.
    pub region: Option<String>,
    /// The speed of the practice cloud's clock.
    pub speed: Speed,
    /// The plan of the run.
    pub plan: Plan,
}

impl StartRequest {
    /// The options that are stored with the run.
    pub fn options(&self) -> RunOptions {
        let (engine, profile, region) = (self.engine.clone(), self.profile.clone(), self.region.clone());
        RunOptions { profile, region, engine, speed: Some(self.speed.to_string()) }
    }
}

/// The backend of an open run, as described to the web side.
#[derive(Clone, Debug, PartialEq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct BackendInfo {
    /// The practice cloud or the user's AWS account.
    pub mode: Mode,
    /// The name and version of the image engine.
    pub engine: String,
    /// Whether it is the built-in engine or the user's Docker.
    pub engine_kind: EngineKind,
    /// The speed of the practice cloud's clock; `real` in the user's own account.
    pub speed: Speed,
    /// Messages about how it was opened: which engine is used, and why.
    pub notices: Vec<Notice>,
}

impl BackendInfo {
    /// Describes a backend.
    pub fn new(backend: &Backend, speed: Speed) -> Self {
        let mode = backend.access.mode;
        Self {
            mode,
            engine: backend.engine_name.clone(),
            engine_kind: backend.access.engine.kind,
            speed: if mode == Mode::Aws { Speed::Real } else { speed },
            notices: backend.notices.clone(),
        }
    }
}
