//! Stopping it: what was done is kept, and the run goes on where it was.

use std::{
    io::{BufRead, BufReader, Read},
    process::{Child, Command, Stdio},
};

use crate::{Desk, Ended};

/// Sends a signal by its name.
pub(crate) fn signal(child: &Child, name: &str) {
    let sent = Command::new("kill").args([&format!("-{name}"), &child.id().to_string()]).status().unwrap();
    assert!(sent.success());
}

/// Starts the command, and sends the signal once a line with `mark` is printed on standard error.
fn stopped_at(mut command: Command, mark: &str, name: &str) -> Ended {
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
    Ended { code: child.wait().unwrap().code(), out, err }
}

/// A rehearsal whose registry is slow in the step that is to be interrupted.
fn slow(desk: &Desk, fault: &str) -> Command {
    desk.command(&["run", "--engine", "builtin", "--speed", "instant", "--fault", fault])
}

#[test]
fn a_run_that_was_stopped_goes_on_where_it_was() {
    for (name, mark, fault) in
        [("INT", "[3/7]", "ecr:CreateRepository=slow:60s"), ("TERM", "[4/7]", "registry:PutManifest=slow:60s")]
    {
        let desk = Desk::new();
        let stopped = stopped_at(slow(&desk, fault), mark, name).with(130);
        assert!(stopped.err.contains("imagelab resume"), "{}", stopped.err);
        let status = desk.run(&["status", "--json"]).with(0).json();
        assert_eq!(status["finished"], false, "{status:#}");

        let resumed = desk.run(&["resume", "--speed", "instant", "--json"]).with(0).json();
        assert_eq!(resumed["ok"], true, "{resumed:#}");
        assert_eq!(resumed["run"], status["run"]);
        assert_eq!(resumed["receipt"]["restored"], true);
    }
}

#[test]
fn a_run_that_was_killed_goes_on_where_it_was() {
    let desk = Desk::new();
    let killed = stopped_at(slow(&desk, "ecr:CreateRepository=slow:60s"), "[3/7]", "KILL");
    assert_eq!(killed.code, None, "a signal ends it");
    let resumed = desk.run(&["resume", "--speed", "instant", "--json"]).with(0).json();
    assert_eq!(resumed["ok"], true, "{resumed:#}");
    assert_eq!(resumed["receipt"]["restored"], true);
}

#[test]
fn a_run_that_was_stopped_can_be_taken_back() {
    let desk = Desk::new();
    stopped_at(slow(&desk, "ecr:CreateRepository=slow:60s"), "[3/7]", "INT").with(130);
    // Judged is the clean-up alone, however little there was to clean.
    let cleaned = desk.run(&["cleanup"]).with(0);
    assert!(cleaned.out.contains("is what it was before the lab"), "{}", cleaned.out);
    assert_eq!(desk.run(&["status", "--json"]).with(0).json()["finished"], true);
    desk.run(&["resume"]).with(2);
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let desk = Desk::new();
    desk.run_lab(&["--keep"]).with(0);
    for format in ["table", "json", "csv", "sarif"] {
        let mut child = desk
            .command(&["findings", "--format", format])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let ended = Ended::from(child.wait_with_output().unwrap()).with(0);
        assert_eq!(ended.err, "", "{format}");
    }
}
