//! The consent page: what it shows before the first change of an AWS account, and what it takes to confirm it.

use practice::{ACCOUNT, Addressing};
use testbed::environment::TestEnvironment;
use tokio::runtime::Runtime;
use whole_lab_tests::desktop::{Options, TIMEOUT, Tools, Window};

use crate::inspection::Inspection;

/// A window at the second step of a run in an AWS account, with other people's repositories in it.
fn window_at_scanning(runtime: &Runtime, environment: &TestEnvironment) -> Option<Window> {
    let mut window = Window::prepare(Tools::find()?, Options::default());
    let (access_key, secret_key) = environment.practice.credentials();
    let config = format!(
        "[default]\nregion = {}\nendpoint_url = {}\naws_access_key_id = {access_key}\naws_secret_access_key = {secret_key}\n",
        environment.practice.region(),
        environment.practice.endpoint(),
    );
    std::fs::create_dir(window.home().join(".aws")).expect("the home is empty");
    std::fs::write(window.home().join(".aws/config"), config).expect("there is room for a file");
    runtime.block_on(environment.create_repository("their-prod"));
    runtime.block_on(environment.push_foreign_image("their-prod", "1"));
    window.launch();
    window.click("start-aws");
    window.click_css("[data-testid='engine'] input[value='builtin']");
    window.fill_in_images(&environment.image_source);
    window.click("who-am-i");
    window.wait_for_css("[data-testid='begin']:not(:disabled):not([aria-disabled='true'])");
    window.click("begin");
    window.wait_for("page-prepare");
    window.run_step("prepare");
    window.next("scanning");
    Some(window)
}

fn configuration(runtime: &Runtime, environment: &TestEnvironment) -> String {
    runtime.block_on(environment.scanning_configuration())
}

/// Asserts that the page shows whose account it is, every change, what is billed, and what can be undone.
fn assert_shows_everything(window: &Window, environment: &TestEnvironment) {
    for (part, shown) in [
        ("agree-account", ACCOUNT),
        ("agree-account", "arn:aws:iam::123456789012:user/practice"),
        ("agree-account", &environment.practice.endpoint()),
        ("agree-scanning", "CONTINUOUS_SCAN: prod"),
        ("agree-repositories", "eks-security-shared"),
        ("agree-scanned", "their-prod"),
        // One image of theirs, and two of the run's.
        ("agree-scanned", "US$0.27"),
        ("consent-undone", "BASIC"),
        ("consent-lasting", "CloudTrail"),
    ] {
        let text = window.text(part);
        assert!(text.contains(shown), "{shown} is not in {part}:\n{text}");
    }
}

#[test]
fn an_aws_account_is_changed_only_once_it_is_confirmed() {
    let runtime = Runtime::new().expect("a runtime starts");
    let start = TestEnvironment::start_with(|config| config.addressing = Addressing::Loopback, None);
    let environment = runtime.block_on(start);
    let Some(window) = window_at_scanning(&runtime, &environment) else { return };
    let before = configuration(&runtime, &environment);
    // The user excludes the account, which makes it need a second confirmation.
    window.choose("menu", "preferences");
    window.type_into("never-here", &format!("{ACCOUNT}, 210987654321"));
    window.click("close");
    window.until("no dialog", TIMEOUT, |window| (!window.exists("close")).then_some(()));
    window.click("run-scanning");
    window.wait_for("agree");
    let mut inspection = Inspection::default();
    inspection.inspect_current_theme(&window, "consent");
    assert_shows_everything(&window, &environment);
    // Nothing but the right digits can be confirmed.
    let is_enabled =
        |window: &Window| window.count("[data-testid='agree-yes']:not(:disabled):not([aria-disabled='true'])") == 1;
    assert!(!is_enabled(&window), "no digits are typed yet");
    for (digits, enabled) in [("0000", false), (&ACCOUNT[8..], true)] {
        window.type_into("agree-digits", digits);
        window.until(format!("{digits}: {enabled}"), TIMEOUT, |window| {
            let typed = window.js("return document.querySelector('[data-testid=agree-digits] input').value", &[]);
            (typed == digits && is_enabled(window) == enabled).then_some(())
        });
    }
    window.click("agree-yes");
    window.wait_for("caution");
    inspection.inspect_current_theme(&window, "the second question");
    window.click("caution-no");
    window.until("no dialog", TIMEOUT, |window| (!window.exists("caution")).then_some(()));
    assert_eq!(window.attribute("page-scanning", "data-state").as_deref(), Some("pending"));
    assert_eq!(configuration(&runtime, &environment), before);
    window.click("run-scanning");
    window.wait_for("agree");
    window.type_into("agree-digits", &ACCOUNT[8..]);
    window.click("agree-yes");
    window.click("caution-yes");
    window.wait_until_done("scanning");
    assert_eq!(configuration(&runtime, &environment), "ENHANCED [CONTINUOUS_SCAN: prod]");
    // The consent covers the following steps.
    window.next("repositories");
    window.run_step("repositories");
    assert_eq!(runtime.block_on(environment.repositories()).len(), 4);
    window.close();
    runtime.block_on(environment.shutdown());
    inspection.assert_clean();
}
