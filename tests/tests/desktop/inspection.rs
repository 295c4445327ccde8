//! What every screen is held against: WCAG by axe-core, nothing cut off, nothing said in another language. All that is found is
//! told at once.

use std::io::Write as _;

use ::i18n::Lang;
use whole_lab_tests::desktop::{Options, Theme, Window};

/// What stands in a Korean text for the one that fits the value before it.
const UNRESOLVED_PARTICLES: [&str; 5] = ["이(가)", "을(를)", "은(는)", "와(과)", "(으)로"];

/// What was found on the screens seen so far.
#[derive(Default)]
pub(crate) struct Inspection(Vec<String>);

impl Inspection {
    /// Holds the screen, as it is now, against all of it, in both themes.
    pub(crate) fn inspect(&mut self, window: &Window, screen: &str) {
        for theme in Theme::BOTH {
            window.choose_theme(theme);
            self.add_violations(window, screen);
        }
        self.inspect_without_axe(window, screen);
    }

    /// Holds the screen against all of it in the theme that it has: a dialog lies over the switch.
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

    /// Holds the screen against what needs no axe-core, in the theme that it has.
    pub(crate) fn inspect_without_axe(&mut self, window: &Window, screen: &str) {
        for cut in window.clipped_elements() {
            self.0.push(format!("{screen}: cut off: {}: {} “{}”", cut.what, cut.how, cut.text));
        }
        for text in foreign(window) {
            self.0.push(format!("{screen}: not in {:?}: “{text}”", window.language()));
        }
        let words = window.visible_text();
        for both in UNRESOLVED_PARTICLES.into_iter().filter(|both| words.contains(both)) {
            self.0.push(format!("{screen}: a particle was not chosen: {both}"));
        }
        if !window.exists("mode-badge") {
            self.0.push(format!("{screen}: the mode badge is gone"));
        }
    }

    /// Nothing was found.
    pub(crate) fn assert_clean(mut self) {
        let found = std::mem::take(&mut self.0);
        assert!(found.is_empty(), "{} found:\n{}", found.len(), found.join("\n"));
    }
}

impl Drop for Inspection {
    fn drop(&mut self) {
        // Where something else failed first, what was found till then is told as well.
        if std::thread::panicking() && !self.0.is_empty() {
            drop(std::io::stderr().write_all(format!("found till then:\n{}\n", self.0.join("\n")).as_bytes()));
        }
    }
}

/// What the page says in another language than its own: Hangul in English; ids of words that have none in either.
fn foreign(window: &Window) -> Vec<String> {
    let found = window.js(include_str!("foreign_text.js"), &[(window.language() == Lang::En).into()]);
    serde_json::from_value(found).expect("the script lists texts")
}

#[test]
fn the_inspection_sees_what_is_wrong() {
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
    inspection.inspect_current_theme(&window, "made worse");
    let found = std::mem::take(&mut inspection.0).join("\n");
    for wrong in ["color-contrast", "한글", "a-missing-text", "too long for its box"] {
        assert!(found.contains(wrong), "{wrong} is not among:\n{found}");
    }
    window.close();
}
