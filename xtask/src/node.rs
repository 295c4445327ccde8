//! A Node.js that is new enough for the UI's tools: the machine's, or one of our own below `target/`.

use std::{
    path::PathBuf,
    process::{Command, Stdio},
};

use crate::command::{TaskResult, command, print, root, run};

/// The oldest version that builds the UI, and what is installed where the machine's is older.
const OLDEST: (u32, u32) = (20, 19);
const INSTALLED: &str = "node@22";

/// Makes sure that there is one. Long-lived distributions package one that is too old: `npm` installs another beside it.
pub(crate) fn set_up() -> TaskResult {
    if own().is_file() || version().is_some_and(|version| version >= OLDEST) {
        return Ok(());
    }
    print("missing: a newer node: the UI is built with Node.js 20.19 or newer\n");
    let folder = folder().display().to_string();
    std::fs::create_dir_all(&folder).map_err(|error| format!("{folder}: {error}"))?;
    let npm = command(npm(), &["install", "--prefix", &folder, "--no-save", "--no-audit", "--no-fund", INSTALLED]);
    run("npm install node", npm)
}

/// Puts it first on the `PATH` of a command.
pub(crate) fn prefer(command: &mut Command) {
    if !own().is_file() {
        return;
    }
    let folder = own().parent().map(PathBuf::from);
    let path = std::env::var_os("PATH").unwrap_or_default();
    if let Ok(path) = std::env::join_paths(folder.into_iter().chain(std::env::split_paths(&path))) {
        command.env("PATH", path);
    }
}

/// The name of `npm` on this system.
pub(crate) fn npm() -> &'static str {
    if cfg!(windows) { "npm.cmd" } else { "npm" }
}

fn folder() -> PathBuf {
    root().join("target/tools/node")
}

fn own() -> PathBuf {
    folder().join(format!("node_modules/node/bin/node{}", std::env::consts::EXE_SUFFIX))
}

fn version() -> Option<(u32, u32)> {
    let output = Command::new("node").arg("--version").stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    parse_version(&String::from_utf8(output.stdout).ok()?)
}

/// `v20.20.2`
fn parse_version(output: &str) -> Option<(u32, u32)> {
    let mut parts = output.trim().strip_prefix('v')?.split('.');
    Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_parsed_as_node_prints_them() {
        assert_eq!(parse_version("v20.20.2\n"), Some((20, 20)));
        assert_eq!(parse_version("20"), None);
        assert!(parse_version("v18.20.4").unwrap() < OLDEST && parse_version("v22.1.0").unwrap() > OLDEST);
    }
}
