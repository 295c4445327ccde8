//! Trying again: what may pass is given a few more tries, each after a longer pause.

use std::time::Duration;

use super::failure::RemoteError;
use crate::progress::Progress;
use oci::Digest;

const TRIES: u32 = 5;
const FIRST_PAUSE: Duration = Duration::from_millis(250);
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

/// The tries of one request or one blob.
#[derive(Debug, Default)]
pub(super) struct Tries {
    failed: u32,
    renewed: bool,
}

impl Tries {
    /// Counts a failure and waits before the next try; gives the failure back when there is none.
    /// A layer tells of a pause that people would notice.
    pub(super) async fn pause(
        &mut self,
        error: RemoteError,
        layer: Option<(&Progress, &Digest)>,
    ) -> Result<(), RemoteError> {
        self.failed += 1;
        if !error.is_passing() || self.failed >= TRIES {
            return Err(error);
        }
        let pause = error.retry_after().unwrap_or(FIRST_PAUSE * 2_u32.pow(self.failed - 1)).min(LONGEST_PAUSE);
        tracing::info!(%error, ?pause, "trying again");
        if let (Some((progress, digest)), 1..) = (layer, pause.as_secs()) {
            let seconds = pause.as_secs();
            let unit = if seconds == 1 { "second" } else { "seconds" };
            progress.layer(digest, format!("Retrying in {seconds} {unit}")).await;
        }
        tokio::time::sleep(pause).await;
        Ok(())
    }

    /// Whether a new token may be got: once, until there was progress.
    pub(super) fn may_renew(&mut self) -> bool {
        !std::mem::replace(&mut self.renewed, true)
    }

    /// There was progress: what fails next is not the same failure again.
    pub(super) fn progressed(&mut self) {
        *self = Self::default();
    }
}
