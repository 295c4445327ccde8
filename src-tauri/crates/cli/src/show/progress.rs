//! What a step tells while it runs: moving bars on a terminal, plain lines elsewhere.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
    time::Instant,
};

use i18n::{Arg, Message};
use lab::{Direction, Event, Layer, LayerState, Progress, ScanPhase, ScanView};

use super::Bars;
use crate::console::Console;

/// Shows what a step tells. Hand the step's end to [`Shown::end`].
pub(crate) fn progress(console: &Arc<Console>) -> Arc<Shown> {
    Arc::new(Shown { console: Arc::clone(console), state: Mutex::default() })
}

/// Shows what a step tells.
pub(crate) struct Shown {
    console: Arc<Console>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    bars: Bars,
    transfer: Option<Transfer>,
    /// What was last said of the scan, where nothing moves.
    said: Option<(ScanPhase, Option<String>, usize, usize)>,
}

/// An image on its way.
struct Transfer {
    begun: Instant,
    layers: BTreeMap<String, (LayerState, u64)>,
}

impl Progress for Shown {
    fn event(&self, event: Event) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        match event {
            Event::Note { message } => self.line(&self.console.words().text(&message)),
            Event::TransferBegun { direction, reference } => {
                state.bars.clear();
                state.transfer = Some(Transfer { begun: Instant::now(), layers: BTreeMap::new() });
                let id = match direction {
                    Direction::Pull => "cli-pulling",
                    Direction::Push => "cli-pushing",
                };
                self.line(&self.console.words().text(&Message::new(id).with("reference", reference)));
            }
            Event::Layer { layer } => self.layer(&mut state, &layer),
            Event::TransferDone { direction, reference, digest } => {
                state.bars.clear();
                self.done(state.transfer.take(), direction, &reference, digest.as_deref());
            }
            Event::Scan { scan } => self.scan(&mut state, &scan),
            Event::Loading { loaded } => {
                let text = self.console.words().text(&Message::new("cli-loading").with("count", loaded));
                state.bars.spin(&self.console, text);
            }
        }
    }
}

impl Shown {
    /// The step has ended: nothing moves any more.
    pub(crate) fn end(&self) {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).bars.clear();
    }

    fn line(&self, text: &str) {
        self.console.line(&format!("  {text}"));
    }

    fn layer(&self, state: &mut State, layer: &Layer) {
        state.bars.layer(&self.console, layer);
        if let Some(transfer) = &mut state.transfer {
            let seen = transfer.layers.entry(layer.id.clone()).or_insert((layer.state, 0));
            seen.0 = layer.state;
            seen.1 = seen.1.max(layer.current.unwrap_or_default());
        }
    }

    fn done(&self, transfer: Option<Transfer>, direction: Direction, reference: &str, digest: Option<&str>) {
        let id = match direction {
            Direction::Pull => "cli-pulled",
            Direction::Push => "cli-pushed",
        };
        let (mut layers, mut there, mut bytes, mut seconds) = (0_usize, 0_usize, 0, 0.0);
        if let Some(transfer) = transfer {
            layers = transfer.layers.len();
            there = transfer.layers.values().filter(|(state, _)| is_there(*state)).count();
            bytes =
                transfer.layers.values().filter(|(state, _)| !is_there(*state)).map(|(_, bytes)| bytes).sum::<u64>();
            seconds = transfer.begun.elapsed().as_secs_f64();
        }
        let said = Message::new(id)
            .with("reference", reference)
            .with("digest", digest.map_or_else(String::new, super::short))
            .with("layers", layers)
            .with("there", there)
            .with("size", size(bytes))
            .with("seconds", format!("{seconds:.1}"));
        self.line(&self.console.words().text(&said));
    }

    fn scan(&self, state: &mut State, scan: &ScanView) {
        if self.console.live() {
            let text = format!("{}: {}", scan.repository, self.scan_text(scan, None));
            state.bars.spin(&self.console, text);
            return;
        }
        let said = (scan.phase, scan.status.clone(), scan.ecr, scan.inspector);
        if state.said.as_ref() != Some(&said) {
            self.line(&format!("{}: {}", scan.repository, self.scan_text(scan, Some(scan.elapsed))));
            state.said = Some(said);
        }
    }

    /// On a terminal the bar itself shows how long it has been.
    fn scan_text(&self, scan: &ScanView, elapsed: Option<f64>) -> String {
        let words = self.console.words();
        let unknown = || Arg::from("–");
        let text = words.text(
            &Message::new("cli-scan")
                .with("status", scan.status.as_deref().map_or_else(unknown, Arg::from))
                .with("coverage", scan.coverage.as_deref().map_or_else(unknown, Arg::from))
                .with("ecr", scan.ecr)
                .with("inspector", scan.inspector)
                .with("phase", words.text_by_id(phase(scan.phase))),
        );
        match elapsed {
            Some(seconds) => {
                let took = words.text(&Message::new("report-took").with("seconds", format!("{seconds:.1}")));
                format!("{took}, {text}")
            }
            None => text,
        }
    }
}

fn is_there(state: LayerState) -> bool {
    matches!(state, LayerState::Exists | LayerState::Mounted)
}

fn phase(phase: ScanPhase) -> &'static str {
    match phase {
        ScanPhase::NotKnown => "cli-phase-not-known",
        ScanPhase::Pending => "cli-phase-pending",
        ScanPhase::Arriving => "cli-phase-arriving",
        ScanPhase::Stable => "cli-phase-stable",
        ScanPhase::Stopped => "cli-phase-stopped",
        ScanPhase::GivenUp => "cli-phase-given-up",
    }
}

/// `57.3 MB`, as Docker counts: a megabyte is a million bytes.
fn size(bytes: u64) -> String {
    indicatif::DecimalBytes(bytes).to_string()
}
