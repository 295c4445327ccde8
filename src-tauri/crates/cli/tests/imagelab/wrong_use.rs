//! Requests that cannot be fulfilled are refused with exit code 2 before anything is changed.

use crate::TestFolder;

#[test]
fn an_unknown_option_or_value_is_refused() {
    let folder = TestFolder::new();
    for arguments in [
        &["run", "--no-such-option"][..],
        &["no-such-command"],
        &["run", "--mode", "elsewhere"],
        &["findings", "--severity", "terrible"],
        &["cleanup", "--run", ""],
        &["cleanup", "--run", "0123456789AB"],
        &["cleanup", "--run", "0123456789abc"],
        &["cleanup", "--run", "eks-security-1"],
        &["practice", "--fault", "ecr:NoSuchOperation=throttle"],
    ] {
        let output = folder.run(arguments).with(2);
        assert!(output.out.is_empty() && output.err.contains("error:"), "{arguments:?}: {}", output.err);
    }
}

#[test]
fn an_option_that_would_do_nothing_is_refused() {
    let folder = TestFolder::new();
    for (arguments, why) in [
        (&["findings", "--excel"][..], "Add --format csv"),
        (&["findings", "--excel", "--format", "json"], "Add --format csv"),
        (&["findings", "--excel", "--format", "sarif"], "Add --format csv"),
        (&["explore", "prod:1", "--excel"], "Add --format csv"),
        (&["explore", "prod", "--format", "csv"], "CSV and SARIF"),
        (&["explore", "--where", "CVE-2021-44228", "--format", "sarif"], "CSV and SARIF"),
        (&["explore", "prod", "--severity", "high"], "prod:TAG"),
        (&["explore", "--severity", "high"], "error:"),
        (&["explore", "--profile", "work"], "work"),
    ] {
        let output = folder.run(arguments).with(2);
        assert!(output.out.is_empty() && output.err.contains(why), "{arguments:?}: {}", output.err);
    }
}

#[test]
fn errors_of_the_command_line_are_in_the_chosen_language() {
    let korean = |arguments: &[&str]| {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_imagelab")).args(arguments).output().unwrap();
        assert_eq!(output.status.code(), Some(2));
        String::from_utf8(output.stderr).unwrap()
    };
    for (arguments, why) in [
        (&["--lang", "ko", "run", "--no-such-option"][..], "--no-such-option 옵션은 없습니다"),
        (&["--lang", "ko", "no-such-command"], "no-such-command 명령은 없습니다"),
        (&["run", "--mode", "elsewhere", "--lang=ko"], "elsewhere를 쓸 수 없습니다"),
        (&["findings", "--severity", "terrible", "--lang", "ko"], "terrible"),
        (&["run", "--mode", "--lang", "ko"], "--mode"),
    ] {
        let err = korean(arguments);
        let last = err.lines().last().unwrap();
        assert!(
            last.starts_with("오류: ") && last.contains(why) && last.contains("해결 방법: "),
            "{arguments:?}: {err}"
        );
        assert!(!err.contains("error:") && !err.contains("Usage"), "{err}");
    }
}

#[test]
fn an_account_is_not_changed_without_confirmation() {
    let folder = TestFolder::new();
    let output = folder.run(&["run", "--mode", "aws", "--engine", "builtin"]).with(2);
    assert!(output.err.contains("--yes") && output.err.contains("Nothing was changed"), "{}", output.err);
    assert!(!folder.path().join("data/lab").exists(), "a run was started");
}

#[test]
fn an_unwritable_report_is_refused_at_once() {
    let folder = TestFolder::new();
    for name in ["report.pdf", "no/such/folder/report.html"] {
        let path = folder.path().join(name);
        let output = folder.run_lab(&["--report", path.to_str().unwrap()]).with(2);
        assert!(output.err.contains("error: ") && output.err.contains("hint: "), "{}", output.err);
    }
    assert!(!folder.path().join("data/lab").exists(), "a run was started");
}

#[test]
fn without_a_run_there_is_nothing_to_resume_or_to_show() {
    let folder = TestFolder::new();
    folder.run(&["resume"]).with(2);
    folder.run(&["findings"]).with(2);
    assert_eq!(folder.run(&["status", "--json"]).with(0).json()["run"], serde_json::Value::Null);
    assert!(folder.run(&["status"]).with(0).err.contains(&folder.suggested("run")));
}

#[test]
fn an_unusable_folder_is_reported() {
    let folder = TestFolder::new();
    std::fs::write(folder.path().join("data"), "a file").unwrap();
    let output = folder.run(&["status"]).with(2);
    assert!(output.err.contains("data folder") && output.err.contains("--data"), "{}", output.err);
}

#[test]
fn help_and_version_go_to_standard_output() {
    let folder = TestFolder::new();
    assert!(folder.run(&["--help"]).with(0).out.contains("run"));
    assert!(folder.run(&["--version"]).with(0).out.starts_with("imagelab "));
    let korean = std::process::Command::new(env!("CARGO_BIN_EXE_imagelab")).args(["--help", "--lang", "ko"]).output();
    assert!(String::from_utf8(korean.unwrap().stdout).unwrap().contains("사용법:"));
}
