//! Queues scans of images that are pushed, and of expired images that are pushed or, where pulls count, pulled. When a scan's progress becomes
//! visible is left to `timeline`.

use oci::Digest;

use crate::{
    cloud::Cloud,
    moment::Moment,
    rescan::{self, PULLS_COUNT},
    state::{
        State,
        repository::{BasicScan, Scan},
        scanning::ScanType,
    },
};

/// Queues the scan of a pushed manifest if its repository is watched. Pushing an image again restarts the time for which it is
/// re-scanned, and scans it again if that was over.
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

/// Records a pull. Where pulls count, it restarts the time for which the image is re-scanned too.
pub(crate) fn pulled(cloud: &Cloud, name: &str, digest: &Digest) {
    let (now, digest) = (cloud.clock.moment(), digest.as_str());
    let (expired, counts) = cloud
        .store
        .read(|state| (has_expired(state, name, digest, now), state.inspector.rescan.pull_mode == PULLS_COUNT));
    match (expired, counts) {
        (true, true) => cloud.store.change_now(|state| enroll(state, name, digest, now)),
        // It may count later, but does not make up for the end of the time that is over.
        (true, false) => {}
        (false, _) => cloud.store.note(|state| {
            if let Some(scan) = scan(state, name, digest) {
                scan.pulled_at = Some(now);
            }
        }),
    }
}

/// Queues the scan of an image at this time.
pub(crate) fn enroll(state: &mut State, name: &str, digest: &str, now: Moment) {
    let watched = state.watch(name).is_some();
    let expired = has_expired(state, name, digest, now);
    let active_at = state.inspector.ecr().complete_at();
    let basic = state.scanning.scan_type == ScanType::Basic;
    let basic_rule = basic && state.configured(name).is_some();
    let Some(repository) = state.repositories.get_mut(name) else { return };
    if watched {
        match repository.scans.get_mut(digest) {
            Some(scan) if !expired => scan.pushed_at = Some(now),
            _ => drop(repository.scans.insert(digest.to_owned(), Scan::queued(now.max(active_at)))),
        }
    }
    if basic && (basic_rule || repository.scan_on_push) {
        repository.basic.entry(digest.to_owned()).or_insert(BasicScan { started_at: now, done: None });
    }
}

fn has_expired(state: &State, name: &str, digest: &str, now: Moment) -> bool {
    let scan = state.repositories.get(name).and_then(|repository| repository.scans.get(digest));
    scan.zip(state.watch(name))
        .is_some_and(|(scan, (frequency, _))| rescan::ended_at(scan, frequency, &state.inspector.rescan, now).is_some())
}

fn scan<'a>(state: &'a mut State, name: &str, digest: &str) -> Option<&'a mut Scan> {
    state.repositories.get_mut(name)?.scans.get_mut(digest)
}
