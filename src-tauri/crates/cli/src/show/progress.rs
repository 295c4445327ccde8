//! The progress of a running step: progress bars on a terminal, plain lines elsewhere.

use std::{collections::BTreeMap, sync::Arc, time::Instant};

use i18n::{Arg, Message, format};
use lab::{Direction, Event, Layer, LayerState, Progress, ScanPhase, ScanView};
use parking_lot::Mutex;

use super::bars::Bars;
use crate::console::Console;

/// Creates the display of a step's progress. Call [`ProgressDisplay::end`] when the step has ended.
pub(crate) fn progress(console: &Arc<Console>) -> Arc<ProgressDisplay> {
    Arc::new(ProgressDisplay { console: Arc::clone(console), state: Mutex::default() })
}

/// Displays the progress of a step.
pub(crate) struct ProgressDisplay {
    console: Arc<Console>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    bars: Bars,
    transfer: Option<Transfer>,
    /// The state of the scan that was last printed, if there are no bars. Unchanged states are not printed again.
    last_scan: Option<ScanState>,
}

/// The phase of a scan, the status that ECR reports, and the findings that ECR and Inspector count.
type ScanState = (ScanPhase, Option<String>, Option<usize>, Option<usize>);

/// An image that is being transferred.
struct Transfer {
    started: Instant,
    layers: BTreeMap<String, (LayerState, u64)>,
}

impl Progress for ProgressDisplay {
    fn event(&self, event: Event) {
        let mut state = self.state.lock();
        match event {
            Event::Note { message } => self.line(&self.console.localizer().text(&message)),
            Event::TransferStarted { direction, reference } => {
                state.bars.clear();
                state.transfer = Some(Transfer { started: Instant::now(), layers: BTreeMap::new() });
                let id = match direction {
                    Direction::Pull => "cli-pulling",
                    Direction::Push => "cli-pushing",
                };
                self.line(&self.console.localizer().text(&Message::new(id).with("reference", reference)));
            }
            Event::Layer { layer } => self.layer(&mut state, &layer),
            Event::TransferDone { direction, reference, digest } => {
                state.bars.clear();
                self.done(state.transfer.take(), direction, &reference, digest.as_deref());
            }
            Event::Scan { scan } => self.scan(&mut state, &scan),
            Event::Loading { loaded } => {
                let text = self.console.localizer().text(&Message::new("cli-loading").with("count", loaded));
                state.bars.spin(&self.console, text);
            }
        }
    }
}

impl ProgressDisplay {
    /// Removes the progress bars: the step has ended.
    pub(crate) fn end(&self) {
        self.state.lock().bars.clear();
    }

    fn line(&self, text: &str) {
        self.console.line(&format!("  {text}"));
    }

    fn layer(&self, state: &mut State, layer: &Layer) {
        state.bars.layer(&self.console, layer);
        if let Some(transfer) = &mut state.transfer {
            let progress = transfer.layers.entry(layer.id.clone()).or_insert((layer.state, 0));
            progress.0 = layer.state;
            progress.1 = progress.1.max(layer.current.unwrap_or_default());
        }
    }

    fn done(&self, transfer: Option<Transfer>, direction: Direction, reference: &str, digest: Option<&str>) {
        let id = match direction {
            Direction::Pull => "cli-pulled",
            Direction::Push => "cli-pushed",
        };
        let (mut layers, mut existing, mut bytes, mut seconds) = (0_usize, 0_usize, 0, 0.0);
        if let Some(transfer) = transfer {
            layers = transfer.layers.len();
            existing = transfer.layers.values().filter(|(state, _)| is_existing(*state)).count();
            bytes =
                transfer.layers.values().filter(|(state, _)| !is_existing(*state)).map(|(_, bytes)| bytes).sum::<u64>();
            seconds = transfer.started.elapsed().as_secs_f64();
        }
        let message = Message::new(id)
            .with("reference", reference)
            .with("digest", digest.map_or_else(String::new, super::short))
            .with("layers", layers)
            .with("there", existing)
            .with("size", format::bytes(bytes))
            .with("seconds", format!("{seconds:.1}"));
        self.line(&self.console.localizer().text(&message));
    }

    fn scan(&self, state: &mut State, scan: &ScanView) {
        if self.console.live() {
            let text = format!("{}: {}", scan.repository, self.scan_text(scan, None));
            state.bars.spin(&self.console, text);
            return;
        }
        let current = (scan.phase, scan.status.clone(), scan.ecr, scan.inspector);
        if state.last_scan.as_ref() != Some(&current) {
            self.line(&format!("{}: {}", scan.repository, self.scan_text(scan, Some(scan.elapsed))));
            state.last_scan = Some(current);
        }
    }

    /// The state of a scan. `elapsed` is in seconds; `None` on a terminal, where the spinner shows it.
    fn scan_text(&self, scan: &ScanView, elapsed: Option<f64>) -> String {
        let localizer = self.console.localizer();
        let unknown = || Arg::from(format::NONE);
        let count = |count: Option<usize>| count.map_or_else(unknown, Arg::from);
        let text = localizer.text(
            &Message::new("cli-scan")
                .with("status", scan.status.as_deref().map_or_else(unknown, Arg::from))
                .with("coverage", scan.coverage.as_deref().map_or_else(unknown, Arg::from))
                .with("ecr", count(scan.ecr))
                .with("inspector", count(scan.inspector))
                .with("phase", localizer.text_by_id(phase(scan.phase))),
        );
        match elapsed {
            Some(seconds) => {
                let took = localizer.text(&Message::new("report-took").with("seconds", format!("{seconds:.1}")));
                format!("{took}, {text}")
            }
            None => text,
        }
    }
}

fn is_existing(state: LayerState) -> bool {
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

#[cfg(test)]
mod tests {
    use i18n::Lang;

    use super::*;

    #[test]
    fn a_scan_that_has_looked_for_nothing_has_no_zeros() {
        let display = progress(&Arc::new(Console::new(Lang::En)));
        let view = |ecr, inspector| ScanView {
            repository: "prod".to_owned(),
            elapsed: 1.0,
            phase: ScanPhase::Stopped,
            status: Some("UNSUPPORTED_IMAGE".to_owned()),
            coverage: Some("UNSUPPORTED_OS".to_owned()),
            ecr,
            inspector,
            final_in: None,
        };
        let text = display.scan_text(&view(None, None), None);
        let expected = "ECR UNSUPPORTED_IMAGE, Inspector UNSUPPORTED_OS; findings – in ECR, – in Inspector; ";
        assert!(text.starts_with(expected), "{text}");
        let text = display.scan_text(&view(Some(0), Some(1234)), None);
        assert!(text.contains("findings 0 in ECR, 1,234 in Inspector"), "{text}");
    }
}
