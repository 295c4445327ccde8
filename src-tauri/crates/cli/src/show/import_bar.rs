//! The progress of an import, once it takes longer than a second: a bar on a terminal, a line for each file elsewhere.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use i18n::Message;
use indicatif::{ProgressBar, ProgressStyle};
use scanner::ImportProgress;

use crate::console::Console;

const SHOWN_AFTER: Duration = Duration::from_secs(1);
const BAR: &str = "  {wide_bar} {decimal_bytes:>10}/{decimal_total_bytes:<10} {msg}";

/// The progress of an import. It disappears when it is dropped.
pub(crate) struct ImportBar {
    console: Arc<Console>,
    files: Vec<String>,
    started: Instant,
    bar: Option<ProgressBar>,
    announced: Option<usize>,
}

impl ImportBar {
    /// `files` are the names of the imported files, in their order.
    pub(crate) fn new(console: Arc<Console>, files: Vec<String>) -> Self {
        Self { console, files, started: Instant::now(), bar: None, announced: None }
    }

    pub(crate) fn advance(&mut self, progress: &ImportProgress) {
        if self.started.elapsed() < SHOWN_AFTER {
            return;
        }
        let is_new = self.announced.replace(progress.file) != Some(progress.file);
        let name = self.files.get(progress.file).map(String::as_str).unwrap_or_default();
        if !self.console.live() {
            if is_new {
                self.console.message(&Message::new("cli-catalogue-importing").with("file", name));
            }
            return;
        }
        let bar = self.bar.get_or_insert_with(|| {
            let style = ProgressStyle::with_template(BAR).expect("the template above is well formed");
            self.console.bars().add(ProgressBar::new(progress.size).with_style(style.progress_chars("━╸─")))
        });
        if is_new {
            bar.set_length(progress.size);
            bar.set_message(name.to_owned());
        }
        bar.set_position(progress.read);
    }
}

impl Drop for ImportBar {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
