//! The window's own state: preferences, language, what is open, links.

use i18n::Lang;
use jobs::JobInfo;
use lab::{Code, Problem, RunInfo};
use serde::Serialize;
use tauri::{AppHandle, State, WebviewWindow};
use tauri_plugin_opener::OpenerExt;

use crate::{error::Answer, links, preferences::Preferences, shell::Shell, start::BackendInfo, windows};

/// All that the web side needs to begin, or to begin anew after a reload.
#[derive(Clone, Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct AppState {
    /// The program's version.
    pub version: String,
    /// What the user chose.
    pub preferences: Preferences,
    /// `linux`, `macos`, `windows`.
    pub platform: String,
    /// What the system speaks.
    pub system_language: Lang,
    /// The newest run, finished or not.
    pub run: Option<RunInfo>,
    /// Where the open run goes on; `None`: none is open.
    pub place: Option<BackendInfo>,
    /// The job that goes on, or the last one.
    pub job: Option<JobInfo>,
}

/// All that the web side needs to begin.
#[tauri::command]
#[specta::specta]
pub async fn app_state(shell: State<'_, Shell>) -> Answer<AppState> {
    Ok(AppState {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        platform: std::env::consts::OS.to_owned(),
        preferences: shell.preferences.get(),
        system_language: Lang::of_system(),
        run: shell.newest().await?,
        place: shell.opened().await.map(|open| open.place.clone()),
        job: shell.jobs.current(),
    })
}

/// Remembers what the user chose.
#[tauri::command]
#[specta::specta]
pub async fn set_preferences(shell: State<'_, Shell>, window: WebviewWindow, preferences: Preferences) -> Answer<()> {
    windows::set_theme(&window, preferences.theme);
    let set = shell.preferences.set(preferences);
    Ok(set.map_err(|error| Problem::new(Code::Preferences).details(error.to_string()))?)
}

/// Opens a page of the documentation in the browser.
#[tauri::command]
#[specta::specta]
pub async fn open_link(app: AppHandle, url: String) -> Answer<()> {
    let url = links::check(&url)?;
    let opened = app.opener().open_url(url.as_str(), None::<&str>);
    Ok(opened.map_err(|error| Problem::new(Code::LinkFailed).with("url", url.as_str()).details(error.to_string()))?)
}

/// The first screen is painted, and can be used: a moment that is measured.
#[tauri::command]
#[specta::specta]
pub async fn painted() -> Answer<()> {
    tracing::info!("painted");
    Ok(())
}
