//! Runs the `scanner` crate on images and stores the reports: one per digest, on disk, created once.

mod convert;
pub(crate) mod coverage;
mod image;
pub(crate) mod report;

use std::{
    collections::{BTreeSet, HashMap},
    io,
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::SystemTime,
};

use parking_lot::Mutex;
use registry::Storage;

use crate::{
    scan::{image::ScanTarget, report::Report},
    state::repository::{ScanOutcome, UnsupportedReason},
};

/// The scanner and its stored reports.
#[derive(Debug)]
pub(crate) struct Scanner {
    dir: PathBuf,
    reports: Mutex<HashMap<String, Arc<Report>>>,
    cancelled: Arc<AtomicBool>,
}

impl Scanner {
    pub(crate) fn new(dir: PathBuf) -> Self {
        Self { dir, reports: Mutex::default(), cancelled: Arc::default() }
    }

    /// Cancels the current scan and all later ones.
    pub(crate) fn cancel(&self) {
        self.cancelled.store(true, Ordering::Relaxed);
    }

    /// An image's report, if it was loaded or created.
    pub(crate) fn report(&self, digest: &str) -> Option<Arc<Report>> {
        self.reports.lock().get(digest).cloned()
    }

    /// Loads the reports of these digests from disk. Returns the digests whose report is missing or was made with
    /// another catalogue.
    pub(crate) async fn load(&self, digests: Vec<String>) -> BTreeSet<String> {
        let paths: Vec<_> = digests.into_iter().map(|digest| (self.path(&digest), digest)).collect();
        let loaded = tokio::task::spawn_blocking(move || {
            let (mut reports, mut missing) = (Vec::new(), BTreeSet::new());
            for (path, digest) in paths {
                match read(&path) {
                    Some(report) => reports.push((digest, Arc::new(report))),
                    None => {
                        missing.insert(digest);
                    }
                }
            }
            (reports, missing)
        });
        let (reports, missing) = loaded.await.unwrap_or_default();
        self.reports.lock().extend(reports);
        missing
    }

    /// Scans an image unless there is a report already. `None` if the image was deleted.
    pub(crate) async fn scan(
        &self,
        storage: &Storage,
        repository: &str,
        digest: &str,
        now: SystemTime,
    ) -> Option<ScanOutcome> {
        let image = match image::open(storage, repository, digest).await {
            Ok(ScanTarget::Image(image)) => image,
            Ok(ScanTarget::Unsupported(description)) => {
                return Some(ScanOutcome::Unsupported { reason: UnsupportedReason::MediaType, description });
            }
            Ok(ScanTarget::Broken(description)) => return Some(ScanOutcome::Failed { description }),
            Ok(ScanTarget::Missing) => return None,
            Err(error) => return Some(ScanOutcome::Failed { description: error.to_string() }),
        };
        if self.report(digest).is_some() || self.load(vec![digest.to_owned()]).await.is_empty() {
            return Some(ScanOutcome::Scanned);
        }
        let (cancelled, path) = (Arc::clone(&self.cancelled), self.path(digest));
        let scanned = tokio::task::spawn_blocking(move || {
            let scanned = convert::scan(&image, now, &|| cancelled.load(Ordering::Relaxed));
            if let Ok(report) = &scanned
                && let Err(error) = write(&path, report)
            {
                tracing::warn!(%error, "a scan's report was not stored");
            }
            scanned
        });
        match scanned.await {
            Ok(Ok(report)) => {
                self.reports.lock().insert(digest.to_owned(), Arc::new(report));
                Some(ScanOutcome::Scanned)
            }
            Ok(Err(outcome)) if self.cancelled.load(Ordering::Relaxed) => {
                tracing::debug!(?outcome, "a scan was cancelled");
                // The image stays queued for the next start.
                std::future::pending().await
            }
            Ok(Err(outcome)) => Some(outcome),
            Err(error) => Some(ScanOutcome::Failed { description: format!("The scanner failed: {error}") }),
        }
    }

    fn path(&self, digest: &str) -> PathBuf {
        // A file's name has no colon on Windows; the number of digits tells the hash function.
        let hex = digest.split_once(':').map_or(digest, |(_, hex)| hex);
        self.dir.join(hex).with_extension("json")
    }
}

fn read(path: &std::path::Path) -> Option<Report> {
    let report: Report = serde_json::from_slice(&std::fs::read(path).ok()?).ok()?;
    (report.catalogue == convert::catalogue()).then_some(report)
}

fn write(path: &std::path::Path, report: &Report) -> io::Result<()> {
    if let Some(dir) = path.parent() {
        std::fs::create_dir_all(dir)?;
    }
    let json = serde_json::to_vec(report).map_err(io::Error::other)?;
    atomic_file::write(path, &json, atomic_file::Options::PRIVATE)
}
