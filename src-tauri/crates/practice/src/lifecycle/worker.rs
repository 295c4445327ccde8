//! The worker: has the scanner read one image after the other, as long as any waits, and writes down what pushes changed.

use std::sync::Arc;

use tokio_util::sync::CancellationToken;

use crate::{
    cloud::Cloud,
    state::{Done, SaveError, State},
};

/// Works until it is cancelled.
pub(crate) async fn work(cloud: Arc<Cloud>, cancelled: CancellationToken) {
    let mut changes = cloud.store.changes();
    loop {
        changes.mark_unchanged();
        if let Err(error) = cloud.store.save().await {
            tracing::error!(%error, "a push was not noted down");
        }
        let job = cloud.store.read(next);
        tokio::select! {
            () = cancelled.cancelled() => return,
            () = step(&cloud, job.as_ref()), if job.is_some() => {}
            told = changes.changed(), if job.is_none() => if told.is_err() { return },
        }
    }
}

/// Comes back when nothing waits for the scanner.
pub(crate) async fn idle(cloud: &Cloud) {
    let mut changes = cloud.store.changes();
    loop {
        changes.mark_unchanged();
        if cloud.store.read(next).is_none() || changes.changed().await.is_err() {
            return;
        }
    }
}

/// An image to read.
struct Job {
    repository: String,
    digest: String,
}

/// What was queued first.
fn next(state: &State) -> Option<Job> {
    let waiting = state.repositories.iter().flat_map(|(name, known)| {
        let scans = known.scans.iter().filter(|(_, scan)| scan.done.is_none() && scan.expired_at.is_none());
        let basic = known.basic.iter().filter(|(_, scan)| scan.done.is_none());
        let scans = scans.map(|(digest, scan)| (scan.queued_at, digest));
        let basic = basic.map(|(digest, scan)| (scan.started_at, digest));
        scans.chain(basic).map(move |(at, digest)| (at, name, digest))
    });
    let (_, repository, digest) = waiting.min()?;
    Some(Job { repository: repository.clone(), digest: digest.clone() })
}

async fn step(cloud: &Cloud, job: Option<&Job>) {
    let Some(Job { repository, digest }) = job else { return };
    let outcome = cloud.scanner.scan(&cloud.storage, repository, digest, cloud.clock.now()).await;
    let at = cloud.clock.moment();
    let noted = cloud
        .store
        .change(|state| {
            match outcome {
                Some(outcome) => note(state, digest, &Done { at, outcome }),
                None => drop_scan(state, repository, digest),
            }
            Ok::<_, SaveError>(())
        })
        .await;
    if let Err(error) = noted {
        tracing::error!(%error, "a scan was not noted down");
    }
}

/// What is in an image does not depend on where it lies: wherever this one waits, it is done.
fn note(state: &mut State, digest: &str, done: &Done) {
    for known in state.repositories.values_mut() {
        if let Some(scan) = known.scans.get_mut(digest).filter(|scan| scan.done.is_none()) {
            scan.done = Some(done.clone());
        }
        if let Some(scan) = known.basic.get_mut(digest).filter(|scan| scan.done.is_none()) {
            scan.done = Some(done.clone());
        }
    }
}

/// The image went away before the scanner came.
fn drop_scan(state: &mut State, repository: &str, digest: &str) {
    if let Some(known) = state.repositories.get_mut(repository) {
        known.scans.remove(digest);
        known.basic.remove(digest);
    }
}
