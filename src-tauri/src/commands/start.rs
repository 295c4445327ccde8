//! Starts, continues and abandons runs.

use std::sync::Arc;

use lab::{Caller, Code, DetectedEngine, LabError, Mode, Plan, Problem, ProfileOption, Run, RunInfo};
use launcher::{Backend, LaunchOptions};
use practice::Speed;
use tauri::State;

use crate::{
    error::IpcResult,
    shell::{OpenRun, Shell},
    start::StartRequest,
};

/// Every detected Docker, usable or not. The built-in engine is always available and not in the list.
#[tauri::command]
#[specta::specta]
pub async fn engines() -> IpcResult<Vec<DetectedEngine>> {
    Ok(lab::detect().await)
}

/// The profiles in the user's AWS configuration.
#[tauri::command]
#[specta::specta]
pub async fn profiles() -> IpcResult<Vec<ProfileOption>> {
    Ok(lab::profiles().await?)
}

/// The Regions that have what the lab needs. Others can be entered.
#[tauri::command]
#[specta::specta]
pub async fn regions() -> IpcResult<Vec<&'static str>> {
    Ok(lab::REGIONS.to_vec())
}

/// The identity that AWS calls would have with a profile and a Region. Changes nothing.
#[tauri::command]
#[specta::specta]
pub async fn who_am_i(profile: Option<String>, region: Option<String>) -> IpcResult<Caller> {
    Ok(lab::who_am_i(profile, region).await?)
}

/// The lesson's default plan.
#[tauri::command]
#[specta::specta]
pub async fn default_plan() -> IpcResult<Plan> {
    Ok(Plan::default())
}

/// Validates a plan. The error says what is wrong with it.
#[tauri::command]
#[specta::specta]
pub async fn check_plan(plan: Plan) -> IpcResult<()> {
    Ok(plan.validate()?)
}

/// Replaces the plan of the open run, which is possible only until the run has changed something.
#[tauri::command]
#[specta::specta]
pub async fn set_plan(shell: State<'_, Shell>, plan: Plan) -> IpcResult<RunInfo> {
    let open = shell.open().await?;
    let run = open.run().with_plan(plan)?;
    let info = run.info()?;
    open.set_run(run);
    Ok(info)
}

/// Starts a run: first its backend, then the run itself.
#[tauri::command]
#[specta::specta]
pub async fn begin(shell: State<'_, Shell>, start: StartRequest) -> IpcResult<RunInfo> {
    start.plan.validate()?;
    let mut slot = shell.slot().await;
    let lab = shell.lab().await?;
    if let Some(unfinished) = lab.newest()?.filter(|newest| !newest.finished) {
        return Err(Problem::new(Code::RunUnfinished).with("run", unfinished.id.0).into());
    }
    shell.empty(&mut slot).await;
    let options = start.options();
    let launch = LaunchOptions::start(start.mode, &options);
    let backend = Backend::open(&shell.folder, launch).await.map_err(LabError::from)?;
    let started = lab.start(start.plan, backend.access.clone(), &options).await;
    keep_open(&mut slot, started, backend, start.speed).await
}

/// Continues the newest run.
#[tauri::command]
#[specta::specta]
pub async fn reopen(shell: State<'_, Shell>) -> IpcResult<RunInfo> {
    let mut slot = shell.slot().await;
    if let Some(open) = slot.as_ref() {
        return Ok(open.run().info()?);
    }
    let newest = shell.newest().await?.ok_or_else(|| Problem::new(Code::NothingToResume))?;
    let launch = LaunchOptions::resume(&shell.folder, &newest);
    let speed = launch.speed;
    shell.close_explorer().await;
    let backend = Backend::open(&shell.folder, launch).await.map_err(LabError::from)?;
    let resumed = shell.lab().await?.resume(backend.access.clone()).await;
    keep_open(&mut slot, resumed, backend, speed).await
}

/// Closes the open run, which can be continued later.
#[tauri::command]
#[specta::specta]
pub async fn leave(shell: State<'_, Shell>) -> IpcResult<()> {
    shell.close().await;
    Ok(())
}

/// Abandons the newest run. What it created in the user's own account stays; a practice cloud is emptied.
#[tauri::command]
#[specta::specta]
pub async fn abandon(shell: State<'_, Shell>) -> IpcResult<()> {
    let mut slot = shell.slot().await;
    let newest = shell.newest().await?.ok_or_else(|| Problem::new(Code::NothingToResume))?;
    shell.empty(&mut slot).await;
    if newest.mode == Mode::Practice {
        let region = newest.region.as_deref();
        launcher::empty_practice(&shell.folder, region).await.map_err(LabError::from)?;
    }
    Ok(shell.lab().await?.abandon()?)
}

/// Keeps a run open with its backend, or closes the backend if there is no run.
async fn keep_open(
    slot: &mut Option<Arc<OpenRun>>,
    run: Result<Run, LabError>,
    backend: Backend,
    speed: Speed,
) -> IpcResult<RunInfo> {
    match run.and_then(|run| Ok((run.info()?, run))) {
        Ok((info, run)) => {
            *slot = Some(Arc::new(OpenRun::new(run, backend, speed)));
            Ok(info)
        }
        Err(error) => {
            backend.close().await;
            Err(error.into())
        }
    }
}
