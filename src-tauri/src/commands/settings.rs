//! The state of the window: preferences, language, the open run, links.

use i18n::Lang;
use jobs::JobInfo;
use lab::{Code, Problem, RunInfo};
use serde::Serialize;
use tauri::{AppHandle, State, WebviewWindow};
use tauri_plugin_opener::OpenerExt;

use crate::{error::IpcResult, links, preferences::Preferences, shell::Shell, start::BackendInfo, windows};

/// The state that the web side needs when it starts, and after a reload.
#[derive(Clone, Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct AppState {
    /// The program's version.
    pub version: String,
    /// The user's preferences.
    pub preferences: Preferences,
    /// The operating system: `linux`, `macos` or `windows`.
    pub platform: String,
    /// The system's language.
    pub system_language: Lang,
    /// The newest run, finished or not.
    pub run: Option<RunInfo>,
    /// The backend of the open run; `None`: no run is open.
    pub backend: Option<BackendInfo>,
    /// The running job, or else the last one.
    pub job: Option<JobInfo>,
}

/// Returns the state that the web side needs when it starts.
#[tauri::command]
#[specta::specta]
pub async fn app_state(shell: State<'_, Shell>) -> IpcResult<AppState> {
    Ok(AppState {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        platform: std::env::consts::OS.to_owned(),
        preferences: shell.preferences.get(),
        system_language: Lang::of_system(),
        run: shell.newest().await?,
        backend: shell.opened().await.map(|open| open.backend_info.clone()),
        job: shell.jobs.current(),
    })
}

/// Stores the user's preferences and applies the theme.
#[tauri::command]
#[specta::specta]
pub async fn set_preferences(
    shell: State<'_, Shell>,
    window: WebviewWindow,
    preferences: Preferences,
) -> IpcResult<()> {
    windows::set_theme(&window, preferences.theme);
    let stored = shell.preferences.set(preferences);
    Ok(stored.map_err(|error| Problem::new(Code::Preferences).details(error.to_string()))?)
}

/// The accounts that the user has excluded from being changed.
#[tauri::command]
#[specta::specta]
pub async fn never_here(shell: State<'_, Shell>) -> IpcResult<Vec<String>> {
    Ok(shell.lab().await?.never_here()?)
}

/// Replaces those accounts, and returns them as they are stored.
#[tauri::command]
#[specta::specta]
pub async fn set_never_here(shell: State<'_, Shell>, accounts: Vec<String>) -> IpcResult<Vec<String>> {
    Ok(shell.lab().await?.set_never_here(&accounts)?)
}

/// Opens a link in the browser, if its host is on the list.
#[tauri::command]
#[specta::specta]
pub async fn open_link(app: AppHandle, url: String) -> IpcResult<()> {
    let url = links::check(&url)?;
    let opened = app.opener().open_url(url.as_str(), None::<&str>);
    Ok(opened.map_err(|error| Problem::new(Code::LinkFailed).with("url", url.as_str()).details(error.to_string()))?)
}

/// Logs that the first screen is painted and usable. Benchmarks measure this moment.
#[tauri::command]
#[specta::specta]
pub async fn painted() -> IpcResult<()> {
    tracing::info!("painted");
    Ok(())
}
