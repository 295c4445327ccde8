//! What a run keeps about one of its steps.

use serde::{Deserialize, Serialize};

use super::{
    problem::Problem,
    step::{Check, StepId, StepState},
};

/// The state of a step of a run, with what its last check found.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct StepRecord {
    /// The step.
    pub id: StepId,
    /// Its state.
    pub state: StepState,
    /// How long its last run took, in seconds.
    pub seconds: Option<f64>,
    /// The last check's items.
    pub checks: Vec<Check>,
    /// Why it failed, if it did.
    pub problem: Option<Problem>,
    /// An earlier step was undone since: what this one did and found no longer holds, until it is run again or a check finds
    /// everything in place.
    #[serde(default)]
    pub stale: bool,
}
