//! Checks of the source by the program `checks`, which may use libraries.

use crate::{
    command::{TaskResult, command, run},
    desktop,
};

/// Fails on words that names and texts do not use. `options`: `--path PREFIX`, any number of times.
pub(crate) fn names(options: &[String]) -> TaskResult {
    check("names", options)
}

/// Fails where files import each other in a circle, in Rust or in the UI.
pub(crate) fn cycles() -> TaskResult {
    check("cycles", &[])?;
    desktop::ui_cycles()
}

/// Prints the sizes of the source. Fails where the shell's share of it is too large.
pub(crate) fn figures() -> TaskResult {
    check("figures", &[])
}

/// Writes the page of fidelity, or, with `--check`, fails where it is out of date or a row is not proved.
pub(crate) fn fidelity(options: &[String]) -> TaskResult {
    check("fidelity", options)
}

fn check(name: &str, options: &[String]) -> TaskResult {
    let mut check = command("cargo", &["run", "--quiet", "--package", "checks", "--", name]);
    check.args(options);
    run(name, check)
}
