//! The record of every call: what there is, and what comes.

use lab::Entry;
use tauri::{State, ipc::Channel};
use tokio::sync::broadcast::error::RecvError;

use crate::{error::Answer, shell::Shell};

/// Every call of the newest run.
#[tauri::command]
#[specta::specta]
pub async fn transcript(shell: State<'_, Shell>) -> Answer<Vec<Entry>> {
    match shell.newest().await? {
        Some(run) => Ok(shell.lab().await?.transcript(&run.id)?),
        None => Ok(Vec::new()),
    }
}

/// Sends every call of the open run from now on, as it ends. Several that come at once are sent together.
#[tauri::command]
#[specta::specta]
pub async fn watch_transcript(shell: State<'_, Shell>, channel: Channel<Vec<Entry>>) -> Answer<()> {
    let mut entries = shell.open().await?.run().watch();
    let watch = tauri::async_runtime::spawn(async move {
        loop {
            let mut batch = match entries.recv().await {
                Ok(entry) => vec![entry],
                // Missed ones are in the stored transcript; the page asks for it when numbers are missing.
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
