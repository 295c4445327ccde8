//! What happened to images, for `docker events`: the last events are kept, and new ones are passed on as they happen.

use std::collections::{BTreeMap, VecDeque};

use parking_lot::Mutex;
use serde_json::{Value, json};
use time::OffsetDateTime;
use tokio::sync::broadcast;

/// How many past events are kept, as in Docker.
const KEPT: usize = 256;

/// How many events may wait for one slow client before it misses some.
const WAITING: usize = 1024;

/// Something that happened to an image.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Event {
    /// `pull`, `push`, `tag`, `untag`, `delete`, `save`, `load` or `prune`.
    pub(crate) action: &'static str,
    /// The image's id; of a pull or push the reference; of a prune nothing.
    pub(crate) id: String,
    /// The image's labels, and its `name`; of a prune `reclaimed`, in bytes.
    pub(crate) attributes: BTreeMap<String, String>,
    pub(crate) at: OffsetDateTime,
}

/// The events of an engine.
#[derive(Debug)]
pub(crate) struct Events {
    past: Mutex<VecDeque<Event>>,
    live: broadcast::Sender<Event>,
}

impl Default for Events {
    fn default() -> Self {
        Self { past: Mutex::default(), live: broadcast::Sender::new(WAITING) }
    }
}

impl Events {
    /// Records what happened to an image.
    pub(crate) fn image(&self, action: &'static str, id: &str, name: &str, labels: &BTreeMap<String, String>) {
        let mut attributes = labels.clone();
        attributes.insert("name".to_owned(), name.to_owned());
        self.record(action, id.to_owned(), attributes);
    }

    /// Records that images were pruned, and how many bytes that freed.
    pub(crate) fn pruned(&self, reclaimed: u64) {
        self.record("prune", String::new(), [("reclaimed".to_owned(), reclaimed.to_string())].into());
    }

    /// The past events, the oldest first, and all that come after them.
    pub(crate) fn subscribe(&self) -> (Vec<Event>, broadcast::Receiver<Event>) {
        let past = self.past.lock();
        (past.iter().cloned().collect(), self.live.subscribe())
    }

    fn record(&self, action: &'static str, id: String, attributes: BTreeMap<String, String>) {
        let event = Event { action, id, attributes, at: OffsetDateTime::now_utc() };
        let mut past = self.past.lock();
        if past.len() == KEPT {
            past.pop_front();
        }
        past.push_back(event.clone());
        // Without a client there is no one to send it to.
        let _ = self.live.send(event);
    }
}

impl Event {
    /// As Docker Engine writes it.
    pub(crate) fn json(&self) -> Value {
        let mut event = json!({ "status": self.action });
        if !self.id.is_empty() {
            event["id"] = json!(self.id);
        }
        event["Type"] = json!("image");
        event["Action"] = json!(self.action);
        event["Actor"] = json!({ "ID": self.id, "Attributes": self.attributes });
        event["scope"] = json!("local");
        event["time"] = json!(self.at.unix_timestamp());
        event["timeNano"] = json!(i64::try_from(self.at.unix_timestamp_nanos()).unwrap_or(i64::MAX));
        event
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_events_are_forgotten_and_no_event_comes_twice() {
        let events = Events::default();
        for number in 0..=KEPT {
            events.image("tag", &number.to_string(), "a:1", &BTreeMap::new());
        }
        let (past, mut live) = events.subscribe();
        assert_eq!((past.len(), past[0].id.as_str()), (KEPT, "1"));
        assert!(live.try_recv().is_err());
        events.pruned(7);
        assert_eq!(live.try_recv().unwrap().json()["Actor"], json!({ "ID": "", "Attributes": { "reclaimed": "7" } }));
    }
}
