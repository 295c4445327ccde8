//! Progress bars: one for each layer with its size and speed, and a spinner while a scan runs or findings load.

use std::{collections::BTreeMap, time::Duration};

use indicatif::{ProgressBar, ProgressFinish, ProgressStyle};
use lab::{Layer, LayerState};
use unicode_width::UnicodeWidthStr;

use crate::console::Console;

const LAYER: &str =
    "    {prefix:12} {wide_bar} {decimal_bytes:>10}/{decimal_total_bytes:<10} {decimal_bytes_per_sec:>13} {msg}";
const UNSIZED: &str = "    {prefix:12} {spinner} {decimal_bytes:>10} {msg}";
const SPIN: &str = "  {spinner} {elapsed} {msg}";

/// The progress bars of a step. Nothing is drawn if the console shows no bars.
#[derive(Default)]
pub(crate) struct Bars {
    layers: BTreeMap<String, ProgressBar>,
    spinner: Option<ProgressBar>,
}

impl Bars {
    pub(crate) fn layer(&mut self, console: &Console, layer: &Layer) {
        if !console.live() {
            return;
        }
        let bar = self.layers.entry(layer.id.clone()).or_insert_with(|| {
            let bar = ProgressBar::new(0).with_style(style(UNSIZED)).with_finish(ProgressFinish::AndLeave);
            bar.set_prefix(layer.id.clone());
            console.bars().add(bar)
        });
        if let Some(total) = layer.total.filter(|total| bar.length() != Some((*total).max(bar.position()))) {
            // The engine may transfer more bytes than it announced; the bar must not exceed its length.
            bar.set_length(total.max(layer.current.unwrap_or_default()));
            bar.set_style(style(LAYER));
        }
        if let Some(current) = layer.current {
            bar.set_position(current);
        }
        bar.set_message(padded(console, layer.state));
        if matches!(layer.state, LayerState::Done | LayerState::Exists | LayerState::Mounted) {
            bar.finish();
        }
    }

    pub(crate) fn spin(&mut self, console: &Console, text: String) {
        if !console.live() {
            return;
        }
        let bar = self.spinner.get_or_insert_with(|| {
            let bar = console.bars().add(ProgressBar::new_spinner().with_style(style(SPIN)));
            bar.enable_steady_tick(Duration::from_millis(120));
            bar
        });
        bar.set_message(text);
    }

    pub(crate) fn clear(&mut self) {
        for bar in std::mem::take(&mut self.layers).into_values().chain(self.spinner.take()) {
            bar.finish_and_clear();
        }
    }
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).expect("the templates above are well formed").progress_chars("━╸─")
}

/// The text of a state, padded to the width of the widest one, so that all bars have the same length.
fn padded(console: &Console, layer_state: LayerState) -> String {
    let text = |state| console.localizer().text_by_id(message_id(state));
    let wide = STATES.into_iter().map(|state| text(state).width()).max().unwrap_or_default();
    let text = text(layer_state);
    let padding = " ".repeat(wide - text.width());
    text + &padding
}

const STATES: [LayerState; 7] = [
    LayerState::Waiting,
    LayerState::Moving,
    LayerState::Unpacking,
    LayerState::Done,
    LayerState::Exists,
    LayerState::Mounted,
    LayerState::Retrying,
];

fn message_id(state: LayerState) -> &'static str {
    match state {
        LayerState::Waiting => "cli-layer-waiting",
        LayerState::Moving => "cli-layer-moving",
        LayerState::Unpacking => "cli-layer-unpacking",
        LayerState::Done => "cli-layer-done",
        LayerState::Exists => "cli-layer-exists",
        LayerState::Mounted => "cli-layer-mounted",
        LayerState::Retrying => "cli-layer-retrying",
    }
}
