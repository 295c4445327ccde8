//! The read-only explorer: any repository of a registry, without a run. Queries over its findings are those of `query`.

use lab::{
    Code, ExploredImage, ExploredRegistry, Explorer, ImageIdentity, LabError, Mode, OpenedImage, Problem, Whereabouts,
};
use launcher::{Cloud, Notice};
use tauri::State;

use crate::{
    error::IpcResult,
    shell::{OpenExplorer, Shell},
};

/// A registry that was opened.
#[derive(Clone, Debug, serde::Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct OpenedRegistry {
    /// The registry.
    pub registry: ExploredRegistry,
    /// What could not be read when its cloud was started.
    pub notices: Vec<Notice>,
}

/// Connects to the registry of a mode's account; `None`: to that of the open run.
#[tauri::command]
#[specta::specta]
pub async fn explore(
    shell: State<'_, Shell>,
    mode: Option<Mode>,
    profile: Option<String>,
    region: Option<String>,
) -> IpcResult<OpenedRegistry> {
    let slot = shell.slot().await;
    shell.close_explorer().await;
    let run = match slot.as_ref() {
        Some(open) => open.cloud().await,
        None => None,
    };
    let cloud = match (run, mode) {
        (Some(cloud), None) => cloud,
        // One process runs a practice cloud once: the run's is the same account.
        (Some(cloud), Some(Mode::Practice)) if cloud.mode == Mode::Practice => cloud,
        (_, Some(mode)) => Cloud::open(&shell.folder, mode, profile, region).await.map_err(LabError::from)?,
        (None, None) => return Err(Problem::new(Code::NothingOpen).into()),
    };
    let store = shell.lab().await?.findings().clone();
    match Explorer::connect(&cloud.aws, &cloud.findings_origin, store).await {
        Ok(explorer) => {
            let (registry, notices) = (explorer.registry().await, cloud.notices.clone());
            shell.set_explorer(OpenExplorer { explorer, cloud }).await;
            Ok(OpenedRegistry { registry: registry?, notices })
        }
        Err(error) => {
            cloud.close().await;
            Err(error.into())
        }
    }
}

/// The images of a repository, the newest first.
#[tauri::command]
#[specta::specta]
pub async fn explore_images(shell: State<'_, Shell>, repository: String) -> IpcResult<Vec<ExploredImage>> {
    Ok(shell.explorer().await?.images(&repository).await?)
}

/// Reads the findings of an image.
#[tauri::command]
#[specta::specta]
pub async fn explore_image(shell: State<'_, Shell>, repository: String, digest: String) -> IpcResult<OpenedImage> {
    let identity = ImageIdentity::Digest(&digest);
    Ok(shell.explorer().await?.open(&repository, identity, &()).await?)
}

/// Which images of the registry have a vulnerability.
#[tauri::command]
#[specta::specta]
pub async fn explore_vulnerability(shell: State<'_, Shell>, vulnerability: String) -> IpcResult<Whereabouts> {
    Ok(shell.explorer().await?.whereabouts(&vulnerability).await?)
}

/// Closes the explorer, and deletes what it has read.
#[tauri::command]
#[specta::specta]
pub async fn explore_leave(shell: State<'_, Shell>) -> IpcResult<()> {
    shell.close_explorer().await;
    Ok(())
}
