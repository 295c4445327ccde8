//! Every exit other than 0 ends with one line that says why and what to do; what could not be read is asked again.

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
