//! Zoom and full screen: they work by keys, wheel and menu, are remembered, and every screen fits at every size and zoom.

use ::i18n::Lang;
use whole_lab_tests::{
    desktop::{Key, Options, STEPS, Speed, TIMEOUT, Window, ZOOM_LEVELS},
    soak,
};

use crate::inspection::Inspection;

/// The sizes of the screen, with the highest zoom at which everything must be reachable by vertical scrolling.
const SIZES: [(u32, u32, u32); 4] = [(1024, 700, 200), (1280, 800, 250), (1920, 1080, 250), (2560, 1440, 250)];

fn until_zoom(window: &Window, percent: u32) {
    let width = i64::from(Options::default().width) * 100 / i64::from(percent);
    window.until(format!("{percent} %"), TIMEOUT, |window| {
        window.js("return innerWidth", &[]).as_i64().filter(|is| (is - width).abs() <= 1)
    });
}

fn stored(window: &Window, name: &str) -> serde_json::Value {
    let text = std::fs::read_to_string(window.data().join("preferences.json")).unwrap_or_default();
    serde_json::from_str::<serde_json::Value>(&text).unwrap_or_default()[name].clone()
}

#[test]
fn zoom_by_keys_wheel_and_menu_is_remembered() {
    let Some(mut window) = Window::open(Options { lang: Lang::En, ..Options::default() }) else { return };
    window.press(&[Key::Control], '+');
    until_zoom(&window, 110);
    window.press(&[Key::Control], '=');
    until_zoom(&window, 125);
    window.press(&[Key::Control], '-');
    until_zoom(&window, 110);
    // In a text field too.
    window.click("start-aws");
    window.click_css("[data-testid='plan'] [aria-expanded='false']");
    window.click_css("[data-testid='plan-image'] input");
    window.press(&[Key::Control], '+');
    until_zoom(&window, 125);
    window.turn_wheel_with_control(1);
    until_zoom(&window, 150);
    window.turn_wheel_with_control(-1);
    until_zoom(&window, 125);
    window.choose("menu", "zoom-in");
    until_zoom(&window, 150);
    window.until("the preferences are stored", TIMEOUT, |window| (stored(window, "zoom") == 150).then_some(()));
    window.reload();
    until_zoom(&window, 150);
    window.terminate();
    window.launch_zoomed(150);
    until_zoom(&window, 150);
    window.press(&[Key::Control], '0');
    until_zoom(&window, 100);
    window.close();
}

#[test]
fn the_shortcuts_name_zoom_and_full_screen() {
    let Some(window) = Window::open(Options { lang: Lang::En, ..Options::default() }) else { return };
    window.choose("menu", "shortcuts");
    let shortcuts = window.text("shortcuts");
    for (key, action) in [("+", "larger"), ("−", "smaller"), ("0", "usual size"), ("F11", "full screen")] {
        let row = shortcuts.lines().find(|line| line.contains(action)).unwrap_or_default();
        assert!(row.contains(key), "{key} is beside “{action}” in:\n{shortcuts}");
    }
    window.click("close");
    window.close();
}

#[test]
fn full_screen_begins_and_ends() {
    let Some(window) = Window::open(Options { width: 1400, height: 900, ..Options::default() }) else { return };
    let manager = window.display.manage_windows(window.tools());
    window.resize_zoomed(100, 1000, 700);
    let size = |window: &Window| window.js("return [innerWidth, innerHeight]", &[]);
    let until = |size_is: [u32; 2]| {
        let expected = serde_json::json!(size_is);
        window.until(format!("{size_is:?}"), TIMEOUT, |window| (size(window) == expected).then_some(()));
    };
    window.press(&[], Key::F11);
    until([1400, 900]);
    window.press(&[], Key::F11);
    until([1000, 700]);
    window.choose("menu", "full-screen");
    until([1400, 900]);
    window.press(&[], Key::F11);
    until([1000, 700]);
    window.close();
    drop(manager);
}

/// The cases: a size and a zoom. `cargo xtask soak window` runs all of them, the tests one for each size.
fn cases() -> Vec<(u32, u32, u32)> {
    let of = |(width, height, most): (u32, u32, u32)| {
        let levels = ZOOM_LEVELS.into_iter().filter(move |percent| *percent <= most);
        levels.map(move |percent| (width, height, percent))
    };
    if soak::is_soak() {
        return SIZES.into_iter().flat_map(of).collect();
    }
    vec![(1024, 700, 200), (1280, 800, 250), (1920, 1080, 150), (2560, 1440, 80)]
}

#[test]
fn nothing_is_cut_off_at_any_size_and_zoom() {
    let options = Options { lang: Lang::Ko, width: 2560, height: 1440, ..Options::default() };
    let Some(window) = Window::open(options) else { return };
    let mut inspection = Inspection::default();
    inspect(&window, "start", &mut inspection);
    window.click("start-practice");
    window.wait_for("begin");
    inspect(&window, "start, practice chosen", &mut inspection);
    window.start_practice_run(Speed::Instant);
    for step in STEPS {
        if step != "prepare" {
            window.next(step);
        }
        inspect(&window, &format!("{step}, before"), &mut inspection);
        window.run_step(step);
        inspect(&window, &format!("{step}, after"), &mut inspection);
    }
    window.close();
    inspection.assert_clean();
}

/// Inspects a screen in every case, and goes back to a window in which everything can be clicked.
fn inspect(window: &Window, screen: &str, inspection: &mut Inspection) {
    for (width, height, percent) in cases() {
        window.zoom(percent, width, height);
        window.wait_until_idle();
        inspection.inspect_without_axe(window, &format!("{screen}, {width}×{height} at {percent} %"));
    }
    window.zoom(100, 1280, 800);
}
