//! `cargo xtask bench`: every number that a document of this project states.

use crate::{
    command::{Outcome, built, command, root, run},
    desktop,
};

/// Runs the benches named, or all.
pub(crate) fn bench(names: &[String]) -> Outcome {
    const ALL: [&str; 7] = ["lab", "memory", "findings", "scan", "engine", "startup", "window"];
    let wanted: Vec<&str> = match names.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [] => return Err(format!("which bench? {} or all", ALL.join(", "))),
        ["all"] => ALL.to_vec(),
        some => some.to_vec(),
    };
    for name in wanted {
        match name {
            "findings" => example("findings", "query_rate")?,
            "scan" => example("scanner", "scan_rate")?,
            "engine" => example("engine", "rate")?,
            "lab" => whole("lab")?,
            "memory" => whole("memory")?,
            "startup" | "window" => desktop::bench(name)?,
            other => return Err(format!("no bench is called `{other}`: {} or all", ALL.join(", "))),
        }
    }
    Ok(())
}

fn example(package: &str, name: &str) -> Outcome {
    run(
        &format!("bench {package}: {name}"),
        command("cargo", &["run", "--quiet", "--release", "--package", package, "--example", name]),
    )
}

/// What is measured is built as it is released; what measures only starts it, and holds a watch.
fn whole(name: &str) -> Outcome {
    run("cargo build --release imagelab", command("cargo", &["build", "--quiet", "--release", "--package", "cli"]))?;
    let bench = format!("bench-{name}");
    let mut measure = command("cargo", &["run", "--quiet", "--package", "whole-lab-tests", "--bin", &bench]);
    measure.env("IMAGELAB", built("release")?).env("IMAGELAB_TEST_TOOLS", root().join("target/tools/venv/bin"));
    run(&bench, measure)
}
