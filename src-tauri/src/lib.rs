//! The desktop shell: a window on the lab. Starts what a run needs, hands the lab's answers to the web side, and ends cleanly.
//! What the lesson is, is left to `lab`; how it looks, to `ui`.

pub mod bindings;
mod chart;
pub mod commands;
mod end;
pub mod error;
mod job_channel;
pub mod links;
pub mod preferences;
mod quirks;
mod saving;
pub mod shell;
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

/// The folder that holds everything, if not the user's own.
const DATA: &str = "IMAGELAB_DATA";

/// Opens the window, and returns when it is closed.
pub fn run() -> ExitCode {
    log();
    quirks::apply();
    // One TLS for all. It can only be there already if it is this one.
    drop(rustls::crypto::ring::default_provider().install_default());
    if !has_display() {
        return refuse(&Problem::new(Code::WindowNoDisplay));
    }
    let folder = match Folder::find(std::env::var_os(DATA).filter(|path| !path.is_empty()).map(Into::into)) {
        Ok(folder) => folder,
        Err(error) => return refuse(&error.problem),
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
            let end = end::End::default();
            app.run(move |app, event| end.hear(app, &event));
            ExitCode::SUCCESS
        }
        Err(error) => {
            tracing::error!(%error, "the window cannot be opened");
            ExitCode::FAILURE
        }
    }
}

/// There is no window to say it in.
fn refuse(problem: &Problem) -> ExitCode {
    let words = Localizer::new(Lang::of_system());
    tracing::error!("{} {}", words.text(&problem.message), words.text(&problem.hint));
    ExitCode::FAILURE
}

/// macOS and Windows always have one.
fn has_display() -> bool {
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(target_os = "linux") || set("DISPLAY") || set("WAYLAND_DISPLAY")
}

fn set_up(app: &AppHandle, folder: Folder) -> tauri::Result<()> {
    let shell = Shell::new(folder);
    let chosen = shell.preferences.get();
    app.manage(shell);
    windows::open(app, chosen.theme, chosen.language.unwrap_or_else(Lang::of_system))?;
    end::on_signals(app);
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        // So that it is open when the page asks. Why it does not open, the page is told when it does.
        drop(app.state::<Shell>().lab().await);
    });
    Ok(())
}

/// What goes on inside, on standard error, if `RUST_LOG` says of what. Trouble is told in any case.
fn log() {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("error"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
}
