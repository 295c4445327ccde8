//! `cargo xtask run`: the lab, on this machine, now.

use crate::{
    command::{Outcome, command, run as start, say},
    setup,
};

/// Sets up what is missing, builds `imagelab` and runs the whole lab in practice mode. `options` are those of
/// `imagelab rehearse`.
pub(crate) fn run(options: &[String]) -> Outcome {
    setup::setup(&setup::FOR_RUN)?;
    say("Running the lab in this terminal, in practice mode: no AWS account and no network are used.\n");
    let mut arguments = vec!["run", "--package", "cli", "--bin", "imagelab", "--", "rehearse"];
    arguments.extend(options.iter().map(String::as_str));
    start("imagelab rehearse", command("cargo", &arguments))
}
