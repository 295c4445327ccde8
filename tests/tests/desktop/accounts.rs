//! The account id: hidden on a projector, and explained when it cannot be identified.

use whole_lab_tests::desktop::{Options, Speed, TIMEOUT, Window};

/// The practice cloud's account.
const ACCOUNT: &str = "123456789012";

#[test]
fn the_account_is_hidden_everywhere_if_the_preference_is_set() {
    let Some(window) = Window::open(Options::default()) else { return };
    window.start_practice_run(Speed::Instant);
    window.run_step("prepare");
    assert!(window.visible_text().contains(ACCOUNT), "the practice account is shown");
    window.choose("menu", "preferences");
    window.click_css("[data-testid='mask-account'] input");
    window.click("close");
    window.until("the account is hidden", TIMEOUT, |window| (!window.visible_text().contains(ACCOUNT)).then_some(()));
    for step in ["scanning", "repositories", "push"] {
        window.open_step(step);
        window.wait_until_idle();
        assert!(!window.visible_text().contains(ACCOUNT), "{step} shows the account:\n{}", window.visible_text());
    }
    window.close();
}

#[test]
fn aws_mode_without_credentials_explains_what_to_do() {
    let Some(window) = Window::open(Options::default()) else { return };
    window.click("start-aws");
    window.wait_for("who-am-i");
    assert_eq!(window.attribute("mode-badge", "data-mode").as_deref(), Some("aws"));
    window.click("who-am-i");
    window.wait_for("problem");
    let problem = window.text("problem");
    assert!(problem.lines().count() >= 2, "what, why and what to do: {problem}");
    assert!(window.exists("retry"), "there is a button to retry");
    let disabled = window
        .js("return document.querySelector('[data-testid=begin]').matches(':disabled, [aria-disabled=true]')", &[]);
    assert_eq!(disabled, true, "no run starts before the account is identified");
    window.close();
}
