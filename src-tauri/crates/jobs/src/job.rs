//! One job: its listeners, and the events that were sent or wait to be sent.

use lab::{Event, LabError, Problem};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use crate::{
    event_buffer::EventBuffer,
    message::{JobInfo, JobMessage, JobState, Listener},
};

pub(super) struct Job {
    pub(super) info: JobInfo,
    pub(super) cancel: CancellationToken,
    /// Becomes true when the job has ended.
    pub(super) ended: watch::Sender<bool>,
    listeners: Vec<Box<dyn Listener>>,
    /// All events so far, for listeners that attach later.
    history: EventBuffer,
    /// Events that were not sent yet.
    pending: EventBuffer,
    /// Whether an event was sent yet: the first one is not delayed.
    sent_first: bool,
    problem: Option<Problem>,
}

impl Job {
    pub(super) fn new(info: JobInfo, cancel: CancellationToken, listener: Box<dyn Listener>) -> Self {
        Self {
            info,
            cancel,
            ended: watch::Sender::new(false),
            listeners: vec![listener],
            history: EventBuffer::default(),
            pending: EventBuffer::default(),
            sent_first: false,
            problem: None,
        }
    }

    pub(super) fn attach(&mut self, listener: Box<dyn Listener>) {
        self.flush();
        if !listener.send(JobMessage::Progress { events: self.history.events() }) {
            return;
        }
        if self.info.state == JobState::Running {
            self.listeners.push(listener);
        } else {
            listener.send(self.ended_message());
        }
    }

    pub(super) fn record(&mut self, event: Event) {
        self.history.push(event.clone());
        self.pending.push(event);
        if !self.sent_first {
            self.sent_first = true;
            self.flush();
        }
    }

    pub(super) fn flush(&mut self) {
        let events = self.pending.drain();
        if !events.is_empty() {
            self.broadcast(&JobMessage::Progress { events });
        }
    }

    pub(super) fn end(&mut self, result: Result<(), LabError>) {
        self.flush();
        self.info.state = match &result {
            Ok(()) => JobState::Done,
            Err(LabError::Cancelled) => JobState::Cancelled,
            Err(LabError::Problem(_) | LabError::ConsentNeeded(_)) => JobState::Failed,
        };
        self.problem = match result {
            Ok(()) | Err(LabError::Cancelled) => None,
            Err(error) => Some(error.into_problem()),
        };
        let ended = self.ended_message();
        self.broadcast(&ended);
        self.listeners.clear();
        self.ended.send_replace(true);
    }

    fn ended_message(&self) -> JobMessage {
        JobMessage::Ended { state: self.info.state, problem: self.problem.clone() }
    }

    fn broadcast(&mut self, message: &JobMessage) {
        self.listeners.retain(|listener| listener.send(message.clone()));
    }
}
