//! Findings on disk: opening the file, and asking questions of it. Taking scans in is left to `intake`, answering to
//! `index`.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};

use crate::compare::{Comparison, DiffPage, DiffStatus};
use crate::document::{Packer, Unpacker};
use crate::index::cache::IndexCache;
use crate::{
    Finding, FindingsError, Page, Property, Query, Scan, ScanId, ScanKey, Scope, Summary, Timestamp, ValueCount, schema,
};

/// The findings of every scan, in one SQLite file. Cheap to clone; every method blocks, so call it off the async threads.
///
/// A scan is taken in by [`begin_scan`](Self::begin_scan), any number of [`put_page`](Self::put_page) and
/// [`put_details`](Self::put_details), and [`finish_scan`](Self::finish_scan). Each page is one transaction, and
/// `finish_scan` shows all of them at once, in place of what the scan showed before: whoever asks in between, or after
/// the process was killed in between, sees what was there before `begin_scan`. Interrupted or not, the same scan can be
/// begun and taken in again.
///
/// Questions are answered while scans come in; each is answered from one moment's findings.
#[derive(Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

struct Inner {
    path: PathBuf,
    writer: Mutex<Writer>,
    /// Those that nobody uses just now.
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
    /// Opens or makes the file. It must be this crate's own: another crate's migrations in it would clash with ours.
    /// Several processes may have it open. One of a newer version of this program is refused as
    /// [`FindingsError::NewerSchema`] and left as it is.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, FindingsError> {
        let path = path.as_ref();
        let connection = schema::open_for_writing(path)?;
        let packing = Packing { packer: Packer::new()?, unpacker: Unpacker::new()? };
        let writer = Mutex::new(Writer { connection, packing });
        let readers = Mutex::new(vec![schema::open_for_reading(path)?]);
        let inner = Inner { path: path.to_owned(), writer, readers, cache: IndexCache::default() };
        Ok(Self { inner: Arc::new(inner) })
    }

    /// Every scan, the last begun first.
    pub fn scans(&self) -> Result<Vec<Scan>, FindingsError> {
        self.read(|snapshot| scans(snapshot, None))
    }

    /// One scan.
    pub fn scan(&self, scan: ScanId) -> Result<Scan, FindingsError> {
        let found = self.read(|snapshot| scans(snapshot, Some(scan)))?.pop();
        found.ok_or(FindingsError::NoScan(scan.0))
    }

    /// The scan that is known by the key.
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

    /// One finding in full, of those that the scan shows.
    pub fn get(&self, scan: ScanId, arn: &str) -> Result<Option<Finding>, FindingsError> {
        let packed: Option<Vec<u8>> = self.read(|snapshot| {
            let found = snapshot
                .prepare_cached(
                    "SELECT document FROM finding
                     WHERE scan = ?1 AND generation = (SELECT shown FROM scan WHERE id = ?1) AND arn = ?2",
                )?
                .query_row(params![scan.0, arn], |row| row.get(0))
                .optional()?;
            Ok(found)
        })?;
        packed.map(|packed| Unpacker::new()?.finding(&packed)).transpose()
    }

    /// Reads what a later query of the scope needs, so that it need not.
    pub fn warm(&self, scope: &Scope) -> Result<(), FindingsError> {
        self.read(|snapshot| self.inner.cache.get(scope, snapshot).map(drop))
    }

    /// One page of what matches.
    pub fn query(&self, query: &Query) -> Result<Page, FindingsError> {
        self.read(|snapshot| {
            let (_, index) = self.inner.cache.get(&query.scope, snapshot)?;
            let selection = index.select(&query.filter, &query.text)?;
            index.page(&selection, query, snapshot)
        })
    }

    /// What matches, counted many ways. The view, order and page of the query do not matter.
    pub fn summary(&self, query: &Query) -> Result<Summary, FindingsError> {
        self.read(|snapshot| {
            let (_, index) = self.inner.cache.get(&query.scope, snapshot)?;
            Ok(index.summary(&index.select(&query.filter, &query.text)?))
        })
    }

    /// The values of a property that contain `part`, in any case, among the scope's instances: the most frequent first.
    pub fn values(
        &self,
        scope: &Scope,
        property: Property,
        part: &str,
        limit: usize,
    ) -> Result<Vec<ValueCount>, FindingsError> {
        self.read(|snapshot| Ok(self.inner.cache.get(scope, snapshot)?.1.values(property, part, limit)))
    }

    /// What became of the vulnerabilities between two scopes. Both must hold finished scans, and no others; else
    /// [`FindingsError::NotFinished`].
    pub fn compare(&self, before: &Scope, after: &Scope) -> Result<Comparison, FindingsError> {
        self.read(|snapshot| Ok(self.inner.cache.compared(before, after, snapshot)?.comparison().clone()))
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
            self.inner.cache.compared(before, after, snapshot)?.page(status, page, page_size, snapshot)
        })
    }

    /// Reads from one moment's findings, whatever is written meanwhile.
    pub(crate) fn read<T>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, FindingsError>,
    ) -> Result<T, FindingsError> {
        let idle = lock(&self.inner.readers).pop();
        let mut reader = match idle {
            Some(reader) => reader,
            None => schema::open_for_reading(&self.inner.path)?,
        };
        let result = work(&reader.transaction()?);
        let mut readers = lock(&self.inner.readers);
        if readers.len() < IDLE_READERS {
            readers.push(reader);
        }
        result
    }

    pub(crate) fn index(&self) -> &IndexCache {
        &self.inner.cache
    }

    pub(crate) fn writer(&self) -> MutexGuard<'_, Writer> {
        lock(&self.inner.writer)
    }
}

/// A panic elsewhere leaves what we lock as good as before: a transaction is rolled back when dropped, and lists are
/// changed in one step.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

const IDLE_READERS: usize = 4;

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
