//! What is shown beside the steps, read live: the filter preview, the repositories, Inspector's side, what came of the run.

use ::findings::Timestamp;
use lab::{FilterPreview, InspectorRepository, RepositoryCard, RunOutcome};
use tauri::State;

use crate::{error::Answer, shell::Shell};

/// What a filter would watch: the plan's repositories, the account's others, and examples.
#[tauri::command]
#[specta::specta]
pub async fn filter_preview(shell: State<'_, Shell>, filter: String) -> Answer<FilterPreview> {
    Ok(shell.open().await?.run().filter_preview(&filter).await?)
}

/// The plan's repositories as they stand, in its order.
#[tauri::command]
#[specta::specta]
pub async fn repositories(shell: State<'_, Shell>) -> Answer<Vec<RepositoryCard>> {
    Ok(shell.open().await?.run().repositories().await?)
}

/// When the registry's last token ends, if one was fetched. Never the token.
#[tauri::command]
#[specta::specta]
pub async fn registry_credential_expiry(shell: State<'_, Shell>) -> Answer<Option<Timestamp>> {
    Ok(shell.open().await?.run().credential_expiry()?)
}

/// Inspector's side of the watched repository and of the unwatched one with the same image.
#[tauri::command]
#[specta::specta]
pub async fn inspector_view(shell: State<'_, Shell>) -> Answer<Vec<InspectorRepository>> {
    Ok(shell.open().await?.run().inspector_view().await?)
}

/// What came of the run, as far as it has come. Asks nobody.
#[tauri::command]
#[specta::specta]
pub async fn outcome(shell: State<'_, Shell>) -> Answer<RunOutcome> {
    Ok(shell.open().await?.run().outcome().await?)
}
