//! What is on the screen while the window opens.

use whole_lab_tests::desktop::{Options, ScreenSummary, Theme, Tools, Window};

/// A dark page has a smaller share of bright pixels: those of its text.
const TEXT: f64 = 0.1;

/// Captures after the first screen is visible, in which a late flash would show.
const CAPTURES: usize = 30;

#[test]
fn nothing_flashes_white_on_dark() {
    let Some(dark) = opening(Theme::Dark) else { return };
    assert!(dark.captures > 10, "{dark:?}");
    assert!(dark.last > 0.0, "something is on the screen: {dark:?}");
    assert!(dark.brightest < TEXT, "it was never white: {dark:?}");
    // The same monitor sees that a light page is white.
    let light = opening(Theme::Light).expect("it opened before");
    assert!(light.last > 0.5 && light.brightest > 0.5, "{light:?}");
}

/// What the screen shows from the program's start until well after its first screen is visible.
fn opening(theme: Theme) -> Option<ScreenSummary> {
    let tools = Tools::find()?;
    let program = tools.window.clone();
    let window = Window::prepare(tools, Options { theme, ..Options::default() });
    let monitor = window.display.monitor();
    let launched = window.launch_program(&program);
    monitor.wait_until("the first screen is visible", |summary| summary.last > 0.0);
    monitor.wait_for_captures(CAPTURES);
    let summary = monitor.stop();
    launched.end();
    window.close();
    Some(summary)
}
