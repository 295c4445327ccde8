//! Nothing that comes between loses anything: cancelling, a loss of power, loading the page anew.

use std::time::Duration;

use whole_lab_tests::desktop::{Options, Speed, Step, TIMEOUT, Window};

/// Opens a window and does the steps before `step`, which is open then.
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

/// Waits until layers move.
fn wait_until_layers_move(window: &Window) {
    window.until("layers move", Duration::from_mins(2), |window| {
        let moving = window.count("[data-testid^='transfer-']") > 0;
        assert_ne!(
            window.attribute("page-push", "data-state").as_deref(),
            Some("done"),
            "it was done before it was seen"
        );
        moving.then_some(())
    });
}

#[test]
fn a_push_that_is_cancelled_is_run_again_and_ends_well() {
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
fn a_window_that_is_killed_while_it_pushes_goes_on_where_it_was() {
    let Some(mut window) = window_at("push", Speed::Fast) else { return };
    window.click("run-push");
    wait_until_layers_move(&window);
    window.kill();
    window.launch();
    window.click("continue");
    // The step that was open is open again.
    window.wait_for("page-push");
    window.run_step("push");
    window.close();
}

#[test]
fn a_page_that_is_loaded_anew_follows_the_job_that_goes_on() {
    let Some(mut window) = window_at("push", Speed::Fast) else { return };
    window.run_step("push");
    window.click("next");
    // A scan takes its time, however quick the machine is.
    window.click("run-results");
    window.wait_for("scan-monitor");
    window.reload();
    window.wait_for("page-results");
    window.until("the page follows the job again", TIMEOUT, |window| {
        let follows = window.exists("cancel-results") && window.exists("scan-monitor");
        let done = window.attribute("page-results", "data-state").as_deref() == Some("done");
        assert!(!done || follows, "the job ended before the page was back");
        follows.then_some(())
    });
    window.wait_until_done("results");
    window.close();
}
