//! The tests that were skipped: the crate `skipped` appends a line to a file for each, with a tab between name and reason.

use std::{collections::BTreeSet, path::PathBuf};

use crate::command::root;

/// The environment variable that names the file.
pub(crate) const VARIABLE: &str = "IMAGELAB_SKIPPED";

/// An empty file for the tests to append to.
pub(crate) fn new_file() -> Result<PathBuf, String> {
    let file = root().join("target/skipped-tests.txt");
    let folder = root().join("target");
    std::fs::create_dir_all(folder)
        .and_then(|()| std::fs::write(&file, ""))
        .map_err(|error| format!("{}: {error}", file.display()))?;
    Ok(file)
}

/// Each skipped test with its reason, once.
pub(crate) fn summary(contents: &str) -> String {
    let skipped: BTreeSet<(&str, &str)> = contents.lines().filter_map(|line| line.split_once('\t')).collect();
    let lines = skipped.iter().map(|(name, reason)| format!("  {name}\n    {reason}\n"));
    format!("\n── skipped tests: {}\n\n{}", skipped.len(), lines.collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_summary_lists_each_test_once_with_its_reason() {
        assert_eq!(
            summary("a::b\tno skopeo\na::b\tno skopeo\nc\tno docker\n"),
            "\n── skipped tests: 2\n\n  a::b\n    no skopeo\n  c\n    no docker\n"
        );
        assert_eq!(summary(""), "\n── skipped tests: 0\n\n");
    }
}
