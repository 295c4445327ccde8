//! The options with which a backend is opened, for a new run and for a resumed one.

use lab::{ConsentPolicy, EngineChoice, Mode, RunInfo, RunOptions};
use practice::{Fault, Speed};

use crate::{folder::Folder, former_options};

/// The options with which a backend is opened.
#[derive(Clone, Debug)]
pub struct LaunchOptions {
    /// The practice cloud or the user's AWS account.
    pub mode: Mode,
    /// A profile of the user's AWS configuration.
    pub profile: Option<String>,
    /// A Region; `None`: the practice cloud's own, or the profile's.
    pub region: Option<String>,
    /// The image engine.
    pub engine: EngineChoice,
    /// The speed of the practice cloud's clock.
    pub speed: Speed,
    /// The faults that the practice cloud injects.
    pub faults: Vec<Fault>,
}

impl LaunchOptions {
    /// Whether the backend's account is changed only with the user's consent. Known before the backend is opened.
    pub fn consent(&self) -> ConsentPolicy {
        match self.mode {
            Mode::Practice => ConsentPolicy::NotNeeded,
            Mode::Aws => ConsentPolicy::Required,
        }
    }

    /// For a new run. An unknown name of a speed is the default one.
    pub fn start(mode: Mode, options: &RunOptions) -> Self {
        Self {
            mode,
            profile: options.profile.clone(),
            region: options.region.clone(),
            engine: options.engine.clone(),
            speed: options.speed.as_deref().and_then(|name| name.parse().ok()).unwrap_or_default(),
            faults: Vec::new(),
        }
    }

    /// For resuming a run, the same in the window and in the terminal: as it was started, in the Region that it uses, by the
    /// engine that has its images.
    pub fn resume(folder: &Folder, run: &RunInfo) -> Self {
        let former = if run.options.is_none() { former_options::read(folder, &run.id) } else { None };
        let run = RunInfo { options: run.options.clone().or(former), ..run.clone() };
        let options = run.options.clone().unwrap_or_default();
        let region = run.region.clone().or_else(|| options.region.clone());
        Self { region, engine: run.engine_to_resume(), ..Self::start(run.mode, &options) }
    }
}
