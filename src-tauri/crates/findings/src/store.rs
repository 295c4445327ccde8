//! Findings on disk: taking scans in page by page, and reading them back. Questions over many are left to `index`.

use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rusqlite::{Connection, OptionalExtension, Row, Transaction, TransactionBehavior, params};

use crate::compare::{self, Comparison, Fate, FatePage};
use crate::index::cache::IndexCache;
use crate::{
    Details, Finding, FindingsError, Page, Property, Query, Scan, ScanId, ScanKey, Scope, Summary, Timestamp,
    ValueCount, schema,
};

/// The findings of every scan, in one SQLite file. Cheap to clone; every method blocks, so call it off the async threads.
///
/// A scan is taken in by [`begin_scan`](Self::begin_scan), any number of [`put_page`](Self::put_page) and
/// [`finish_scan`](Self::finish_scan). Each page is one transaction. Interrupted or not, the same scan can be begun and
/// taken in again: the result is that of doing it once, and what is no longer reported is gone after `finish_scan`.
/// Until then the findings of before stay visible.
#[derive(Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

struct Inner {
    writer: Mutex<Connection>,
    reader: Mutex<Connection>,
    cache: Mutex<IndexCache>,
}

impl Store {
    /// Opens or makes the file. It must be this crate's own: another crate's migrations in it would clash with ours.
    /// Several processes may have it open.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, FindingsError> {
        let writer = schema::open_for_writing(path.as_ref())?;
        let reader = schema::open_for_reading(path.as_ref())?;
        let inner =
            Inner { writer: Mutex::new(writer), reader: Mutex::new(reader), cache: Mutex::new(IndexCache::default()) };
        Ok(Self { inner: Arc::new(inner) })
    }

    /// Begins to take a scan in, for the first time or again.
    pub fn begin_scan(&self, key: &ScanKey, at: Timestamp) -> Result<ScanId, FindingsError> {
        let id = self.writer().query_row(
            "INSERT INTO scan (repository, digest, run, origin, generation, revision, begun_at)
             VALUES (?1, ?2, ?3, ?4, 1, 0, ?5)
             ON CONFLICT DO UPDATE SET generation = generation + 1, begun_at = excluded.begun_at, finished_at = NULL
             RETURNING id",
            params![key.repository, key.digest, key.run, key.origin, at.epoch_millis()],
            |row| row.get(0),
        )?;
        Ok(ScanId(id))
    }

    /// Takes a page in, as one transaction. A finding that was seen before since `begin_scan` is merged with what was
    /// said then ([`Finding::merge`]); one from before `begin_scan` is replaced.
    pub fn put_page(&self, scan: ScanId, page: impl IntoIterator<Item = Finding>) -> Result<(), FindingsError> {
        self.write(|transaction| {
            let generation = generation_taken_in(transaction, scan)?;
            let mut changed = false;
            for finding in page {
                changed |= put_finding(transaction, scan, generation, finding)?;
            }
            if changed { note_change(transaction, scan) } else { Ok(()) }
        })
    }

    /// Adds details to findings that are stored, as one transaction. Details of unknown findings are passed over.
    pub fn put_details(&self, scan: ScanId, page: impl IntoIterator<Item = Details>) -> Result<(), FindingsError> {
        self.write(|transaction| {
            for details in page {
                let found = stored(transaction, scan, &details.arn)?;
                let Some((id, generation, document)) = found else { continue };
                let mut finding: Finding = serde_json::from_str(&document)?;
                finding.add_details(details);
                update(transaction, id, generation, &finding)?;
            }
            note_change(transaction, scan)
        })
    }

    /// Ends the taking in: what was not seen since `begin_scan` is gone. Returns how many findings that were.
    pub fn finish_scan(&self, scan: ScanId, at: Timestamp) -> Result<usize, FindingsError> {
        self.write(|transaction| {
            let generation = generation_taken_in(transaction, scan)?;
            let gone = transaction
                .execute("DELETE FROM finding WHERE scan = ?1 AND generation <> ?2", params![scan.0, generation])?;
            transaction
                .execute("UPDATE scan SET finished_at = ?2 WHERE id = ?1", params![scan.0, at.epoch_millis()])?;
            if gone > 0 {
                note_change(transaction, scan)?;
            }
            Ok(gone)
        })
    }

    /// Forgets a scan and its findings. Unknown ones are no error.
    pub fn delete_scan(&self, scan: ScanId) -> Result<(), FindingsError> {
        self.writer().execute("DELETE FROM scan WHERE id = ?1", [scan.0])?;
        Ok(())
    }

    /// Every scan, the newest first.
    pub fn scans(&self) -> Result<Vec<Scan>, FindingsError> {
        let reader = self.reader();
        let mut statement = reader.prepare_cached(
            "SELECT id, repository, digest, run, origin, begun_at, finished_at,
                    (SELECT count(*) FROM finding WHERE finding.scan = scan.id)
             FROM scan ORDER BY begun_at DESC, id DESC",
        )?;
        let scans = statement.query_map([], read_scan)?.collect::<Result<_, _>>()?;
        Ok(scans)
    }

    /// One scan.
    pub fn scan(&self, scan: ScanId) -> Result<Scan, FindingsError> {
        let found = self.scans()?.into_iter().find(|candidate| candidate.id == scan);
        found.ok_or(FindingsError::NoScan(scan.0))
    }

    /// One finding in full.
    pub fn get(&self, scan: ScanId, arn: &str) -> Result<Option<Finding>, FindingsError> {
        let found = stored(&self.reader(), scan, arn)?;
        Ok(found.map(|(_, _, document)| serde_json::from_str(&document)).transpose()?)
    }

    /// Reads what a later query of the scope needs, so that it need not.
    pub fn warm(&self, scope: &Scope) -> Result<(), FindingsError> {
        self.index(scope).map(drop)
    }

    /// One page of what matches.
    pub fn query(&self, query: &Query) -> Result<Page, FindingsError> {
        let index = self.index(&query.scope)?;
        let selection = index.select(&query.filter, &query.text)?;
        index.page(&selection, query, &self.reader())
    }

    /// What matches, counted many ways. The view, order and page of the query do not matter.
    pub fn summary(&self, query: &Query) -> Result<Summary, FindingsError> {
        let index = self.index(&query.scope)?;
        let selection = index.select(&query.filter, &query.text)?;
        Ok(index.summary(&selection))
    }

    /// The values of a property that contain `part`, in any case, among the scope's instances: the most frequent first.
    pub fn values(
        &self,
        scope: &Scope,
        property: Property,
        part: &str,
        limit: usize,
    ) -> Result<Vec<ValueCount>, FindingsError> {
        Ok(self.index(scope)?.values(property, part, limit))
    }

    /// What became of the vulnerabilities between two scopes.
    pub fn compare(&self, before: &Scope, after: &Scope) -> Result<Comparison, FindingsError> {
        Ok(compare::compare(&*self.index(before)?, &*self.index(after)?).tally())
    }

    /// One page (from 0) of the vulnerabilities with one fate, the most severe first.
    pub fn compared(
        &self,
        before: &Scope,
        after: &Scope,
        fate: Fate,
        page: usize,
        page_size: usize,
    ) -> Result<FatePage, FindingsError> {
        let (before, after) = (self.index(before)?, self.index(after)?);
        compare::compare(&before, &after).page(fate, page, page_size, &self.reader())
    }

    pub(crate) fn index(&self, scope: &Scope) -> Result<Arc<crate::index::Index>, FindingsError> {
        let mut cache = self.inner.cache.lock().unwrap_or_else(PoisonError::into_inner);
        cache.get(scope, &mut self.reader())
    }

    pub(crate) fn reader(&self) -> MutexGuard<'_, Connection> {
        // A panic elsewhere leaves a connection as good as before: its transaction is rolled back when dropped.
        self.inner.reader.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn writer(&self) -> MutexGuard<'_, Connection> {
        self.inner.writer.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn write<T>(&self, work: impl FnOnce(&Transaction<'_>) -> Result<T, FindingsError>) -> Result<T, FindingsError> {
        let mut writer = self.writer();
        let transaction = writer.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let result = work(&transaction)?;
        transaction.commit()?;
        Ok(result)
    }
}

