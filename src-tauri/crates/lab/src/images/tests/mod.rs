//! Tests of the engine client against recorded lines, the built-in engine and a real Docker Engine.

mod docker;
mod fixtures;
mod recorded;
mod texts;

use std::sync::{Arc, Mutex};

use crate::{
    entry_log::EntryLog,
    model::{
        access::{EngineAccess, EngineKind},
        problem::{LabError, Problem},
        progress::Event,
    },
};

use crate::images::client::EngineClient;

fn access(host: &str) -> EngineAccess {
    EngineAccess { kind: EngineKind::Docker, host: host.to_owned(), tls: None }
}

async fn connect(host: &str) -> (EngineClient, Arc<EntryLog>) {
    let log = Arc::new(EntryLog::default());
    (EngineClient::connect(&access(host), log.clone()).await.unwrap(), log)
}

fn problem<T: std::fmt::Debug>(outcome: Result<T, LabError>) -> Problem {
    match outcome.unwrap_err() {
        LabError::Problem(problem) => *problem,
        other => panic!("{other}"),
    }
}

/// Collects the events of a transfer.
#[derive(Clone, Default)]
struct Events(Arc<Mutex<Vec<Event>>>);

impl Events {
    fn all(&self) -> Vec<Event> {
        self.0.lock().unwrap().clone()
    }

    /// `id state current/total` for each layer event.
    fn layers(&self) -> Vec<String> {
        let number = |number: Option<u64>| number.map_or_else(|| "-".to_owned(), |number| number.to_string());
        self.all()
            .into_iter()
            .filter_map(|event| match event {
                Event::Layer { layer } => {
                    Some(format!("{} {:?} {}/{}", layer.id, layer.state, number(layer.current), number(layer.total)))
                }
                _ => None,
            })
            .collect()
    }
}

impl crate::model::progress::Progress for Events {
    fn event(&self, event: Event) {
        self.0.lock().unwrap().push(event);
    }
}
