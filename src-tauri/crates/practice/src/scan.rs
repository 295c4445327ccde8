//! Runs the `scanner` crate on images and stores the reports: one for each digest and each import of advisories, on disk,
//! created once.

mod advisories;
mod convert;
pub(crate) mod coverage;
mod finding;
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
};

use parking_lot::Mutex;
use registry::Storage;
use scanner::{ImportError, Vulnerability};

use crate::{
    moment::Moment,
    scan::{
        advisories::Advisories,
        image::{Image, ScanTarget},
        report::Report,
    },
    state::repository::{Completion, ScanOutcome, UnsupportedReason},
};

/// The id of imported advisories that cannot be read: a scan without them is not one without imported advisories.
pub(crate) const UNREADABLE: &str = "unreadable";

/// Identifies a report: the image, and the imported advisories that were used.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct ReportKey {
    digest: String,
    imported: Option<String>,
}

impl ReportKey {
    /// That of a completed scan.
    pub(crate) fn of(digest: &str, done: &Completion) -> Self {
        Self { digest: digest.to_owned(), imported: done.imported.clone() }
    }
}

/// The end of a scan.
#[derive(Debug)]
pub(crate) struct Scanned {
    pub(crate) outcome: ScanOutcome,
    /// The id of the imported advisories that were used.
    pub(crate) imported: Option<String>,
}

/// The scanner and its stored reports.
#[derive(Debug)]
pub(crate) struct Scanner {
    dir: PathBuf,
    advisories: Arc<Advisories>,
    reports: Mutex<HashMap<ReportKey, Arc<Report>>>,
    cancelled: Arc<AtomicBool>,
}

impl Scanner {
    /// `advisories` is the database of imported advisories, which need not exist.
    pub(crate) fn new(dir: PathBuf, advisories: Option<PathBuf>) -> Self {
        let advisories = Arc::new(Advisories::new(advisories));
        Self { dir, advisories, reports: Mutex::default(), cancelled: Arc::default() }
    }

    /// Cancels the current scan and all later ones.
    pub(crate) fn cancel(&self) {
        self.cancelled.store(true, Ordering::Relaxed);
    }

    /// The id of the imported advisories that a scan would use now.
    pub(crate) fn imported(&self) -> Result<Option<String>, ImportError> {
        self.advisories.current()
    }

    /// The imported entries of a vulnerability, as a scan would use them now.
    pub(crate) async fn imported_entries(&self, id: &str) -> Result<Vec<Vulnerability>, ImportError> {
        let (advisories, id) = (Arc::clone(&self.advisories), id.to_owned());
        let read = tokio::task::spawn_blocking(move || match advisories.open()? {
            Some(imported) => imported.of_vulnerability(&id),
            None => Ok(Vec::new()),
        });
        read.await.map_err(|error| ImportError::Io(io::Error::other(error)))?
    }

    /// An outcome without a scan.
    pub(crate) fn not_scanned(&self, outcome: ScanOutcome) -> Scanned {
        Scanned { outcome, imported: self.imported().unwrap_or_else(|_| Some(UNREADABLE.to_owned())) }
    }

    /// The report of an image's completed scan, if it was loaded or created.
    pub(crate) fn report(&self, digest: &str, done: Option<&Completion>) -> Option<Arc<Report>> {
        self.reports.lock().get(&ReportKey::of(digest, done?)).cloned()
    }

    /// Loads these reports from disk. Returns those that are missing or were made with another built-in catalogue.
    pub(crate) async fn load(&self, keys: Vec<ReportKey>) -> BTreeSet<ReportKey> {
        let paths: Vec<_> = keys.into_iter().map(|key| (self.path(&key), key)).collect();
        let loaded = tokio::task::spawn_blocking(move || {
            let (mut reports, mut missing) = (Vec::new(), BTreeSet::new());
            for (path, key) in paths {
                match read(&path) {
                    Some(report) => reports.push((key, Arc::new(report))),
                    None => {
                        missing.insert(key);
                    }
                }
            }
            (reports, missing)
        });
        let (reports, missing) = loaded.await.unwrap_or_default();
        self.reports.lock().extend(reports);
        missing
    }

    /// Deletes the reports to which no scan refers any more. Not to be called while a scan is completed, whose report is there
    /// before the scan refers to it.
    pub(crate) async fn retain(&self, used: &BTreeSet<ReportKey>) {
        self.reports.lock().retain(|key, _| used.contains(key));
        let (dir, kept) = (self.dir.clone(), used.iter().map(|key| self.path(key)).collect::<BTreeSet<_>>());
        let deleted = tokio::task::spawn_blocking(move || delete_others(&dir, &kept)).await;
        if let Err(error) = deleted.map_err(io::Error::other).flatten() {
            tracing::debug!(%error, "former reports could not be deleted");
        }
    }

