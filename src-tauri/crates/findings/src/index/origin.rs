//! The scans of a scope, each in the state that an index is built from: what tells whether an index is still current.

use std::collections::BTreeSet;

use rusqlite::{OptionalExtension, Transaction};

use crate::error::FindingsError;
use crate::query::Scope;
use crate::scan::ScanId;

/// The scans that an index was built from.
pub(crate) type Origin = Vec<ScanState>;

/// The published state of a scan.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct ScanState {
    pub(crate) scan: ScanId,
    /// `None` before the scan is finished for the first time.
    pub(crate) generation: Option<i64>,
    revision: i64,
}

/// Whether there are scans, and all of them are finished.
pub(crate) fn is_finished(origin: &Origin) -> bool {
    !origin.is_empty() && origin.iter().all(|state| state.generation.is_some())
}

/// The scans in the scope, with their states.
pub(crate) fn origin(snapshot: &Transaction<'_>, scope: &Scope) -> Result<Origin, FindingsError> {
    let read = |row: &rusqlite::Row<'_>| {
        Ok(ScanState { scan: ScanId(row.get(0)?), generation: row.get(1)?, revision: row.get(2)? })
    };
    let state = |scan: &ScanId| {
        snapshot
            .prepare_cached("SELECT id, shown, revision FROM scan WHERE id = ?1")?
            .query_row([scan.0], read)
            .optional()?
            .ok_or(FindingsError::NoScan(scan.0))
    };
    match scope {
        Scope::Scan(scan) => Ok(vec![state(scan)?]),
        Scope::Scans(scans) => {
            // In the order in which they were added, each once, as in the other scopes.
            let scans: BTreeSet<_> = scans.iter().collect();
            scans.into_iter().map(state).collect()
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
