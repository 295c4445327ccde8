//! How a run is begun and continued: what was chosen, remembered beside the run, and opening the place for it.

use lab::{EngineAccess, EngineKind, LabError, Mode, Plan, RunInfo};
use launcher::{Backend, EngineChoice, Folder, LaunchOptions, Notice};
use practice::Speed;
use serde::{Deserialize, Serialize};

use crate::error::Answer;

/// How a run shall begin.
#[derive(Clone, Debug, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct Start {
    /// Which cloud.
    pub mode: Mode,
    /// What moves the images.
    pub engine: Engine,
    /// A profile of the user's configuration, in their own account.
    pub profile: Option<String>,
    /// A region.
    pub region: Option<String>,
    /// How fast the practice cloud's clock runs.
    pub speed: Speed,
    /// What the run makes.
    pub plan: Plan,
}

/// What moves the images.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum Engine {
    /// Docker where one is found that reaches the registry, else the built-in engine.
    Auto,
    /// The built-in engine.
    Builtin,
    /// This one.
    Docker {
        /// Where it is.
        access: EngineAccess,
    },
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
    pub fn of(place: &Backend, begun: &Begun) -> Self {
        let mode = place.access.mode;
        Self {
            mode,
            engine: place.engine_name.clone(),
            engine_kind: place.access.engine.kind,
            speed: if mode == Mode::Aws { Speed::Real } else { begun.speed },
            notices: place.notices.clone(),
        }
    }
}

/// How the newest run was begun: what continuing it takes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Begun {
    engine: Engine,
    profile: Option<String>,
    region: Option<String>,
    speed: Speed,
}

const FILE: &str = "begun.json";

impl Begun {
    /// As was chosen.
    pub fn by(start: &Start) -> Self {
        let (engine, profile, region) = (start.engine.clone(), start.profile.clone(), start.region.clone());
        Self { engine, profile, region, speed: start.speed }
    }

    /// As was remembered, or as can be told from the run: it may have been begun in a terminal.
    pub fn of(folder: &Folder, run: &RunInfo) -> Self {
        let remembered = std::fs::read(folder.path().join(FILE)).ok();
        let remembered = remembered.and_then(|json| serde_json::from_slice::<(String, Self)>(&json).ok());
        match remembered {
            Some((id, begun)) if id == run.id.0 => begun,
            _ => Self {
                engine: if run.engine == EngineKind::Builtin { Engine::Builtin } else { Engine::Auto },
                profile: None,
                region: run.region.clone(),
                speed: Speed::default(),
            },
        }
    }

    /// Remembers it. Only a convenience: where it fails, continuing chooses the engine anew.
    pub fn remember(&self, folder: &Folder, run: &RunInfo) {
        let json = serde_json::to_vec(&(&run.id.0, self)).map_err(std::io::Error::other);
        if let Err(error) = json.and_then(|json| std::fs::write(folder.path().join(FILE), json)) {
            tracing::warn!(%error, "how the run was begun is not remembered");
        }
    }

    /// Starts what is to be started.
    pub async fn open(&self, folder: &Folder, mode: Mode) -> Answer<Backend> {
        let wanted = LaunchOptions {
            mode,
            profile: self.profile.clone(),
            region: self.region.clone(),
            engine: match &self.engine {
                Engine::Auto => EngineChoice::Auto,
                Engine::Builtin => EngineChoice::Builtin,
                Engine::Docker { access } => EngineChoice::This(access.clone()),
            },
            speed: self.speed,
            faults: Vec::new(),
        };
        Ok(Backend::open(folder, wanted).await.map_err(LabError::from)?)
    }
}
