//! Retries: transient failures are retried a few times, each after a longer pause.

use std::time::Duration;

use super::failure::RemoteError;
use crate::progress::Progress;
use oci::Digest;

const ATTEMPTS: u32 = 5;
const FIRST_PAUSE: Duration = Duration::from_millis(250);
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

/// The attempts that one request or one blob has left.
#[derive(Debug, Default)]
pub(super) struct RetryBudget {
    failed: u32,
    renewed: bool,
}

impl RetryBudget {
    /// Counts a failure and waits before the next attempt; returns the failure if it is not transient or no attempt is left.
    /// A pause of a second or more is reported to the layer's progress.
    pub(super) async fn pause(
        &mut self,
        error: RemoteError,
        layer: Option<(&Progress, &Digest)>,
    ) -> Result<(), RemoteError> {
        self.failed += 1;
        if !error.is_transient() || self.failed >= ATTEMPTS {
            return Err(error);
        }
        let pause = error.retry_after().unwrap_or(FIRST_PAUSE * 2_u32.pow(self.failed - 1)).min(LONGEST_PAUSE);
        tracing::info!(%error, ?pause, "retrying");
        if let (Some((progress, digest)), 1..) = (layer, pause.as_secs()) {
            let seconds = pause.as_secs();
            let unit = if seconds == 1 { "second" } else { "seconds" };
            progress.layer(digest, format!("Retrying in {seconds} {unit}")).await;
        }
        tokio::time::sleep(pause).await;
        Ok(())
    }

    /// Whether a new token may be requested: once, until there is progress.
    pub(super) fn may_renew(&mut self) -> bool {
        !std::mem::replace(&mut self.renewed, true)
    }

    /// Restores the budget after progress: the next failure is a new one.
    pub(super) fn progressed(&mut self) {
        *self = Self::default();
    }
}
