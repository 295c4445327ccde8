//! Queues scans of images that are pushed, and of expired images that are pulled. When a scan's progress becomes
//! visible is left to `timeline`.

use oci::Digest;

use crate::{
    cloud::Cloud,
    moment::Moment,
    state::{
        State,
        repository::{BasicScan, Scan},
        scanning::ScanType,
    },
};

/// Queues the scan of a pushed manifest if its repository is watched. Pushing an expired image again restarts the time
/// for which it is re-scanned.
pub(crate) fn pushed(cloud: &Cloud, name: &str, digest: &Digest) {
    let now = cloud.clock.moment();
    cloud.store.change_now(|state| {
        if let Some(repository) = state.repositories.get_mut(name) {
            // A push restores an archived image.
            repository.archive.activate(digest.as_str(), now);
        }
        enroll(state, name, digest.as_str(), now);
    });
}

/// Queues the scan of a pulled image again if it had expired.
pub(crate) fn pulled(cloud: &Cloud, name: &str, digest: &Digest) {
    let expired = cloud.store.read(|state| {
        let scan = state.repositories.get(name).and_then(|repository| repository.scans.get(digest.as_str()));
        scan.is_some_and(|scan| scan.expired_at.is_some())
    });
    if expired {
        pushed(cloud, name, digest);
    }
}

/// Queues the scan of an image at this time.
pub(crate) fn enroll(state: &mut State, name: &str, digest: &str, now: Moment) {
    let watched = state.watch(name).is_some();
    let active_at = state.inspector.ecr().complete_at();
    let basic = state.scanning.scan_type == ScanType::Basic;
    let basic_rule = basic && state.configured(name).is_some();
    let Some(repository) = state.repositories.get_mut(name) else { return };
    if watched {
        let is_queued = repository.scans.get(digest).is_some_and(|scan| scan.expired_at.is_none());
        if !is_queued {
            repository.scans.insert(digest.to_owned(), Scan::queued(now.max(active_at)));
        }
    }
    if basic && (basic_rule || repository.scan_on_push) {
        repository.basic.entry(digest.to_owned()).or_insert(BasicScan { started_at: now, done: None });
    }
}
