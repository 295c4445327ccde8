//! What is stored of a run: its plan, account, engine and steps.

use findings::Timestamp;
use serde::{Deserialize, Serialize};

use crate::model::{
    access::{EngineKind, Mode},
    plan::Plan,
    run_id::RunId,
    run_options::{EngineChoice, RunOptions},
    step_record::StepRecord,
};

/// The state of a run.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RunInfo {
    /// Its name: what its repositories are tagged with.
    pub id: RunId,
    /// Which cloud it changes.
    pub mode: Mode,
    /// What moves the images.
    pub engine: EngineKind,
    /// The version that the engine reports, once it was connected to.
    pub engine_version: Option<String>,
    /// The account's twelve digits, once AWS was called.
    pub account: Option<String>,
    /// The region, once it was used.
    pub region: Option<String>,
    /// The endpoint that takes the place of AWS's own, if one was used in mode [`Mode::Aws`]: it is not AWS.
    pub endpoint: Option<String>,
    /// The choices it was started with; `None` for a run of version 0.1.0, which did not keep them here.
    pub options: Option<RunOptions>,
    /// What it makes.
    pub plan: Plan,
    /// When it was started.
    pub started_at: Timestamp,
    /// Whether it is cleaned up.
    pub finished: bool,
    /// All seven steps, in order.
    pub steps: Vec<StepRecord>,
}

impl RunInfo {
    /// The engine that resumes the run: the one that has its images. A Docker that cannot be used is an error then, since
    /// clean-up by another engine could not remove what is in it.
    pub fn engine_to_resume(&self) -> EngineChoice {
        match (self.engine, self.options.as_ref().map(|options| &options.engine)) {
            (EngineKind::Builtin, _) => EngineChoice::Builtin,
            (EngineKind::Docker, Some(choice @ EngineChoice::Docker { .. })) => choice.clone(),
            (EngineKind::Docker, _) => EngineChoice::Docker { access: None },
        }
    }
}
