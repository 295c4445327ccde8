//! Events of a job without those that a later one supersedes: of a layer, a scan or a count only the latest state matters.

use lab::Event;

/// Events in order, coalesced.
#[derive(Default)]
pub(super) struct EventBuffer(Vec<Event>);

impl EventBuffer {
    pub(super) fn push(&mut self, event: Event) {
        // Layers belong to the transfer that started last; the same layer of an earlier transfer is not superseded.
        let transfer = self.0.iter().rposition(|other| matches!(other, Event::TransferStarted { .. })).unwrap_or(0);
        let superseded = self.0[transfer..].iter().rposition(|other| supersedes(&event, other));
        match superseded.map(|offset| transfer + offset) {
            Some(index) => self.0[index] = event,
            None => self.0.push(event),
        }
    }

    pub(super) fn events(&self) -> Vec<Event> {
        self.0.clone()
    }

    pub(super) fn drain(&mut self) -> Vec<Event> {
        std::mem::take(&mut self.0)
    }
}

fn supersedes(event: &Event, previous: &Event) -> bool {
    match (event, previous) {
        (Event::Layer { layer }, Event::Layer { layer: previous }) => layer.id == previous.id,
        (Event::Scan { scan }, Event::Scan { scan: previous }) => scan.repository == previous.repository,
        (Event::Loading { .. }, Event::Loading { .. }) => true,
        _ => false,
    }
}
