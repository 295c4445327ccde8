//! Current state shown beside the steps: filter preview, repositories, Inspector's coverage, outcome of the run.

use ::findings::Timestamp;
use lab::{FilterPreview, InspectorRepository, RepositoryCard, RunOutcome};
use tauri::State;

use crate::{error::IpcResult, shell::Shell};

/// Which repositories a filter would match: those of the plan, others of the account, and examples.
#[tauri::command]
#[specta::specta]
pub async fn filter_preview(shell: State<'_, Shell>, filter: String) -> IpcResult<FilterPreview> {
    Ok(shell.open().await?.run().filter_preview(&filter).await?)
}

/// The current state of the plan's repositories, in the order of the plan.
#[tauri::command]
#[specta::specta]
pub async fn repositories(shell: State<'_, Shell>) -> IpcResult<Vec<RepositoryCard>> {
    Ok(shell.open().await?.run().repositories().await?)
}

/// When the last registry token expires, if one was fetched. The token itself never reaches the web side.
#[tauri::command]
#[specta::specta]
pub async fn registry_credential_expiry(shell: State<'_, Shell>) -> IpcResult<Option<Timestamp>> {
    Ok(shell.open().await?.run().credential_expiry()?)
}

/// What Inspector reports about the scanned repository and about the unscanned one with the same image.
#[tauri::command]
#[specta::specta]
pub async fn inspector_view(shell: State<'_, Shell>) -> IpcResult<Vec<InspectorRepository>> {
    Ok(shell.open().await?.run().inspector_view().await?)
}

/// The outcome of the run so far, from the session alone: no calls are made.
#[tauri::command]
#[specta::specta]
pub async fn outcome(shell: State<'_, Shell>) -> IpcResult<RunOutcome> {
    Ok(shell.open().await?.run().outcome().await?)
}
