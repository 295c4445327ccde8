//! `cargo xtask soak`: tests over every case, of which `cargo xtask test` runs a sample.

use crate::{
    command::{TaskResult, built, command, root, run},
    setup,
};

/// The environment variable with which the tests run every case.
const VARIABLE: &str = "IMAGELAB_SOAK";

/// What can be run, and its tests: the package, the test program and the tests whose names contain this.
const SOAKS: [(&str, &[[&str; 3]]); 4] = [
    ("faults", &[["whole-lab-tests", "fault_matrix", ""]]),
    ("kills", &[["whole-lab-tests", "kill", ""], ["lab", "it", "interruption::"]]),
    ("policy", &[["whole-lab-tests", "policy", ""]]),
    // Each target for as long as IMAGELAB_FUZZ_MINUTES says.
    ("fuzz", &[["scanner", "fuzz", ""], ["registry", "fuzz", ""], ["practice", "fuzz", ""], ["engine", "fuzz", ""]]),
];

/// Runs those named, or all.
pub(crate) fn soak(names: &[String]) -> TaskResult {
    let names: Vec<&str> = match names.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [] => return Err(format!("which? {} or all", SOAKS.map(|(name, _)| name).join(", "))),
        ["all"] => SOAKS.map(|(name, _)| name).to_vec(),
        names => names.to_vec(),
    };
    setup::setup(&setup::FOR_RUN)?;
    for name in names {
        let Some((_, tests)) = SOAKS.iter().find(|(soak, _)| *soak == name) else {
            return Err(format!("no soak is called `{name}`: {} or all", SOAKS.map(|(name, _)| name).join(", ")));
        };
        run("cargo build imagelab", command("cargo", &["build", "--quiet", "--package", "cli"]))?;
        for [package, test, filter] in *tests {
            let arguments = ["test", "--package", package, "--test", test, "--", "--nocapture", filter];
            let mut soak = command("cargo", &arguments);
            soak.env(VARIABLE, "1").env("IMAGELAB", built("debug")?);
            soak.env("IMAGELAB_TEST_TOOLS", root().join("target/tools/venv/bin"));
            run(&format!("soak {name}"), soak)?;
        }
    }
    Ok(())
}
