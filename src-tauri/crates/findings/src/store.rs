//! The findings store: opening its file and running queries on it. Importing scans is left to `import`, evaluating
//! queries to `index`.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use parking_lot::{Mutex, MutexGuard};
use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};

use crate::compare::{Comparison, DiffPage, DiffStatus};
use crate::document::{Packer, Unpacker};
use crate::error::FindingsError;
use crate::index::cache::IndexCache;
use crate::model::Finding;
use crate::page::{Page, ValueCount};
use crate::property::Property;
use crate::query::{Query, Scope};
use crate::scan::{Scan, ScanId, ScanKey};
use crate::schema;
use crate::summary::Summary;
use crate::timestamp::Timestamp;

/// The findings of every scan, in one SQLite file. Cheap to clone. Every method blocks: call it outside async threads.
///
/// A scan is imported with [`begin_scan`](Self::begin_scan), any number of calls of [`put_page`](Self::put_page) and
/// [`put_details`](Self::put_details), and [`finish_scan`](Self::finish_scan). Each page is one transaction.
/// `finish_scan` publishes all of them at once, in place of what the scan contained before. A query in between, or after
/// the process was killed in between, returns what was published before `begin_scan`. The same scan can be imported
/// again, whether or not an earlier import was interrupted.
///
/// Queries run while scans are imported; each sees the findings of one moment.
#[derive(Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

struct Inner {
    path: PathBuf,
    writer: Mutex<Writer>,
    /// Idle connections for reading.
    readers: Mutex<Vec<Connection>>,
    cache: IndexCache,
}

pub(crate) struct Writer {
    pub(crate) connection: Connection,
    pub(crate) packing: Packing,
}

pub(crate) struct Packing {
    pub(crate) packer: Packer,
    pub(crate) unpacker: Unpacker,
}

