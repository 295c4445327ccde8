//! The rules that every screen must keep: WCAG by axe-core, nothing cut off, no text in another language. All violations of a test are
//! reported together.

use std::io::Write as _;

use ::i18n::Lang;
use whole_lab_tests::desktop::{Options, Speed, Theme, Window};

/// Particles of which one is chosen by the sound before it. A text that shows both was not resolved.
const UNRESOLVED_PARTICLES: [&str; 5] = ["이(가)", "을(를)", "은(는)", "와(과)", "(으)로"];

/// The violations on the screens inspected so far.
#[derive(Default)]
pub(crate) struct Inspection(Vec<String>);

impl Inspection {
    /// Inspects the screen in both themes.
    pub(crate) fn inspect(&mut self, window: &Window, screen: &str) {
        for theme in Theme::BOTH {
            window.choose_theme(theme);
            self.add_violations(window, screen);
        }
        self.inspect_without_axe(window, screen);
    }

    /// Inspects the screen in its current theme: a dialog covers the switch.
    pub(crate) fn inspect_current_theme(&mut self, window: &Window, screen: &str) {
        self.add_violations(window, screen);
        self.inspect_without_axe(window, screen);
    }

    fn add_violations(&mut self, window: &Window, screen: &str) {
        for violation in window.violations() {
            let nodes = violation.nodes.join("\n    ");
            self.0.push(format!("{screen}, {}: {} ({})\n    {nodes}", window.theme(), violation.id, violation.help));
        }
    }

    /// Inspects the screen in its current theme, without axe-core.
    pub(crate) fn inspect_without_axe(&mut self, window: &Window, screen: &str) {
        for element in window.clipped_elements() {
            self.0.push(format!("{screen}: cut off: {}: {} “{}”", element.what, element.how, element.text));
        }
        for text in foreign_texts(window) {
            self.0.push(format!("{screen}: not in {:?}: “{text}”", window.language()));
        }
        let text = window.visible_text();
        for both in UNRESOLVED_PARTICLES.into_iter().filter(|both| text.contains(both)) {
            self.0.push(format!("{screen}: unresolved particle: {both}"));
        }
        self.add_wrong_primaries(window, screen);
        if !window.exists("mode-badge") {
            self.0.push(format!("{screen}: the mode badge is missing"));
        }
    }

    /// On a step nothing but the one button for the next thing to do looks primary, and it is in sight wherever the page is.
    fn add_wrong_primaries(&mut self, window: &Window, screen: &str) {
        let Primaries { step, primary, distance } = primaries(window);
        if step && primary.len() != 1 {
            self.0.push(format!("{screen}: {} elements look primary: {}", primary.len(), primary.join(", ")));
        }
        if step && distance > 0.0 {
            self.0.push(format!("{screen}: the primary action is {distance:.2} screens away"));
        }
    }

    /// Asserts that there are no violations.
    pub(crate) fn assert_clean(mut self) {
        let violations = std::mem::take(&mut self.0);
        assert!(violations.is_empty(), "{} violations:\n{}", violations.len(), violations.join("\n"));
    }
}

impl Drop for Inspection {
    fn drop(&mut self) {
        // If the test fails for another reason, the violations so far are reported, too.
        if std::thread::panicking() && !self.0.is_empty() {
            drop(std::io::stderr().write_all(format!("violations so far:\n{}\n", self.0.join("\n")).as_bytes()));
        }
    }
}

/// Texts that are not in the page's language: Hangul on an English page, and ids of messages without a text.
fn foreign_texts(window: &Window) -> Vec<String> {
    let texts = window.js(include_str!("foreign_text.js"), &[(window.language() == Lang::En).into()]);
    serde_json::from_value(texts).expect("the script returns a list")
}

/// What looks primary on the page behind any dialog.
#[derive(serde::Deserialize)]
struct Primaries {
    /// Whether a step is open.
    step: bool,
    /// The elements that look primary, by test id or text.
    primary: Vec<String>,
    /// How many screens one has to scroll to the primary action.
    distance: f64,
}

fn primaries(window: &Window) -> Primaries {
    serde_json::from_value(window.js(include_str!("primaries.js"), &[])).expect("the script returns them")
}

#[test]
fn the_inspection_detects_violations() {
    let Some(window) = Window::open(Options { lang: Lang::En, ..Options::default() }) else { return };
    let mut inspection = Inspection::default();
    inspection.inspect_current_theme(&window, "as it is");
    assert!(inspection.0.is_empty(), "{:?}", inspection.0);
    window.js(
        "document.querySelector('main').insertAdjacentHTML('afterbegin', `
            <p style='color: #bbb; background: #fff'>too pale</p>
            <p>한글</p>
            <p>a-missing-text</p>
            <p style='width: 40px; overflow: hidden; white-space: nowrap'>too long for its box</p>`)",
        &[],
    );
    inspection.inspect_current_theme(&window, "with violations");
    window.start_practice_run(Speed::Instant);
    inspection.inspect_without_axe(&window, "a step");
    window.js(
        "const copy = document.querySelector('[data-testid=primary-action] button').cloneNode(true);
        document.querySelector('[data-testid=part-do]').append(copy);
        document.querySelector('#action-bar').style.transform = 'translateY(200px)'",
        &[],
    );
    inspection.inspect_without_axe(&window, "a step with two");
    let violations = std::mem::take(&mut inspection.0).join("\n");
    assert!(!violations.contains("a step: "), "{violations}");
    for wrong in ["a step with two: 2 elements look primary", "a step with two: the primary action is 0.2"] {
        assert!(violations.contains(wrong), "{wrong} is not among:\n{violations}");
    }
    for wrong in ["color-contrast", "한글", "a-missing-text", "too long for its box"] {
        assert!(violations.contains(wrong), "{wrong} is not among:\n{violations}");
    }
    window.close();
}
