//! The end of an image's scans: its findings are kept for a while as closed.

use registry::ImageRecord;

use crate::{
    moment::Moment,
    state::{
        State,
        repository::{ClosedScan, ScanOutcome},
    },
};

/// Closes the scans of an image that was deleted or is no longer watched.
pub(crate) fn close_image(
    state: &mut State,
    name: &str,
    digest: &str,
    image: Option<&ImageRecord>,
    now: Moment,
    terminated: bool,
) {
    let Some(repository) = state.repositories.get_mut(name) else { return };
    if terminated {
        repository.basic.remove(digest);
        repository.archive.remove(digest);
    }
    let Some(scan) = repository.scans.remove(digest) else { return };
    if !scan.done.as_ref().is_some_and(|done| done.outcome == ScanOutcome::Scanned) {
        return;
    }
    state.closed.retain(|closed| (closed.repository.as_str(), closed.digest.as_str()) != (name, digest));
    state.closed.push(ClosedScan {
        repository: name.to_owned(),
        digest: digest.to_owned(),
        tags: image.map(|image| image.tags.clone()).unwrap_or_default(),
        pushed_at: image.map_or(scan.queued_at, |image| image.pushed_at.into()),
        closed_at: now,
        terminated,
        scan,
    });
}

/// Closes the scans of a deleted repository and removes it.
pub(crate) fn close_repository(state: &mut State, name: &str, images: &[ImageRecord], now: Moment) {
    let digests: Vec<_> =
        state.repositories.get(name).map(|repository| repository.scans.keys().cloned().collect()).unwrap_or_default();
    for digest in digests {
        let image = images.iter().find(|image| image.digest.as_str() == digest);
        close_image(state, name, &digest, image, now, true);
    }
    state.repositories.remove(name);
}

/// Drops the scans that were closed long enough ago, and those of images that have another scan now.
pub(super) fn forget(state: &mut State, now: Moment) {
    let repositories = &state.repositories;
    let has_scan = |name: &str, digest: &str| {
        repositories.get(name).is_some_and(|repository| repository.scans.contains_key(digest))
    };
    state.closed.retain(|closed| closed.is_kept(now) && !has_scan(&closed.repository, &closed.digest));
    state.inspector.usage.forget(now, has_scan);
}
