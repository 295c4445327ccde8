//! A recorder for unit tests, which keeps what is recorded.

use parking_lot::Mutex;

use crate::{Entry, Record};

/// The entries recorded so far.
#[derive(Debug, Default)]
pub(crate) struct EntryLog(Mutex<Vec<Entry>>);

impl EntryLog {
    pub(crate) fn entries(&self) -> Vec<Entry> {
        self.0.lock().clone()
    }
}

impl Record for EntryLog {
    fn record(&self, entry: Entry) {
        self.0.lock().push(entry);
    }
}
