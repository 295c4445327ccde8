//! Every exit other than 0 ends with one line that says why and what to do; what could not be read is asked again.

use ::practice::{Practice, PracticeConfig};

use crate::{ProgramOutput, TestFolder};

/// The last line on standard error.
fn last_line(output: &ProgramOutput) -> &str {
    output.err.lines().rfind(|line| !line.trim().is_empty()).unwrap_or_default()
}

#[track_caller]
fn assert_ends_with_why_and_what_to_do(output: &ProgramOutput, why: &str, what: &str) {
    let last = last_line(output);
    assert!(last.starts_with("error: ") && last.contains(why), "{}", output.err);
    assert!(last.contains("hint: ") && last.contains(what), "{}", output.err);
}

#[test]
fn a_check_that_was_throttled_once_is_asked_again_and_the_run_succeeds() {
    let folder = TestFolder::new();
    // The SDK makes three attempts.
    let output = folder.run_lab(&["--json", "--fault", "inspector2:ListCoverage=throttle*3"]).with(0);
    let result = output.json();
    assert_eq!(result["ok"], true);
    let checks = result["steps"][0]["checks"].as_array().unwrap();
    let permissions = checks.iter().find(|check| check["id"] == "permissions").unwrap();
    assert_eq!(permissions["outcome"], "met", "{permissions:#}");
    assert!(output.err.contains("? unknown"), "the first answer was unknown: {}", output.err);
}

#[test]
fn a_check_that_stayed_unknown_is_asked_again_at_resume() {
    let folder = TestFolder::new();
    // The first step cannot tell whether it is permitted, and the fifth fails for it.
    let failed = folder.run_lab(&["--keep", "--fault", "inspector2:ListCoverage=throttle"]).with(1);
    assert!(failed.err.contains("? unknown") && failed.err.contains(&folder.suggested("resume")), "{}", failed.err);
    assert_ends_with_why_and_what_to_do(&failed, "", "");
    let resumed = folder.run(&["resume", "--speed", "instant", "--json"]).with(0).json();
    assert_eq!(resumed["ok"], true, "{resumed:#}");
    assert_eq!(resumed["steps"][0]["checks"].as_array().unwrap().iter().filter(|it| it["outcome"] != "met").count(), 0);
}

#[test]
fn every_failing_command_ends_with_a_line_that_says_why_and_what_to_do() {
    let folder = TestFolder::new();
    let ends = |arguments: &[&str], code: i32, why: &str, what: &str| {
        assert_ends_with_why_and_what_to_do(&folder.run(arguments).with(code), why, what);
    };
    ends(&["resume"], 2, "no run to continue", &folder.suggested("run"));
    ends(&["findings"], 2, "no run yet", &folder.suggested("run"));
    ends(&["run", "--report", "report.pdf"], 2, "report.pdf", ".html");
    ends(&["run", "--mode", "aws", "--engine", "builtin"], 2, "no terminal", "--yes");
    let denied = folder.run_lab(&["--fault", "ecr:CreateRepository=access-denied"]).with(1);
    assert_ends_with_why_and_what_to_do(&denied, "ecr:CreateRepository", "");
    ends(&["run"], 2, "not finished", &folder.suggested("cleanup"));
    ends(&["findings", "--repository", "other"], 2, "other", "eks-security-prod");
}

/// Another user changes the scanning configuration of the folder's practice cloud while no command runs.
fn change_configuration(folder: &TestFolder) {
    let data = folder.path().join("data/practice/ap-northeast-2");
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        let practice = Practice::start(PracticeConfig::new(data)).await.unwrap();
        let rule = testbed::aws::scanning_rule("CONTINUOUS_SCAN".into(), &["prod", "theirs"]);
        let put = testbed::aws::ecr(&practice).put_registry_scanning_configuration();
        put.scan_type("ENHANCED".into()).rules(rule).send().await.unwrap();
        practice.shutdown().await;
    });
}

#[test]
fn what_a_clean_up_leaves_to_a_person_is_in_the_status_with_the_command_that_finishes_it() {
    let folder = TestFolder::new();
    folder.run_lab(&["--keep"]).with(0);
    change_configuration(&folder);
    let cleaned = folder.run(&["cleanup", "--json"]).with(1);
    assert_eq!((&cleaned.json()["ok"], &cleaned.json()["receipt"]["restored"]), (&false.into(), &false.into()));
    let finishing = folder.suggested("cleanup --configuration keep");

    // To show what is left is what `status` is for: that it could is a success.
    let text = folder.run(&["status"]).with(0).out;
    assert!(text.contains("The run is cleaned up, except for the items below"), "{text}");
    assert!(!text.contains("finished and cleaned up"), "{text}");
    assert!(text.contains("Another user changed it") && text.contains(&finishing), "{text}");
    let status = folder.run(&["status", "--json"]).with(0).json();
    assert_eq!(status["finished"], false, "{status:#}");
    let left = status["left"].as_array().unwrap();
    let kinds: Vec<_> = left.iter().map(|left| left["kind"].as_str().unwrap()).collect();
    // The repository keeps the record of the former configuration.
    assert_eq!(kinds, ["repository", "scanningConfiguration", "inspectorScanning"], "{status:#}");
    assert!(left[1]["why"].as_str().unwrap().contains(&finishing), "{status:#}");

    // The very command that it names finishes it.
    folder.run(&["cleanup", "--configuration", "keep"]).with(0);
    let status = folder.run(&["status", "--json"]).with(0).json();
    assert_eq!((&status["finished"], &status["left"]), (&true.into(), &serde_json::json!([])), "{status:#}");
    let text = folder.run(&["status"]).with(0).out;
    assert!(text.contains("It is finished and cleaned up."), "{text}");
}
