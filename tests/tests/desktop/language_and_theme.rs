//! Language and theme are switched at once, and remembered.

use ::i18n::Lang;
use whole_lab_tests::desktop::{Options, Speed, Theme, Window};

use crate::inspection::Inspection;

#[test]
fn language_and_theme_are_switched_at_once_and_remembered() {
    let Some(mut window) = Window::open(Options { lang: Lang::Ko, ..Options::default() }) else { return };
    window.start_practice_run(Speed::Instant);
    window.run_step("prepare");
    let korean = window.visible_text();
    assert_eq!(window.switch_language(), Lang::En);
    assert!(hangul(&korean) > 100, "{korean}");
    let mut inspection = Inspection::default();
    inspection.inspect_without_axe(&window, "prepare, in English");
    assert_eq!(window.theme(), "light");
    let light = background(&window);
    window.choose_theme(Theme::Dark);
    assert_ne!(background(&window), light);
    window.terminate();
    window.launch();
    assert_eq!((window.language(), window.theme().as_str()), (Lang::En, "dark"));
    assert_eq!(window.switch_language(), Lang::Ko);
    window.close();
    inspection.assert_clean();
}

fn hangul(text: &str) -> usize {
    text.chars().filter(|letter| ('가'..='힣').contains(letter)).count()
}

fn background(window: &Window) -> String {
    window.js("return getComputedStyle(document.body).backgroundColor", &[]).to_string()
}
