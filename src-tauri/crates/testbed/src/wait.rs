//! Waiting for a condition. The time-out only ends a test that hangs.

use std::{
    fmt::Display,
    time::{Duration, Instant},
};

/// After this long a test hangs.
pub const TIMEOUT: Duration = Duration::from_mins(1);

/// Between two evaluations of a condition.
const POLL_INTERVAL: Duration = Duration::from_millis(10);

/// Blocks until the condition has a value, and returns it.
///
/// # Panics
///
/// If it has none within [`TIMEOUT`].
pub fn wait_until<T>(what: impl Display, mut condition: impl FnMut() -> Option<T>) -> T {
    let started = Instant::now();
    loop {
        if let Some(value) = condition() {
            return value;
        }
        assert!(started.elapsed() < TIMEOUT, "timed out waiting until {what}");
        std::thread::sleep(POLL_INTERVAL);
    }
}
