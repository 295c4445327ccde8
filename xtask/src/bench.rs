//! `cargo xtask bench`: every number that a document of this project states.

use crate::{
    command::{Outcome, command, run},
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

fn whole(name: &str) -> Outcome {
    run("cargo build --release imagelab", command("cargo", &["build", "--quiet", "--release", "--package", "cli"]))?;
    run(
        &format!("bench {name}"),
        command(
            "cargo",
            &["run", "--quiet", "--release", "--package", "whole-lab-tests", "--bin", &format!("bench-{name}")],
        ),
    )
}
