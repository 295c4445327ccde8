//! Gives Tauri the names of the commands. A window may call only those that its capability lists.

fn main() {
    println!("cargo::rerun-if-changed=../ui/dist");
    assert!(
        std::path::Path::new("../ui/dist/index.html").is_file(),
        "ui/dist is missing, which is embedded in the program: build it by `npm ci && npm run build` in ui, or use `cargo xtask run`",
    );
    let commands = tauri_build::AppManifest::new().commands(COMMANDS);
    if let Err(error) = tauri_build::try_build(tauri_build::Attributes::new().app_manifest(commands)) {
        panic!("{error:#}");
    }
}

include!("src/commands/names.rs");
