//! No interruption loses anything: cancelling, a loss of power, reloading the page.

use std::time::Duration;

use testbed::{
    image_source::{ImageSource, LayerHold},
    temp_dir::temp_dir,
};
use whole_lab_tests::desktop::{Options, Speed, TIMEOUT, Window};

/// Runs the steps before the push, whose page is then open.
fn run_until_push(window: &Window) {
    for before in ["prepare", "scanning", "repositories"] {
        window.run_step(before);
        window.click("next");
    }
    window.wait_for("page-push");
}

/// A registry whose layers are held back, so that a push is surely in progress until they are released.
struct HeldImages {
    source: ImageSource,
    hold: LayerHold,
    _folder: tempfile::TempDir,
    _runtime: tokio::runtime::Runtime,
}

impl HeldImages {
    fn start() -> Self {
        let (runtime, folder) = (tokio::runtime::Runtime::new().expect("a runtime starts"), temp_dir());
        let (source, hold) = runtime.block_on(ImageSource::start_holding_layers(folder.path(), 64 << 10));
        Self { source, hold, _folder: folder, _runtime: runtime }
    }

    /// Opens a window whose push has begun and cannot end.
    fn window_in_push(&self) -> Option<Window> {
        let window = Window::open(Options::default())?;
        window.start_practice_run_with(&self.source);
        run_until_push(&window);
        window.click("run-push");
        window.until("layers are being transferred", Duration::from_mins(2), |window| {
            (window.count("[data-testid^='transfer-']") > 0).then_some(())
        });
        Some(window)
    }
}

#[test]
fn a_push_that_is_cancelled_can_be_run_again() {
    let images = HeldImages::start();
    let Some(window) = images.window_in_push() else { return };
    window.press_primary("stop");
    window.wait_for_state("push", "cancelled");
    window.until("it can be run again", TIMEOUT, |window| (!window.exists("cancel-push")).then_some(()));
    images.hold.release();
    window.press_primary("run");
    window.wait_until_done("push");
    window.close();
}

#[test]
fn a_window_that_is_killed_during_a_push_continues_there() {
    let images = HeldImages::start();
    let Some(mut window) = images.window_in_push() else { return };
    window.kill();
    images.hold.release();
    window.launch();
    window.click("continue");
    // The same step is open again.
    window.wait_for("page-push");
    window.run_step("push");
    window.close();
}

#[test]
fn a_page_that_is_reloaded_follows_the_running_job() {
    let Some(mut window) = Window::open(Options::default()) else { return };
    window.start_practice_run(Speed::Fast);
    run_until_push(&window);
    window.run_step("push");
    window.click("next");
    // The duration of a scan does not depend on the machine.
    window.click("run-results");
    window.wait_for("scan-monitor");
    window.reload();
    window.wait_for("page-results");
    window.until("the page follows the job again", TIMEOUT, |window| {
        let follows = window.exists("cancel-results") && window.exists("scan-monitor");
        let done = window.attribute("page-results", "data-state").as_deref() == Some("done");
        assert!(!done || follows, "the job ended before the page was reloaded");
        follows.then_some(())
    });
    window.wait_until_done("results");
    window.close();
}
