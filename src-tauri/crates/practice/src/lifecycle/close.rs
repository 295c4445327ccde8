//! The end of an image's scans: its findings are kept, closed, for a while.

use registry::ImageRecord;

use crate::{
    clock::Clock,
    moment::Moment,
    state::{ClosedScan, Outcome, State},
    timeline::UNTIL_FORGOTTEN,
};

/// The image is gone, or no longer watched.
pub(crate) fn close_image(
    state: &mut State,
    repository: &str,
    digest: &str,
    image: Option<&ImageRecord>,
    now: Moment,
    terminated: bool,
) {
    let Some(known) = state.repositories.get_mut(repository) else { return };
    if terminated {
        known.basic.remove(digest);
    }
    let Some(scan) = known.scans.remove(digest) else { return };
    if !scan.done.as_ref().is_some_and(|done| done.outcome == Outcome::Scanned) {
        return;
    }
    state.closed.retain(|closed| (closed.repository.as_str(), closed.digest.as_str()) != (repository, digest));
    state.closed.push(ClosedScan {
        repository: repository.to_owned(),
        digest: digest.to_owned(),
        tags: image.map(|image| image.tags.clone()).unwrap_or_default(),
        pushed_at: image.map_or(scan.queued_at, |image| image.pushed_at.into()),
        closed_at: now,
        terminated,
        scan,
    });
}

/// The repository is gone, with all its images.
pub(crate) fn close_repository(state: &mut State, repository: &str, images: &[ImageRecord], now: Moment) {
    let digests: Vec<_> =
        state.repositories.get(repository).map(|known| known.scans.keys().cloned().collect()).unwrap_or_default();
    for digest in digests {
        let image = images.iter().find(|image| image.digest.as_str() == digest);
        close_image(state, repository, &digest, image, now, true);
    }
    state.repositories.remove(repository);
}

/// Drops what has been closed for long enough.
pub(super) fn forget(state: &mut State, clock: &Clock, now: Moment) {
    let kept = clock.scaled(UNTIL_FORGOTTEN);
    state.closed.retain(|closed| now < closed.closed_at + kept);
}
