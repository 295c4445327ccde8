//! Queries over findings. All filtering, sorting, paging and counting is done in Rust, outside the main thread.

use ::findings::{
    Comparison, CvssExplanation, DiffPage, DiffStatus, Finding, Page, Property, Query, Scan, ScanId, Scope, Store,
    Summary, ValueCount,
};
use tauri::State;

use super::blocking;
use crate::{error::IpcResult, shell::Shell};

async fn store(shell: &Shell) -> IpcResult<Store> {
    Ok(shell.lab().await?.findings().clone())
}

/// All scans of the newest run.
#[tauri::command]
#[specta::specta]
pub async fn scans(shell: State<'_, Shell>) -> IpcResult<Vec<Scan>> {
    let (store, run) = (store(&shell).await?, shell.newest().await?.map(|run| run.id.0));
    let scans = blocking(move || store.scans()).await?;
    Ok(scans.into_iter().filter(|scan| Some(&scan.key.run) == run.as_ref()).collect())
}

/// One page of the matching findings.
#[tauri::command]
#[specta::specta]
pub async fn findings_page(shell: State<'_, Shell>, query: Query) -> IpcResult<Page> {
    let store = store(&shell).await?;
    blocking(move || store.query(&query)).await
}

/// Counts of the matching findings, by several properties.
#[tauri::command]
#[specta::specta]
pub async fn summary(shell: State<'_, Shell>, query: Query) -> IpcResult<Summary> {
    let store = store(&shell).await?;
    blocking(move || store.summary(&query)).await
}

/// The values of a property, the most frequent first.
#[tauri::command]
#[specta::specta]
pub async fn finding_values(
    shell: State<'_, Shell>,
    scope: Scope,
    property: Property,
    part: String,
    limit: u32,
) -> IpcResult<Vec<ValueCount>> {
    let store = store(&shell).await?;
    blocking(move || store.values(&scope, property, &part, limit as usize)).await
}

/// One finding with all its details.
#[tauri::command]
#[specta::specta]
pub async fn finding(shell: State<'_, Shell>, scan: ScanId, arn: String) -> IpcResult<Option<Finding>> {
    let store = store(&shell).await?;
    blocking(move || store.get(scan, &arn)).await
}

/// The differences in vulnerabilities between two scans.
#[tauri::command]
#[specta::specta]
pub async fn compare(shell: State<'_, Shell>, before: Scope, after: Scope) -> IpcResult<Comparison> {
    let store = store(&shell).await?;
    blocking(move || store.compare(&before, &after)).await
}

/// One page of the vulnerabilities with one status.
#[tauri::command]
#[specta::specta]
pub async fn compare_page(
    shell: State<'_, Shell>,
    before: Scope,
    after: Scope,
    status: DiffStatus,
    page: u32,
    page_size: u32,
) -> IpcResult<DiffPage> {
    let store = store(&shell).await?;
    blocking(move || store.compare_page(&before, &after, status, page as usize, page_size as usize)).await
}

/// The metrics of a CVSS vector. The ids of their texts are `cvss-<name>` and `cvss-value-<meaning>`.
#[tauri::command]
#[specta::specta]
pub async fn explain_cvss(vector: String) -> IpcResult<CvssExplanation> {
    Ok(::findings::explain_cvss(&vector)?)
}
