//! A call to a service or an engine, as the transcript records it. A call that is dropped before it ended is recorded as
//! cancelled.

use std::{fmt, time::Instant};

use findings::Timestamp;
use parking_lot::Mutex;

use crate::transcript::{Ending, Entry, Recorder, Service};

/// A call under way.
pub(crate) struct Call {
    recorder: Recorder,
    started: Instant,
    entry: Mutex<Option<Entry>>,
}

impl Call {
    /// Starts the record of a call. `detail` must not contain a secret.
    pub(crate) fn begin(recorder: &Recorder, service: Service, operation: &str, detail: String) -> Self {
        let entry = Entry {
            number: 0,
            step: None,
            service,
            operation: operation.to_owned(),
            detail,
            started_at: Timestamp::from(time::OffsetDateTime::now_utc()),
            millis: 0,
            ending: Ending::Cancelled,
        };
        Self { recorder: recorder.clone(), started: Instant::now(), entry: Mutex::new(Some(entry)) }
    }

    /// Records the end of the call. Later calls of this are ignored.
    pub(crate) fn end(&self, ending: Ending) {
        let entry = self.entry.lock().take();
        if let Some(entry) = entry {
            let millis = self.started.elapsed().as_millis() as u64;
            self.recorder.record(Entry { millis, ending, ..entry });
        }
    }
}

impl Drop for Call {
    fn drop(&mut self) {
        self.end(Ending::Cancelled);
    }
}

impl fmt::Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call").finish_non_exhaustive()
    }
}
