//! Cleaning up a run of which no record is left on this machine.

use std::fs;

use crate::TestFolder;

#[test]
fn a_run_whose_database_is_lost_is_found_and_cleaned_up() {
    let folder = TestFolder::new();
    folder.run_lab(&["--keep"]).with(0);
    fs::remove_dir_all(folder.path().join("data/lab")).unwrap();
    let cleaned = folder.run(&["cleanup", "--json"]).with(0);
    let receipt = cleaned.json()["receipt"].clone();
    assert_eq!(receipt["restored"], true, "{receipt:#}");
    for name in ["eks-security-prod", "eks-security-sandbox", "eks-security-shared"] {
        assert!(receipt["deleted"].to_string().contains(name), "{receipt:#}");
    }
    let again = folder.run(&["cleanup"]).with(0);
    assert!(again.err.contains("there is nothing to clean up") && again.err.contains("BASIC"), "{}", again.err);
    // Of an account that was not read, nothing is said to be gone.
    assert!(again.err.contains("No AWS account was read") && again.err.contains("--mode aws"), "{}", again.err);
}

#[test]
fn a_lost_run_with_names_of_its_own_is_reported_until_it_is_cleaned_up_by_them() {
    let folder = TestFolder::new();
    folder.run_lab(&["--keep", "--prefix", "kim"]).with(0);
    fs::remove_dir_all(folder.path().join("data/lab")).unwrap();
    let other = folder.run(&["cleanup", "--json"]).with(1);
    assert_eq!((&other.json()["ok"], &other.json()["nothing_to_clean_up"]), (&false.into(), &false.into()));
    assert!(other.err.contains("kim-eks-security-prod"), "{}", other.err);
    let cleaned = folder.run(&["cleanup", "--prefix", "kim", "--json"]).with(0).json();
    assert_eq!(cleaned["receipt"]["restored"], true, "{cleaned:#}");
    folder.run(&["cleanup"]).with(0);
}

#[test]
fn without_its_mode_a_profile_is_refused_where_no_record_is_left() {
    let folder = TestFolder::new();
    let refused = folder.run(&["cleanup", "--profile", "work"]).with(2);
    assert!(refused.err.contains("--mode aws"), "{}", refused.err);
}
