//! What the window chooses for a new run, and what it shows of an open one.

use lab::{EngineChoice, EngineKind, Mode, Plan, RunOptions};
use launcher::{Backend, Notice};
use practice::Speed;
use serde::{Deserialize, Serialize};

/// How a run shall begin.
#[derive(Clone, Debug, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct Start {
    /// Which cloud.
    pub mode: Mode,
    /// What moves the images.
    pub engine: EngineChoice,
    /// A profile of the user's configuration, in their own account.
    pub profile: Option<String>,
    /// A region.
    pub region: Option<String>,
    /// How fast the practice cloud's clock runs.
    pub speed: Speed,
    /// What the run makes.
    pub plan: Plan,
}

impl Start {
    /// The choices that are kept with the run.
    pub fn options(&self) -> RunOptions {
        let (engine, profile, region) = (self.engine.clone(), self.profile.clone(), self.region.clone());
        RunOptions { profile, region, engine, speed: Some(self.speed.to_string()) }
    }
}

/// Where a run goes on.
#[derive(Clone, Debug, PartialEq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct BackendInfo {
    /// Which cloud.
    pub mode: Mode,
    /// What moves the images, by name and version.
    pub engine: String,
    /// The built-in engine, or the user's Docker.
    pub engine_kind: EngineKind,
    /// How fast the practice cloud's clock runs; real in the user's own account.
    pub speed: Speed,
    /// What was to be said when it was opened: which engine, and why.
    pub notices: Vec<Notice>,
}

impl BackendInfo {
    /// Of a place that was opened as was chosen.
    pub fn of(place: &Backend, speed: Speed) -> Self {
        let mode = place.access.mode;
        Self {
            mode,
            engine: place.engine_name.clone(),
            engine_kind: place.access.engine.kind,
            speed: if mode == Mode::Aws { Speed::Real } else { speed },
            notices: place.notices.clone(),
        }
    }
}
