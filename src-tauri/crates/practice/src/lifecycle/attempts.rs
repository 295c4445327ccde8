//! Attempts to scan an image: recorded on disk before the scanner reads it, so that an image that ends the process does so
//! twice at most, and not at every start.

use crate::state::{State, repository::ScanOutcome};

/// After this many attempts without an outcome, an image is not read again.
const MAX_ATTEMPTS: u32 = 2;

/// Records an attempt to scan the image. `Some` if there were too many: the outcome to record instead.
pub(super) fn start(state: &mut State, digest: &str) -> Option<ScanOutcome> {
    let attempts = state.scan_attempts.entry(digest.to_owned()).or_default();
    if *attempts >= MAX_ATTEMPTS {
        let description = format!(
            "The practice cloud ended while it scanned this image, in {attempts} attempts. The image is not scanned again."
        );
        return Some(ScanOutcome::Failed { description });
    }
    *attempts += 1;
    None
}

/// Forgets the attempts: the scan has an outcome, or the image was deleted.
pub(super) fn finish(state: &mut State, digest: &str) {
    state.scan_attempts.remove(digest);
}

/// Does not count the last attempt: it was cancelled, which is not the image's fault.
pub(super) fn cancel(state: &mut State, digest: &str) {
    if let Some(attempts) = state.scan_attempts.get_mut(digest) {
        *attempts = attempts.saturating_sub(1);
    }
    state.scan_attempts.retain(|_, attempts| *attempts > 0);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_third_attempt_is_a_failure_unless_one_was_cancelled() {
        let mut state = State::new("eu-north-1");
        assert_eq!(start(&mut state, "a"), None);
        cancel(&mut state, "a");
        assert_eq!(state.scan_attempts.get("a"), None);
        assert_eq!((start(&mut state, "a"), start(&mut state, "b"), start(&mut state, "a")), (None, None, None));
        let Some(ScanOutcome::Failed { description }) = start(&mut state, "a") else { panic!("it is attempted again") };
        assert!(description.contains("in 2 attempts"), "{description}");
        finish(&mut state, "a");
        assert_eq!(start(&mut state, "a"), None);
    }
}
