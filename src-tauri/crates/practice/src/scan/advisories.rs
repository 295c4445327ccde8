//! The advisories that the user has imported: a database outside of the practice cloud's own folder, which can be replaced
//! or removed at any time. Every scan uses what is there when it starts.

use std::{fs, path::PathBuf, time::SystemTime};

use parking_lot::Mutex;
use scanner::{ImportError, ImportedCatalogue};

/// Where imported advisories are.
#[derive(Debug)]
pub(crate) struct Advisories {
    database: Option<PathBuf>,
    last: Mutex<Option<(Stamp, Option<String>)>>,
}

/// What tells whether the database was replaced.
type Stamp = Option<(SystemTime, u64)>;

impl Advisories {
    pub(crate) fn new(database: Option<PathBuf>) -> Self {
        Self { database, last: Mutex::default() }
    }

    /// The imported advisories; `None` if there are none.
    pub(crate) fn open(&self) -> Result<Option<ImportedCatalogue>, ImportError> {
        self.database.as_deref().map_or(Ok(None), ImportedCatalogue::open)
    }

    /// The id of what is imported. The database is opened only if it was replaced since the last call.
    pub(crate) fn current(&self) -> Result<Option<String>, ImportError> {
        let stamp = self.stamp();
        if let Some((_, id)) = self.last.lock().as_ref().filter(|(last, _)| *last == stamp) {
            return Ok(id.clone());
        }
        let id = self.open()?.map(|imported| imported.summary().id.clone());
        *self.last.lock() = Some((stamp, id.clone()));
        Ok(id)
    }

    fn stamp(&self) -> Stamp {
        let metadata = fs::metadata(self.database.as_ref()?).ok()?;
        Some((metadata.modified().ok()?, metadata.len()))
    }
}
