//! The main window: created with the theme's background and shown at once.

use tauri::{
    AppHandle, Manager, WebviewUrl, WebviewWindow, WebviewWindowBuilder,
    webview::{Color, NewWindowResponse},
};

use i18n::Lang;

use crate::preferences::Theme;

/// The window's label, to which its capability refers.
pub(crate) const MAIN: &str = "main";
/// The backgrounds of the page, the same as in its first style sheet.
const LIGHT: Color = Color(0xff, 0xff, 0xff, 0xff);
const DARK: Color = Color(0x16, 0x1d, 0x26, 0xff);

/// The steps by which the page is zoomed, in percent.
pub(crate) const ZOOM_LEVELS: [u16; 10] = [80, 90, 100, 110, 125, 150, 175, 200, 225, 250];

/// A script that records errors in the page.
const RECORDER: &str = include_str!("../../ui/recorder.js");

/// Creates the window and shows it.
pub(crate) fn open(app: &AppHandle, theme: Option<Theme>, lang: Lang) -> tauri::Result<WebviewWindow> {
    let window = WebviewWindowBuilder::new(app, MAIN, WebviewUrl::default())
        .title("Image Security Lab")
        .inner_size(1280.0, 800.0)
        .min_inner_size(800.0, 560.0)
        .prevent_overflow()
        .visible(false)
        .theme(theme.map(native))
        .background_color(background(theme))
        .initialization_script(RECORDER)
        .initialization_script(page_attributes(theme, lang))
        .on_navigation(is_own_page)
        .on_document_title_changed(|window, title| set_title(&window, &title))
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .devtools(cfg!(debug_assertions))
        .build()?;
    if theme.is_none() && matches!(window.theme(), Ok(tauri::Theme::Dark)) {
        window.set_background_color(Some(DARK))?;
    }
    // Its stored position has been restored by now. Until the page is painted it shows its background.
    window.show()?;
    Ok(window)
}

/// Brings the window to the front: the program was started a second time.
pub(crate) fn raise(app: &AppHandle) {
    if let Some(window) = app.get_webview_window(MAIN) {
        let raised = window.unminimize().and_then(|()| window.show()).and_then(|()| window.set_focus());
        if let Err(error) = raised {
            tracing::warn!(%error, "the window cannot be brought to the front");
        }
    }
}

/// Applies the theme to the window's frame and background; `None`: the system's.
pub(crate) fn set_theme(window: &WebviewWindow, theme: Option<Theme>) {
    let colour = match theme {
        None if matches!(window.theme(), Ok(tauri::Theme::Dark)) => DARK,
        theme => background(theme),
    };
    if let Err(error) = window.set_theme(theme.map(native)).and_then(|()| window.set_background_color(Some(colour))) {
        tracing::warn!(%error, "the window's theme cannot be set");
    }
}

/// Zooms the page. A percentage outside of [`ZOOM_LEVELS`], as from a preferences file edited by hand, is limited.
pub(crate) fn set_zoom(window: &WebviewWindow, percent: u16) {
    let [least, .., most] = ZOOM_LEVELS;
    let percent = percent.clamp(least, most);
    if let Err(error) = window.set_zoom(f64::from(percent) / 100.0) {
        tracing::warn!(%error, "the page cannot be zoomed");
    }
}

/// Begins or ends full screen.
pub(crate) fn set_full_screen(window: &WebviewWindow, full: bool) {
    if let Err(error) = window.set_fullscreen(full) {
        tracing::warn!(%error, full, "full screen cannot be changed");
    }
}

/// Sets the window's title to the page's, which is in the user's language.
fn set_title(window: &WebviewWindow, title: &str) {
    if let Err(error) = window.set_title(title) {
        tracing::warn!(%error, "the window's title cannot be set");
    }
}

/// Whether a page is part of the app: `tauri://localhost`, on Windows `http://tauri.localhost`.
fn is_own_page(url: &tauri::Url) -> bool {
    match url.scheme() {
        "tauri" => url.host_str() == Some("localhost"),
        "http" | "https" => cfg!(windows) && url.host_str() == Some("tauri.localhost"),
        _ => false,
    }
}

fn native(theme: Theme) -> tauri::Theme {
    match theme {
        Theme::Light => tauri::Theme::Light,
        Theme::Dark => tauri::Theme::Dark,
    }
}

fn background(theme: Option<Theme>) -> Color {
    if theme == Some(Theme::Dark) { DARK } else { LIGHT }
}

/// A script that sets the page's theme before its first style sheet is read, and its language before its texts are fetched.
fn page_attributes(theme: Option<Theme>, lang: Lang) -> String {
    let theme = match theme {
        None => "",
        Some(Theme::Light) => "document.documentElement.dataset.theme = 'light';",
        Some(Theme::Dark) => "document.documentElement.dataset.theme = 'dark';",
    };
    format!("document.documentElement.lang = '{}';{theme}", lang.code())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn navigation_leaves_the_app_for_no_other_page() {
        let is_own = |address: &str| is_own_page(&address.parse().unwrap());
        assert!(is_own("tauri://localhost/index.html"));
        for other in ["https://example.org/", "tauri://example.org/", "file:///etc/passwd", "data:text/html,x"] {
            assert!(!is_own(other), "{other}");
        }
        assert_eq!(is_own("http://tauri.localhost/"), cfg!(windows));
    }
}
