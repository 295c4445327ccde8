//! Saving to files. The web side chooses what to save, never the path: that comes from the system's save dialog or from
//! `IMAGELAB_SAVE_FOLDER`.

use std::io::{self, Write as _};

use ::findings::{
    Query,
    export::{Format, export_masked},
};
use i18n::{Lang, Localizer};
use lab::{
    Code, Problem,
    report::{self, ExportSource, ReportInput},
};
use redaction::Redactor;
use tauri::{AppHandle, State, WebviewWindow};
use tauri_plugin_opener::OpenerExt;

use super::blocking;
use crate::{
    chart::{self, ChartFormat},
    error::IpcResult,
    saving::{self, SavedFile},
    shell::Shell,
};

/// The format of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize, specta::Type)]
#[serde(rename_all = "lowercase")]
pub enum ReportFormat {
    /// An HTML page.
    Html,
    /// JSON, for programs.
    Json,
}

/// Saves the findings that a query matches; `None`: the user cancelled the dialog.
#[tauri::command]
#[specta::specta]
pub async fn export_findings(
    shell: State<'_, Shell>,
    window: WebviewWindow,
    query: Query,
    format: Format,
) -> IpcResult<Option<SavedFile>> {
    let lab = shell.lab().await?;
    let explorer = shell.explorer().await.ok();
    let source = ExportSource::of(lab, explorer.as_ref(), &query)?;
    let Some(path) = saving::choose_path(&window, &source.file_stem(), format.extension()).await? else {
        return Ok(None);
    };
    let store = lab.findings().clone();
    let preferences = shell.preferences.get();
    let language = preferences.language.unwrap_or_else(Lang::of_system);
    let target = path.clone();
    blocking(move || {
        let header = source.header(&Localizer::new(language), saving::now());
        let redactor = if preferences.mask_account { source.redactor() } else { Redactor::off() };
        saving::write(&target, |file| {
            file.write_all(format.mark_for_spreadsheets())?;
            export_masked(&store, &query, &header, format, &redactor, file).map_err(io::Error::other)
        })
    })
    .await?;
    Ok(Some(SavedFile::at(&path)))
}

/// Saves the report of the open run in the given language.
#[tauri::command]
#[specta::specta]
pub async fn save_report(
    shell: State<'_, Shell>,
    window: WebviewWindow,
    format: ReportFormat,
    language: Lang,
) -> IpcResult<Option<SavedFile>> {
    let open = shell.open().await?;
    let run = open.run();
    let extension = match format {
        ReportFormat::Html => "html",
        ReportFormat::Json => "json",
    };
    let name = format!("image-security-lab-{}", run.info()?.id);
    let Some(path) = saving::choose_path(&window, &name, extension).await? else { return Ok(None) };
    let lab = shell.lab().await?;
    let mut input = ReportInput::gather(lab, &run, saving::now(), open.practice_clock().await).await?;
    if shell.preferences.get().mask_account {
        input = input.masked(lab.known_folders());
    }
    let target = path.clone();
    blocking(move || report::write(&target, &input, &Localizer::new(language))).await?;
    *shell.saved_report.lock() = Some(path.clone());
    Ok(Some(SavedFile::at(&path)))
}

/// Opens the report that was saved last, with the program that the system has for it.
#[tauri::command]
#[specta::specta]
pub async fn open_report(shell: State<'_, Shell>, app: AppHandle) -> IpcResult<()> {
    let saved = shell.saved_report.lock().clone();
    let path = saved.ok_or_else(|| Problem::new(Code::OpenFailed).with("path", "–"))?.display().to_string();
    let opened = app.opener().open_path(path.as_str(), None::<&str>);
    Ok(opened.map_err(|error| Problem::new(Code::OpenFailed).with("path", path).details(error.to_string()))?)
}

/// Saves a chart that the web side has rendered: `data` is the text of an SVG or the base64 of a PNG.
#[tauri::command]
#[specta::specta]
pub async fn save_chart(
    window: WebviewWindow,
    name: String,
    format: ChartFormat,
    data: String,
) -> IpcResult<Option<SavedFile>> {
    let bytes = chart::read(&name, format, &data)?;
    let Some(path) = saving::choose_path(&window, &name, format.extension()).await? else { return Ok(None) };
    let target = path.clone();
    blocking(move || saving::write(&target, |file| file.write_all(&bytes))).await?;
    Ok(Some(SavedFile::at(&path)))
}
