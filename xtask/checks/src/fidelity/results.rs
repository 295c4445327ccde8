//! Which tests ran, and which left themselves out.

use std::{collections::BTreeMap, path::Path};

use super::{
    documents::REASONS,
    reference::{is_rust, split},
    rows::{Rows, Skippable},
};

/// A reason of `tests/skipped.txt`: a part of the sentence that a test reports, and why it is accepted.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Reason {
    pub(crate) part: String,
    pub(crate) accepted_because: String,
}

/// The reasons of the list.
pub(crate) fn reasons(list: &str) -> Vec<Reason> {
    let entries = list.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once("->"));
    let reason =
        |(part, why): (&str, &str)| Reason { part: part.trim().to_owned(), accepted_because: why.trim().to_owned() };
    entries.map(reason).collect()
}

/// Rows of tests that may be skipped for a reason that is not on the list.
pub(crate) fn unlisted(rows: &Rows, reasons: &[Reason]) -> Vec<String> {
    let unlisted = rows.may_be_skipped.iter().filter(|row| reasons.iter().all(|reason| reason.part != row.reason));
    unlisted.map(|row| format!("`{}` is not a reason of {REASONS}", row.reason)).collect()
}

/// The results of the tests of a run.
pub(crate) struct Results<'a> {
    /// The outcome of each test by its name with its modules, as `cargo test` prints it: `ok`, `FAILED`, `ignored`.
    ran: BTreeMap<&'a str, &'a str>,
    /// Name and reason of each skipped test.
    skipped: Vec<(&'a str, &'a str)>,
}

impl<'a> Results<'a> {
    pub(crate) fn parse(output: &'a str, skipped: &'a str) -> Self {
        let result = |line: &'a str| {
            let (name, outcome) = line.strip_prefix("test ")?.rsplit_once(" ... ")?;
            Some((name.trim_end_matches(" - should panic"), outcome))
        };
        // A line of the harness can follow a test's own output on the same line.
        let ran = output.lines().filter_map(result).collect();
        let name_of = |name: &'a str| name.split_once(": ").map_or(name, |(_, name)| name);
        let skipped = skipped.lines().filter_map(|line| line.split_once('\t'));
        Self { ran, skipped: skipped.map(|(name, reason)| (name_of(name), reason)).collect() }
    }

    /// The tests of rows that did not run.
    pub(crate) fn problems(&self, rows: &Rows) -> Vec<String> {
        let rust = rows.tests().filter(|test| is_rust(split(test).0));
        let mut problems: Vec<_> = rust.filter_map(|test| self.problem(test, &rows.may_be_skipped)).collect();
        problems.sort();
        problems.dedup();
        problems
    }

    fn problem(&self, test: &str, may_be_skipped: &[Skippable]) -> Option<String> {
        let outcome = self.ran.iter().find(|(name, _)| is(name, test)).map(|(_, outcome)| *outcome);
        match outcome {
            None => return Some(format!("{test}: did not run")),
            Some("ok") => {}
            Some(outcome) => return Some(format!("{test}: {outcome}")),
        }
        let accepted = |reason: &str| {
            may_be_skipped.iter().any(|row| reason.contains(&row.reason) && row.tests.iter().any(|name| name == test))
        };
        let skipped = self.skipped.iter().find(|(name, reason)| is(name, test) && !accepted(reason));
        skipped.map(|(_, reason)| format!("{test}: left itself out, and no row says that it may: {reason}"))
    }
}

/// Whether a test that ran, `module::tests::name`, is the one that a reference names.
fn is(ran: &str, reference: &str) -> bool {
    let (path, name) = split(reference);
    let path = Path::new(path);
    let stem = |path: &Path| path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let file = match stem(path) {
        file if file == "mod" => path.parent().map(stem).unwrap_or_default(),
        file => file,
    };
    let mut segments: Vec<&str> = ran.split("::").filter(|segment| *segment != "tests").collect();
    segments.pop().is_some_and(|last| last == name)
        && (segments.is_empty() || file == "tests" || segments.contains(&&*file))
}

#[cfg(test)]
mod unit {
    use super::*;

    #[test]
    fn a_test_is_recognized_by_its_name_and_its_file() {
        for (ran, reference, expected) in [
            ("ecr_images::a", "x/tests/it/ecr_images.rs::a", true),
            ("a", "tests/tests/requests.rs::a", true),
            ("version::maven::tests::a", "x/src/version/maven.rs::a", true),
            ("images::detect::tests::a", "x/src/images/detect/mod.rs::a", true),
            ("version::alpine::tests::a", "x/src/version/maven.rs::a", false),
            ("ecr_images::ab", "x/tests/it/ecr_images.rs::a", false),
        ] {
            assert_eq!(is(ran, reference), expected, "{ran} {reference}");
        }
    }

    #[test]
    fn the_results_of_the_harness_are_read() {
        let results = Results::parse(
            "test a::b ... ok\ntest c - should panic ... FAILED\n\ntest result: ok. 1\n",
            "p: a::b\tno x\n",
        );
        assert_eq!(results.ran.into_iter().collect::<Vec<_>>(), [("a::b", "ok"), ("c", "FAILED")]);
        assert_eq!(results.skipped, [("a::b", "no x")]);
    }
}
