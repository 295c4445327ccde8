//! What the tasks need on the machine: installed by apt on Debian and Ubuntu, named exactly elsewhere.

use std::process::Command;

use crate::command::{Outcome, command, root, run, say, there, which};

/// A program or a file, and the Debian package that brings it.
pub(crate) struct Need {
    program: &'static str,
    package: &'static str,
    why: &'static str,
}

pub(crate) const fn need(program: &'static str, package: &'static str, why: &'static str) -> Need {
    Need { program, package, why }
}

/// What building and running the lab takes.
pub(crate) const FOR_RUN: [Need; 1] = [need("cc", "gcc", "SQLite and the TLS library are written in C")];

/// What the tests take besides: software that this project did not write, to be held against.
pub(crate) const FOR_TESTS: [Need; 8] = [
    need("cc", "gcc", "SQLite and the TLS library are written in C"),
    need("dockerd", "docker.io", "the lab is tested with Docker Engine"),
    need("docker-registry", "docker-registry", "the engine is tested against Docker Distribution"),
    need("skopeo", "skopeo", "the practice registry is tested with skopeo"),
    need("curl", "curl", "the test stack waits for its parts with it"),
    need("jq", "jq", "the lesson's commands read JSON with it"),
    need("python3", "python3", "moto and the AWS CLI are written in Python"),
    need("iptables", "iptables", "Docker Engine looks for it when it starts"),
];

/// What the tests take where it can be had; without it some tests say why they are left out.
pub(crate) const IF_THERE: [Need; 1] =
    [need("/usr/bin/aws", "awscli", "the lesson's commands are tried with the second version of the AWS CLI")];

impl Need {
    /// Whether it is there. `*` in a file's name is one folder, whatever it is called: Debian names it after the machine.
    fn met(&self) -> bool {
        match self.program.split_once("/*/") {
            Some((folder, file)) => std::fs::read_dir(folder).is_ok_and(|mut entries| {
                entries.any(|entry| entry.is_ok_and(|entry| entry.path().join(file).is_file()))
            }),
            None => which(self.program).is_some(),
        }
    }
}

/// Installs what is missing of `needs`, or says what to install.
pub(crate) fn setup(needs: &[Need]) -> Outcome {
    let missing: Vec<&Need> = needs.iter().filter(|need| !need.met()).collect();
    if missing.is_empty() {
        return Ok(());
    }
    for need in &missing {
        say(&format!("missing: {} ({}): {}\n", need.program, need.package, need.why));
    }
    let packages: Vec<&str> = missing.iter().map(|need| need.package).collect();
    if which("apt-get").is_none() {
        return Err(format!(
            "this machine has no apt-get. Install these programs by its own means, then try again: {}",
            missing.iter().map(|need| need.program).collect::<Vec<_>>().join(", ")
        ));
    }
    apt(&["update", "-qq"])?;
    let mut arguments = vec!["-o", "DPkg::Lock::Timeout=300", "install", "-y", "-qq", "--no-install-recommends"];
    arguments.extend(packages);
    apt(&arguments)
}

fn apt(arguments: &[&str]) -> Outcome {
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

/// A Python environment below `target/` with moto's server and both AWS command lines' first version. Tests that need
/// it say so and are left out where it can't be made.
pub(crate) fn python_tools() -> Outcome {
    let venv = root().join("target/tools/venv");
    if venv.join("bin/moto_server").is_file() && venv.join("bin/aws").is_file() {
        return Ok(());
    }
    let folder = venv.display().to_string();
    if !there("python3", "-mvenv") && run("python3 -m venv", command("python3", &["-m", "venv", &folder])).is_err() {
        setup(&[need("pyvenv", "python3-venv", "moto and the AWS CLI live in an environment of their own")])?;
    }
    run("python3 -m venv", command("python3", &["-m", "venv", &folder]))?;
    let pip = venv.join("bin/pip").display().to_string();
    run("pip install moto awscli", command(&pip, &["install", "--quiet", "moto[server]>=5.2,<6", "awscli>=1.40,<2"]))
}

/// `cargo deny`, by cargo itself.
pub(crate) fn cargo_deny() -> Outcome {
    if there("cargo-deny", "--version") || which("cargo-deny").is_some() {
        return Ok(());
    }
    run("cargo install cargo-deny", command("cargo", &["install", "--quiet", "--locked", "cargo-deny@0.20.2"]))
}
