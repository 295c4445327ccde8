//! `cargo xtask test`: every check and every test.

use std::path::Path;

use crate::{
    checks,
    command::{TaskResult, built, command, print, root, run},
    desktop, node, output, setup, skipped,
    timing::Timings,
};

/// Sets up what is missing, then runs the checks (cheap ones first) and the tests. Ends with the skipped tests and with how
/// long each part took, also when a part fails.
pub(crate) fn test() -> TaskResult {
    let skipped_tests = skipped::new_file()?;
    let mut timings = Timings::default();
    let result = run_parts(&mut timings, &skipped_tests);
    print(&skipped::summary(&std::fs::read_to_string(&skipped_tests).unwrap_or_default()));
    print(&timings.table());
    result
}

fn run_parts(timings: &mut Timings, skipped_tests: &Path) -> TaskResult {
    timings.measure("set-up", set_up)?;
    timings.measure("formatting", || run("cargo fmt --check", command("cargo", &["fmt", "--all", "--check"])))?;
    timings.measure("UI: types, lint, unit tests", desktop::check_ui)?;
    timings.measure("source: names, cycles, sizes, fidelity", source)?;
    // The window's program contains it: without it, nothing of that program compiles.
    timings.measure("UI: build", desktop::build_ui)?;
    timings.measure("clippy", clippy)?;
    timings.measure("dependencies", dependencies)?;
    let window = timings.measure("build of both programs", build_programs)?;
    let results = root().join("target/test-results.txt");
    let tests = timings.measure("Rust tests", || rust_tests(&window, skipped_tests, &results));
    let fidelity = timings.measure("fidelity: every test ran", || fidelity(&results, skipped_tests));
    tests.and(fidelity)
}

fn set_up() -> TaskResult {
    setup::setup(&setup::FOR_TESTS)?;
    desktop::set_up_to_build()?;
    for optional in [setup::setup(&setup::OPTIONAL), desktop::set_up_to_drive(), setup::python_tools()] {
        if let Err(error) = optional {
            print(&format!("\n{error}: tests that need it will be skipped\n"));
        }
    }
    setup::cargo_deny()?;
    setup::cargo_machete()
}

/// Checks of the source that no compiler makes.
fn source() -> TaskResult {
    checks::names(&[])?;
    checks::cycles()?;
    checks::figures()?;
    checks::fidelity(&["--check".to_owned()])
}

fn clippy() -> TaskResult {
    let arguments = ["clippy", "--workspace", "--all-targets", "--locked", "--quiet", "--", "-D", "warnings"];
    run("cargo clippy", command("cargo", &arguments))
}

/// Licences and sources of the dependencies, and that each is used.
fn dependencies() -> TaskResult {
    let deny = ["deny", "--all-features", "--log-level", "error", "check", "bans", "licenses", "sources"];
    run("cargo deny", command("cargo", &deny))?;
    // With this variable, which `cargo run` sets for this program, it takes its own name for a folder to look at.
    let mut machete = command("cargo", &["machete"]);
    machete.env_remove("CARGO_PKG_NAME");
    run("cargo machete", machete)
}

fn build_programs() -> Result<std::path::PathBuf, String> {
    run("cargo build imagelab", command("cargo", &["build", "--locked", "--quiet", "--package", "cli"]))?;
    desktop::build_program(false)
}

/// That the tests which the page of fidelity names ran.
fn fidelity(results: &Path, skipped_tests: &Path) -> TaskResult {
    let (results, skipped_tests) = (results.display().to_string(), skipped_tests.display().to_string());
    checks::fidelity(&["--check", "--ran", &results, "--skipped", &skipped_tests].map(str::to_owned))
}

fn rust_tests(window: &Path, skipped_tests: &Path, results: &Path) -> TaskResult {
    let mut tests = command("cargo", &["test", "--workspace", "--locked", "--no-fail-fast"]);
    tests
        .env("IMAGELAB", built("debug")?)
        .env("IMAGELAB_WINDOW", window)
        .env("IMAGELAB_TEST_TOOLS", root().join("target/tools/venv/bin"))
        .env(skipped::VARIABLE, skipped_tests);
    node::prefer(&mut tests);
    output::run_with_copy("cargo test", tests, results)
}
