//! Long work: a job has an id, streams what happens, can be cancelled, and can be attached to again after the page was
//! reloaded. One job goes on at a time, as one step of a run does.
//!
//! What streams is gathered and sent every [`BEAT`], a layer's or a scan's last word in place of those before it; the first and the last are always sent.

mod replay;

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use findings::Timestamp;
use lab::{Event, LabError, StepId};
use serde::{Deserialize, Serialize};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use self::replay::Replay;
use crate::error::IpcError;

/// Between two messages of a job.
const BEAT: Duration = Duration::from_millis(80);

/// A job, as it stands.
#[derive(Clone, Debug, PartialEq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct JobInfo {
    /// Its number, from 1.
    pub id: u32,
    /// The step it does.
    pub step: StepId,
    /// What it does with it.
    pub kind: JobKind,
    /// How it stands.
    pub state: JobState,
    /// When it was begun.
    pub started_at: Timestamp,
}

/// What a job does with its step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "lowercase")]
pub enum JobKind {
    /// Does it.
    Run,
    /// Takes it back.
    Undo,
}

/// How a job stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "lowercase")]
pub enum JobState {
    /// It goes on.
    Running,
    /// It ended well.
    Done,
    /// It ended by an error.
    Failed,
    /// The user stopped it.
    Cancelled,
}

/// What a job tells.
#[derive(Clone, Debug, PartialEq, Serialize, specta::Type)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum JobMessage {
    /// Things happened, in order.
    Progress {
        /// Them.
        events: Vec<Event>,
    },
    /// It ended. Nothing comes after this.
    Ended {
        /// How.
        state: JobState,
        /// Why, if by an error.
        problem: Option<IpcError>,
    },
}

/// Takes what a job tells. Answers whether anyone still listens.
pub trait Listener: Send + Sync {
    /// Takes one message.
    fn tell(&self, message: JobMessage) -> bool;
}

impl Listener for tauri::ipc::Channel<JobMessage> {
    fn tell(&self, message: JobMessage) -> bool {
        self.send(message).is_ok()
    }
}

/// The job that goes on, or the last one.
#[derive(Clone, Default)]
pub struct Jobs {
    inner: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    count: u32,
    current: Option<Job>,
}

struct Job {
    info: JobInfo,
    cancel: CancellationToken,
    listeners: Vec<Box<dyn Listener>>,
    /// All that matters of what happened so far, for who comes later.
    replay: Replay,
    /// What was not sent yet.
    waiting: Replay,
    /// Whether anything was sent yet: the first word is not kept back.
    begun: bool,
    problem: Option<IpcError>,
    /// Becomes true when it has ended.
    over: watch::Sender<bool>,
}

impl Jobs {
    /// Starts a job, unless one goes on: then its information is answered, and the listener is attached to it.
    pub fn start<F>(
        &self,
        step: StepId,
        kind: JobKind,
        listener: Box<dyn Listener>,
        work: impl FnOnce(Arc<dyn lab::Progress>, CancellationToken) -> F,
    ) -> JobInfo
    where
        F: Future<Output = Result<(), LabError>> + Send + 'static,
    {
        let (id, cancel) = {
            let mut state = self.lock();
            if let Some(job) = state.current.as_mut().filter(|job| job.info.state == JobState::Running) {
                job.attach(listener);
                return job.info.clone();
            }
            state.count += 1;
            let info = JobInfo { id: state.count, step, kind, state: JobState::Running, started_at: now() };
            let cancel = CancellationToken::new();
            state.current = Some(Job {
                info: info.clone(),
                cancel: cancel.clone(),
                listeners: vec![listener],
                replay: Replay::default(),
                waiting: Replay::default(),
                begun: false,
                problem: None,
                over: watch::Sender::new(false),
            });
            (info, cancel)
        };
        let progress: Arc<dyn lab::Progress> = {
            let jobs = self.clone();
            Arc::new(move |event: Event| jobs.note(event))
        };
        let work = work(progress, cancel);
        let jobs = self.clone();
        tauri::async_runtime::spawn(async move {
            let mut beat = tokio::time::interval(BEAT);
            tokio::pin!(work);
            let result = loop {
                tokio::select! {
                    result = &mut work => break result,
                    _ = beat.tick() => jobs.flush(),
                }
            };
            jobs.end(result);
        });
        id
    }

    /// Listens to a job: what happened so far comes first. `None` if it is not known any more.
    pub fn attach(&self, id: u32, listener: Box<dyn Listener>) -> Option<JobInfo> {
        let mut state = self.lock();
        let job = state.current.as_mut().filter(|job| job.info.id == id)?;
        job.attach(listener);
        Some(job.info.clone())
    }

    /// Stops a job. Says nothing if it has ended.
    pub fn cancel(&self, id: u32) {
        if let Some(job) = self.lock().current.as_ref().filter(|job| job.info.id == id) {
            job.cancel.cancel();
        }
    }

    /// Stops whatever goes on, and waits until it has.
    pub async fn stop(&self) {
        let mut over = {
            let state = self.lock();
            let Some(job) = &state.current else { return };
            job.cancel.cancel();
            job.over.subscribe()
        };
        // A sender that is gone is a job that is: only a newer one takes its place, once it has ended.
        let _ = over.wait_for(|over| *over).await;
    }

    /// The job that goes on, or the last one.
    pub fn current(&self) -> Option<JobInfo> {
        self.lock().current.as_ref().map(|job| job.info.clone())
    }

    fn note(&self, event: Event) {
        if let Some(job) = &mut self.lock().current {
            job.replay.take(event.clone());
            job.waiting.take(event);
            if !job.begun {
                job.begun = true;
                job.flush();
            }
        }
    }

    fn flush(&self) {
        if let Some(job) = &mut self.lock().current {
            job.flush();
        }
    }

    fn end(&self, result: Result<(), LabError>) {
        if let Some(job) = &mut self.lock().current {
            job.flush();
            job.info.state = match &result {
                Ok(()) => JobState::Done,
                Err(LabError::Cancelled) => JobState::Cancelled,
                Err(LabError::Problem(_)) => JobState::Failed,
            };
            job.problem = match result {
                Err(LabError::Problem(problem)) => Some((*problem).into()),
                _ => None,
            };
            let ended = job.ended();
            job.tell(&ended);
            job.listeners.clear();
            job.over.send_replace(true);
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // What is locked is changed in single steps: a panic elsewhere leaves it whole.
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn now() -> Timestamp {
    time::OffsetDateTime::now_utc().into()
}

impl Job {
    fn attach(&mut self, listener: Box<dyn Listener>) {
        self.flush();
        if !listener.tell(JobMessage::Progress { events: self.replay.events() }) {
            return;
        }
        if self.info.state == JobState::Running {
            self.listeners.push(listener);
        } else {
            listener.tell(self.ended());
        }
    }

    fn ended(&self) -> JobMessage {
        JobMessage::Ended { state: self.info.state, problem: self.problem.clone() }
    }

    fn flush(&mut self) {
        let events = self.waiting.drain();
        if !events.is_empty() {
            self.tell(&JobMessage::Progress { events });
        }
    }

    fn tell(&mut self, message: &JobMessage) {
        self.listeners.retain(|listener| listener.tell(message.clone()));
    }
}

#[cfg(test)]
mod tests;
