//! What happens to images by themselves: a push queues a scan, a worker has the scanner read it, a change of
//! configuration re-evaluates every repository, and what is deleted or no longer watched closes its findings.
//! When each of that shows is left to `timeline`.

mod close;
mod settle;
mod worker;

pub(crate) use self::{
    close::{close_image, close_repository},
    settle::{reconcile, settle_after_start},
    worker::{idle, work},
};

use registry::Digest;

use crate::{
    cloud::Cloud,
    moment::Moment,
    state::{BasicScan, Scan, ScanType, State},
};

/// A manifest was put: its scan is queued, if its repository is watched. Where an image of long ago is pushed again, the
/// time it is scanned again begins anew.
pub(crate) fn pushed(cloud: &Cloud, repository: &str, digest: &Digest) {
    let now = cloud.clock.moment();
    cloud.store.change_now(|state| enroll(state, repository, digest.as_str(), now));
}

/// A manifest was read: a continuously scanned image that had grown too old is scanned again.
pub(crate) fn pulled(cloud: &Cloud, repository: &str, digest: &Digest) {
    let expired = cloud.store.read(|state| {
        let scan = state.repositories.get(repository).and_then(|known| known.scans.get(digest.as_str()));
        scan.is_some_and(|scan| scan.expired_at.is_some())
    });
    if expired {
        pushed(cloud, repository, digest);
    }
}

fn enroll(state: &mut State, repository: &str, digest: &str, now: Moment) {
    let watched = state.watch(repository).is_some();
    let active_at = state.inspector.ecr().complete_at();
    let basic = state.scanning.scan_type == ScanType::Basic;
    let basic_rule = basic && state.configured(repository).is_some();
    let Some(known) = state.repositories.get_mut(repository) else { return };
    if watched {
        let stands = known.scans.get(digest).is_some_and(|scan| scan.expired_at.is_none());
        if !stands {
            known.scans.insert(digest.to_owned(), Scan::queued(now.max(active_at)));
        }
    }
    if basic && (basic_rule || known.scan_on_push) {
        known.basic.entry(digest.to_owned()).or_insert(BasicScan { started_at: now, done: None });
    }
}
