//! The desktop shell: opens the window, passes the web side's commands to the lab, and shuts down cleanly. The lesson itself is
//! in `lab`, its presentation in `ui`.

pub mod bindings;
mod chart;
pub mod commands;
pub mod error;
mod job_channel;
pub mod links;
pub mod preferences;
mod quirks;
mod saving;
pub mod shell;
mod shutdown;
pub mod start;
#[cfg(test)]
mod tests;
mod windows;

use std::process::ExitCode;

use i18n::{Lang, Localizer};
use lab::{Code, Problem};
use launcher::Folder;
use tauri::{AppHandle, Manager};
use tauri_plugin_window_state::StateFlags;

use crate::shell::Shell;

/// The environment variable that names a data folder other than the user's default one.
const DATA_VARIABLE: &str = "IMAGELAB_DATA";

/// Opens the window. Returns if the program cannot start; closing the window ends the process.
pub fn run() -> ExitCode {
    launcher::logging::init("RUST_LOG", "error");
    quirks::apply();
    // All connections use one TLS provider. This can only fail if it is installed already.
    drop(rustls::crypto::ring::default_provider().install_default());
    if !has_display() {
        return fail_without_window(&Problem::new(Code::WindowNoDisplay));
    }
    let folder = match Folder::find(std::env::var_os(DATA_VARIABLE).filter(|path| !path.is_empty()).map(Into::into)) {
        Ok(folder) => folder,
        Err(error) => return fail_without_window(&error.problem),
    };
    let window_file = folder.path().join("window.json").display().to_string();
    let remembered = StateFlags::SIZE | StateFlags::POSITION | StateFlags::MAXIMIZED;
    let app = tauri::Builder::default()
        .plugin(tauri_plugin_single_instance::init(|app, _, _| windows::raise(app)))
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_opener::Builder::new().open_js_links_on_click(false).build())
        .plugin(
            tauri_plugin_window_state::Builder::new().with_state_flags(remembered).with_filename(window_file).build(),
        )
        .invoke_handler(bindings::builder().invoke_handler())
        .setup(move |app| Ok(set_up(app.handle(), folder)?))
        .build(tauri::generate_context!());
    match app {
        Ok(app) => {
            let shutdown = shutdown::Shutdown::default();
            app.run(move |app, event| shutdown.on_event(app, &event));
            ExitCode::SUCCESS
        }
        Err(error) => {
            tracing::error!(%error, "the window cannot be opened");
            ExitCode::FAILURE
        }
    }
}

/// Reports, on standard error, why no window can be opened.
fn fail_without_window(problem: &Problem) -> ExitCode {
    let localizer = Localizer::new(Lang::of_system());
    tracing::error!("{} {}", localizer.text(&problem.message), localizer.text(&problem.hint));
    ExitCode::FAILURE
}

/// Whether a window can be shown. macOS and Windows always have a display.
fn has_display() -> bool {
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(target_os = "linux") || set("DISPLAY") || set("WAYLAND_DISPLAY")
}

fn set_up(app: &AppHandle, folder: Folder) -> tauri::Result<()> {
    let shell = Shell::new(folder);
    let preferences = shell.preferences.get();
    app.manage(shell);
    let window = windows::open(app, preferences.theme, preferences.language.unwrap_or_else(Lang::of_system))?;
    windows::set_zoom(&window, preferences.zoom.unwrap_or(100));
    shutdown::on_signals(app);
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        // Opens the lab early, so that the page does not wait for it. If that fails, the page's first command reports the error.
        drop(app.state::<Shell>().lab().await);
    });
    Ok(())
}
