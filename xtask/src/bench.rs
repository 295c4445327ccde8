//! `cargo xtask bench`: measures every figure that a document of this project states.

use crate::{
    command::{TaskResult, built, command, print, root, run},
    desktop, setup,
};

/// Runs the benches named, or all.
pub(crate) fn bench(names: &[String]) -> TaskResult {
    const ALL: [&str; 9] =
        ["lab", "memory", "findings", "scan", "catalogue", "registry", "engine", "startup", "window"];
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
            "engine" => engine()?,
            "registry" => registry()?,
            "lab" => whole_lab("lab")?,
            "memory" => whole_lab("memory")?,
            "startup" | "window" => desktop::bench(name)?,
            other => return Err(format!("no bench is called `{other}`: {} or all", ALL.join(", "))),
        }
    }
    Ok(())
}

/// Pushes to and pulls from the practice registry and Docker Distribution.
fn registry() -> TaskResult {
    setup::setup(&setup::FOR_TESTS)?;
    whole_lab("registry")
}

/// Pulls and pushes of the built-in engine and Docker Engine, with Docker Distribution as their registry.
fn engine() -> TaskResult {
    setup::setup(&setup::FOR_TESTS)?;
    let folder = std::env::temp_dir().join(format!("imagelab-bench-{}", std::process::id()));
    let script = |name: &str, more: &[&str]| {
        let mut command = command("sh", &[&format!("tests/stack/{name}"), &folder.display().to_string()]);
        command.args(more);
        command
    };
    let measured = run("up.sh registry", script("up.sh", &["registry"])).and_then(|()| {
        // The driver that Docker Engine is used with. Where it cannot be used, as in most containers, the slow one that works everywhere.
        let drivers =
            std::env::var("STORAGE_DRIVER").map_or_else(|_| vec!["overlay2".into(), "vfs".into()], |one| vec![one]);
        let is_up = drivers.iter().any(|driver| {
            let mut up = script("up.sh", &["dockerd"]);
            up.env("STORAGE_DRIVER", driver);
            run(&format!("up.sh dockerd, {driver}"), up).is_ok()
        });
        if !is_up {
            print("Docker Engine does not start here: the built-in engine is measured alone\n");
        }
        let addresses = std::fs::read_to_string(folder.join("env")).map_err(|error| error.to_string())?;
        let address = |name: &str| addresses.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix('='));
        let mut arguments = vec![address("REGISTRY").ok_or("the registry has no address")?];
        arguments.extend(address("DOCKER_HOST").map(|host| ["--docker", host]).into_iter().flatten());
        example_with("engine", "rate", &arguments)
    });
    let stopped = run("down.sh", script("down.sh", &["--wipe"]));
    // What the scripts leave are empty folders.
    drop(std::fs::remove_dir_all(&folder));
    measured.and(stopped)
}

fn example(package: &str, name: &str) -> TaskResult {
    example_with(package, name, &[])
}

fn example_with(package: &str, name: &str, arguments: &[&str]) -> TaskResult {
    let mut example = command("cargo", &["run", "--quiet", "--release", "--package", package, "--example", name, "--"]);
    example.args(arguments);
    run(&format!("bench {package}: {name}"), example)
}

/// The program that is measured is built for release. The one that measures only starts it and takes the time.
fn whole_lab(name: &str) -> TaskResult {
    run("cargo build --release imagelab", command("cargo", &["build", "--quiet", "--release", "--package", "cli"]))?;
    let bench = format!("bench-{name}");
    let mut measure = command("cargo", &["run", "--quiet", "--package", "whole-lab-tests", "--bin", &bench]);
    if name == "registry" {
        // Its client must not be what is measured.
        measure.arg("--release");
    }
    measure.env("IMAGELAB", built("release")?).env("IMAGELAB_TEST_TOOLS", root().join("target/tools/venv/bin"));
    run(&bench, measure)
}
