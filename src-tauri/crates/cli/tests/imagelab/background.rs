//! `imagelab practice start`, `stop` and `env`, as a shell uses them.

use std::{
    net::TcpStream,
    process::{Child, Command, Stdio},
};

use serde_json::json;
use testbed::tools::aws_1;

use crate::{ProgramOutput, TestFolder};

impl TestFolder {
    /// A script in which `lab` is this program with this data folder.
    fn shell(&self, script: &str) -> Command {
        let mut command = Command::new("sh");
        let data = self.path().join("data").display().to_string();
        let lab = "lab() { program=$1; shift; \"$IMAGELAB\" \"$program\" \"$@\" --lang en --data \"$DATA\"; }";
        command.args(["-ec", &format!("{lab}\n{script}")]);
        command.env("IMAGELAB", env!("CARGO_BIN_EXE_imagelab")).env("DATA", data);
        command.env_remove("IMAGELAB_DATA").env_remove("DOCKER_HOST").stdin(Stdio::null());
        command
    }

    fn sh(&self, script: &str) -> ProgramOutput {
        ProgramOutput::from(self.shell(script).output().unwrap())
    }

    fn record(&self) -> std::path::PathBuf {
        self.path().join("data/practice.json")
    }
}

/// Stops what a test that fails leaves running.
struct Background<'a>(&'a TestFolder);

impl Drop for Background<'_> {
    fn drop(&mut self) {
        self.0.run(&["practice", "stop"]);
    }
}

#[test]
fn a_shell_starts_it_uses_it_and_stops_it() {
    let folder = TestFolder::new();
    let _stopped = Background(&folder);
    // A shell waits for the end of the output: it would wait for ever if the process in the background held it open.
    let started =
        folder.sh("eval \"$(lab practice start --speed instant)\"; echo \"$AWS_ENDPOINT_URL $DOCKER_HOST\"").with(0);
    let (endpoint, engine) = started.out.trim().split_once(' ').unwrap();
    assert!(started.err.contains("PRACTICE"), "{}", started.err);
    assert!(started.err.contains(&format!("`{}`", folder.suggested("practice stop"))), "{}", started.err);
    let address = endpoint.strip_prefix("http://").unwrap().to_owned();
    TcpStream::connect(&address).unwrap();
    assert!(engine.starts_with("unix://"), "{engine}");

    // The same lines again, from any shell; and a second start changes nothing.
    let again = folder.run(&["practice", "env"]).with(0);
    assert!(again.out.contains(&format!("export AWS_ENDPOINT_URL={endpoint}\n")), "{}", again.out);
    let second = folder.run(&["practice", "start", "--speed", "real"]).with(0);
    assert_eq!(second.out, again.out);
    assert!(second.err.contains("running already"), "{}", second.err);
    for (shell, line) in [
        ("fish", format!("set -gx AWS_ENDPOINT_URL '{endpoint}'\n")),
        ("fish", "set -e AWS_PROFILE\n".to_owned()),
        ("powershell", format!("$env:AWS_ENDPOINT_URL = '{endpoint}'\n")),
        ("cmd", format!("set \"AWS_ENDPOINT_URL={endpoint}\"\n")),
        ("cmd", "rem aws --endpoint-url http://127.0.0.1:".to_owned()),
    ] {
        let lines = folder.run(&["practice", "env", "--shell", shell]).with(0).out;
        assert!(lines.contains(&line), "{shell}: {lines}");
    }

    let stopped = folder.run(&["practice", "stop"]).with(0);
    assert!(stopped.err.contains("is stopped") && stopped.out.is_empty(), "{}", stopped.err);
    assert!(TcpStream::connect(&address).is_err());
    assert!(!folder.record().exists());
    let none = folder.run(&["practice", "stop"]).with(0);
    assert!(none.err.contains("No practice cloud was running"), "{}", none.err);
    let none = folder.run(&["practice", "env"]).with(2);
    assert!(none.out.is_empty() && none.err.contains(&folder.suggested("practice start")), "{}", none.err);
}

