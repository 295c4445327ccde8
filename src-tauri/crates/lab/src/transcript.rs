//! The record of every call and command: what the terminal panel, the report and the logs show.

use std::sync::Arc;

use findings::Timestamp;
use serde::{Deserialize, Serialize};
use tokio::sync::broadcast;

use crate::{
    model::{run_id::RunId, step::StepId},
    session::Session,
};

/// One call or command.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Entry {
    /// Its number within the run, from 1; 0 until it is stored.
    pub number: u64,
    /// The step that it belongs to. Callers leave it empty: it is filled in when the entry is stored.
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
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Service {
    /// Amazon ECR.
    Ecr,
    /// Amazon Inspector.
    Inspector,
    /// AWS IAM.
    Iam,
    /// AWS STS.
    Sts,
    /// The image engine.
    Engine,
    /// The lab itself.
    Lab,
}

/// How a call ended.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
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

/// Takes entries, each when its call has ended. Called from any thread; must not block for long.
pub trait Record: Send + Sync + std::fmt::Debug {
    /// A call ended.
    fn record(&self, entry: Entry);
}

/// A shared taker of entries.
pub type Recorder = Arc<dyn Record>;

tokio::task_local! {
    static STEP: StepId;
}

/// Runs work of a step: the entries recorded meanwhile belong to it.
pub(crate) async fn within<T>(step: StepId, work: impl Future<Output = T>) -> T {
    STEP.scope(step, work).await
}

/// Stores the entries of a run, then sends them to all subscribers.
#[derive(Debug)]
pub(crate) struct TranscriptWriter {
    run: RunId,
    session: Arc<Session>,
    live: broadcast::Sender<Entry>,
}

/// How many entries a watcher may fall behind.
const BEHIND: usize = 4096;

impl TranscriptWriter {
    pub(crate) fn new(run: RunId, session: Arc<Session>) -> Self {
        Self { run, session, live: broadcast::Sender::new(BEHIND) }
    }

    pub(crate) fn watch(&self) -> broadcast::Receiver<Entry> {
        self.live.subscribe()
    }
}

impl Record for TranscriptWriter {
    fn record(&self, mut entry: Entry) {
        entry.step = entry.step.or_else(|| STEP.try_with(|step| *step).ok());
        // The call itself has ended, well or not: that its record could not be written does not change how.
        if let Err(error) = self.session.put_entry(&self.run, &mut entry) {
            tracing::error!(%error, "an entry of the transcript is lost");
        }
        // No subscribers is fine.
        let _ = self.live.send(entry);
    }
}
