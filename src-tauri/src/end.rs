//! The end: whatever asks for it, what was started is stopped first. Managed state is never dropped by itself.

use std::{
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

use tauri::{AppHandle, Manager, RunEvent};

use crate::shell::Shell;

/// What does not stop in this time is left to the system: the session is whole at any moment.
const PATIENCE: Duration = Duration::from_secs(8);

/// Whether what was started is being stopped.
#[derive(Default)]
pub(crate) struct End {
    begun: AtomicBool,
}

impl End {
    /// Holds the first wish to end until all is stopped.
    pub(crate) fn hear(&self, app: &AppHandle, event: &RunEvent) {
        let RunEvent::ExitRequested { api, .. } = event else { return };
        if self.begun.swap(true, Ordering::SeqCst) {
            // Stopped, and asked for again by ourselves; or someone is impatient.
            return;
        }
        api.prevent_exit();
        // Who starts the program anew from now on gets a window of their own.
        tauri_plugin_single_instance::destroy(app);
        let app = app.clone();
        tauri::async_runtime::spawn(async move {
            let shell = app.state::<Shell>();
            if tokio::time::timeout(PATIENCE, shell.close()).await.is_err() {
                tracing::warn!("not everything stopped in time");
            }
            app.exit(0);
        });
    }
}

/// Ends as by closing the window when the system says so.
#[cfg(unix)]
pub(crate) fn on_signals(app: &AppHandle) {
    use tokio::signal::unix::{SignalKind, signal};

    for kind in [SignalKind::terminate(), SignalKind::interrupt(), SignalKind::hangup()] {
        let app = app.clone();
        tauri::async_runtime::spawn(async move {
            match signal(kind) {
                Ok(mut signals) => {
                    if signals.recv().await.is_some() {
                        app.exit(0);
                    }
                }
                Err(error) => tracing::warn!(%error, "a signal cannot be heard"),
            }
        });
    }
}

/// Ends as by closing the window when the terminal says so.
#[cfg(not(unix))]
pub(crate) fn on_signals(app: &AppHandle) {
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        if tokio::signal::ctrl_c().await.is_ok() {
            app.exit(0);
        }
    });
}