impl Store {
    /// Opens or creates the file, which several processes may have open.
    ///
    /// No other crate may use the same file: its migrations would conflict with this crate's.
    ///
    /// # Errors
    ///
    /// [`FindingsError::NewerSchema`] if a newer version of this program wrote the file, which is left unchanged.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, FindingsError> {
        let path = path.as_ref();
        let connection = schema::open_for_writing(path)?;
        let packing = Packing { packer: Packer::new()?, unpacker: Unpacker::new()? };
        let writer = Mutex::new(Writer { connection, packing });
        let readers = Mutex::new(vec![schema::open_for_reading(path)?]);
        let inner = Inner { path: path.to_owned(), writer, readers, cache: IndexCache::default() };
        Ok(Self { inner: Arc::new(inner) })
    }

    /// Opens the file for reading only: nothing is created or migrated, and an import fails.
    ///
    /// # Errors
    ///
    /// As [`open`](Self::open); also if the file does not exist.
    pub fn open_read_only(path: impl AsRef<Path>) -> Result<Self, FindingsError> {
        let path = path.as_ref();
        let connection = schema::open_for_reading(path)?;
        schema::refuse_newer(&connection)?;
        let packing = Packing { packer: Packer::new()?, unpacker: Unpacker::new()? };
        let readers = Mutex::new(vec![schema::open_for_reading(path)?]);
        let writer = Mutex::new(Writer { connection, packing });
        Ok(Self { inner: Arc::new(Inner { path: path.to_owned(), writer, readers, cache: IndexCache::default() }) })
    }

    /// Every scan, the one started last first.
    pub fn scans(&self) -> Result<Vec<Scan>, FindingsError> {
        self.read(|snapshot| scans(snapshot, None))
    }

    /// One scan.
    pub fn scan(&self, scan: ScanId) -> Result<Scan, FindingsError> {
        let stored = self.read(|snapshot| scans(snapshot, Some(scan)))?.pop();
        stored.ok_or(FindingsError::NoScan(scan.0))
    }

    /// The scan with the key.
    pub fn find_scan(&self, key: &ScanKey) -> Result<Option<Scan>, FindingsError> {
        self.read(|snapshot| {
            let id = snapshot
                .prepare_cached(
                    "SELECT id FROM scan WHERE repository = ?1 AND digest = ?2 AND run = ?3 AND origin = ?4",
                )?
                .query_row(params![key.repository, key.digest, key.run, key.origin], |row| row.get(0))
                .optional()?;
            id.map_or(Ok(None), |id| Ok(scans(snapshot, Some(ScanId(id)))?.pop()))
        })
    }

    /// One published finding of the scan, with everything that is stored about it.
    pub fn get(&self, scan: ScanId, arn: &str) -> Result<Option<Finding>, FindingsError> {
        let packed: Option<Vec<u8>> = self.read(|snapshot| {
            let document = snapshot
                .prepare_cached(
                    "SELECT document FROM finding
                     WHERE scan = ?1 AND generation = (SELECT shown FROM scan WHERE id = ?1) AND arn = ?2",
                )?
                .query_row(params![scan.0, arn], |row| row.get(0))
                .optional()?;
            Ok(document)
        })?;
        packed.map(|packed| Unpacker::new()?.finding(&packed)).transpose()
    }

    /// Builds the scope's index, so that a later query need not.
    pub fn warm(&self, scope: &Scope) -> Result<(), FindingsError> {
        self.read(|snapshot| self.inner.cache.get(scope, snapshot).map(drop))
    }

    /// One page of the matching rows.
    pub fn query(&self, query: &Query) -> Result<Page, FindingsError> {
        self.read(|snapshot| {
            let (_, index) = self.inner.cache.get(&query.scope, snapshot)?;
            let selection = index.select(&query.filter, &query.text)?;
            index.page(&selection, query, snapshot)
        })
    }

    /// Statistics of what matches. The query's view, order and page are ignored.
    pub fn summary(&self, query: &Query) -> Result<Summary, FindingsError> {
        self.read(|snapshot| {
            let (_, index) = self.inner.cache.get(&query.scope, snapshot)?;
            Ok(index.summary(&index.select(&query.filter, &query.text)?))
        })
    }

    /// The values of a property in the scope that contain `part`, regardless of case: the most frequent first.
    pub fn values(
        &self,
        scope: &Scope,
        property: Property,
        part: &str,
        limit: usize,
    ) -> Result<Vec<ValueCount>, FindingsError> {
        self.read(|snapshot| Ok(self.inner.cache.get(scope, snapshot)?.1.values(property, part, limit)))
    }

    /// The differences between two scopes' vulnerabilities.
    ///
    /// # Errors
    ///
    /// [`FindingsError::NotFinished`] if a scope has no scan, or one that is not finished.
    pub fn compare(&self, before: &Scope, after: &Scope) -> Result<Comparison, FindingsError> {
        self.read(|snapshot| Ok(self.inner.cache.comparison(before, after, snapshot)?.summary().clone()))
    }

    /// One page (from 0) of the vulnerabilities with one status, the most severe first. The page's size is as in
    /// [`Query::page_size`].
    pub fn compare_page(
        &self,
        before: &Scope,
        after: &Scope,
        status: DiffStatus,
        page: usize,
        page_size: usize,
    ) -> Result<DiffPage, FindingsError> {
        self.read(|snapshot| {
            self.inner.cache.comparison(before, after, snapshot)?.page(status, page, page_size, snapshot)
        })
    }

    /// Runs `work` on the findings of one moment, regardless of concurrent writes.
    pub(crate) fn read<T>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, FindingsError>,
    ) -> Result<T, FindingsError> {
        let idle = self.inner.readers.lock().pop();
        let mut reader = match idle {
            Some(reader) => reader,
            None => schema::open_for_reading(&self.inner.path)?,
        };
        let result = work(&reader.transaction()?);
        let mut readers = self.inner.readers.lock();
        if readers.len() < IDLE_READERS {
            readers.push(reader);
        }
        result
    }

    pub(crate) fn index(&self) -> &IndexCache {
        &self.inner.cache
    }

    pub(crate) fn writer(&self) -> MutexGuard<'_, Writer> {
        self.inner.writer.lock()
    }
}

const IDLE_READERS: usize = 4;

/// The stored scans, or only the one with the id.
pub(crate) fn scans(snapshot: &Transaction<'_>, only: Option<ScanId>) -> Result<Vec<Scan>, FindingsError> {
    let mut statement = snapshot.prepare_cached(
        "SELECT id, repository, digest, run, origin, begun_at, finished_at, shown IS NOT generation,
                (SELECT count(*) FROM finding WHERE finding.scan = scan.id AND finding.generation = scan.shown)
         FROM scan WHERE ?1 IS NULL OR id = ?1 ORDER BY begun_at DESC, id DESC",
    )?;
    let scans = statement.query_map([only.map(|scan| scan.0)], read_scan)?.collect::<Result<_, _>>()?;
    Ok(scans)
}

fn read_scan(row: &Row<'_>) -> rusqlite::Result<Scan> {
    let key = ScanKey { repository: row.get(1)?, digest: row.get(2)?, run: row.get(3)?, origin: row.get(4)? };
    Ok(Scan {
        id: ScanId(row.get(0)?),
        key,
        started_at: Timestamp::from_epoch_millis(row.get(5)?),
        finished_at: row.get::<_, Option<i64>>(6)?.map(Timestamp::from_epoch_millis),
        importing: row.get(7)?,
        findings: row.get::<_, i64>(8)?.unsigned_abs() as usize,
    })
}
