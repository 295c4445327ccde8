//! The programs in `tests/botocore`, which compare what is sent and answered with AWS's own models.

use std::{
    io::Write as _,
    path::Path,
    process::{Command, Stdio},
};

use serde_json::Value;
use testbed::tools::python_with;

/// The JSON that a program of the folder prints for this input; `None` if botocore is not installed.
///
/// # Panics
///
/// If it fails.
pub fn botocore(script: &str, arguments: &[String], environment: &[(&str, &str)], input: &str) -> Option<Value> {
    let python = python_with("botocore")?;
    let mut command = Command::new(python);
    command.arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("botocore").join(script)).args(arguments);
    // The models alone, and the given environment: no configuration of this machine.
    command.env("AWS_CONFIG_FILE", "/dev/null").env("AWS_SHARED_CREDENTIALS_FILE", "/dev/null");
    command.env("PYTHONDONTWRITEBYTECODE", "1").envs(environment.iter().copied());
    let mut program = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("Python starts");
    let mut stdin = program.stdin.take().expect("it is piped");
    let input = input.to_owned();
    let writer = std::thread::spawn(move || stdin.write_all(input.as_bytes()));
    let output = program.wait_with_output().expect("Python ends");
    writer.join().expect("writing does not panic").expect("Python reads its input");
    assert!(output.status.success(), "{script} failed");
    Some(serde_json::from_slice(&output.stdout).expect("it prints JSON"))
}
