//! The database of imported advisories: an entry of the catalogue in each row, found by its package. Writing it is left to
//! `writer`.

use std::{collections::BTreeSet, path::Path};

use rusqlite::{CachedStatement, Connection, OpenFlags, ToSql, params};

use crate::catalogue::vulnerability::{Ecosystem, Vulnerability};
use crate::catalogue::{Catalogue, SupportedSystem};
use crate::error::ExceededLimit;
use crate::import::error::ImportError;
use crate::import::osv_ecosystem;
use crate::import::summary::Summary;
use crate::inventory::Inventory;

/// The version of the tables, to be raised when they change.
pub(super) const VERSION: i32 = 2;
/// The most bytes of advisories about the packages of one image: an image can list more packages than there are.
const MAX_DOCUMENTS: usize = 48 << 20;

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
        let systems = self.systems();
        let release = release(inventory, &systems);
        let mut entries = Entries::default();
        for (ecosystem, name) in names(inventory) {
            if entries.limit.is_some() {
                break;
            }
            match (ecosystem.is_of_language(), &release) {
                (true, _) => self.of_language(ecosystem, name, &mut entries)?,
                (false, Some(release)) => {
                    let of_release = "WHERE ecosystem = ?1 AND package = ?2 AND release = ?3";
                    entries.read(self.select(of_release)?, params![key(ecosystem)?, name, release])?;
                }
                (false, None) => {}
            }
        }
        Ok(Catalogue::bundled().extended(&self.summary.id, entries.read, systems, entries.limit)?)
    }

    /// The entries of a vulnerability, whatever package they are about, in the order of the import.
    ///
    /// # Errors
    ///
    /// [`ImportError`] if the database cannot be read.
    pub fn of_vulnerability(&self, id: &str) -> Result<Vec<Vulnerability>, ImportError> {
        let mut entries = Entries::default();
        // The expression is that of the index.
        entries.read(self.select("WHERE json_extract(document, '$.id') = ?1 ORDER BY rowid")?, params![id])?;
        Ok(entries.read)
    }

    fn of_language(&self, ecosystem: Ecosystem, name: &str, entries: &mut Entries) -> Result<(), ImportError> {
        // What a JAR without a group states: the artifact, or `group.artifact`.
        if ecosystem == Ecosystem::Maven && !name.contains(':') {
            entries.read(self.select("WHERE artifact = ?1")?, params![name])?;
            let bundle = "WHERE artifact IS NOT NULL AND replace(package, ':', '.') = ?1";
            return entries.read(self.select(bundle)?, params![name]);
        }
        let package = "WHERE ecosystem = ?1 AND package = ?2";
        entries.read(self.select(package)?, params![key(ecosystem)?, name])
    }

    fn select(&self, condition: &str) -> Result<CachedStatement<'_>, ImportError> {
        Ok(self.connection.prepare_cached(&format!("SELECT document FROM entry {condition}"))?)
    }

    fn systems(&self) -> Vec<SupportedSystem> {
        let counts = self.summary.ecosystems.iter();
        let system = |release: &str, ecosystem| {
            let (id, version) = osv_ecosystem::system(ecosystem, release)?;
            let name = format!("{} {version}", osv_ecosystem::name(id));
            let (id, version) = (id.to_owned(), version.to_owned());
            Some(SupportedSystem { id, name, version, codename: String::new(), end_of_life: None, sources: Vec::new() })
        };
        counts.filter_map(|count| system(count.release.as_deref()?, count.ecosystem)).collect()
    }
}

/// The entries of an image's packages, as many as a scan can have.
#[derive(Default)]
struct Entries {
    read: Vec<Vulnerability>,
    bytes: usize,
    limit: Option<ExceededLimit>,
}

impl Entries {
    fn read(&mut self, mut select: CachedStatement<'_>, values: &[&dyn ToSql]) -> Result<(), ImportError> {
        let mut rows = select.query(values)?;
        while let Some(row) = rows.next()? {
            let document = row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?;
            self.bytes += document.len();
            if self.bytes > MAX_DOCUMENTS {
                self.limit = Some(ExceededLimit::Advisories(MAX_DOCUMENTS));
                break;
            }
            self.read.push(serde_json::from_str(document)?);
        }
        Ok(())
    }
}

/// The release of an image's operating system, as entries name it.
fn release(inventory: &Inventory, systems: &[SupportedSystem]) -> Option<String> {
    let system = inventory.system.as_ref()?;
    if let Some(supported) = Catalogue::bundled().system(system) {
        return Some(supported.release());
    }
    let version = system.version.as_deref()?;
    let supported = systems.iter().find(|one| one.id == system.id && one.is_release_of(version))?;
    Some(supported.release())
}

fn names(inventory: &Inventory) -> BTreeSet<(Ecosystem, &str)> {
    let named = inventory.packages.iter().flat_map(|package| {
        let ecosystem = package.ecosystem;
        package.matched().map(move |(name, _)| (ecosystem, name))
    });
    named.collect()
}

/// The ecosystem as the catalogue spells it.
pub(super) fn key(ecosystem: Ecosystem) -> Result<String, ImportError> {
    Ok(serde_json::to_string(&ecosystem)?.trim_matches('"').to_owned())
}
