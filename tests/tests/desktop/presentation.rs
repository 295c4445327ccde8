//! Presentation mode: the whole lab by a clicker's keys alone, and what its other keys do.

use ::i18n::Lang;
use whole_lab_tests::desktop::{Key, Options, STEPS, Speed, TIMEOUT, Window};

/// The least size of text, in pixels of the screen.
const LEAST: f64 = 22.0;

fn is_presenting(window: &Window) -> bool {
    window.js("return document.documentElement.hasAttribute('data-presenting')", &[]) == true
}

fn until_presenting(window: &Window, expected: bool) {
    window
        .until(format!("presenting: {expected}"), TIMEOUT, |window| (is_presenting(window) == expected).then_some(()));
}

fn screen(window: &Window, step: &str) -> Option<String> {
    window.attribute(&format!("page-{step}"), "data-screen")
}

fn until_screen(window: &Window, step: &str, expected: &str) {
    window.until(format!("{expected} of {step}"), TIMEOUT, |window| {
        (screen(window, step).as_deref() == Some(expected)).then_some(())
    });
}

/// Presses the key of a clicker that moves forward.
fn forward(window: &Window) {
    window.press(&[], Key::PageDown);
}

#[test]
fn the_whole_lab_by_a_clicker_alone() {
    let options = Options { lang: Lang::Ko, width: 1920, height: 1080, ..Options::default() };
    let Some(window) = Window::open(options) else { return };
    let manager = window.display.manage_windows(window.tools());
    window.resize_zoomed(100, 1280, 800);
    window.start_practice_run(Speed::Instant);
    window.press(&[], Key::F5);
    until_presenting(&window, true);
    window.until("full screen, with the text as large as it has to be", TIMEOUT, |window| {
        let width = window.js("return innerWidth", &[]).as_f64()?;
        let height = window.js("return innerHeight", &[]).as_f64()?;
        let text = window.js("return parseFloat(getComputedStyle(document.body).fontSize)", &[]).as_f64()?;
        let is_full = (width / height - 1920.0 / 1080.0).abs() < 0.01;
        (is_full && text * 1920.0 / width >= LEAST).then_some(())
    });
    for step in STEPS {
        window.wait_for(&format!("page-{step}"));
        for expected in ["why", "change", "do"] {
            until_screen(&window, step, expected);
            assert_eq!(shown_parts(&window), [expected], "{step}");
            forward(&window);
        }
        window.wait_until_done(step);
        until_screen(&window, step, "do");
        forward(&window);
        window.until(format!("the screen after {step} has run"), TIMEOUT, |window| {
            screen(window, step).filter(|screen| screen != "do")
        });
        if screen(&window, step).as_deref() == Some("result") {
            forward(&window);
        }
        until_screen(&window, step, "check");
        forward(&window);
    }
    // There is nothing after the last step.
    until_screen(&window, "cleanup", "check");
    window.press(&[], Key::Escape);
    until_presenting(&window, false);
    assert_eq!(window.attribute("receipt", "data-restored").as_deref(), Some("true"));
    window.close();
    drop(manager);
}

/// The parts of the step that are on the screen.
fn shown_parts(window: &Window) -> Vec<String> {
    let body = "return [...document.querySelectorAll('section[id^=part-]')]
        .filter((part) => part.checkVisibility()).map((part) => part.id.slice('part-'.length))";
    serde_json::from_value(window.js(body, &[])).expect("the script returns a list")
}

#[test]
fn keys_are_pressed_once_and_close_what_is_on_top() {
    let Some(window) = Window::open(Options { lang: Lang::En, ..Options::default() }) else { return };
    let manager = window.display.manage_windows(window.tools());
    window.start_practice_run(Speed::Instant);
    window.press(&[Key::Control, Key::Shift], 'p');
    until_presenting(&window, true);
    until_screen(&window, "prepare", "why");
    // The keyboard repeats a key that is held: it moves by one screen.
    window.display.xdotool(&["keydown", "Next"]).succeeded("a key goes down");
    until_screen(&window, "prepare", "change");
    window.display.xdotool(&["sleep", "1.5"]).succeeded("it is held");
    window.display.xdotool(&["keyup", "Next"]).succeeded("a key goes up");
    assert_eq!(screen(&window, "prepare").as_deref(), Some("change"));
    // The first key on a black screen brings the page back, and does nothing unseen.
    for black in ['b', '.'] {
        window.press(&[], black);
        window.wait_for("black");
        forward(&window);
        window.until("the page", TIMEOUT, |window| (!window.exists("black")).then_some(()));
        assert_eq!(screen(&window, "prepare").as_deref(), Some("change"));
    }
    window.press(&[], Key::PageUp);
    until_screen(&window, "prepare", "why");
    // Escape closes the tool, then the dialog, then presenting.
    window.press(&[], 's');
    window.wait_for("spotlight");
    window.press(&[], Key::Escape);
    window.until("no spotlight", TIMEOUT, |window| (!window.exists("spotlight")).then_some(()));
    window.click("present-calibrate");
    window.wait_for("calibrate");
    window.press(&[], Key::Escape);
    window.until("no dialog", TIMEOUT, |window| (!window.exists("calibrate")).then_some(()));
    assert!(is_presenting(&window));
    window.press(&[], Key::Escape);
    until_presenting(&window, false);
    window.close();
    drop(manager);
}

#[test]
fn keys_do_nothing_while_a_text_field_has_the_focus() {
    let Some(window) = Window::open(Options { lang: Lang::En, ..Options::default() }) else { return };
    window.start_practice_run(Speed::Instant);
    window.run_step("prepare");
    window.next("scanning");
    window.press(&[], Key::F5);
    until_presenting(&window, true);
    window.js("document.querySelector('#part-why').insertAdjacentHTML('beforeend', '<input id=\"typed\" aria-label=\"typed\">')", &[]);
    window.click_css("#typed");
    window.type_here("b.psd");
    forward(&window);
    assert_eq!(window.js("return document.querySelector('#typed').value", &[]), "b.psd");
    assert!(!window.exists("black") && !window.exists("pointer"));
    assert_eq!(screen(&window, "scanning").as_deref(), Some("why"));
    window.close();
}
