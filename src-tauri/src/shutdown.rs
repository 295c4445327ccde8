//! Shutdown: stops what was started before the program exits. Tauri does not drop managed state, so this must be explicit.

use std::{
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

use tauri::{AppHandle, Manager, RunEvent};

use crate::shell::Shell;

/// How long stopping may take before the program exits anyway. The session is consistent at any moment.
const STOP_TIMEOUT: Duration = Duration::from_secs(8);

/// Handles requests to exit.
#[derive(Default)]
pub(crate) struct Shutdown {
    started: AtomicBool,
}

impl Shutdown {
    /// Defers the first request to exit until everything has stopped.
    pub(crate) fn on_event(&self, app: &AppHandle, event: &RunEvent) {
        let RunEvent::ExitRequested { api, .. } = event else { return };
        if self.started.swap(true, Ordering::SeqCst) {
            // Either our own `exit` below, or a second request by the user, which is not deferred.
            return;
        }
        api.prevent_exit();
        // From now on, starting the program again opens a new window instead of raising this one.
        tauri_plugin_single_instance::destroy(app);
        let app = app.clone();
        tauri::async_runtime::spawn(async move {
            let shell = app.state::<Shell>();
            if tokio::time::timeout(STOP_TIMEOUT, shell.close()).await.is_err() {
                tracing::warn!("not everything stopped in time");
            }
            app.exit(0);
        });
    }
}

/// Exits, as if the window were closed, on SIGTERM, SIGINT and SIGHUP.
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
                Err(error) => tracing::warn!(%error, "a signal cannot be handled"),
            }
        });
    }
}

/// Exits, as if the window were closed, on Ctrl-C.
#[cfg(not(unix))]
pub(crate) fn on_signals(app: &AppHandle) {
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        if tokio::signal::ctrl_c().await.is_ok() {
            app.exit(0);
        }
    });
}
