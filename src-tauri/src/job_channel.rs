//! The adapter that sends a job's messages over a Tauri channel.

use jobs::{JobMessage, Listener};
use tauri::ipc::Channel;

/// A Tauri channel to the page, as a listener of a job.
pub(crate) struct JobChannel(pub(crate) Channel<JobMessage>);

impl Listener for JobChannel {
    fn send(&self, message: JobMessage) -> bool {
        self.0.send(message).is_ok()
    }
}
