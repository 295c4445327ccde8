//! The UI's dependency-cruiser, with the project's settings, sees cycles that are planted.

use std::{
    path::{Path, PathBuf},
    process::{Command, Output},
};

use tempfile::TempDir;

/// `None` where the UI's packages are not installed: the test is skipped.
fn cruise(a: &str, b: &str) -> Option<Output> {
    let ui = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../ui");
    let program = PathBuf::from("node_modules/dependency-cruiser/bin/dependency-cruise.mjs");
    if !ui.join(&program).is_file() {
        skipped::report("the UI's packages are not installed; `cargo xtask test` installs them");
        return None;
    }
    let folder = folder_of(a, b).expect("a temporary folder can be written");
    let mut cruise = Command::new("node");
    cruise.arg(program).args(["--config", ".dependency-cruiser.cjs"]).arg(folder.path()).current_dir(ui);
    Some(cruise.output().expect("node can be started"))
}

fn folder_of(a: &str, b: &str) -> std::io::Result<TempDir> {
    let folder = tempfile::tempdir()?;
    std::fs::write(folder.path().join("a.ts"), a)?;
    std::fs::write(folder.path().join("b.ts"), b)?;
    Ok(folder)
}

#[track_caller]
fn assert_cycle(a: &str, b: &str) {
    let Some(output) = cruise(a, b) else { return };
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(!output.status.success() && text.contains("error circular"), "{text}");
}

#[test]
fn a_cycle_of_types_is_seen() {
    assert_cycle(
        "import type { B } from './b';\nexport type A = { b: B };\n",
        "import type { A } from './a';\nexport type B = { a: A };\n",
    );
}

#[test]
fn a_cycle_through_a_dynamic_import_is_seen() {
    assert_cycle(
        "export const a = async () => (await import('./b')).b;\n",
        "import { a } from './a';\nexport const b = a;\n",
    );
}

#[test]
fn imports_in_one_direction_are_no_cycle() {
    let Some(output) = cruise("import { b } from './b';\nexport const a = b;\n", "export const b = 1;\n") else {
        return;
    };
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
}
