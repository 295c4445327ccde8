//! Checks that command names, capability, generated bindings and content policy agree with each other.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use serde_json::{Value, json};

use crate::commands::names::COMMANDS;

fn file(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn json_of(path: &str) -> Value {
    serde_json::from_slice(&fs::read(file(path)).unwrap()).unwrap()
}

fn generated() -> String {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("bindings.ts");
    crate::bindings::write(&path).unwrap();
    fs::read_to_string(path).unwrap()
}

#[test]
fn the_committed_bindings_are_those_of_the_commands() {
    let committed = fs::read_to_string(file("../ui/src/ipc/bindings.ts")).unwrap_or_default();
    assert!(committed == generated(), "the commands have changed: run `cargo xtask bindings`");
}

#[test]
fn every_command_has_a_handler_and_every_handler_a_name() {
    let text = generated();
    let invoked: BTreeSet<&str> = text.split("__TAURI_INVOKE").filter_map(invoked_command).collect();
    assert_eq!(invoked, COMMANDS.iter().copied().collect());
}

/// The command in the text after `__TAURI_INVOKE`: `<Type>("command", …)`.
fn invoked_command(rest: &str) -> Option<&str> {
    let (types, rest) = rest.split_once("(\"")?;
    (types.is_empty() || types.starts_with('<')).then(|| rest.split('"').next())?
}

#[test]
fn the_window_may_use_our_commands_and_nothing_else() {
    let capability = json_of("capabilities/main.json");
    let allowed: Vec<String> = COMMANDS.iter().map(|name| format!("allow-{}", name.replace('_', "-"))).collect();
    assert_eq!(capability["permissions"], json!(allowed));
    assert_eq!(capability["windows"], json!(["main"]));
    assert_eq!(capability.get("remote"), None);
    assert_eq!(json_of("tauri.conf.json")["app"]["security"]["capabilities"], json!(["main"]));
    assert_eq!(fs::read_dir(file("capabilities")).unwrap().count(), 1);
}

#[test]
fn pages_load_and_connect_to_nothing_outside_the_app() {
    let security = &json_of("tauri.conf.json")["app"]["security"];
    let policy = security["csp"].as_object().unwrap();
    assert_eq!(policy["default-src"], "'self'");
    assert_eq!(policy["script-src"], "'self'");
    assert_eq!(policy["style-src"], "'self'");
    assert_eq!(policy["connect-src"], "ipc: http://ipc.localhost");
    for closed in ["object-src", "base-uri", "form-action", "frame-ancestors"] {
        assert_eq!(policy[closed], "'none'", "{closed}");
    }
    let sources: String = policy.values().filter_map(Value::as_str).collect();
    assert!(!sources.contains("unsafe-eval") && !sources.contains("https:") && !sources.contains('*'), "{sources}");
    assert_eq!(security.get("dangerousDisableAssetCspModification"), None);
    assert_eq!(security.get("assetProtocol"), None);
}
