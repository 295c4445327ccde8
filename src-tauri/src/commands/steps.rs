//! The steps of the open run: commands, preview, run, check, undo.

use jobs::{JobInfo, JobKind, JobMessage};
use lab::{
    Check, Code, CommandLine, ConfigurationChoice, Confirmation, PolicyTexts, Preview, Problem, RunInfo, RunPreview,
    StepAction, StepId,
};
use launcher::Variable;
use tauri::{State, ipc::Channel};

use crate::{error::IpcResult, job_channel::JobChannel, shell::Shell};

/// The current state of the open run.
#[tauri::command]
#[specta::specta]
pub async fn run_info(shell: State<'_, Shell>) -> IpcResult<RunInfo> {
    Ok(shell.open().await?.run().info()?)
}

/// The step as commands for a terminal.
#[tauri::command]
#[specta::specta]
pub async fn commands(shell: State<'_, Shell>, step: StepId) -> IpcResult<Vec<CommandLine>> {
    Ok(shell.open().await?.run().commands(step))
}

/// The environment variables that those commands need; none for the user's own account.
#[tauri::command]
#[specta::specta]
pub async fn environment(shell: State<'_, Shell>) -> IpcResult<Vec<Variable>> {
    shell.open().await?.environment(&shell.folder).await
}

/// The least-privilege IAM policy of the open run.
#[tauri::command]
#[specta::specta]
pub async fn iam_policy(shell: State<'_, Shell>) -> IpcResult<PolicyTexts> {
    Ok(shell.open().await?.run().policy().await?.texts())
}

/// What the step would change.
#[tauri::command]
#[specta::specta]
pub async fn preview(shell: State<'_, Shell>, step: StepId) -> IpcResult<Preview> {
    Ok(shell.open().await?.run().preview(step).await?)
}

/// The preview to which the user must consent before the step is run or undone; `None` if consent was given or is not needed.
#[tauri::command]
#[specta::specta]
pub async fn consent_request(shell: State<'_, Shell>, step: StepId, kind: JobKind) -> IpcResult<Option<RunPreview>> {
    let action = match kind {
        JobKind::Run => StepAction::Run,
        JobKind::Undo => StepAction::Undo,
    };
    Ok(shell.open().await?.run().consent_request(step, action).await?)
}

/// Records that the user confirms a preview that they have seen.
#[tauri::command]
#[specta::specta]
pub async fn give_consent(shell: State<'_, Shell>, preview: RunPreview, confirmation: Confirmation) -> IpcResult<()> {
    Ok(shell.open().await?.run().give_consent(&preview, &confirmation)?)
}

/// Remembers what the clean-up is to remove although the run did not make it, by name.
#[tauri::command]
#[specta::specta]
pub async fn choose_removals(shell: State<'_, Shell>, names: Vec<String>) -> IpcResult<()> {
    Ok(shell.open().await?.run().choose_removals(&names)?)
}

/// Records what becomes of a scanning configuration that another user has changed.
#[tauri::command]
#[specta::specta]
pub async fn choose_configuration(shell: State<'_, Shell>, choice: ConfigurationChoice) -> IpcResult<()> {
    Ok(shell.open().await?.run().choose_configuration(choice)?)
}

/// Checks the step against the actual state.
#[tauri::command]
#[specta::specta]
pub async fn check(shell: State<'_, Shell>, step: StepId) -> IpcResult<Vec<Check>> {
    Ok(shell.open().await?.run().check(step).await?)
}

/// Starts a job that runs the step and checks it, or attaches to the running job.
#[tauri::command]
#[specta::specta]
pub async fn run_step(shell: State<'_, Shell>, step: StepId, channel: Channel<JobMessage>) -> IpcResult<JobInfo> {
    let run = shell.open().await?.run();
    Ok(shell.jobs.start(step, JobKind::Run, Box::new(JobChannel(channel)), move |progress, cancel| async move {
        run.run(step, progress, cancel).await?;
        run.check(step).await.map(drop)
    }))
}

/// Starts a job that undoes the step and checks it, or attaches to the running job.
#[tauri::command]
#[specta::specta]
pub async fn undo_step(shell: State<'_, Shell>, step: StepId, channel: Channel<JobMessage>) -> IpcResult<JobInfo> {
    let run = shell.open().await?.run();
    Ok(shell.jobs.start(step, JobKind::Undo, Box::new(JobChannel(channel)), move |progress, cancel| async move {
        run.undo(step, progress, cancel).await?;
        run.check(step).await.map(drop)
    }))
}

/// Attaches a new channel to a job.
#[tauri::command]
#[specta::specta]
pub async fn attach(shell: State<'_, Shell>, job: u32, channel: Channel<JobMessage>) -> IpcResult<JobInfo> {
    let attached = shell.jobs.attach(job, Box::new(JobChannel(channel)));
    Ok(attached.ok_or_else(|| Problem::new(Code::NoSuchJob))?)
}

/// Cancels a job.
#[tauri::command]
#[specta::specta]
pub async fn cancel(shell: State<'_, Shell>, job: u32) -> IpcResult<()> {
    shell.jobs.cancel(job);
    Ok(())
}
