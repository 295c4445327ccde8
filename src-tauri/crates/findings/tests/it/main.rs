//! Tests of the crate through its public API.
#![expect(clippy::unwrap_used, reason = "a failed step fails the test")]

mod comparison;
mod cvss;
mod exports;
mod merge;
mod queries;
mod reference;
mod store;

use findings::{Finding, ScanId, ScanKey, Store, Timestamp};

/// A store in a temporary folder.
struct Fixture {
    store: Store,
    folder: tempfile::TempDir,
}

impl Fixture {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path().join("findings.db")).unwrap();
        Self { store, folder }
    }

    fn path(&self) -> std::path::PathBuf {
        self.folder.path().join("findings.db")
    }

    fn import_scan(&self, digest: &str, findings: impl IntoIterator<Item = Finding>) -> ScanId {
        let scan = self.store.begin_scan(&key(digest), at(0)).unwrap();
        let mut findings = findings.into_iter().peekable();
        while findings.peek().is_some() {
            self.store.put_page(scan, findings.by_ref().take(7).collect::<Vec<_>>()).unwrap();
        }
        self.store.finish_scan(scan, at(1)).unwrap();
        scan
    }
}

fn key(digest: &str) -> ScanKey {
    ScanKey {
        repository: "eks-security-prod".to_owned(),
        digest: digest.to_owned(),
        run: "run".to_owned(),
        origin: "practice".to_owned(),
    }
}

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_epoch_millis(1_788_220_800_000 + seconds * 1000)
}
