//! The practice clock: how far it was moved forward, and moving it.

use std::time::Duration;

use i18n::Message;
use lab::{Code, LabError, PracticeClock, Problem};
use serde::Serialize;
use tauri::State;

use super::blocking;
use crate::{error::IpcResult, shell::Shell};

/// The clock of the practice cloud that the window shows.
#[derive(Clone, Debug, PartialEq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ShownClock {
    /// How far it was moved forward.
    pub clock: PracticeClock,
    /// What is said of it; `None` if it was not moved.
    pub text: Option<Message>,
}

impl From<PracticeClock> for ShownClock {
    fn from(clock: PracticeClock) -> Self {
        Self { clock, text: clock.message() }
    }
}

/// The practice clock; `None` while the window shows an AWS account. Another process can move it too, so it is read each time.
#[tauri::command]
#[specta::specta]
pub async fn practice_clock(shell: State<'_, Shell>) -> IpcResult<Option<ShownClock>> {
    let Some(region) = shell.practice_region().await? else { return Ok(None) };
    let folder = shell.folder.clone();
    blocking(move || Ok::<_, LabError>(Some(launcher::practice_clock(&folder, region.as_deref()).into()))).await
}

/// Moves the practice clock forward by this many days. It is never moved back.
#[tauri::command]
#[specta::specta]
pub async fn advance_practice(shell: State<'_, Shell>, days: u32) -> IpcResult<ShownClock> {
    let region =
        shell.practice_region().await?.ok_or_else(|| LabError::from(Problem::new(Code::PracticeNotStarted)))?;
    let by = Duration::from_hours(24 * u64::from(days));
    let moved = launcher::advance_practice(&shell.folder, region.as_deref(), by).await;
    Ok(moved.map_err(LabError::from)?.into())
}
