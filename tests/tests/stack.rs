//! Third-party servers start, respond and stop.

use std::{process::Command, time::Duration};

use testbed::tools::docker_clis;
use whole_lab_tests::{Part, Stack, run};

const LIMIT: Duration = Duration::from_mins(1);

#[test]
fn docker_engine_serves_the_cli_and_leaves_nothing_behind() {
    let Some(stack) = Stack::up(Part::Dockerd) else { return };
    let host = stack.get("DOCKER_HOST").to_owned();
    let clis = docker_clis();
    let Some((docker, _)) = clis.first() else { return };
    let version = || {
        let mut command = Command::new(docker);
        command.args(["version", "--format", "{{.Server.Version}}"]).env("DOCKER_HOST", &host);
        run(command, LIMIT)
    };
    assert!(!version().succeeded("docker version").stdout.trim().is_empty());
    let socket = std::path::PathBuf::from(host.strip_prefix("unix://").expect("it listens on a socket"));
    drop(stack);
    assert!(!socket.exists());
    assert!(!socket.parent().expect("a socket is in a folder").exists());
}

#[test]
fn users_of_a_part_share_it() {
    let Some(one) = Stack::up(Part::Registry) else { return };
    let Some(other) = Stack::up(Part::Registry) else { return };
    assert_eq!(one.get("REGISTRY"), other.get("REGISTRY"));
    let addr = one.get("REGISTRY").to_owned();
    drop(one);
    std::net::TcpStream::connect(&addr).expect("it runs while a user holds it");
    drop(other);
    std::net::TcpStream::connect(&addr).expect_err("it is stopped when the last user drops it");
}
