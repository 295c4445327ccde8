//! Saving to files. The web side says what, never where: a dialog of the system's asks, or `IMAGELAB_SAVE_FOLDER` says.

use std::io::{self, Write as _};

use ::findings::{
    Query,
    export::{Format, export},
};
use i18n::{Lang, Localizer};
use lab::{
    Code, Problem,
    report::{self, ReportInput},
};
use tauri::{State, WebviewWindow};

use super::blocking;
use crate::{
    chart::{self, ChartFormat},
    error::Answer,
    saving::{self, SavedFile},
    shell::Shell,
};

/// The format of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize, specta::Type)]
#[serde(rename_all = "lowercase")]
pub enum ReportFormat {
    /// A page for people.
    Html,
    /// For programs.
    Json,
}

/// Saves the findings that a query matches; `None`: the user thought better of it.
#[tauri::command]
#[specta::specta]
pub async fn export_findings(
    shell: State<'_, Shell>,
    window: WebviewWindow,
    query: Query,
    format: Format,
) -> Answer<Option<SavedFile>> {
    let run = shell.newest().await?.ok_or_else(|| Problem::new(Code::NothingOpen))?;
    let Some(path) = saving::ask(&window, &format!("findings-{}", run.id), format.extension()).await? else {
        return Ok(None);
    };
    let store = shell.lab().await?.findings().clone();
    let language = shell.preferences.get().language.unwrap_or_else(Lang::of_system);
    let to = path.clone();
    blocking(move || {
        let header = report::header(run.mode, &Localizer::new(language), saving::now());
        saving::write(&to, |file| export(&store, &query, &header, format, file).map_err(io::Error::other))
    })
    .await?;
    Ok(Some(SavedFile::at(&path)))
}

/// Saves the report of the newest run, in a language.
#[tauri::command]
#[specta::specta]
pub async fn save_report(
    shell: State<'_, Shell>,
    window: WebviewWindow,
    format: ReportFormat,
    language: Lang,
) -> Answer<Option<SavedFile>> {
    let open = shell.open().await?;
    let run = open.run();
    let extension = match format {
        ReportFormat::Html => "html",
        ReportFormat::Json => "json",
    };
    let name = format!("image-security-lab-{}", run.info()?.id);
    let Some(path) = saving::ask(&window, &name, extension).await? else { return Ok(None) };
    let input = ReportInput::gather(shell.lab().await?, &run, saving::now()).await?;
    let to = path.clone();
    blocking(move || report::write(&to, &input, &Localizer::new(language))).await?;
    Ok(Some(SavedFile::at(&path)))
}

/// Saves a chart that the web side has drawn: an SVG as its text, a PNG as base64.
#[tauri::command]
#[specta::specta]
pub async fn save_chart(
    window: WebviewWindow,
    name: String,
    format: ChartFormat,
    data: String,
) -> Answer<Option<SavedFile>> {
    let bytes = chart::read(&name, format, &data)?;
    let Some(path) = saving::ask(&window, &name, format.extension()).await? else { return Ok(None) };
    let to = path.clone();
    blocking(move || saving::write(&to, |file| file.write_all(&bytes))).await?;
    Ok(Some(SavedFile::at(&path)))
}
