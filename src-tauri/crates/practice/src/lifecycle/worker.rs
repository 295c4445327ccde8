//! The worker: runs the scanner on one queued image after the other, and saves what pushes have changed.

use std::sync::Arc;

use tokio_util::sync::CancellationToken;

use crate::{
    cloud::Cloud,
    lifecycle::{attempts, close::forget, reconcile::reports},
    scan::Scanned,
    state::{
        State,
        repository::{Completion, ScanOutcome},
        store::SaveError,
    },
};

/// Runs until it is cancelled.
pub(crate) async fn work(cloud: Arc<Cloud>, cancelled: CancellationToken) {
    let mut changes = cloud.store.changes();
    loop {
        changes.mark_unchanged();
        if let Err(error) = cloud.store.save().await {
            tracing::error!(%error, "a push was not saved");
        }
        let Some(job) = cloud.store.read(next) else {
            tokio::select! {
                () = cancelled.cancelled() => return,
                wakeup = changes.changed() => if wakeup.is_err() { return },
            }
            continue;
        };
        let refused = start(&cloud, &job).await;
        tokio::select! {
            () = cancelled.cancelled() => {
                cloud.store.change_now(|state| attempts::cancel(state, &job.digest));
                return;
            }
            () = step(&cloud, &job, refused) => {}
        }
    }
}

/// Waits until no image is queued for the scanner.
pub(crate) async fn idle(cloud: &Cloud) {
    let mut changes = cloud.store.changes();
    loop {
        changes.mark_unchanged();
        if cloud.store.read(next).is_none() || changes.changed().await.is_err() {
            return;
        }
    }
}

/// An image to scan.
struct Job {
    repository: String,
    digest: String,
    /// The outcome of its last scan, if it is scanned again.
    former: Option<Completion>,
}

/// The image that was queued first.
fn next(state: &State) -> Option<Job> {
    let waiting = state.repositories.iter().flat_map(|(name, repository)| {
        let scans = repository.scans.iter().filter(|(_, scan)| scan.is_waiting());
        let basic = repository.basic.iter().filter(|(_, scan)| scan.done.is_none());
        // Re-scans wait for the others.
        let scans = scans.map(|(digest, scan)| (scan.rescan, scan.queued_at, digest));
        let basic = basic.map(|(digest, scan)| (false, scan.started_at, digest));
        scans.chain(basic).map(move |(rescan, at, digest)| (rescan, at, name, digest))
    });
    let (_, _, repository, digest) = waiting.min()?;
    let former = state.repositories[repository].scans.get(digest).and_then(|scan| scan.done.clone());
    Some(Job { repository: repository.clone(), digest: digest.clone(), former })
}

/// Whether the scanner has work.
pub(super) fn is_busy(state: &State) -> bool {
    next(state).is_some()
}

/// Records the attempt on disk. `Some` if the image must not be read again: the outcome to record instead.
async fn start(cloud: &Cloud, job: &Job) -> Option<ScanOutcome> {
    let started = cloud.store.change(|state| Ok::<_, SaveError>(attempts::start(state, &job.digest))).await;
    started.unwrap_or_else(|error| {
        tracing::error!(%error, "an attempt to scan an image was not saved");
        None
    })
}

async fn step(cloud: &Cloud, Job { repository, digest, former }: &Job, refused: Option<ScanOutcome>) {
    let scanned = match refused {
        Some(outcome) => Some(cloud.scanner.not_scanned(outcome)),
        None => cloud.scanner.scan(&cloud.storage, repository, digest, cloud.clock.moment(), former.as_ref()).await,
    };
    let at = cloud.clock.moment();
    let saved = cloud
        .store
        .change(|state| {
            attempts::finish(state, digest);
            match scanned {
                Some(Scanned { outcome, imported }) => {
                    record(state, digest, &Completion { at, outcome, imported, rescanned_at: None });
                    forget(state, at);
                }
                None => drop_scan(state, repository, digest),
            }
            Ok::<_, SaveError>(())
        })
        .await;
    if let Err(error) = saved {
        tracing::error!(%error, "a scan was not saved");
    }
    let used = cloud.store.read(|state| reports(state).collect());
    cloud.scanner.retain(&used).await;
}

/// Records the outcome in every repository in which the image is queued: its content is the same in each.
fn record(state: &mut State, digest: &str, done: &Completion) {
    for (name, repository) in &mut state.repositories {
        if let Some(scan) = repository.scans.get_mut(digest).filter(|scan| scan.done.is_none() || scan.rescan) {
            scan.complete(done);
            if done.outcome == ScanOutcome::Scanned {
                state.inspector.usage.count(name, digest, done.at);
            }
        }
        if let Some(scan) = repository.basic.get_mut(digest).filter(|scan| scan.done.is_none()) {
            scan.done = Some(done.clone());
        }
    }
}

/// Drops the scans of an image that was deleted before the scanner reached it.
fn drop_scan(state: &mut State, name: &str, digest: &str) {
    if let Some(repository) = state.repositories.get_mut(name) {
        repository.scans.remove(digest);
        repository.basic.remove(digest);
    }
}
