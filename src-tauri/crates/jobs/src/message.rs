//! What a job is and reports, as the window receives it.

use findings::Timestamp;
use lab::{Event, Problem, StepId};
use serde::{Deserialize, Serialize};

/// A job and its current state.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct JobInfo {
    /// Its number, from 1.
    pub id: u32,
    /// The step it works on.
    pub step: StepId,
    /// Whether it runs or undoes the step.
    pub kind: JobKind,
    /// Whether it is still running, and how it ended.
    pub state: JobState,
    /// When it started.
    pub started_at: Timestamp,
}

/// What a job does with its step.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum JobKind {
    /// Runs it.
    Run,
    /// Undoes it.
    Undo,
}

/// The state of a job.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum JobState {
    /// Still running.
    Running,
    /// Ended successfully.
    Done,
    /// Ended by an error.
    Failed,
    /// Cancelled by the user.
    Cancelled,
}

/// A message from a job to its listeners.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum JobMessage {
    /// Progress.
    Progress {
        /// The events since the last message, in order.
        events: Vec<Event>,
    },
    /// The job ended. No message follows.
    Ended {
        /// How it ended.
        state: JobState,
        /// Why, if it ended by an error.
        problem: Option<Problem>,
    },
}

/// Receives the messages of a job.
pub trait Listener: Send + Sync {
    /// Delivers one message. `false` means that the listener is gone and gets no further ones.
    fn send(&self, message: JobMessage) -> bool;
}
