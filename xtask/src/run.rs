//! `cargo xtask run`: the lab on this machine.

use crate::{
    command::{TaskResult, command, print, run as start},
    desktop, setup,
};

/// Sets up what is missing, builds the window and opens it. Without a display, or with `options` (those of
/// `imagelab run`), runs the whole lab in the terminal instead.
pub(crate) fn run(options: &[String]) -> TaskResult {
    setup::setup(&setup::FOR_RUN)?;
    if options.is_empty() && has_display() {
        return window();
    }
    if options.is_empty() {
        print("There is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set), so no window can be opened.\n");
    }
    print("Running the lab in this terminal, in practice mode: no AWS account and no network are used.\n");
    let mut arguments = vec!["run", "--package", "cli", "--bin", "imagelab", "--", "run"];
    arguments.extend(options.iter().map(String::as_str));
    start("imagelab run", command("cargo", &arguments))
}

fn window() -> TaskResult {
    let program = desktop::build(false)?;
    print("\nOpening the window. Closing it ends this.\n");
    start("image-security-lab", command(&program.display().to_string(), &[]))
}

/// macOS and Windows always have one.
fn has_display() -> bool {
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(target_os = "linux") || set("DISPLAY") || set("WAYLAND_DISPLAY")
}
