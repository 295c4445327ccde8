//! The one window: made with its background's colour, shown at once.

use tauri::{
    AppHandle, Manager, WebviewUrl, WebviewWindow, WebviewWindowBuilder,
    webview::{Color, NewWindowResponse},
};

use i18n::Lang;

use crate::preferences::Theme;

/// The window's name, which its capability goes by.
pub(crate) const MAIN: &str = "main";
/// The backgrounds of the page, as its first style sheet has them.
const LIGHT: Color = Color(0xff, 0xff, 0xff, 0xff);
const DARK: Color = Color(0x16, 0x1d, 0x26, 0xff);

/// Keeps what goes wrong in the page.
const RECORDER: &str = include_str!("../../ui/recorder.js");

/// Makes the window.
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
        .initialization_script(first_words(theme, lang))
        .on_navigation(is_ours)
        .on_document_title_changed(|window, title| entitle(&window, &title))
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .devtools(cfg!(debug_assertions))
        .build()?;
    if theme.is_none() && matches!(window.theme(), Ok(tauri::Theme::Dark)) {
        window.set_background_color(Some(DARK))?;
    }
    // By now it has its remembered place. What it shows until the page does is its background.
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

/// Gives the window's frame and what shines through the page the theme; `None`: the system's.
pub(crate) fn set_theme(window: &WebviewWindow, theme: Option<Theme>) {
    let colour = match theme {
        None if matches!(window.theme(), Ok(tauri::Theme::Dark)) => DARK,
        theme => background(theme),
    };
    if let Err(error) = window.set_theme(theme.map(native)).and_then(|()| window.set_background_color(Some(colour))) {
        tracing::warn!(%error, "the window's theme cannot be set");
    }
}

/// The page says its name in the user's language.
fn entitle(window: &WebviewWindow, title: &str) {
    if let Err(error) = window.set_title(title) {
        tracing::warn!(%error, "the window's title cannot be set");
    }
}

/// Pages are our own: `tauri://localhost`, on Windows `http://tauri.localhost`.
fn is_ours(url: &tauri::Url) -> bool {
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

/// Tells the page its theme before its first style sheet is read, and its language before its first words are fetched.
fn first_words(theme: Option<Theme>, lang: Lang) -> String {
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
    fn no_page_but_our_own_is_gone_to() {
        let ours = |address: &str| is_ours(&address.parse().unwrap());
        assert!(ours("tauri://localhost/index.html"));
        for other in ["https://example.org/", "tauri://example.org/", "file:///etc/passwd", "data:text/html,x"] {
            assert!(!ours(other), "{other}");
        }
        assert_eq!(ours("http://tauri.localhost/"), cfg!(windows));
    }
}
