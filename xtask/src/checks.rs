//! Checks of the source by the program `checks`, which may use libraries.

use crate::command::{TaskResult, command, run};

/// Fails on words that names and texts do not use. `options`: `--path PREFIX`, any number of times.
pub(crate) fn names(options: &[String]) -> TaskResult {
    check("names", options)
}

fn check(name: &str, options: &[String]) -> TaskResult {
    let mut check = command("cargo", &["run", "--quiet", "--package", "checks", "--", name]);
    check.args(options);
    run(name, check)
}
