//! The session's tables. What is queried by its parts has columns; the rest is stored as JSON documents.

use std::{path::Path, time::Duration};

use rusqlite::{Connection, OpenFlags};
use rusqlite_migration::{Error, M, MigrationDefinitionError, Migrations};

use super::refused;
use crate::model::{
    code::Code,
    problem::{LabError, Problem},
};

const FIRST: &str = "
CREATE TABLE run (
    id             TEXT PRIMARY KEY,
    number         INTEGER NOT NULL UNIQUE, -- the order in which runs were begun
    mode           TEXT NOT NULL,
    engine         TEXT NOT NULL,
    engine_version TEXT,
    account        TEXT,
    region         TEXT,
    plan           TEXT NOT NULL,
    started_at     INTEGER NOT NULL,        -- milliseconds since 1970
    finished       INTEGER NOT NULL DEFAULT 0,
    abandoned      INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE step (
    run     TEXT NOT NULL REFERENCES run (id) ON DELETE CASCADE,
    id      TEXT NOT NULL,
    record  TEXT NOT NULL,
    PRIMARY KEY (run, id)
) STRICT;
-- What a run made, or was about to make, written before the call that makes it.
CREATE TABLE owned (
    run      TEXT NOT NULL REFERENCES run (id) ON DELETE CASCADE,
    key      TEXT NOT NULL,
    document TEXT NOT NULL,
    PRIMARY KEY (run, key)
) STRICT;
-- What a run saw and must not forget.
CREATE TABLE fact (
    run      TEXT NOT NULL REFERENCES run (id) ON DELETE CASCADE,
    key      TEXT NOT NULL,
    document TEXT NOT NULL,
    PRIMARY KEY (run, key)
) STRICT;
CREATE TABLE entry (
    run      TEXT NOT NULL REFERENCES run (id) ON DELETE CASCADE,
    number   INTEGER NOT NULL,
    document TEXT NOT NULL,
    PRIMARY KEY (run, number)
) STRICT;
";

/// How a run was started belongs to the run. Runs of version 0.1.0 have none of these.
const RUN_OPTIONS: &str = "
ALTER TABLE run ADD COLUMN profile TEXT;
ALTER TABLE run ADD COLUMN requested_region TEXT;
ALTER TABLE run ADD COLUMN engine_choice TEXT;  -- JSON; NULL: none of the options were kept
ALTER TABLE run ADD COLUMN speed TEXT;
";

const MIGRATIONS: [&str; 2] = [FIRST, RUN_OPTIONS];

/// The runs of a session of version 0.1.0, as this version reads them.
const FORMER_RUNS: &str = "
CREATE TEMP VIEW run AS
    SELECT *, NULL AS profile, NULL AS requested_region, NULL AS engine_choice, NULL AS speed FROM main.run;
";

/// Opens the file for reading only. It is not migrated: what a former version wrote is read as it is.
pub(super) fn open_read_only(path: &Path) -> Result<Connection, LabError> {
    let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY).map_err(refused)?;
    let version = read_version(&connection).map_err(refused)?;
    if version > MIGRATIONS.len() {
        return Err(Problem::new(Code::SessionNewer).into());
    }
    if version < 2 {
        connection.execute_batch(FORMER_RUNS).map_err(refused)?;
    }
    Ok(connection)
}

fn read_version(connection: &Connection) -> rusqlite::Result<usize> {
    connection.busy_timeout(BUSY)?;
    // The view of former runs must not become a file.
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    let version: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    Ok(usize::try_from(version).unwrap_or(usize::MAX))
}

pub(super) fn open(path: &Path) -> Result<Connection, LabError> {
    let mut connection = Connection::open(path).map_err(refused)?;
    prepare(&connection).map_err(refused)?;
    match Migrations::new(MIGRATIONS.map(M::up).to_vec()).to_latest(&mut connection) {
        Ok(()) => Ok(connection),
        Err(Error::MigrationDefinition(MigrationDefinitionError::DatabaseTooFarAhead)) => {
            Err(Problem::new(Code::SessionNewer).into())
        }
        Err(error) => Err(refused(error)),
    }
}

/// How long another process may hold the file.
const BUSY: Duration = Duration::from_secs(10);

fn prepare(connection: &Connection) -> rusqlite::Result<()> {
    connection.busy_timeout(BUSY)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    // After a power failure the record of what was about to be created must be there.
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", true)
}
