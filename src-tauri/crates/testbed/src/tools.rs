//! The commands of this machine that tests run. A test that lacks one leaves itself out.

use std::{
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// The folder that `cargo xtask test` installs Python programs in.
pub fn python_tools() -> PathBuf {
    let default = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../target/tools/venv/bin");
    std::env::var_os("IMAGELAB_TEST_TOOLS").map_or_else(default, PathBuf::from)
}

/// Version 1 of the AWS CLI, which `cargo xtask test` installs.
pub fn aws_1() -> Option<PathBuf> {
    let program = python_tools().join("aws");
    if version(&program).is_some_and(|text| text.starts_with("aws-cli/1.")) {
        return Some(program);
    }
    skipped::report(&format!("{} is no AWS CLI 1; `cargo xtask test` sets it up", program.display()));
    None
}

/// Version 2 of the AWS CLI, which is tested where the system has it.
pub fn aws_2() -> Option<PathBuf> {
    let program = Path::new("/usr/bin/aws");
    if version(program).is_some_and(|text| text.starts_with("aws-cli/2.")) {
        return Some(program.to_owned());
    }
    skipped::report("/usr/bin/aws is no AWS CLI 2; Debian's package awscli brings it");
    None
}

/// Every Docker CLI of this machine with its version, each version once.
pub fn docker_clis() -> Vec<(PathBuf, String)> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut programs: Vec<(PathBuf, String)> = Vec::new();
    for folder in std::env::split_paths(&path).chain(["/usr/bin".into(), "/usr/local/bin".into()]) {
        let program = folder.join("docker");
        let Some(text) = version(&program) else { continue };
        let Some(version) = text.strip_prefix("Docker version ").and_then(|rest| rest.split(',').next()) else {
            continue;
        };
        if programs.iter().all(|(_, other)| other != version) {
            programs.push((program, version.to_owned()));
        }
    }
    if programs.is_empty() {
        skipped::report("there is no Docker CLI; `cargo xtask test` sets it up");
    }
    programs
}

/// `skopeo`, which `cargo xtask test` installs.
pub fn skopeo() -> Option<PathBuf> {
    installed("skopeo")
}

/// A program on the path, which `cargo xtask test` installs.
pub fn installed(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut programs = std::env::split_paths(&path).map(|folder| folder.join(name));
    let program = programs.find(|program| version(program).is_some());
    if program.is_none() {
        skipped::report(&format!("there is no {name}; `cargo xtask test` sets it up"));
    }
    program
}

/// The Python in which `cargo xtask test` installs programs, if it has this module.
pub fn python_with(module: &str) -> Option<PathBuf> {
    let python = python_tools().join("python");
    let import = Command::new(&python).args(["-c", &format!("import {module}")]).stderr(Stdio::null()).status();
    if import.is_ok_and(|status| status.success()) {
        return Some(python);
    }
    skipped::report(&format!("{} has no {module}; `cargo xtask test` sets it up", python.display()));
    None
}

fn version(program: &Path) -> Option<String> {
    if !program.is_file() {
        return None;
    }
    let output = Command::new(program).arg("--version").output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}
