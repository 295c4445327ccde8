//! What happened, as briefly as it can be told: of a layer, a scan or a count only the last word counts.

use lab::Event;

/// Events in order, without those that a later one made moot.
#[derive(Default)]
pub(super) struct Replay(Vec<Event>);

impl Replay {
    pub(super) fn take(&mut self, event: Event) {
        // Layers belong to the transfer that began last: those before it are history.
        let begun = self.0.iter().rposition(|other| matches!(other, Event::TransferBegun { .. })).unwrap_or(0);
        let stale = self.0[begun..].iter().rposition(|other| replaces(&event, other)).map(|at| begun + at);
        match stale {
            Some(at) => self.0[at] = event,
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

fn replaces(event: &Event, other: &Event) -> bool {
    match (event, other) {
        (Event::Layer { layer }, Event::Layer { layer: before }) => layer.id == before.id,
        (Event::Scan { scan }, Event::Scan { scan: before }) => scan.repository == before.repository,
        (Event::Loading { .. }, Event::Loading { .. }) => true,
        _ => false,
    }
}
