//! What the tasks need on the machine: installed by apt on Debian and Ubuntu, listed elsewhere.

use std::process::Command;

use crate::command::{TaskResult, can_start, command, print, root, run, which};

/// A program or a file, and the Debian package that contains it.
pub(crate) struct Need {
    program: &'static str,
    package: &'static str,
    why: &'static str,
}

pub(crate) const fn need(program: &'static str, package: &'static str, why: &'static str) -> Need {
    Need { program, package, why }
}

/// What building and running the lab needs.
pub(crate) const FOR_RUN: [Need; 1] = [need("cc", "gcc", "SQLite and the TLS library are written in C")];

/// What the tests need besides: independent software that the lab is tested with.
pub(crate) const FOR_TESTS: [Need; 10] = [
    need("cc", "gcc", "SQLite and the TLS library are written in C"),
    need("dockerd", "docker.io", "the lab is tested with Docker Engine"),
    need("docker-registry", "docker-registry", "the engine is tested against Docker Distribution"),
    need("skopeo", "skopeo", "the practice registry is tested with skopeo"),
    need("podman", "podman", "the practice registry is tested with podman"),
    need("buildah", "buildah", "the practice registry is tested with buildah"),
    need("curl", "curl", "the test stack waits for its parts with it"),
    need("jq", "jq", "the lesson's commands read JSON with it"),
    need("python3", "python3", "moto and the AWS CLI are written in Python"),
    need("iptables", "iptables", "Docker Engine requires it to start"),
];

/// What some tests need that not every distribution packages: they are skipped without it.
pub(crate) const OPTIONAL: [Need; 1] =
    [need("/usr/bin/aws", "awscli", "the lesson's commands are tried with the second version of the AWS CLI")];

impl Need {
    /// Whether it exists. `*` in a path is one folder of any name: Debian names it after the architecture.
    fn is_met(&self) -> bool {
        match self.program.split_once("/*/") {
            Some((folder, file)) => std::fs::read_dir(folder).is_ok_and(|mut entries| {
                entries.any(|entry| entry.is_ok_and(|entry| entry.path().join(file).is_file()))
            }),
            None => which(self.program).is_some(),
        }
    }
}

/// Installs what is missing of `needs`, or fails with what to install.
pub(crate) fn setup(needs: &[Need]) -> TaskResult {
    let missing: Vec<&Need> = needs.iter().filter(|need| !need.is_met()).collect();
    if missing.is_empty() {
        return Ok(());
    }
    for need in &missing {
        print(&format!("missing: {} ({}): {}\n", need.program, need.package, need.why));
    }
    let packages: Vec<&str> = missing.iter().map(|need| need.package).collect();
    if which("apt-get").is_none() {
        return Err(format!(
            "this machine has no apt-get. Install these programs another way, then try again: {}",
            missing.iter().map(|need| need.program).collect::<Vec<_>>().join(", ")
        ));
    }
    apt(&["update", "-qq"])?;
    let mut arguments = vec!["-o", "DPkg::Lock::Timeout=300", "install", "-y", "-qq", "--no-install-recommends"];
    arguments.extend(packages);
    apt(&arguments)
}

fn apt(arguments: &[&str]) -> TaskResult {
    let root_user = Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout.starts_with(b"0\n"));
    let mut command = if root_user {
        command("apt-get", arguments)
    } else if which("sudo").is_some() {
        let mut with_sudo = vec!["apt-get"];
        with_sudo.extend(arguments);
        command("sudo", &with_sudo)
    } else {
        return Err(format!("neither root nor sudo: run `apt-get {}` as root, then try again", arguments.join(" ")));
    };
    command.env("DEBIAN_FRONTEND", "noninteractive");
    run(&format!("apt-get {}", arguments.join(" ")), command)
}

/// Creates a Python environment below `target/` with moto's server, version 1 of the AWS CLI and Docker's client library. Tests that
/// need them are skipped where that fails.
pub(crate) fn python_tools() -> TaskResult {
    let venv = root().join("target/tools/venv");
    let python = venv.join("bin/python").display().to_string();
    if venv.join("bin/moto_server").is_file() && venv.join("bin/aws").is_file() && can_start(&python, "-cimport docker")
    {
        return Ok(());
    }
    let folder = venv.display().to_string();
    if !can_start("python3", "-mvenv") && run("python3 -m venv", command("python3", &["-m", "venv", &folder])).is_err()
    {
        setup(&[need("pyvenv", "python3-venv", "moto and the AWS CLI live in an environment of their own")])?;
    }
    run("python3 -m venv", command("python3", &["-m", "venv", &folder]))?;
    let packages = ["-m", "pip", "install", "--quiet", "moto[server]>=5.2,<6", "awscli>=1.40,<2", "docker>=7,<8"];
    run("pip install moto awscli docker", command(&python, &packages))
}

/// Installs `cargo deny`.
pub(crate) fn cargo_deny() -> TaskResult {
    cargo_command("cargo-deny", "0.20.2")
}

/// Installs `cargo machete`.
pub(crate) fn cargo_machete() -> TaskResult {
    cargo_command("cargo-machete", "0.9.2")
}

fn cargo_command(program: &str, version: &str) -> TaskResult {
    if which(program).is_some() || can_start(program, "--version") {
        return Ok(());
    }
    let package = format!("{program}@{version}");
    run(&format!("cargo install {package}"), command("cargo", &["install", "--quiet", "--locked", &package]))
}