fn generation_taken_in(transaction: &Transaction<'_>, scan: ScanId) -> Result<i64, FindingsError> {
    transaction
        .prepare_cached("SELECT generation FROM scan WHERE id = ?1 AND finished_at IS NULL")?
        .query_row([scan.0], |row| row.get(0))
        .optional()?
        .ok_or(FindingsError::NotBegun(scan.0))
}

/// Returns whether anything that a query can see has changed.
fn put_finding(
    transaction: &Transaction<'_>,
    scan: ScanId,
    generation: i64,
    finding: Finding,
) -> Result<bool, FindingsError> {
    // The wire does not promise an ARN; without one, a finding is known by its title.
    let arn = if finding.arn.is_empty() { &finding.title } else { &finding.arn };
    let Some((id, seen, document)) = stored(transaction, scan, arn)? else {
        transaction
            .prepare_cached("INSERT INTO finding (scan, arn, generation, document) VALUES (?1, ?2, ?3, ?4)")?
            .execute(params![scan.0, arn, generation, serde_json::to_string(&finding)?])?;
        return Ok(true);
    };
    let known: Finding = serde_json::from_str(&document)?;
    let mut told = finding;
    if seen == generation {
        let mut merged = known.clone();
        merged.merge(told);
        told = merged;
    }
    if told == known && seen == generation {
        return Ok(false);
    }
    update(transaction, id, generation, &told)?;
    Ok(told != known)
}

fn stored(connection: &Connection, scan: ScanId, arn: &str) -> Result<Option<(i64, i64, String)>, FindingsError> {
    let found = connection
        .prepare_cached("SELECT id, generation, document FROM finding WHERE scan = ?1 AND arn = ?2")?
        .query_row(params![scan.0, arn], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    Ok(found)
}

fn update(transaction: &Transaction<'_>, id: i64, generation: i64, finding: &Finding) -> Result<(), FindingsError> {
    transaction.prepare_cached("UPDATE finding SET generation = ?2, document = ?3 WHERE id = ?1")?.execute(params![
        id,
        generation,
        serde_json::to_string(finding)?
    ])?;
    Ok(())
}

fn note_change(transaction: &Transaction<'_>, scan: ScanId) -> Result<(), FindingsError> {
    transaction.prepare_cached("UPDATE scan SET revision = revision + 1 WHERE id = ?1")?.execute([scan.0])?;
    Ok(())
}

fn read_scan(row: &Row<'_>) -> rusqlite::Result<Scan> {
    let key = ScanKey { repository: row.get(1)?, digest: row.get(2)?, run: row.get(3)?, origin: row.get(4)? };
    Ok(Scan {
        id: ScanId(row.get(0)?),
        key,
        begun_at: Timestamp::from_epoch_millis(row.get(5)?),
        finished_at: row.get::<_, Option<i64>>(6)?.map(Timestamp::from_epoch_millis),
        findings: row.get::<_, i64>(7)?.unsigned_abs() as usize,
    })
}
