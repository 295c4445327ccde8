//! Indexes that are kept from one question to the next, for as long as their scans do not change.

use std::sync::{Arc, Mutex};

use rusqlite::{OptionalExtension, Transaction};

use crate::index::Index;
use crate::index::compared::Compared;
use crate::store::lock;
use crate::{FindingsError, ScanId, Scope};

/// What an index was made from.
pub(crate) type Origin = Vec<Shown>;

/// What a scan shows.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Shown {
    pub(crate) scan: ScanId,
    /// `None` before it is finished for the first time.
    pub(crate) generation: Option<i64>,
    revision: i64,
}

/// Instances in kept indexes beyond which the ones that were not asked for lately are dropped: enough for two images of
/// 100,000 findings to be compared, little enough for the memory of a desktop app.
const KEPT_INSTANCES: usize = 250_000;

#[derive(Default)]
pub(crate) struct IndexCache {
    kept: Mutex<Kept>,
    /// Held while an index is made, so that it is made once, and while others that are there already answer.
    making: Mutex<()>,
}

#[derive(Default)]
struct Kept {
    /// The last used is last.
    indexes: Vec<(Origin, Arc<Index>)>,
    compared: Option<(Origin, Origin, Arc<Compared>)>,
}

impl IndexCache {
    /// The index of the scope at the snapshot's moment, made if need be.
    pub(crate) fn get(&self, scope: &Scope, snapshot: &Transaction<'_>) -> Result<(Origin, Arc<Index>), FindingsError> {
        let origin = origin(snapshot, scope)?;
        if let Some(index) = lock(&self.kept).find(&origin) {
            return Ok((origin, index));
        }
        let making = lock(&self.making);
        if let Some(index) = lock(&self.kept).find(&origin) {
            return Ok((origin, index));
        }
        let index = Arc::new(Index::load(snapshot, &origin)?);
        lock(&self.kept).keep(origin.clone(), Arc::clone(&index));
        drop(making);
        Ok((origin, index))
    }

    /// The comparison of two scopes at the snapshot's moment, made if need be.
    pub(crate) fn compared(
        &self,
        before: &Scope,
        after: &Scope,
        snapshot: &Transaction<'_>,
    ) -> Result<Arc<Compared>, FindingsError> {
        let (before_origin, before) = self.get(before, snapshot)?;
        let (after_origin, after) = self.get(after, snapshot)?;
        if !is_finished(&before_origin) || !is_finished(&after_origin) {
            return Err(FindingsError::NotFinished);
        }
        if let Some((known_before, known_after, compared)) = &lock(&self.kept).compared
            && *known_before == before_origin
            && *known_after == after_origin
        {
            return Ok(Arc::clone(compared));
        }
        let compared = Arc::new(Compared::new(before, after));
        lock(&self.kept).compared = Some((before_origin, after_origin, Arc::clone(&compared)));
        Ok(compared)
    }
}

impl Kept {
    fn find(&mut self, origin: &Origin) -> Option<Arc<Index>> {
        let place = self.indexes.iter().position(|(known, _)| known == origin)?;
        let entry = self.indexes.remove(place);
        let index = Arc::clone(&entry.1);
        self.indexes.push(entry);
        Some(index)
    }

    fn keep(&mut self, origin: Origin, index: Arc<Index>) {
        // What was made of these scans at another revision will hardly be asked for again.
        let of_same_scans =
            |known: &Origin| known.iter().map(|shown| shown.scan).eq(origin.iter().map(|shown| shown.scan));
        self.indexes.retain(|(known, _)| !of_same_scans(known));
        if self.compared.as_ref().is_some_and(|(before, after, _)| of_same_scans(before) || of_same_scans(after)) {
            self.compared = None;
        }
        self.indexes.push((origin, index));
        let mut instances: usize = self.indexes.iter().map(|(_, index)| index.len()).sum();
        while instances > KEPT_INSTANCES && self.indexes.len() > 1 {
            instances -= self.indexes.remove(0).1.len();
        }
    }
}

fn is_finished(origin: &Origin) -> bool {
    !origin.is_empty() && origin.iter().all(|shown| shown.generation.is_some())
}

/// The scans in the scope, and what each shows.
pub(crate) fn origin(snapshot: &Transaction<'_>, scope: &Scope) -> Result<Origin, FindingsError> {
    let read = |row: &rusqlite::Row<'_>| {
        Ok(Shown { scan: ScanId(row.get(0)?), generation: row.get(1)?, revision: row.get(2)? })
    };
    match scope {
        Scope::Scan(scan) => {
            let shown = snapshot
                .prepare_cached("SELECT id, shown, revision FROM scan WHERE id = ?1")?
                .query_row([scan.0], read)
                .optional()?
                .ok_or(FindingsError::NoScan(scan.0))?;
            Ok(vec![shown])
        }
        Scope::Latest { repository, digest } => {
            let mut statement = snapshot.prepare_cached(
                "SELECT id, shown, revision FROM (
                     SELECT id, shown, revision, row_number() OVER (
                         PARTITION BY repository, digest ORDER BY finished_at DESC, id DESC
                     ) AS age
                     FROM scan
                     WHERE shown IS NOT NULL AND (?1 IS NULL OR repository = ?1) AND (?2 IS NULL OR digest = ?2)
                 ) WHERE age = 1 ORDER BY id",
            )?;
            let rows = statement.query_map((repository, digest), read)?;
            Ok(rows.collect::<Result<_, _>>()?)
        }
    }
}
