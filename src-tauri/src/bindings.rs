//! The commands, and what the web side knows of them: TypeScript made from the types here.

use std::path::Path;

use specta_typescript::Typescript;
use tauri_specta::{Builder, ErrorHandlingMode, collect_commands};

use crate::commands::{query, results, save, settings, start, steps, transcript};

/// All commands, with their types.
pub fn builder() -> Builder<tauri::Wry> {
    Builder::new()
        .commands(collect_commands![
            settings::app_state,
            settings::set_preferences,
            settings::open_link,
            settings::painted,
            start::engines,
            start::profiles,
            start::who_am_i,
            start::default_plan,
            start::check_plan,
            start::set_plan,
            start::begin,
            start::reopen,
            start::leave,
            start::abandon,
            steps::run_info,
            steps::commands,
            steps::environment,
            steps::preview,
            steps::check,
            steps::run_step,
            steps::undo_step,
            steps::attach,
            steps::cancel,
            results::lens,
            results::repositories,
            results::registry_credential_expiry,
            results::inspector_view,
            results::outcome,
            query::scans,
            query::findings_page,
            query::summary,
            query::finding_values,
            query::finding,
            query::explain_cvss,
            query::compare,
            query::compare_page,
            save::export_findings,
            save::save_report,
            save::save_chart,
            transcript::transcript,
            transcript::watch_transcript,
        ])
        .error_handling(ErrorHandlingMode::Throw)
        .dangerously_cast_bigints_to_number()
        .disable_serde_phases()
}

/// Writes them to a file.
///
/// # Errors
///
/// Why a type cannot be told in TypeScript, or the file not be written.
pub fn write(path: &Path) -> Result<(), specta_typescript::Error> {
    builder().export(Typescript::default().header("// Made by `cargo xtask bindings` from the commands in src-tauri.\n"), path)
}
