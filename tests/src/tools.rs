//! The commands that the lesson is typed with, as this machine has them.

use std::{
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

use crate::{ExitReason, run};

const LIMIT: Duration = Duration::from_secs(30);

/// Where `cargo xtask test` puts what is written in Python.
pub(crate) fn folder() -> PathBuf {
    let default = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/tools/venv/bin");
    std::env::var_os("IMAGELAB_TEST_TOOLS").map_or_else(default, PathBuf::from)
}

/// The first version of the AWS CLI, set up by `cargo xtask test`.
pub fn aws_1() -> Option<PathBuf> {
    let program = folder().join("aws");
    if version(&program).is_some_and(|text| text.starts_with("aws-cli/1.")) {
        return Some(program);
    }
    skipped::report(&format!("{} is no AWS CLI 1; `cargo xtask test` sets it up", program.display()));
    None
}

/// The second version of the AWS CLI, which is tried where the system has it.
pub fn aws_2() -> Option<PathBuf> {
    let program = Path::new("/usr/bin/aws");
    if version(program).is_some_and(|text| text.starts_with("aws-cli/2.")) {
        return Some(program.to_owned());
    }
    skipped::report("/usr/bin/aws is no AWS CLI 2; Debian's package awscli brings it");
    None
}

/// Every Docker CLI of this machine, with its version, each version once.
///
/// # Panics
///
/// If there is none and `CI` is set.
pub fn docker_clis() -> Vec<(PathBuf, String)> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut found: Vec<(PathBuf, String)> = Vec::new();
    for folder in std::env::split_paths(&path).chain(["/usr/bin".into(), "/usr/local/bin".into()]) {
        let program = folder.join("docker");
        let Some(text) = version(&program) else { continue };
        let Some(version) = text.strip_prefix("Docker version ").and_then(|rest| rest.split(',').next()) else {
            continue;
        };
        if found.iter().all(|(_, known)| known != version) {
            found.push((program, version.to_owned()));
        }
    }
    if found.is_empty() {
        skipped::report("there is no Docker CLI; `cargo xtask test` sets it up");
    }
    found
}

/// `skopeo`, set up by `cargo xtask test`.
pub fn skopeo() -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let found =
        std::env::split_paths(&path).map(|folder| folder.join("skopeo")).find(|program| version(program).is_some());
    if found.is_none() {
        skipped::report("there is no skopeo; `cargo xtask test` sets it up");
    }
    found
}

fn version(program: &Path) -> Option<String> {
    if !program.is_file() {
        return None;
    }
    let mut command = Command::new(program);
    command.arg("--version");
    let finished = run(command, LIMIT);
    (finished.exit == ExitReason::Code(0)).then_some(finished.stdout)
}
