//! Cleaning up a run of which no record is left on this machine.

use std::fs;

use crate::TestFolder;

/// A run that was kept, and whose record is lost.
fn lost(options: &[&str]) -> TestFolder {
    let folder = TestFolder::new();
    folder.run_lab(&[&["--keep"], options].concat()).with(0);
    lose(&folder);
    folder
}

#[test]
fn without_a_record_status_does_not_say_that_there_was_no_run() {
    let folder = lost(&[]);
    let status = folder.run(&["status"]).with(0).err;
    assert!(status.contains("No run is recorded") && status.contains(&folder.suggested("cleanup")), "{status}");
}

fn lose(folder: &TestFolder) {
    fs::remove_dir_all(folder.path().join("data/lab")).unwrap();
}

/// The arguments of the command that the program suggests for the run that it found.
fn suggested(err: &str) -> Vec<String> {
    let command = err.split('`').find(|part| part.contains(" --run ")).unwrap_or_else(|| panic!("{err}"));
    let words = shlex::split(command).unwrap();
    // The test's folder is an argument of every command already.
    let at = words.iter().position(|word| word == "--data").unwrap();
    words[1..at].iter().chain(&words[at + 2..]).cloned().collect()
}

#[test]
fn a_run_whose_database_is_lost_is_listed_and_cleaned_up_by_its_id() {
    let folder = lost(&[]);
    let listed = folder.run(&["cleanup", "--yes", "--json"]).with(1);
    assert_eq!((&listed.json()["ok"], &listed.json()["nothing_to_clean_up"]), (&false.into(), &false.into()));
    assert!(listed.err.contains("eks-security-shared") && listed.err.contains("It may be another learner's"));
    // Nothing was changed, and it is listed again.
    let again = folder.run(&["cleanup"]).with(1);
    let command = suggested(&again.err);
    assert_eq!(command, suggested(&listed.err));
    let arguments: Vec<_> = command.iter().map(String::as_str).chain(["--json"]).collect();
    let cleaned = folder.run(&arguments).with(0);
    let receipt = cleaned.json()["receipt"].clone();
    assert_eq!(receipt["restored"], true, "{receipt:#}");
    for name in ["eks-security-prod", "eks-security-sandbox", "eks-security-shared"] {
        assert!(receipt["deleted"].to_string().contains(name), "{receipt:#}");
    }
    // What else it made is not known, and not said to be gone.
    let kept = receipt["kept"].to_string();
    assert!(
        kept.contains("neo4j:4.4.0") && kept.contains("Unknown origin") && !kept.contains("did not make it"),
        "{kept}"
    );
    let status = folder.run(&["status"]).with(0).out;
    assert!(status.contains("record of the run was lost") && !status.contains("finished and cleaned up"), "{status}");
    assert_eq!(folder.run(&["status", "--json"]).with(0).json()["record_lost"], true);
    let again = folder.run(&["cleanup"]).with(0);
    assert!(again.err.contains("there is nothing to clean up") && again.err.contains("BASIC"), "{}", again.err);
    // Of an account that was not read, nothing is said to be gone.
    assert!(again.err.contains("No AWS account was read") && again.err.contains("--mode aws"), "{}", again.err);
}

#[test]
fn a_lost_run_with_a_tag_of_its_own_is_cleaned_up_without_that_tag() {
    let folder = lost(&["--tag", "vuln"]);
    let command = suggested(&folder.run(&["cleanup"]).with(1).err);
    let cleaned = folder.run(&command.iter().map(String::as_str).chain(["--json"]).collect::<Vec<_>>()).with(0).json();
    assert!(cleaned["receipt"]["deleted"].to_string().contains("eks-security-prod:vuln"), "{cleaned:#}");
    folder.run(&["cleanup"]).with(0);
}

#[test]
fn a_lost_run_with_names_of_its_own_is_listed_with_the_command_that_cleans_it_up() {
    let folder = lost(&["--prefix", "kim"]);
    let other = folder.run(&["cleanup"]).with(1);
    assert!(other.err.contains("kim-eks-security-prod"), "{}", other.err);
    let command = suggested(&other.err);
    let cleaned = folder.run(&command.iter().map(String::as_str).chain(["--json"]).collect::<Vec<_>>()).with(0).json();
    assert_eq!(cleaned["receipt"]["restored"], true, "{cleaned:#}");
    folder.run(&["cleanup"]).with(0);
}

#[test]
fn another_run_than_the_named_one_is_not_changed() {
    let folder = lost(&[]);
    let other = folder.run(&["cleanup", "--run", "000000000000", "--yes"]).with(1);
    assert!(other.err.contains("eks-security-prod"), "{}", other.err);
    assert_eq!(suggested(&folder.run(&["cleanup"]).with(1).err), suggested(&other.err));
}

#[test]
fn without_its_mode_a_profile_is_refused_where_no_record_is_left() {
    let folder = TestFolder::new();
    let refused = folder.run(&["cleanup", "--profile", "work"]).with(2);
    assert!(refused.err.contains("--mode aws"), "{}", refused.err);
}
