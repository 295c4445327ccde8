//! Node.js that is new enough for the tools of the web side: the machine's, or one of our own below `target/`.

use std::{
    path::PathBuf,
    process::{Command, Stdio},
};

use crate::command::{Outcome, command, root, run, say};

/// The oldest that builds the web side, and what is fetched where the machine's is older.
const OLDEST: (u32, u32) = (20, 19);
const FETCHED: &str = "node@22";

/// Makes sure that there is one. Long-lived distributions bring one that is too old: `npm` fetches another beside it.
pub(crate) fn set_up() -> Outcome {
    if own().is_file() || version().is_some_and(|version| version >= OLDEST) {
        return Ok(());
    }
    say("missing: a newer node: the web side is built with Node.js 20.19 or newer\n");
    let folder = folder().display().to_string();
    std::fs::create_dir_all(&folder).map_err(|why| format!("{folder}: {why}"))?;
    let npm = command(npm(), &["install", "--prefix", &folder, "--no-save", "--no-audit", "--no-fund", FETCHED]);
    run("npm install node", npm)
}

/// Lets a command find it first.
pub(crate) fn prefer(command: &mut Command) {
    if !own().is_file() {
        return;
    }
    let here = own().parent().map(PathBuf::from);
    let path = std::env::var_os("PATH").unwrap_or_default();
    if let Ok(path) = std::env::join_paths(here.into_iter().chain(std::env::split_paths(&path))) {
        command.env("PATH", path);
    }
}

/// `npm`, as it is called here.
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
    let told = Command::new("node").arg("--version").stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    read(&String::from_utf8(told.stdout).ok()?)
}

/// `v20.20.2`
fn read(told: &str) -> Option<(u32, u32)> {
    let mut parts = told.trim().strip_prefix('v')?.split('.');
    Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_read_as_node_tells_it() {
        assert_eq!(read("v20.20.2\n"), Some((20, 20)));
        assert_eq!(read("20"), None);
        assert!(read("v18.20.4").unwrap() < OLDEST && read("v22.1.0").unwrap() > OLDEST);
    }
}
