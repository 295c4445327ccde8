//! A database of advisories that is being written, beside the one that it replaces.

use std::{
    collections::BTreeMap,
    ops::ControlFlow,
    path::{Path, PathBuf},
};

use rusqlite::{Connection, params};
use sha2::{Digest, Sha256};
use tempfile::NamedTempFile;

use crate::catalogue::vulnerability::{Ecosystem, Vulnerability};
use crate::import::error::ImportError;
use crate::import::osv::Record;
use crate::import::progress::ImportProgress;
use crate::import::store::{VERSION, key};
use crate::import::summary::{EcosystemCount, FileKind, ImportedFile, Summary};

/// How the name of a file begins that is being written: one that was left by a process that was killed is removed.
const PREFIX: &str = ".importing-";

/// A database that is being written, beside the one that it replaces.
pub(super) struct Writer<'p> {
    database: PathBuf,
    file: NamedTempFile,
    connection: Connection,
    hash: Sha256,
    summary: Summary,
    ecosystems: BTreeMap<(Ecosystem, Option<String>), u64>,
    progress: ImportProgress,
    watcher: &'p mut dyn FnMut(&ImportProgress) -> ControlFlow<()>,
}

impl<'p> Writer<'p> {
    pub(super) fn create(
        database: &Path,
        watcher: &'p mut dyn FnMut(&ImportProgress) -> ControlFlow<()>,
    ) -> Result<Self, ImportError> {
        let folder = database.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        remove_unfinished(folder)?;
        let file = tempfile::Builder::new().prefix(PREFIX).tempfile_in(folder)?;
        let connection = Connection::open(file.path())?;
        // The file is discarded if this process ends: it needs no journal.
        connection.execute_batch(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
             CREATE TABLE entry (
                 ecosystem TEXT NOT NULL, package TEXT NOT NULL, artifact TEXT, release TEXT, document TEXT NOT NULL
             );
             CREATE TABLE summary (document TEXT NOT NULL);
             BEGIN;",
        )?;
        Ok(Self {
            database: database.to_owned(),
            file,
            connection,
            hash: Sha256::new(),
            summary: Summary::default(),
            ecosystems: BTreeMap::new(),
            progress: ImportProgress::default(),
            watcher,
        })
    }

    pub(super) fn begin_file(&mut self, name: String, kind: FileKind, size: u64) {
        let (file, entries) = (self.summary.files.len(), self.summary.entries);
        self.progress = ImportProgress { file, read: 0, size, entries };
        self.summary.files.push(ImportedFile { name, kind, advisories: 0, newest: None });
    }

    pub(super) fn end_file(&self) -> Result<(), ImportError> {
        match self.summary.files.last() {
            Some(file) if file.advisories == 0 => Err(ImportError::Broken("it has no advisories".to_owned())),
            _ => Ok(()),
        }
    }

    pub(super) fn count(&mut self, record: &Record) {
        self.summary.withdrawn += u64::from(record.is_withdrawn);
        self.summary.unknown += record.unknown;
        self.summary.unreadable += record.unreadable;
        self.count_advisory(record.modified.as_deref());
    }

    /// Counts an advisory, with the day on which it was changed.
    pub(super) fn count_advisory(&mut self, modified: Option<&str>) {
        if let Some(file) = self.summary.files.last_mut() {
            file.advisories += 1;
            if modified > file.newest.as_deref() {
                file.newest = modified.map(str::to_owned);
            }
        }
    }

    pub(super) fn count_releases(&mut self, is_unknown: bool) {
        self.summary.unknown += u64::from(is_unknown);
    }

    pub(super) fn add(&mut self, entry: &Vulnerability) -> Result<(), ImportError> {
        let document = serde_json::to_string(entry)?;
        self.hash.update(document.as_bytes());
        let artifact = entry.package.split_once(':').filter(|_| entry.ecosystem == Ecosystem::Maven);
        let artifact = artifact.map(|(_, artifact)| artifact);
        let mut insert = self.connection.prepare_cached("INSERT INTO entry VALUES (?1, ?2, ?3, ?4, ?5)")?;
        insert.execute(params![key(entry.ecosystem)?, entry.package, artifact, entry.release, document])?;
        *self.ecosystems.entry((entry.ecosystem, entry.release.clone())).or_default() += 1;
        self.summary.entries += 1;
        Ok(())
    }

    /// Reports that more bytes of the file were read.
    ///
    /// # Errors
    ///
    /// [`ImportError::Cancelled`]
    pub(super) fn advance(&mut self, more: u64) -> Result<(), ImportError> {
        self.progress.read = self.progress.read.saturating_add(more).min(self.progress.size);
        self.progress.entries = self.summary.entries;
        match (self.watcher)(&self.progress) {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(()) => Err(ImportError::Cancelled),
        }
    }

    /// Completes the database, and puts it in the place of the former one.
    pub(super) fn finish(mut self, date: &str) -> Result<Summary, ImportError> {
        self.summary.id = format!("{date}-{}", &hex::encode(self.hash.clone().finalize())[..16]);
        date.clone_into(&mut self.summary.date);
        let count = |((ecosystem, release), entries)| EcosystemCount { ecosystem, release, entries };
        self.summary.ecosystems = std::mem::take(&mut self.ecosystems).into_iter().map(count).collect();
        let document = serde_json::to_string(&self.summary)?;
        self.connection.execute("INSERT INTO summary VALUES (?1)", [document])?;
        self.connection.execute_batch(&format!(
            "COMMIT;
             CREATE INDEX by_package ON entry (ecosystem, package);
             CREATE INDEX by_artifact ON entry (artifact) WHERE artifact IS NOT NULL;
             CREATE INDEX by_bundle ON entry (replace(package, ':', '.')) WHERE artifact IS NOT NULL;
             CREATE INDEX by_vulnerability ON entry (json_extract(document, '$.id'));
             PRAGMA user_version = {VERSION};"
        ))?;
        // The last moment at which nothing has changed yet.
        self.advance(0)?;
        self.connection.close().map_err(|(_, error)| error)?;
        self.file.as_file().sync_all()?;
        self.file.persist(&self.database).map_err(|error| error.error)?;
        Ok(self.summary)
    }
}

/// Removes what imports left whose process was killed.
fn remove_unfinished(folder: &Path) -> Result<(), ImportError> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_name().to_string_lossy().starts_with(PREFIX) {
            std::fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}
