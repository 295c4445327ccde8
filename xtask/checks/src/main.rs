//! `cargo xtask names | cycles | figures | fidelity`: checks of this project's own source and documents that no compiler makes. `xtask`
//! starts this program, so that it can itself do without libraries.

mod cycles;
mod fidelity;
mod figures;
mod files;
mod names;
mod report;
mod source;
mod split;

use std::{
    io::Write as _,
    path::{Path, PathBuf},
    process::ExitCode,
};

const USAGE: &str = "\
usage: checks names [--path PREFIX]...
       checks cycles
       checks figures
       checks fidelity [--check] [--ran FILE --skipped FILE]
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let root = project_root();
    let report = match arguments.as_slice() {
        ["names", options @ ..] => path_prefixes(options).and_then(|prefixes| names::report(&root, &prefixes)),
        ["cycles"] => cycles::report(&root),
        ["figures"] => figures::report(&root),
        ["fidelity", options @ ..] => fidelity_options(options).and_then(|options| fidelity::report(&root, &options)),
        _ => Err(USAGE.to_owned()),
    };
    match report {
        Ok(report) => {
            print(&report.text);
            if report.passed { ExitCode::SUCCESS } else { ExitCode::FAILURE }
        }
        Err(message) => {
            drop(std::io::stderr().write_all(format!("error: {message}\n").as_bytes()));
            ExitCode::from(2)
        }
    }
}

fn path_prefixes<'a>(options: &[&'a str]) -> Result<Vec<&'a str>, String> {
    options
        .chunks(2)
        .map(|option| match option {
            ["--path", prefix] => Ok(prefix.trim_start_matches("./")),
            _ => Err(USAGE.to_owned()),
        })
        .collect()
}

fn fidelity_options<'a>(options: &'a [&'a str]) -> Result<fidelity::Options<'a>, String> {
    let mut read = fidelity::Options::default();
    let mut options = options.iter();
    while let Some(option) = options.next() {
        match *option {
            "--check" => read.check = true,
            "--ran" => read.ran = Some(Path::new(options.next().ok_or(USAGE)?)),
            "--skipped" => read.skipped = Some(Path::new(options.next().ok_or(USAGE)?)),
            _ => return Err(USAGE.to_owned()),
        }
    }
    Ok(read)
}

/// The folder that holds `xtask/`.
fn project_root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).map(PathBuf::from).unwrap_or_default()
}

/// A closed standard output is not an error.
fn print(text: &str) {
    drop(std::io::stdout().write_all(text.as_bytes()));
}
