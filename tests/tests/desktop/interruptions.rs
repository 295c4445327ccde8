//! No interruption loses anything: cancelling, a loss of power, reloading the page.

use std::time::Duration;

use whole_lab_tests::desktop::{Options, Speed, Step, TIMEOUT, Window};

/// Opens a window and runs the steps before `step`, which is then open.
fn window_at(step: Step, speed: Speed) -> Option<Window> {
    let window = Window::open(Options::default())?;
    window.start_practice_run(speed);
    for before in ["prepare", "scanning", "repositories"] {
        window.run_step(before);
        window.click("next");
    }
    window.wait_for(&format!("page-{step}"));
    Some(window)
}

/// Waits until layers are being transferred.
fn wait_until_layers_move(window: &Window) {
    window.until("layers move", Duration::from_mins(2), |window| {
        let moving = window.count("[data-testid^='transfer-']") > 0;
        assert_ne!(
            window.attribute("page-push", "data-state").as_deref(),
            Some("done"),
            "the step was done before a transfer was visible"
        );
        moving.then_some(())
    });
}

#[test]
fn a_push_that_is_cancelled_can_be_run_again() {
    let Some(window) = window_at("push", Speed::Fast) else { return };
    window.click("run-push");
    wait_until_layers_move(&window);
    window.click("cancel-push");
    window.wait_for_state("push", "cancelled");
    window.until("it can be run again", TIMEOUT, |window| (!window.exists("cancel-push")).then_some(()));
    window.run_step("push");
    window.close();
}

#[test]
fn a_window_that_is_killed_during_a_push_continues_there() {
    let Some(mut window) = window_at("push", Speed::Fast) else { return };
    window.click("run-push");
    wait_until_layers_move(&window);
    window.kill();
    window.launch();
    window.click("continue");
    // The same step is open again.
    window.wait_for("page-push");
    window.run_step("push");
    window.close();
}

#[test]
fn a_page_that_is_reloaded_follows_the_running_job() {
    let Some(mut window) = window_at("push", Speed::Fast) else { return };
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
