//! Indexes and comparisons that are kept between queries for as long as their scans do not change.

use std::sync::Arc;

use parking_lot::Mutex;
use rusqlite::Transaction;

use crate::error::FindingsError;
use crate::index::Index;
use crate::index::comparison::IndexComparison;
use crate::index::origin::{Origin, is_finished, origin};
use crate::query::Scope;

/// The number of instances in the cached indexes beyond which the least recently used are dropped: enough to compare two
/// images with 100,000 findings each, within the memory of a desktop app.
const CACHED_INSTANCES: usize = 250_000;

#[derive(Default)]
pub(crate) struct IndexCache {
    entries: Mutex<Entries>,
    /// Held while an index is built, so that each is built once and cached ones stay available meanwhile.
    building: Mutex<()>,
}

#[derive(Default)]
struct Entries {
    /// The most recently used is last.
    indexes: Vec<(Origin, Arc<Index>)>,
    comparison: Option<(Origin, Origin, Arc<IndexComparison>)>,
}

impl IndexCache {
    /// The index of the scope at the snapshot's moment, built if it is not cached.
    pub(crate) fn get(&self, scope: &Scope, snapshot: &Transaction<'_>) -> Result<(Origin, Arc<Index>), FindingsError> {
        let origin = origin(snapshot, scope)?;
        if let Some(index) = self.entries.lock().find(&origin) {
            return Ok((origin, index));
        }
        let building = self.building.lock();
        if let Some(index) = self.entries.lock().find(&origin) {
            return Ok((origin, index));
        }
        let index = Arc::new(Index::load(snapshot, &origin)?);
        self.entries.lock().insert(origin.clone(), Arc::clone(&index));
        drop(building);
        Ok((origin, index))
    }

    /// The comparison of two scopes at the snapshot's moment, built if it is not cached.
    pub(crate) fn comparison(
        &self,
        before: &Scope,
        after: &Scope,
        snapshot: &Transaction<'_>,
    ) -> Result<Arc<IndexComparison>, FindingsError> {
        let (before_origin, before) = self.get(before, snapshot)?;
        let (after_origin, after) = self.get(after, snapshot)?;
        if !is_finished(&before_origin) || !is_finished(&after_origin) {
            return Err(FindingsError::NotFinished);
        }
        if let Some((cached_before, cached_after, comparison)) = &self.entries.lock().comparison
            && *cached_before == before_origin
            && *cached_after == after_origin
        {
            return Ok(Arc::clone(comparison));
        }
        let comparison = Arc::new(IndexComparison::new(before, after));
        self.entries.lock().comparison = Some((before_origin, after_origin, Arc::clone(&comparison)));
        Ok(comparison)
    }
}

impl Entries {
    fn find(&mut self, origin: &Origin) -> Option<Arc<Index>> {
        let position = self.indexes.iter().position(|(cached, _)| cached == origin)?;
        let entry = self.indexes.remove(position);
        let index = Arc::clone(&entry.1);
        self.indexes.push(entry);
        Some(index)
    }

    fn insert(&mut self, origin: Origin, index: Arc<Index>) {
        // An index of the same scans at another revision is unlikely to be needed again.
        let has_same_scans =
            |cached: &Origin| cached.iter().map(|state| state.scan).eq(origin.iter().map(|state| state.scan));
        self.indexes.retain(|(cached, _)| !has_same_scans(cached));
        let is_outdated =
            self.comparison.as_ref().is_some_and(|(before, after, _)| has_same_scans(before) || has_same_scans(after));
        if is_outdated {
            self.comparison = None;
        }
        self.indexes.push((origin, index));
        let mut instances: usize = self.indexes.iter().map(|(_, index)| index.len()).sum();
        while instances > CACHED_INSTANCES && self.indexes.len() > 1 {
            instances -= self.indexes.remove(0).1.len();
        }
    }
}
