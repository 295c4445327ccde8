//! `imagelab practice advance`: the practice clock, whether the cloud runs or not, and what other commands say of it.

use std::{fs, path::PathBuf};

use serde_json::{Value, json};

use crate::TestFolder;

impl TestFolder {
    fn control(&self) -> PathBuf {
        self.path().join("data/practice/ap-northeast-2/control.json")
    }

    #[track_caller]
    fn advance(&self, by: &str) -> String {
        self.run(&["practice", "advance", by]).with(0).out
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
fn the_stored_clock_moves_forward_and_never_back() {
    let folder = TestFolder::new();
    assert_eq!(folder.advance("1d"), "ap-northeast-2: The practice clock was moved 1 day forward.\n");
    assert_eq!(folder.advance("14d"), "ap-northeast-2: The practice clock was moved 15 days forward.\n");
    assert_eq!(folder.advance("12h"), "ap-northeast-2: The practice clock was moved 372 hours forward.\n");
    for wrong in ["", "d", "1", "1w", "1.5d", "+1d", "99999999999999999999d", "999999999999999999d"] {
        let refused = folder.run(&["practice", "advance", wrong]).with(2);
        assert!(refused.out.is_empty() && refused.err.contains("1d, 14d, 12h"), "{wrong}: {}", refused.err);
    }
    for too_far in ["0d", "3650d"] {
        let refused = folder.run(&["practice", "advance", too_far]).with(2);
        assert!(refused.err.contains("moves forward only"), "{}", refused.err);
    }
    let refused = folder.run(&["practice", "advance", "1d", "--region", "../elsewhere"]).with(2);
    assert!(refused.err.contains("../elsewhere is not a valid Region name"), "{}", refused.err);
    assert_eq!(folder.advance("12h"), "ap-northeast-2: The practice clock was moved 16 days forward.\n");
    // Each Region has its own.
    let other = folder.run(&["practice", "advance", "1d", "--region", "us-east-1"]).with(0);
    assert_eq!(other.out, "us-east-1: The practice clock was moved 1 day forward.\n");
    let status = folder.run(&["status"]).with(0);
    assert!(status.out.contains("ap-northeast-2: The practice clock was moved 16 days forward."), "{}", status.out);
    assert!(status.out.contains("us-east-1: The practice clock was moved 1 day forward."), "{}", status.out);
}

#[test]
fn the_clock_of_a_running_cloud_is_moved_by_who_knows_its_secret() {
    let folder = TestFolder::new();
    let _stopped = Background(&folder);
    folder.run(&["practice", "start", "--speed", "instant"]).with(0);
    assert_eq!(folder.advance("15d"), "ap-northeast-2: The practice clock was moved 15 days forward.\n");
    let written = fs::read(folder.control()).unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(fs::metadata(folder.control()).unwrap().permissions().mode() & 0o777, 0o600);
    }
    let mut control: Value = serde_json::from_slice(&written).unwrap();
    control["secret"] = json!("wrong");
    fs::write(folder.control(), control.to_string()).unwrap();
    let refused = folder.run(&["practice", "advance", "1d"]).with(1);
    assert!(refused.err.contains("could not be asked") && refused.err.contains("401"), "{}", refused.err);
    fs::remove_file(folder.control()).unwrap();
    let refused = folder.run(&["practice", "advance", "1d"]).with(1);
    assert!(refused.err.contains("could not be asked"), "{}", refused.err);
    fs::write(folder.control(), &written).unwrap();
    assert_eq!(folder.advance("1d"), "ap-northeast-2: The practice clock was moved 16 days forward.\n");

    // A restart keeps it, with another secret.
    folder.run(&["practice", "stop"]).with(0);
    assert!(!folder.control().exists());
    let again = folder.run(&["practice", "start", "--speed", "instant"]).with(0);
    assert!(again.err.contains("The practice clock was moved 16 days forward."), "{}", again.err);
    assert_ne!(fs::read(folder.control()).unwrap(), written);
    assert_eq!(folder.advance("1d"), "ap-northeast-2: The practice clock was moved 17 days forward.\n");
}

#[test]
fn status_and_explorer_say_what_moving_the_clock_did() {
    let folder = TestFolder::new();
    folder.run_lab(&["--until", "results"]).with(0);
    let before = folder.run(&["status"]).with(0);
    assert!(!before.out.contains("practice clock"), "{}", before.out);
    assert_eq!(folder.run(&["status", "--json"]).with(0).json()["practice_clock"], json!({ "aheadSeconds": 0 }));
    folder.advance("14d");

    let status = folder.run(&["status"]).with(0);
    assert!(status.out.contains("ap-northeast-2: The practice clock was moved 14 days forward."), "{}", status.out);
    let moved = json!({ "aheadSeconds": 14 * 24 * 3600 });
    assert_eq!(folder.run(&["status", "--json"]).with(0).json()["practice_clock"], moved);
    for image in ["eks-security-prod", "eks-security-prod:latest"] {
        let explored = folder.run(&["explore", image]);
        let printed = format!("{}{}", explored.out, explored.err);
        assert!(printed.contains("No longer watched") && printed.contains("moved 14 days forward"), "{printed}");
        assert!(!printed.contains("Not found") && !printed.contains(" 0 "), "{printed}");
    }
}

#[test]
fn a_run_and_its_report_say_that_an_image_is_no_longer_watched() {
    let folder = TestFolder::new();
    folder.run_lab(&["--until", "push"]).with(0);
    folder.advance("15d");
    let report = folder.path().join("report.json");
    let resumed = folder.run(&["resume", "--keep", "--report", report.to_str().unwrap()]).with(1);
    assert!(resumed.err.contains("The practice clock was moved 15 days forward."), "{}", resumed.err);
    assert!(resumed.err.contains("no longer watches the image in eks-security-prod"), "{}", resumed.err);
    let report: Value = serde_json::from_slice(&fs::read(report).unwrap()).unwrap();
    assert_eq!(report["practice_clock"], json!({ "aheadSeconds": 15 * 24 * 3600 }));
    let prod = &report["result"]["repositories"]["eks-security-prod"];
    assert_eq!((&prod["findings"], &prod["findings_reason"]), (&Value::Null, &"no_longer_watched".into()));
    let findings = folder.run(&["findings"]).with(1);
    assert!(findings.err.contains("eks-security-prod: No longer watched"), "{}{}", findings.out, findings.err);
}

#[test]
fn a_clock_that_cannot_be_read_is_not_one_that_was_not_moved() {
    let folder = TestFolder::new();
    folder.advance("1d");
    fs::write(folder.path().join("data/practice/ap-northeast-2/cloud.json"), "{").unwrap();
    let status = folder.run(&["status"]).with(0);
    assert!(status.out.contains("ap-northeast-2: How far the practice clock was moved"), "{}", status.out);
    folder.run(&["practice", "advance", "1d"]).with(1);
}
