//! `cargo xtask test`: every check and every test.

use crate::{
    command::{Outcome, built, command, root, run, say},
    desktop, setup,
};

/// Sets up what is missing, then runs the checks (cheap ones first) and the tests.
pub(crate) fn test() -> Outcome {
    setup::setup(&setup::FOR_TESTS)?;
    desktop::set_up_to_build()?;
    if let Err(why) = setup::setup(&setup::IF_THERE) {
        say(&format!("\n{why}: tests that need it will say so and be left out\n"));
    }
    if let Err(why) = desktop::set_up_to_drive() {
        say(&format!("\n{why}: tests that drive the window will say so and be left out\n"));
    }
    if let Err(why) = setup::python_tools() {
        say(&format!(
            "\nmoto and the AWS CLI could not be set up ({why}): tests that need them will say so and be left out\n"
        ));
    }
    run("cargo fmt --check", command("cargo", &["fmt", "--all", "--check"]))?;
    desktop::check_web_side()?;
    // The window's program holds it: nothing of it compiles before.
    desktop::build_web_side()?;
    run(
        "cargo clippy",
        command("cargo", &["clippy", "--workspace", "--all-targets", "--locked", "--quiet", "--", "-D", "warnings"]),
    )?;
    setup::cargo_deny()?;
    run(
        "cargo deny",
        command("cargo", &["deny", "--all-features", "--log-level", "error", "check", "bans", "licenses", "sources"]),
    )?;
    run("cargo build imagelab", command("cargo", &["build", "--locked", "--quiet", "--package", "cli"]))?;
    let window = desktop::build_program(false)?;
    let mut tests = command("cargo", &["test", "--workspace", "--locked", "--no-fail-fast"]);
    tests
        .env("IMAGELAB", built("debug")?)
        .env("IMAGELAB_WINDOW", window)
        .env("IMAGELAB_TEST_TOOLS", root().join("target/tools/venv/bin"));
    run("cargo test", tests)
}
