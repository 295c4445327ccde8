//! The record of every call and command: what the terminal panel, the report and the logs show.

use std::sync::Arc;

use findings::Timestamp;
use serde::{Deserialize, Serialize};

use crate::StepId;

/// One call or command.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Entry {
    /// Its number within the run, from 1; 0 until it is stored.
    pub number: u64,
    /// The step that it belongs to.
    pub step: Option<StepId>,
    /// Whom it went to.
    pub service: Service,
    /// The operation: `PutRegistryScanningConfiguration`, `push`.
    pub operation: String,
    /// What it was about, with secrets taken out: a repository, an image.
    pub detail: String,
    /// When it began.
    pub started_at: Timestamp,
    /// How long it took, in milliseconds.
    pub millis: u64,
    /// How it ended.
    pub ending: Ending,
}

/// Whom a call went to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Service {
    /// Amazon ECR.
    Ecr,
    /// Amazon Inspector.
    Inspector,
    /// AWS STS.
    Sts,
    /// The image engine.
    Engine,
    /// The lab itself.
    Lab,
}

/// How a call ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Ending {
    /// Well.
    Ok,
    /// With an error.
    Error {
        /// The service's code, or the engine's status.
        code: String,
        /// Its message, with secrets taken out.
        message: String,
    },
    /// The user stopped it.
    Cancelled,
}

/// Takes entries. Called from any thread; must not block for long.
pub trait Record: Send + Sync + std::fmt::Debug {
    /// A call ended.
    fn record(&self, entry: Entry);
}

/// A shared taker of entries.
pub type Recorder = Arc<dyn Record>;
