//! Input methods on Linux. `wry` hides what is being composed (`set_enable_preedit(false)`), for candidate lists that are placed at the
//! text cursor: a Hangul syllable would stay invisible until the next one begins. Our windows show it.

use tauri::WebviewWindow;

/// Has the page show a text while it is composed by an input method.
#[cfg(target_os = "linux")]
pub(crate) fn show_compositions(window: &WebviewWindow) {
    use webkit2gtk::{InputMethodContextExt as _, WebViewExt as _};

    let shown = window.with_webview(|webview| {
        if let Some(context) = webview.inner().input_method_context() {
            context.set_enable_preedit(true);
        }
    });
    if let Err(error) = shown {
        tracing::warn!(%error, "texts are not shown while they are composed");
    }
}

/// Elsewhere the page shows it in any case.
#[cfg(not(target_os = "linux"))]
pub(crate) fn show_compositions(_: &WebviewWindow) {}
