//! Whose account it is: hidden on a projector, and said sensibly when nobody is signed in.

use whole_lab_tests::desktop::{Options, Speed, TIMEOUT, Window};

/// The practice cloud's account.
const PRACTICE: &str = "123456789012";

#[test]
fn the_account_is_hidden_everywhere_when_it_shall_be() {
    let Some(window) = Window::open(Options::default()) else { return };
    window.start_practice_run(Speed::Instant);
    window.run_step("prepare");
    assert!(shown(&window).contains(PRACTICE), "the practice account is shown");
    window.choose("menu", "preferences");
    window.click_css("[data-testid='mask-account'] input");
    window.click("close");
    window.until("the account is hidden", TIMEOUT, |window| (!shown(window).contains(PRACTICE)).then_some(()));
    for step in ["scanning", "repositories", "push"] {
        window.open_step(step);
        window.wait_until_idle();
        assert!(!shown(&window).contains(PRACTICE), "{step} shows the account:\n{}", shown(&window));
    }
    window.close();
}

#[test]
fn without_credentials_aws_mode_says_why_and_what_to_do() {
    let Some(window) = Window::open(Options::default()) else { return };
    window.click("start-aws");
    window.wait_for("who-am-i");
    assert_eq!(window.attribute("mode-badge", "data-mode").as_deref(), Some("aws"));
    window.click("who-am-i");
    window.wait_for("problem");
    let said = window.text("problem");
    assert!(said.lines().count() >= 2, "what, why and what to do: {said}");
    assert!(window.exists("retry"), "it can be tried again");
    let disabled = window
        .js("return document.querySelector('[data-testid=begin]').matches(':disabled, [aria-disabled=true]')", &[]);
    assert_eq!(disabled, true, "nothing begins before it is known whose account it is");
    window.close();
}

fn shown(window: &Window) -> String {
    window.visible_text()
}
