//! How a test says that it cannot run on this machine. `cargo xtask test` lists all that did, with their reasons.

use std::{fs::OpenOptions, io::Write as _, path::Path};

/// Names the file that collects what was skipped: a line for each test, its name and the reason between tabs.
pub const COLLECTED_IN: &str = "IMAGELAB_SKIPPED";

const ACCEPTED_IN_CI: &str = include_str!("../../skipped.txt");

/// Reports that the test of this thread is skipped: on standard error, past the test harness, which hides what a passing
/// test prints, and in the file that [`COLLECTED_IN`] names.
///
/// # Panics
///
/// If `CI` is set and `tests/skipped.txt` does not accept the reason.
pub fn report(reason: &str) {
    let reason = reason.trim().replace(['\n', '\t'], " ");
    assert!(std::env::var_os("CI").is_none() || is_accepted(&reason, ACCEPTED_IN_CI), "must run in CI: {reason}");
    let package = std::env::var("CARGO_PKG_NAME").unwrap_or_default();
    let name = format!("{package}: {}", std::thread::current().name().unwrap_or("a test"));
    // A closed standard error is not an error.
    drop(std::io::stderr().write_all(format!("{name}: skipped: {reason}\n").as_bytes()));
    if let Some(file) = std::env::var_os(COLLECTED_IN) {
        collect(Path::new(&file), &name, &reason);
    }
}

fn is_accepted(reason: &str, list: &str) -> bool {
    let entries = list.lines().filter(|line| !line.starts_with('#'));
    entries.filter_map(|line| line.split_once("->")).any(|(part, _)| reason.contains(part.trim()))
}

/// One write for each line: tests of several processes write at once.
fn collect(file: &Path, name: &str, reason: &str) {
    let line = format!("{name}\t{reason}\n");
    let written =
        OpenOptions::new().append(true).create(true).open(file).and_then(|mut file| file.write_all(line.as_bytes()));
    if let Err(error) = written {
        panic!("{}: {error}", file.display());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_reasons_on_the_list_are_accepted() {
        assert!(is_accepted("/usr/bin/aws is no AWS CLI 2; Debian's package awscli brings it", ACCEPTED_IN_CI));
        assert!(!is_accepted("there is no skopeo", ACCEPTED_IN_CI));
        assert!(!is_accepted("anything", "# anything -> a comment\n"));
    }

    #[test]
    fn each_skipped_test_is_a_line_of_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("skipped");
        collect(&file, "one", "no a");
        collect(&file, "two", "no b");
        assert_eq!(std::fs::read_to_string(&file).unwrap(), "one\tno a\ntwo\tno b\n");
    }
}
