//! Brings the scans in line with the configuration and the images: after a start, and after any change that no push
//! reports.

use std::{collections::BTreeMap, time::Duration};

use registry::ImageRecord;

use crate::{
    clock::Clock,
    cloud::Cloud,
    error::PracticeError,
    lifecycle::close::{close_image, forget},
    moment::Moment,
    rescan,
    scan::ReportKey,
    state::{
        State,
        image_lifecycle::ImageStatus,
        repository::{ClosedScan, Completion, Scan, ScanOutcome},
        scanning::{ScanFrequency, ScanType},
        store::SaveError,
    },
    wire::error::ApiError,
};

/// When Inspector starts to watch a repository, images older than this are not scanned.
const ELIGIBLE: Duration = Duration::from_hours(14 * 24);

/// Re-evaluates every repository.
pub(crate) async fn reconcile(cloud: &Cloud) -> Result<(), ApiError> {
    let read_at = cloud.clock.moment();
    let images = cloud.all_images().await?;
    cloud
        .store
        .change(|state| {
            reconcile_state(state, &images, read_at, &cloud.clock);
            Ok(())
        })
        .await
}

/// Recovers what an earlier process left incomplete: pushes that were not recorded, repositories that were only partly
/// deleted, and scan reports that are missing.
pub(crate) async fn recover(cloud: &Cloud) -> Result<(), PracticeError> {
    for name in cloud.storage.repositories() {
        if !cloud.store.read(|state| state.repositories.contains_key(&name)) {
            cloud.storage.delete_repository(&name).await?;
        }
    }
    let needed = cloud.store.read(|state| reports(state).collect());
    let missing = cloud.scanner.load(needed).await;
    let read_at = cloud.clock.moment();
    let images = cloud.all_images().await?;
    cloud
        .store
        .change(|state| {
            for repository in state.repositories.values_mut() {
                let scans = repository.scans.iter_mut().map(|(digest, scan)| (digest, &mut scan.done));
                let basic = repository.basic.iter_mut().map(|(digest, scan)| (digest, &mut scan.done));
                let is_missing = |digest: &str, done: &Option<Completion>| {
                    done.as_ref().is_some_and(|done| missing.contains(&ReportKey::of(digest, done)))
                };
                let lost = scans.chain(basic).filter(|(digest, done)| is_missing(digest, done));
                lost.for_each(|(_, done)| *done = None);
            }
            let is_there = |done: &Completion, digest: &str| !missing.contains(&ReportKey::of(digest, done));
            let done = |closed: &ClosedScan| closed.scan.done.clone();
            state.closed.retain(|closed| done(closed).is_some_and(|done| is_there(&done, &closed.digest)));
            reconcile_state(state, &images, read_at, &cloud.clock);
            Ok::<_, SaveError>(())
        })
        .await
        .map_err(|error| PracticeError::io("cloud.json")(std::io::Error::other(error)))?;
    let used = cloud.store.read(|state| reports(state).collect());
    cloud.scanner.retain(&used).await;
    Ok(())
}

/// The reports that scans refer to.
pub(super) fn reports(state: &State) -> impl Iterator<Item = ReportKey> {
    let of_repositories = state.repositories.values().flat_map(|repository| {
        let scans = repository.scans.iter().map(|(digest, scan)| (digest, &scan.done));
        scans.chain(repository.basic.iter().map(|(digest, scan)| (digest, &scan.done)))
    });
    let of_closed = state.closed.iter().map(|closed| (&closed.digest, &closed.scan.done));
    let completed = of_repositories.chain(of_closed).filter_map(|(digest, done)| Some((digest, done.as_ref()?)));
    let scanned = completed.filter(|(_, done)| done.outcome == ScanOutcome::Scanned);
    scanned.map(|(digest, done)| ReportKey::of(digest, done))
}

fn reconcile_state(state: &mut State, images: &BTreeMap<String, Vec<ImageRecord>>, read_at: Moment, clock: &Clock) {
    let now = clock.moment();
    rescan::expire(state, now);
    let names: Vec<_> = state.repositories.keys().cloned().collect();
    for name in names {
        let images = images.get(&name).map(Vec::as_slice).unwrap_or_default();
        close_deleted(state, &name, images, read_at);
        match state.watch(&name) {
            Some((frequency, _)) => queue_watched(state, &name, frequency, images, now),
            // Under basic scanning Inspector's scans are hidden; they are shown again under enhanced scanning.
            None if state.scanning.scan_type == ScanType::Basic => {}
            None => close_unwatched(state, &name, images, now),
        }
    }
    forget(state, now);
}

/// Closes the scans of images that no longer exist. A scan queued after the images were read belongs to a newer push.
fn close_deleted(state: &mut State, name: &str, images: &[ImageRecord], read_at: Moment) {
    let is_deleted = |digest: &str| !images.iter().any(|image| image.digest.as_str() == digest);
    let Some(repository) = state.repositories.get_mut(name) else { return };
    repository.basic.retain(|digest, scan| scan.started_at >= read_at || !is_deleted(digest));
    repository.archive.retain(|digest, image| image.archived_at > read_at || !is_deleted(digest));
    let digests: Vec<_> = repository
        .scans
        .iter()
        .filter(|(digest, scan)| scan.queued_at < read_at && is_deleted(digest))
        .map(|(digest, _)| digest.clone())
        .collect();
    for digest in digests {
        close_image(state, name, &digest, None, read_at, true);
    }
}

fn queue_watched(state: &mut State, name: &str, frequency: ScanFrequency, images: &[ImageRecord], now: Moment) {
    let active_at = state.inspector.ecr().complete_at();
    let Some(repository) = state.repositories.get_mut(name) else { return };
    let since = *repository.watched_since.get_or_insert(now);
    for image in images {
        let pushed_at = Moment::from(image.pushed_at);
        if repository.archive.status(image.digest.as_str(), now) != ImageStatus::Active {
            continue;
        }
        // Scanning on push applies only to pushes from now on.
        if frequency != ScanFrequency::ContinuousScan && pushed_at < since {
            continue;
        }
        let scan = repository.scans.entry(image.digest.to_string()).or_insert_with(|| {
            let mut scan = Scan::queued(now.max(active_at));
            scan.expired_at = (pushed_at + ELIGIBLE < now).then_some(now);
            scan
        });
        // The registry has a record of its own, also of what a process did not save that was killed.
        if scan.expired_at.is_none() {
            scan.pushed_at = scan.pushed_at.max(Some(pushed_at));
            scan.pulled_at = scan.pulled_at.max(image.last_pulled_at.map(Moment::from));
        }
    }
}

fn close_unwatched(state: &mut State, name: &str, images: &[ImageRecord], now: Moment) {
    let Some(repository) = state.repositories.get_mut(name) else { return };
    repository.watched_since = None;
    let digests: Vec<_> = repository.scans.keys().cloned().collect();
    for digest in digests {
        let image = images.iter().find(|image| image.digest.as_str() == digest);
        close_image(state, name, &digest, image, now, false);
    }
}
