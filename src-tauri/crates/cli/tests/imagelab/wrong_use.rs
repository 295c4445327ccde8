//! What cannot be done is refused with exit code 2, before anything is done.

use crate::Desk;

#[test]
fn what_is_not_an_option_is_refused() {
    let desk = Desk::new();
    for typed in [
        &["run", "--no-such-option"][..],
        &["no-such-command"],
        &["run", "--mode", "elsewhere"],
        &["findings", "--severity", "terrible"],
        &["practice", "--fault", "ecr:NoSuchOperation=throttle"],
    ] {
        let ended = desk.run(typed).with(2);
        assert!(ended.out.is_empty() && ended.err.contains("error:"), "{typed:?}: {}", ended.err);
    }
}

#[test]
fn nobody_changes_an_account_without_being_asked() {
    let desk = Desk::new();
    let ended = desk.run(&["run", "--mode", "aws", "--engine", "builtin"]).with(2);
    assert!(ended.err.contains("--yes") && ended.err.contains("Nothing was changed"), "{}", ended.err);
    assert!(!desk.path().join("data/lab").exists(), "something was begun");
}

#[test]
fn a_report_that_could_not_be_written_is_refused_at_once() {
    let desk = Desk::new();
    for name in ["report.pdf", "no/such/folder/report.html"] {
        let path = desk.path().join(name);
        let ended = desk.run_lab(&["--report", path.to_str().unwrap()]).with(2);
        assert!(ended.err.contains("error: ") && ended.err.contains("hint: "), "{}", ended.err);
    }
    assert!(!desk.path().join("data/lab").exists(), "something was begun");
}

#[test]
fn without_a_run_there_is_nothing_to_go_on_with_or_to_show() {
    let desk = Desk::new();
    desk.run(&["resume"]).with(2);
    desk.run(&["findings"]).with(2);
    assert_eq!(desk.run(&["status", "--json"]).with(0).json()["run"], serde_json::Value::Null);
    assert!(desk.run(&["status"]).with(0).err.contains("imagelab run"));
}

#[test]
fn a_folder_that_cannot_be_used_is_told() {
    let desk = Desk::new();
    std::fs::write(desk.path().join("data"), "a file").unwrap();
    let ended = desk.run(&["status"]).with(2);
    assert!(ended.err.contains("data folder") && ended.err.contains("--data"), "{}", ended.err);
}

#[test]
fn help_and_version_go_to_standard_output() {
    let desk = Desk::new();
    assert!(desk.run(&["--help"]).with(0).out.contains("run"));
    assert!(desk.run(&["--version"]).with(0).out.starts_with("imagelab "));
    let korean = std::process::Command::new(env!("CARGO_BIN_EXE_imagelab")).args(["--help", "--lang", "ko"]).output();
    assert!(String::from_utf8(korean.unwrap().stdout).unwrap().contains("사용법:"));
}
