//! The clock that waits use: the system's, or one that a test turns.

use std::{
    fmt::Debug,
    sync::LazyLock,
    time::{Duration, Instant},
};

use futures::{FutureExt as _, future::BoxFuture};

/// A monotonic clock.
pub trait Clock: Debug + Send + Sync {
    /// The time since a fixed point in the past.
    fn now(&self) -> Duration;

    /// Waits until this much time has passed.
    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()>;
}

/// The clock of the system.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

/// The fixed point of [`SystemClock`]: when it was read first.
static START: LazyLock<Instant> = LazyLock::new(Instant::now);

impl Clock for SystemClock {
    fn now(&self) -> Duration {
        START.elapsed()
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        tokio::time::sleep(duration).boxed()
    }
}
