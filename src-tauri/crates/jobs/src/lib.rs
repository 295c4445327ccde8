//! Long-running work: a job has an id, streams its events, can be cancelled, and can be attached to again after the page was
//! reloaded. One job runs at a time, as one step of a run does. How messages reach the window is left to the shell.
//!
//! Events are collected and sent every [`FLUSH_INTERVAL`], the latest state of a layer or a scan in place of the earlier
//! ones; the first and the last are always sent.

mod event_buffer;
mod job;
mod message;

use std::{sync::Arc, time::Duration};

use findings::Timestamp;
use lab::{Event, LabError, StepId};
use parking_lot::Mutex;
use tokio_util::sync::CancellationToken;

use self::job::Job;
pub use self::message::{JobInfo, JobKind, JobMessage, JobState, Listener};

/// The time between two messages of a job.
const FLUSH_INTERVAL: Duration = Duration::from_millis(80);

/// The running job, or the last one. Clones share it.
#[derive(Clone, Default)]
pub struct Jobs {
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    count: u32,
    current: Option<Job>,
}

impl Jobs {
    /// Starts a job on the current runtime. If one is running already, returns that one and attaches the listener to it.
    ///
    /// # Panics
    ///
    /// Outside of a Tokio runtime.
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
        let cancel = CancellationToken::new();
        let info = {
            let mut state = self.state.lock();
            if let Some(job) = state.current.as_mut().filter(|job| job.info.state == JobState::Running) {
                job.attach(listener);
                return job.info.clone();
            }
            state.count += 1;
            let info = JobInfo { id: state.count, step, kind, state: JobState::Running, started_at: now() };
            state.current = Some(Job::new(info.clone(), cancel.clone(), listener));
            info
        };
        let progress: Arc<dyn lab::Progress> = {
            let jobs = self.clone();
            Arc::new(move |event: Event| jobs.with_current(|job| job.record(event)))
        };
        tokio::spawn(self.clone().drive(work(progress, cancel)));
        info
    }

    /// Attaches a listener to a job: the events so far come first. `None` if the job is no longer known.
    pub fn attach(&self, id: u32, listener: Box<dyn Listener>) -> Option<JobInfo> {
        let mut state = self.state.lock();
        let job = state.current.as_mut().filter(|job| job.info.id == id)?;
        job.attach(listener);
        Some(job.info.clone())
    }

    /// Cancels a job. Does nothing if it has ended.
    pub fn cancel(&self, id: u32) {
        if let Some(job) = self.state.lock().current.as_ref().filter(|job| job.info.id == id) {
            job.cancel.cancel();
        }
    }

    /// Cancels the running job, and waits until it has ended.
    pub async fn stop(&self) {
        let mut ended = {
            let state = self.state.lock();
            let Some(job) = &state.current else { return };
            job.cancel.cancel();
            job.ended.subscribe()
        };
        // A dropped sender means that a newer job took its place, which happens only after this one ended.
        let _ = ended.wait_for(|ended| *ended).await;
    }

    /// The running job, or the last one.
    pub fn current(&self) -> Option<JobInfo> {
        self.state.lock().current.as_ref().map(|job| job.info.clone())
    }

    async fn drive(self, work: impl Future<Output = Result<(), LabError>>) {
        let mut interval = tokio::time::interval(FLUSH_INTERVAL);
        tokio::pin!(work);
        let result = loop {
            tokio::select! {
                result = &mut work => break result,
                _ = interval.tick() => self.with_current(Job::flush),
            }
        };
        self.with_current(|job| job.end(result));
    }

    fn with_current(&self, act: impl FnOnce(&mut Job)) {
        if let Some(job) = &mut self.state.lock().current {
            act(job);
        }
    }
}

fn now() -> Timestamp {
    time::OffsetDateTime::now_utc().into()
}

#[cfg(test)]
mod tests;
