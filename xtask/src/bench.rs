//! `cargo xtask bench`: measures every figure that a document of this project states.

use crate::{
    command::{TaskResult, built, command, root, run},
    desktop,
};

/// Runs the benches named, or all.
pub(crate) fn bench(names: &[String]) -> TaskResult {
    const ALL: [&str; 8] = ["lab", "memory", "findings", "scan", "catalogue", "engine", "startup", "window"];
    let selected: Vec<&str> = match names.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [] => return Err(format!("which bench? {} or all", ALL.join(", "))),
        ["all"] => ALL.to_vec(),
        names => names.to_vec(),
    };
    for name in selected {
        match name {
            "findings" => example("findings", "query_rate")?,
            "scan" => example("scanner", "scan_rate")?,
            "catalogue" => example("scanner", "import_rate")?,
            "engine" => example("engine", "rate")?,
            "lab" => whole_lab("lab")?,
            "memory" => whole_lab("memory")?,
            "startup" | "window" => desktop::bench(name)?,
            other => return Err(format!("no bench is called `{other}`: {} or all", ALL.join(", "))),
        }
    }
    Ok(())
}

fn example(package: &str, name: &str) -> TaskResult {
    run(
        &format!("bench {package}: {name}"),
        command("cargo", &["run", "--quiet", "--release", "--package", package, "--example", name]),
    )
}

/// The program that is measured is built for release. The one that measures only starts it and takes the time.
fn whole_lab(name: &str) -> TaskResult {
    run("cargo build --release imagelab", command("cargo", &["build", "--quiet", "--release", "--package", "cli"]))?;
    let bench = format!("bench-{name}");
    let mut measure = command("cargo", &["run", "--quiet", "--package", "whole-lab-tests", "--bin", &bench]);
    measure.env("IMAGELAB", built("release")?).env("IMAGELAB_TEST_TOOLS", root().join("target/tools/venv/bin"));
    run(&bench, measure)
}
