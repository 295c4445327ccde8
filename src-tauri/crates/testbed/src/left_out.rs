//! Tests that leave themselves out where the machine lacks what they need.

use std::{fs::OpenOptions, io::Write as _};

/// Reports that the running test leaves itself out, and why: on standard error, past the test harness, which captures the output of
/// a passing test; and in the file that `IMAGELAB_LEFT_OUT` names, as a line `<test>: left out: <reason>`, for the summary of
/// `cargo xtask test`.
///
/// # Panics
///
/// If `is_set_up` (`cargo xtask test` installs what is missing) and `CI` is set.
pub fn left_out(reason: &str, is_set_up: bool) {
    assert!(!is_set_up || std::env::var_os("CI").is_none(), "{reason}");
    let name = std::thread::current().name().unwrap_or("a test").to_owned();
    let line = format!("{name}: left out: {}\n", reason.replace('\n', " "));
    // A closed standard error is no reason to fail.
    drop(std::io::stderr().write_all(line.as_bytes()));
    let Some(summary) = std::env::var_os("IMAGELAB_LEFT_OUT") else { return };
    // One write, so that lines of tests that run at the same time do not mix.
    let file = OpenOptions::new().create(true).append(true).open(&summary);
    file.and_then(|mut file| file.write_all(line.as_bytes()))
        .expect("the file that IMAGELAB_LEFT_OUT names is writable");
}