    /// Scans an image unless there is a report already. `former` is its last scan, if it is scanned again. `None` if the image
    /// was deleted.
    pub(crate) async fn scan(
        &self,
        storage: &Storage,
        repository: &str,
        digest: &str,
        now: Moment,
        former: Option<&Completion>,
    ) -> Option<Scanned> {
        let outcome = match image::open(storage, repository, digest).await {
            Ok(ScanTarget::Image(image)) => return Some(self.scan_image(image, digest, now, former).await),
            Ok(ScanTarget::Unsupported(description)) => {
                ScanOutcome::Unsupported { reason: UnsupportedReason::MediaType, description }
            }
            Ok(ScanTarget::Broken(description)) => ScanOutcome::Failed { description },
            Ok(ScanTarget::Missing) => return None,
            Err(error) => ScanOutcome::InternalError { description: error.to_string() },
        };
        Some(self.not_scanned(outcome))
    }

    async fn scan_image(&self, image: Image, digest: &str, now: Moment, former: Option<&Completion>) -> Scanned {
        let current = self.not_scanned(ScanOutcome::Scanned);
        let key = ReportKey { digest: digest.to_owned(), imported: current.imported.clone() };
        let is_there = self.reports.lock().contains_key(&key);
        if is_there || self.load(vec![key.clone()]).await.is_empty() {
            return current;
        }
        let (cancelled, advisories) = (Arc::clone(&self.cancelled), Arc::clone(&self.advisories));
        let scanned = tokio::task::spawn_blocking(move || {
            convert::scan(&image, &advisories, now.into(), &|| cancelled.load(Ordering::Relaxed))
        });
        let outcome = match scanned.await {
            Ok(Ok(report)) => return self.store(report, digest, now, former).await,
            Ok(Err(outcome)) if self.cancelled.load(Ordering::Relaxed) => {
                tracing::debug!(?outcome, "a scan was cancelled");
                // The image stays queued for the next start.
                std::future::pending().await
            }
            Ok(Err(outcome)) => outcome,
            Err(error) => ScanOutcome::InternalError { description: format!("The scanner failed: {error}") },
        };
        Scanned { outcome, ..current }
    }

    async fn store(&self, mut report: Report, digest: &str, now: Moment, former: Option<&Completion>) -> Scanned {
        if let Some(former) = self.report(digest, former) {
            report.compare(&former, now);
        }
        // The advisories may have been imported since the scan was queued.
        let imported = report.imported.as_ref().map(|imported| imported.id.clone());
        let key = ReportKey { digest: digest.to_owned(), imported: imported.clone() };
        let (path, report) = (self.path(&key), Arc::new(report));
        self.reports.lock().insert(key, Arc::clone(&report));
        let written = tokio::task::spawn_blocking(move || write(&path, &report)).await;
        if let Err(error) = written.map_err(io::Error::other).flatten() {
            tracing::warn!(%error, "a scan's report was not stored");
        }
        Scanned { outcome: ScanOutcome::Scanned, imported }
    }

    fn path(&self, ReportKey { digest, imported }: &ReportKey) -> PathBuf {
        // A file's name has no colon on Windows; the number of digits tells the hash function.
        let hex = digest.split_once(':').map_or(digest.as_str(), |(_, hex)| hex);
        let imported = imported.as_ref().map(|id| format!("-{id}")).unwrap_or_default();
        self.dir.join(format!("{hex}{imported}.json"))
    }
}

fn read(path: &std::path::Path) -> Option<Report> {
    let report: Report = serde_json::from_slice(&std::fs::read(path).ok()?).ok()?;
    (report.catalogue == convert::catalogue()).then_some(report)
}

/// Deletes what else is in the folder of reports.
fn delete_others(dir: &std::path::Path, kept: &BTreeSet<PathBuf>) -> io::Result<()> {
    for entry in std::fs::read_dir(dir)? {
        let path = entry?.path();
        if !kept.contains(&path) {
            std::fs::remove_file(path)?;
        }
    }
    Ok(())
}

fn write(path: &std::path::Path, report: &Report) -> io::Result<()> {
    if let Some(dir) = path.parent() {
        std::fs::create_dir_all(dir)?;
    }
    let json = serde_json::to_vec(report).map_err(io::Error::other)?;
    atomic_file::write(path, &json, atomic_file::Options::PRIVATE)
}
