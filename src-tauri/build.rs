//! Tells Tauri which commands there are: a window may use only those that its capability lists.

fn main() {
    let commands = tauri_build::AppManifest::new().commands(COMMANDS);
    if let Err(error) = tauri_build::try_build(tauri_build::Attributes::new().app_manifest(commands)) {
        panic!("{error:#}");
    }
}

include!("src/commands/names.rs");
