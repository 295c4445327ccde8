//! The database of imported advisories: an entry of the catalogue in each row, found by its package.

use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags, params};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use tempfile::NamedTempFile;

use crate::catalogue::vulnerability::{Ecosystem, Vulnerability};
use crate::catalogue::{Catalogue, SupportedSystem};
use crate::import::error::ImportError;
use crate::import::osv::Record;
use crate::inventory::Inventory;

/// The version of the table, to be raised when it changes.
const VERSION: i32 = 1;

/// What was imported.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Summary {
    /// Identifies the content: the date and a part of its hash.
    pub id: String,
    /// The date of the import, `2026-11-30`.
    pub date: String,
    /// The number of entries: one for each package and release that an advisory is about.
    pub entries: u64,
    /// The number of advisories that were withdrawn.
    pub withdrawn: u64,
    /// The number of affected packages of ecosystems, or of releases, that are not known.
    pub unknown: u64,
    /// The number of affected packages whose versions cannot be read.
    pub unreadable: u64,
}

/// A database that is being written, beside the one that it replaces.
pub(super) struct Writer {
    database: PathBuf,
    file: NamedTempFile,
    connection: Connection,
    hash: Sha256,
    summary: Summary,
}

impl Writer {
    pub(super) fn create(database: &Path) -> Result<Self, ImportError> {
        let folder = database.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let file = NamedTempFile::new_in(folder)?;
        let connection = Connection::open(file.path())?;
        // The file is discarded if this process ends: it needs no journal.
        connection.execute_batch(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
             CREATE TABLE entry (ecosystem TEXT NOT NULL, package TEXT NOT NULL, release TEXT, document TEXT NOT NULL);
             CREATE TABLE summary (document TEXT NOT NULL);
             BEGIN;",
        )?;
        let (hash, summary) = (Sha256::new(), Summary::default());
        Ok(Self { database: database.to_owned(), file, connection, hash, summary })
    }

    pub(super) fn count(&mut self, record: &Record) {
        self.summary.withdrawn += u64::from(record.is_withdrawn);
        self.summary.unknown += record.unknown;
        self.summary.unreadable += record.unreadable;
    }

    pub(super) fn count_releases(&mut self, is_unknown: bool) {
        self.summary.unknown += u64::from(is_unknown);
    }

    pub(super) fn add(&mut self, entry: &Vulnerability) -> Result<(), ImportError> {
        let document = serde_json::to_string(entry)?;
        self.hash.update(document.as_bytes());
        let mut insert = self.connection.prepare_cached("INSERT INTO entry VALUES (?1, ?2, ?3, ?4)")?;
        insert.execute(params![key(entry.ecosystem)?, entry.package, entry.release, document])?;
        self.summary.entries += 1;
        Ok(())
    }

    /// Completes the database, and puts it in the place of the former one.
    pub(super) fn finish(mut self, date: &str) -> Result<Summary, ImportError> {
        self.summary.id = format!("{date}-{}", &hex::encode(self.hash.finalize())[..16]);
        date.clone_into(&mut self.summary.date);
        let document = serde_json::to_string(&self.summary)?;
        self.connection.execute("INSERT INTO summary VALUES (?1)", [document])?;
        self.connection.execute_batch(&format!(
            "COMMIT; CREATE INDEX by_package ON entry (ecosystem, package); PRAGMA user_version = {VERSION};"
        ))?;
        self.connection.close().map_err(|(_, error)| error)?;
        self.file.as_file().sync_all()?;
        self.file.persist(&self.database).map_err(|error| error.error)?;
        Ok(self.summary)
    }
}

/// Imported advisories, in their database.
#[derive(Debug)]
pub struct ImportedCatalogue {
    connection: Connection,
    summary: Summary,
}

impl ImportedCatalogue {
    /// Opens the database; `None` if there is none.
    ///
    /// # Errors
    ///
    /// [`ImportError`] if it cannot be read, or another version wrote it.
    pub fn open(database: &Path) -> Result<Option<Self>, ImportError> {
        if !database.exists() {
            return Ok(None);
        }
        let connection = Connection::open_with_flags(database, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        let version: i32 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
        if version != VERSION {
            return Err(ImportError::Broken(format!(
                "the database of advisories has the version {version}, not {VERSION}"
            )));
        }
        let document: String = connection.query_row("SELECT document FROM summary", [], |row| row.get(0))?;
        Ok(Some(Self { connection, summary: serde_json::from_str(&document)? }))
    }

    /// What was imported.
    pub fn summary(&self) -> &Summary {
        &self.summary
    }

    /// The bundled catalogue, with the imported entries of an image's packages and the imported systems.
    ///
    /// # Errors
    ///
    /// [`ImportError`] if the database cannot be read.
    pub fn catalogue(&self, inventory: &Inventory) -> Result<Catalogue, ImportError> {
        let mut names: Vec<(Ecosystem, &str)> =
            inventory.packages.iter().map(|package| (package.ecosystem, package.matched().0)).collect();
        names.sort_unstable();
        names.dedup();
        let mut select = self.connection.prepare("SELECT document FROM entry WHERE ecosystem = ?1 AND package = ?2")?;
        let mut entries = Vec::new();
        for (ecosystem, name) in names {
            let mut rows = select.query(params![key(ecosystem)?, name])?;
            while let Some(row) = rows.next()? {
                entries.push(serde_json::from_str(row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?)?);
            }
        }
        Ok(Catalogue::bundled().extended(&self.summary.id, entries, self.systems()?)?)
    }

    fn systems(&self) -> Result<Vec<SupportedSystem>, ImportError> {
        let mut select = self.connection.prepare(
            "SELECT DISTINCT ecosystem, release FROM entry WHERE release IS NOT NULL ORDER BY ecosystem, release",
        )?;
        let rows = select.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)))?;
        let mut systems = Vec::new();
        for row in rows {
            let (ecosystem, version) = row?;
            let (id, name) = if ecosystem == "apk" { ("alpine", "Alpine Linux") } else { ("debian", "Debian") };
            systems.push(SupportedSystem {
                id: id.to_owned(),
                name: format!("{name} {version}"),
                version,
                codename: String::new(),
                end_of_life: None,
                sources: Vec::new(),
            });
        }
        Ok(systems)
    }
}

/// The ecosystem as the catalogue spells it.
fn key(ecosystem: Ecosystem) -> Result<String, ImportError> {
    Ok(serde_json::to_string(&ecosystem)?.trim_matches('"').to_owned())
}
