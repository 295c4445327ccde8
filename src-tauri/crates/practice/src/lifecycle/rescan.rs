//! Queues the images that are scanned continuously again after other advisories were imported. Images that are scanned on push
//! keep their results.

use std::{sync::Arc, time::Duration};

use tokio_util::sync::CancellationToken;

use crate::{
    cloud::Cloud,
    lifecycle::worker,
    observe,
    scan::UNREADABLE,
    state::{
        State,
        repository::{ScanOutcome, UnsupportedReason},
        scanning::{ScanFrequency, Scanning},
        store::SaveError,
    },
    timeline::Phase,
    wire::error::ApiError,
};

/// How often it is checked what is imported: another process imports, and only its file tells.
const INTERVAL: Duration = Duration::from_secs(1);

/// What decides which images are scanned again.
#[derive(PartialEq)]
struct Basis {
    imported: Option<String>,
    scanning: Scanning,
}

/// Runs until it is cancelled.
pub(crate) async fn watch(cloud: Arc<Cloud>, cancelled: CancellationToken) {
    let mut last = None;
    loop {
        // A scan that runs now may have begun with other advisories.
        let busy = cloud.store.read(worker::is_busy);
        match basis(&cloud).await {
            // Scans fail meanwhile: they are due when it can be read again.
            None => last = None,
            Some(basis) if last.as_ref() == Some(&basis) && !cloud.store.read(was_unreadable) => {}
            Some(basis) => match queue(&cloud, basis.imported.as_deref()).await {
                Ok(()) => last = Some(basis).filter(|_| !busy),
                Err(error) => tracing::warn!(?error, "images were not queued to be scanned again"),
            },
        }
        tokio::select! {
            () = cancelled.cancelled() => return,
            () = tokio::time::sleep(INTERVAL) => {}
        }
    }
}

/// `None` while what is imported cannot be read: the results that there are stay.
async fn basis(cloud: &Arc<Cloud>) -> Option<Basis> {
    let scanner = Arc::clone(cloud);
    let imported = tokio::task::spawn_blocking(move || scanner.scanner.imported()).await;
    match imported {
        Ok(Ok(imported)) => Some(Basis { imported, scanning: cloud.store.read(|state| state.scanning.clone()) }),
        Ok(Err(error)) => {
            tracing::debug!(%error, "imported advisories cannot be read");
            None
        }
        Err(_) => None,
    }
}

/// Whether a scan found advisories that it could not read: they may have been mended between two looks.
fn was_unreadable(state: &State) -> bool {
    let mut scans = state.repositories.values().flat_map(|repository| repository.scans.values());
    scans.any(|scan| {
        let used = scan.done.as_ref().and_then(|done| done.imported.as_deref());
        used == Some(UNREADABLE) && !scan.rescan
    })
}

async fn queue(cloud: &Cloud, imported: Option<&str>) -> Result<(), ApiError> {
    let mut due = Vec::new();
    for (name, images) in cloud.all_images().await? {
        let continuous = images.iter().filter(|image| {
            let phase = observe::scan_phase(cloud, &name, image);
            phase.is_some_and(|(frequency, phase)| {
                frequency == ScanFrequency::ContinuousScan && !matches!(phase, Phase::Expired { .. })
            })
        });
        due.extend(continuous.map(|image| (name.clone(), image.digest.to_string())));
    }
    let scanned_with_others = |outcome: &ScanOutcome, used: Option<&str>| {
        let is_of_kind = !matches!(outcome, ScanOutcome::Unsupported { reason: UnsupportedReason::MediaType, .. });
        is_of_kind && used != imported
    };
    let change = |state: &mut State| {
        for (name, digest) in &due {
            let repository = state.repositories.get_mut(name);
            let Some(scan) = repository.and_then(|repository| repository.scans.get_mut(digest)) else { continue };
            let done = scan.done.as_ref();
            scan.rescan |= done.is_some_and(|done| scanned_with_others(&done.outcome, done.imported.as_deref()));
        }
        Ok::<_, SaveError>(())
    };
    if due.is_empty() { Ok(()) } else { Ok(cloud.store.change(change).await?) }
}
