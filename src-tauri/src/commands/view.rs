//! How the window shows the page: its zoom, and full screen.

use tauri::WebviewWindow;

use crate::{error::IpcResult, windows};

/// Zooms the page to this percentage, which is limited to what a window can have. It is not stored.
#[tauri::command]
#[specta::specta]
pub async fn set_zoom(window: WebviewWindow, percent: u16) -> IpcResult<()> {
    windows::set_zoom(&window, percent);
    Ok(())
}

/// Begins or ends full screen.
#[tauri::command]
#[specta::specta]
pub async fn set_full_screen(window: WebviewWindow, full: bool) -> IpcResult<()> {
    windows::set_full_screen(&window, full);
    Ok(())
}

/// Whether the window is shown in full screen now. The desktop can end it without the page.
#[tauri::command]
#[specta::specta]
pub async fn is_full_screen(window: WebviewWindow) -> IpcResult<bool> {
    Ok(window.is_fullscreen().unwrap_or(false))
}
