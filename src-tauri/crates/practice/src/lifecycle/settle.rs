//! Brings the scans in line with the configuration and the images: after a start, and after a change of either that no
//! push told of.

use std::{collections::BTreeMap, time::Duration};

use registry::ImageRecord;

use super::close::{close_image, forget};
use crate::{
    clock::Clock,
    cloud::Cloud,
    moment::Moment,
    state::{SaveError, Scan, ScanFrequency, ScanType, State},
    wire::ApiError,
};

/// When a repository comes to be watched, images older than this are not scanned.
const ELIGIBLE: Duration = Duration::from_hours(14 * 24);

/// Re-evaluates every repository.
pub(crate) async fn reconcile(cloud: &Cloud) -> Result<(), ApiError> {
    let looked_at = cloud.clock.moment();
    let images = cloud.all_images().await?;
    cloud
        .store
        .change(|state| {
            settle(state, &images, looked_at, &cloud.clock);
            Ok(())
        })
        .await
}

/// Takes up what a former process left: pushes that were not noted down, repositories that were deleted half-way, and
/// reports that are missing.
pub(crate) async fn settle_after_start(cloud: &Cloud) -> Result<(), crate::PracticeError> {
    for name in cloud.storage.repositories() {
        if !cloud.store.read(|state| state.repositories.contains_key(&name)) {
            cloud.storage.delete_repository(&name).await?;
        }
    }
    let digests = cloud.store.read(scanned);
    let missing = cloud.scanner.load(digests).await;
    let looked_at = cloud.clock.moment();
    let images = cloud.all_images().await?;
    cloud
        .store
        .change(|state| {
            for known in state.repositories.values_mut() {
                let scans = known.scans.iter_mut().map(|(digest, scan)| (digest, &mut scan.done));
                let basic = known.basic.iter_mut().map(|(digest, scan)| (digest, &mut scan.done));
                scans.chain(basic).filter(|(digest, _)| missing.contains(*digest)).for_each(|(_, done)| *done = None);
            }
            state.closed.retain(|closed| !missing.contains(&closed.digest));
            settle(state, &images, looked_at, &cloud.clock);
            Ok::<_, SaveError>(())
        })
        .await
        .map_err(|error| crate::PracticeError::io("cloud.json")(std::io::Error::other(error)))
}

/// The digests whose reports are needed.
fn scanned(state: &State) -> Vec<String> {
    use crate::state::{Done, Outcome};
    let has_report = |done: &Option<Done>| done.as_ref().is_some_and(|done| done.outcome == Outcome::Scanned);
    let mut digests: Vec<_> = state
        .repositories
        .values()
        .flat_map(|known| {
            let scans = known.scans.iter().map(|(digest, scan)| (digest, &scan.done));
            scans.chain(known.basic.iter().map(|(digest, scan)| (digest, &scan.done)))
        })
        .filter(|(_, done)| has_report(done))
        .map(|(digest, _)| digest.clone())
        .chain(state.closed.iter().map(|closed| closed.digest.clone()))
        .collect();
    digests.sort_unstable();
    digests.dedup();
    digests
}

fn settle(state: &mut State, images: &BTreeMap<String, Vec<ImageRecord>>, looked_at: Moment, clock: &Clock) {
    let now = clock.moment();
    let names: Vec<_> = state.repositories.keys().cloned().collect();
    for name in names {
        let images = images.get(&name).map(Vec::as_slice).unwrap_or_default();
        vanished(state, &name, images, looked_at);
        match state.watch(&name) {
            Some((frequency, _)) => watched(state, &name, frequency, images, now),
            // Under basic scanning Inspector's scans are hidden, and come back with enhanced scanning.
            None if state.scanning.scan_type == ScanType::Basic => {}
            None => unwatched(state, &name, images, now),
        }
    }
    forget(state, clock, now);
}

/// Closes the scans of images that are gone. One that was queued since the look may be of a newer push.
fn vanished(state: &mut State, name: &str, images: &[ImageRecord], looked_at: Moment) {
    let gone = |digest: &str| !images.iter().any(|image| image.digest.as_str() == digest);
    let Some(known) = state.repositories.get_mut(name) else { return };
    known.basic.retain(|digest, scan| scan.started_at >= looked_at || !gone(digest));
    let digests: Vec<_> = known
        .scans
        .iter()
        .filter(|(digest, scan)| scan.queued_at < looked_at && gone(digest))
        .map(|(digest, _)| digest.clone())
        .collect();
    for digest in digests {
        close_image(state, name, &digest, None, looked_at, true);
    }
}

fn watched(state: &mut State, name: &str, frequency: ScanFrequency, images: &[ImageRecord], now: Moment) {
    let active_at = state.inspector.ecr().complete_at();
    let Some(known) = state.repositories.get_mut(name) else { return };
    let since = *known.watched_since.get_or_insert(now);
    for image in images {
        let pushed_at = Moment::from(image.pushed_at);
        // On push means on pushes from now on.
        if frequency != ScanFrequency::ContinuousScan && pushed_at < since {
            continue;
        }
        known.scans.entry(image.digest.to_string()).or_insert_with(|| {
            let mut scan = Scan::queued(now.max(active_at));
            scan.expired_at = (pushed_at + ELIGIBLE < now).then_some(now);
            scan
        });
    }
}

fn unwatched(state: &mut State, name: &str, images: &[ImageRecord], now: Moment) {
    let Some(known) = state.repositories.get_mut(name) else { return };
    known.watched_since = None;
    let digests: Vec<_> = known.scans.keys().cloned().collect();
    for digest in digests {
        let image = images.iter().find(|image| image.digest.as_str() == digest);
        close_image(state, name, &digest, image, now, false);
    }
}
