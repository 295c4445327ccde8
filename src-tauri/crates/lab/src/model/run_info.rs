//! What is stored of a run: its plan, account, engine and steps.

use findings::Timestamp;
use serde::{Deserialize, Serialize};

use crate::model::{
    access::{EngineKind, Mode},
    plan::Plan,
    run_id::RunId,
    step::StepRecord,
};

/// A run, as it stands.
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
    /// The engine's own word for its version, once it was asked.
    pub engine_version: Option<String>,
    /// The account's twelve digits, once AWS said.
    pub account: Option<String>,
    /// The region, once it was used.
    pub region: Option<String>,
    /// What it makes.
    pub plan: Plan,
    /// When it was begun.
    pub started_at: Timestamp,
    /// Whether it is cleaned up.
    pub finished: bool,
    /// All seven steps, in order.
    pub steps: Vec<StepRecord>,
}
