//! What a test does that cannot run on this machine.

use std::io::Write as _;

/// Says that a test is left out, and why: past the test harness, which keeps what a passing test prints to itself.
///
/// # Panics
///
/// If it may not be left out: `set_up` says that `cargo xtask test` brings what is missing, and `CI` is set.
pub fn left_out(why: &str, set_up: bool) {
    assert!(!set_up || std::env::var_os("CI").is_none(), "{why}");
    let name = std::thread::current().name().unwrap_or("a test").to_owned();
    // Nobody is left to be told that standard error is closed.
    drop(std::io::stderr().write_all(format!("{name}: left out: {why}\n").as_bytes()));
}
