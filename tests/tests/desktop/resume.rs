//! The window and the command line resume each other's runs.

use whole_lab_tests::{
    Imagelab,
    desktop::{Options, STEPS, Speed, Window},
};

#[test]
fn a_run_started_in_the_window_is_finished_in_the_terminal() {
    let Some(mut window) = Window::open(Options::default()) else { return };
    window.start_practice_run(Speed::Instant);
    window.run_step("prepare");
    window.next("scanning");
    window.run_step("scanning");
    window.terminate();
    // Engine and speed are those that were chosen in the window.
    let imagelab = Imagelab::with_data(window.data());
    let outcome = imagelab.run(&["resume", "--json", "--yes"]).succeeded("imagelab resume").json();
    assert_eq!((&outcome["mode"], &outcome["engine"]), (&"practice".into(), &"builtin".into()), "{outcome:#}");
    assert_eq!((&outcome["ok"], &outcome["receipt"]["restored"]), (&true.into(), &true.into()), "{outcome:#}");
    // The window shows that the run is finished: there is nothing to continue.
    window.launch();
    window.wait_for("start-practice");
    assert!(!window.exists("continue"));
    window.close();
}

#[test]
fn a_run_started_in_the_terminal_is_finished_in_the_window() {
    let Some(mut window) = Window::open(Options::default()) else { return };
    window.terminate();
    let run = ["run", "--engine", "builtin", "--speed", "instant", "--yes", "--json", "--lang", "en"];
    Imagelab::with_data(window.data()).kill_at(&run, "[4/7]");
    window.launch();
    window.click("continue");
    window.wait_for("page-push");
    for step in STEPS.into_iter().skip_while(|step| *step != "push") {
        if step != "push" {
            window.next(step);
        }
        window.run_step(step);
    }
    assert_eq!(window.attribute("receipt", "data-restored").as_deref(), Some("true"), "{}", window.text("receipt"));
    window.close();
}
