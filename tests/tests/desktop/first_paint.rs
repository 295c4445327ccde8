//! What is on the screen while the window opens.

use std::time::Duration;

use whole_lab_tests::desktop::{Options, ScreenSummary, Theme, Tools, Window};

/// Of a dark page's pixels, fewer than these are bright: its words.
const WORDS: f64 = 0.1;

#[test]
fn nothing_flashes_white_on_dark() {
    let Some(dark) = opening(Theme::Dark) else { return };
    assert!(dark.looks > 10, "{dark:?}");
    assert!(dark.last > 0.0, "something is on the screen: {dark:?}");
    assert!(dark.brightest < WORDS, "it was never white: {dark:?}");
    // The same eyes see a white page.
    let light = opening(Theme::Light).expect("it opened before");
    assert!(light.last > 0.5 && light.brightest > 0.5, "{light:?}");
}

/// What is seen from the program's start until a while after its first screen is painted.
fn opening(theme: Theme) -> Option<ScreenSummary> {
    let tools = Tools::find()?;
    let program = tools.window.clone();
    let room = Window::prepare(tools, Options { theme, ..Options::default() });
    let watch = room.display.watch();
    let opened = room.start(&program);
    std::thread::sleep(Duration::from_millis(300));
    let seen = watch.end();
    opened.end();
    room.close();
    Some(seen)
}
