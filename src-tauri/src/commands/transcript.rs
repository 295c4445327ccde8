//! The transcript of all calls: its stored entries, and new ones as they are recorded.

use lab::Entry;
use tauri::{State, ipc::Channel};
use tokio::sync::broadcast::error::RecvError;

use crate::{error::IpcResult, shell::Shell};

/// All calls of the newest run.
#[tauri::command]
#[specta::specta]
pub async fn transcript(shell: State<'_, Shell>) -> IpcResult<Vec<Entry>> {
    match shell.newest().await? {
        Some(run) => Ok(shell.lab().await?.transcript(&run.id)?),
        None => Ok(Vec::new()),
    }
}

/// Sends each further call of the open run as it ends. Calls that end at the same time are sent together.
#[tauri::command]
#[specta::specta]
pub async fn watch_transcript(shell: State<'_, Shell>, channel: Channel<Vec<Entry>>) -> IpcResult<()> {
    let mut entries = shell.open().await?.run().watch();
    let watch = tauri::async_runtime::spawn(async move {
        loop {
            let mut batch = match entries.recv().await {
                Ok(entry) => vec![entry],
                // Skipped entries are in the stored transcript; the page reads it when it sees a gap in the numbers.
                Err(RecvError::Lagged(_)) => continue,
                Err(RecvError::Closed) => return,
            };
            while let Ok(entry) = entries.try_recv() {
                batch.push(entry);
            }
            if channel.send(batch).is_err() {
                return;
            }
        }
    });
    shell.set_watch(watch);
    Ok(())
}