#[test]
fn one_that_cannot_start_says_why_and_leaves_nothing_running() {
    let folder = TestFolder::new();
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port().to_string();
    let refused = folder.run(&["practice", "start", "--port", &port]).with(2);
    assert!(refused.out.is_empty() && refused.err.contains(&format!("Port {port} of 127.0.0.1")), "{}", refused.err);
    assert!(!folder.record().exists());
    let wrong = folder.run(&["practice", "--port", &port, "start"]).with(2);
    assert!(wrong.out.is_empty(), "{}", wrong.out);
}

/// The explorer needs the folder that the running cloud has: it asks that one.
#[test]
fn while_it_runs_it_is_explored() {
    let folder = TestFolder::new();
    let _stopped = Background(&folder);
    folder.run_lab(&["--keep"]).with(0);
    let of_stopped = folder.run(&["explore", "--format", "json"]).with(0).json();
    folder.run(&["practice", "start", "--speed", "instant"]).with(0);
    folder.run(&["practice", "advance", "1d"]).with(0);
    let running = folder.run(&["explore", "--format", "json"]).with(0);
    let variables = folder.run(&["practice", "env"]).with(0).out;
    let endpoint = variables.lines().find_map(|line| line.strip_prefix("export AWS_ENDPOINT_URL=")).unwrap();
    assert!(running.err.contains(&format!("the practice cloud that is running at {endpoint}")), "{}", running.err);
    assert!(running.err.contains("moved 1 day forward"), "{}", running.err);
    assert_eq!(running.json()["repositories"], of_stopped["repositories"]);
    let whereabouts = folder.run(&["explore", "--where", "CVE-2021-44228", "--format", "json"]).with(0).json();
    assert!(whereabouts["repositories"].to_string().contains("\"found\""), "{whereabouts:#}");
    TcpStream::connect(endpoint.strip_prefix("http://").unwrap()).expect("it is left running");
    // A folder that is in use by what is no running cloud is said to be in use.
    std::fs::remove_file(folder.path().join("data/practice/ap-northeast-2/control.json")).unwrap();
    let refused = folder.run(&["explore"]).with(2);
    assert!(refused.err.contains("in use by another instance"), "{}", refused.err);
}

/// A process that a test ends.
struct Sleep(Child);

impl Drop for Sleep {
    fn drop(&mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}

#[test]
fn a_process_that_has_the_recorded_id_by_chance_is_not_ended() {
    let folder = TestFolder::new();
    folder.run(&["practice", "--reset"]).with(0);
    let mut other = Sleep(Command::new("sleep").arg("600").spawn().unwrap());
    let record = json!({ "pid": other.0.id(), "started": "some other time", "variables": [] });
    std::fs::write(folder.record(), record.to_string()).unwrap();
    folder.run(&["practice", "stop"]).with(0);
    folder.run(&["practice", "env"]).with(2);
    assert_eq!(other.0.try_wait().unwrap(), None);
}

#[test]
fn the_users_own_settings_do_not_get_in_the_way() {
    let Some(aws) = aws_1() else { return };
    let folder = TestFolder::new();
    let _stopped = Background(&folder);
    let script = "eval \"$(lab practice start --speed instant)\"; echo \"$NO_PROXY $no_proxy\"; \"$AWS\" ecr describe-repositories; \
                  \"$AWS\" sts get-caller-identity --query Account --output text";
    let mut command = folder.shell(script);
    command.env("AWS", aws).env("AWS_PROFILE", "work").env("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true");
    command.env("AWS_ENDPOINT_URL_ECR", "http://127.0.0.1:9").env("AWS_USE_FIPS_ENDPOINT", "true");
    // A proxy of a classroom: a request that goes through it fails.
    for name in ["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy"] {
        command.env(name, "http://127.0.0.1:9");
    }
    command.env("NO_PROXY", "school.example").env_remove("no_proxy");
    let output = ProgramOutput::from(command.output().unwrap()).with(0);
    let hosts = "school.example,127.0.0.1,localhost,::1";
    assert!(output.out.starts_with(&format!("{hosts} {hosts}\n")), "{}", output.out);
    assert!(output.out.contains("\"repositories\": []") && output.out.ends_with("123456789012\n"), "{}", output.out);
}
