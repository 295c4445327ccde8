//! The practice clock in the window: moving it, and what every screen says of it.

use ::i18n::Lang;
use whole_lab_tests::{
    Imagelab,
    desktop::{Options, STEPS, Speed, TIMEOUT, Window},
};

const DAY: u64 = 24 * 3600;

fn wait_for_days(window: &Window, days: u64) {
    let expected = (days * DAY).to_string();
    window.until(format!("a clock that is {days} days ahead"), TIMEOUT, |window| {
        let ahead = window.exists("clock-badge").then(|| window.attribute("clock-badge", "data-ahead")).flatten();
        (ahead.as_deref() == Some(expected.as_str())).then_some(())
    });
}

#[test]
fn an_image_is_no_longer_watched_after_the_clock_was_moved_and_every_screen_says_by_how_much() {
    let Some(window) = Window::open(Options { lang: Lang::En, ..Options::default() }) else { return };
    window.start_practice_run(Speed::Instant);
    for step in STEPS.into_iter().take_while(|step| *step != "remediate") {
        if step != "prepare" {
            window.next(step);
        }
        window.run_step(step);
    }
    assert!(!window.exists("clock-badge"), "it was not moved");
    window.open_view("inspector");
    window.wait_for_css("[data-testid='watched-image'][data-reason='SUCCESSFUL']");
    window.click("advance-1");
    wait_for_days(&window, 1);
    window.click("advance-14");
    wait_for_days(&window, 15);
    window.wait_for_css("[data-testid='watched-image'][data-reason='SCAN_ELIGIBILITY_EXPIRED']");
    assert!(window.text("page-results").contains("The practice clock was moved 15 days forward."));
    window.open_view("overview");
    window.wait_for_css("[data-testid='side-eks-security-prod'][data-no-longer-watched='true']");
    let side = window.text("side-eks-security-prod");
    assert!(side.contains("No longer watched") && side.contains("These findings were read before."), "{side}");

    // Another process of the same user moves the clock of the window's cloud.
    let advanced = Imagelab::with_data(window.data()).run(&["practice", "advance", "1d", "--lang", "en"]);
    assert!(advanced.succeeded("imagelab practice advance").stdout.contains("16 days"));
    window.js("window.dispatchEvent(new Event('focus'))", &[]);
    wait_for_days(&window, 16);
    window.open_step("cleanup");
    wait_for_days(&window, 16);
    window.wait_for("watching-ends");
    window.click("home");
    window.wait_for("at-start");
    wait_for_days(&window, 16);
    window.close();
}
