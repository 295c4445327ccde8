//! Stopping the program: completed steps are kept, and the run can be resumed.

use std::{
    io::{BufRead, BufReader, Read},
    process::{Child, Command, Stdio},
};

use crate::{ProgramOutput, TestFolder};

/// Sends a signal by its name.
pub(crate) fn signal(child: &Child, name: &str) {
    let sent = Command::new("kill").args([&format!("-{name}"), &child.id().to_string()]).status().unwrap();
    assert!(sent.success());
}

/// Starts the command, and sends the signal once a line with `mark` is printed on standard error.
fn stopped_at(mut command: Command, mark: &str, name: &str) -> ProgramOutput {
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut err = String::new();
    let mut lines = BufReader::new(child.stderr.take().unwrap());
    loop {
        let from = err.len();
        assert_ne!(lines.read_line(&mut err).unwrap(), 0, "`{mark}` was never printed:\n{err}");
        if err[from..].contains(mark) {
            break;
        }
    }
    signal(&child, name);
    lines.read_to_string(&mut err).unwrap();
    let mut out = String::new();
    child.stdout.take().unwrap().read_to_string(&mut out).unwrap();
    ProgramOutput { code: child.wait().unwrap().code(), out, err }
}

/// A run with a fault that makes the step slow that is to be interrupted.
fn slow_run(folder: &TestFolder, fault: &str) -> Command {
    folder.command(&["run", "--engine", "builtin", "--speed", "instant", "--fault", fault])
}

#[test]
fn a_stopped_run_is_resumed_where_it_stopped() {
    for (name, mark, fault) in
        [("INT", "[2/7]", "ecr:CreateRepository=slow:60s"), ("TERM", "[4/7]", "registry:PutManifest=slow:60s")]
    {
        let folder = TestFolder::new();
        let stopped = stopped_at(slow_run(&folder, fault), mark, name).with(130);
        assert!(stopped.err.contains(&folder.suggested("resume")), "{}", stopped.err);
        let status = folder.run(&["status", "--json"]).with(0).json();
        assert_eq!(status["finished"], false, "{status:#}");

        let resumed = folder.run(&["resume", "--speed", "instant", "--json"]).with(0).json();
        assert_eq!(resumed["ok"], true, "{resumed:#}");
        assert_eq!(resumed["run"], status["run"]);
        assert_eq!(resumed["receipt"]["restored"], true);
    }
}

#[test]
fn a_killed_run_is_resumed_where_it_stopped() {
    let folder = TestFolder::new();
    let killed = stopped_at(slow_run(&folder, "ecr:CreateRepository=slow:60s"), "[2/7]", "KILL");
    assert_eq!(killed.code, None, "a signal ends it");
    let resumed = folder.run(&["resume", "--speed", "instant", "--json"]).with(0).json();
    assert_eq!(resumed["ok"], true, "{resumed:#}");
    assert_eq!(resumed["receipt"]["restored"], true);
}

#[test]
fn a_stopped_run_can_be_cleaned_up() {
    let folder = TestFolder::new();
    stopped_at(slow_run(&folder, "ecr:CreateRepository=slow:60s"), "[2/7]", "INT").with(130);
    // Only the cleanup decides the exit code, however many steps had run.
    let cleaned = folder.run(&["cleanup"]).with(0);
    assert!(cleaned.out.contains("is what it was before the lab"), "{}", cleaned.out);
    assert_eq!(folder.run(&["status", "--json"]).with(0).json()["finished"], true);
    folder.run(&["resume"]).with(2);
}

#[test]
fn a_closed_pipe_is_not_an_error() {
    let folder = TestFolder::new();
    folder.run_lab(&["--keep"]).with(0);
    for format in ["table", "json", "csv", "sarif"] {
        let mut child = folder
            .command(&["findings", "--tag", "latest", "--format", format])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let output = ProgramOutput::from(child.wait_with_output().unwrap()).with(0);
        assert_eq!(output.err, "", "{format}");
    }
}
