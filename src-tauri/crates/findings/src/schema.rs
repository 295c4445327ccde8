//! The database's schema and connections. It has a file of its own, because migrations use the file's `user_version`.

use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};
use rusqlite_migration::{Error, M, MigrationDefinitionError, Migrations};

use crate::error::FindingsError;

/// Complete findings are stored: queries run on an in-memory index that is built from them (see `index`).
const FIRST: &str = "
CREATE TABLE scan (
    id          INTEGER PRIMARY KEY AUTOINCREMENT, -- never reused: in-memory indexes are identified by it
    repository  TEXT NOT NULL,
    digest      TEXT NOT NULL,
    run         TEXT NOT NULL,
    origin      TEXT NOT NULL,
    generation  INTEGER NOT NULL, -- how many imports have started
    shown       INTEGER,          -- the generation that was finished last: queries see no other
    revision    INTEGER NOT NULL, -- how often the published findings have changed
    begun_at    INTEGER NOT NULL, -- milliseconds since 1970
    finished_at INTEGER,          -- when the published generation was finished
    UNIQUE (repository, digest, run, origin)
) STRICT;
CREATE TABLE finding (
    id         INTEGER PRIMARY KEY AUTOINCREMENT, -- never reused: an outdated index must not get another finding
    scan       INTEGER NOT NULL REFERENCES scan (id) ON DELETE CASCADE,
    generation INTEGER NOT NULL, -- the scan's generation at the time of the import
    arn        TEXT NOT NULL,
    document   BLOB NOT NULL,    -- see `document`
    UNIQUE (scan, generation, arn)
) STRICT;
CREATE INDEX finding_in_order ON finding (scan, generation);
";

/// Opens a connection for writing and migrates the database to this version's schema.
pub(crate) fn open_for_writing(path: &Path) -> Result<Connection, FindingsError> {
    let mut connection = Connection::open(path)?;
    connection.busy_timeout(BUSY)?;
    refuse_newer(&connection)?;
    connection.pragma_update(None, "page_size", 8192)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "NORMAL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "cache_size", -CACHE_KIB)?;
    connection.pragma_update(None, "wal_autocheckpoint", 4000)?;
    migrate(&mut connection)?;
    Ok(connection)
}

/// Rejects a file of a newer version of this program before anything in it, even the journal mode, is changed.
pub(crate) fn refuse_newer(connection: &Connection) -> Result<(), FindingsError> {
    let version = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if version > SUPPORTED { Err(FindingsError::NewerSchema { version, supported: SUPPORTED }) } else { Ok(()) }
}

fn migrate(connection: &mut Connection) -> Result<(), FindingsError> {
    // Another process may have migrated it between the check and now.
    match Migrations::new(vec![M::up(FIRST)]).to_latest(connection) {
        Err(Error::MigrationDefinition(MigrationDefinitionError::DatabaseTooFarAhead)) => {
            refuse_newer(connection)?;
            Ok(())
        }
        done => Ok(done?),
    }
}

/// Opens a read-only connection, so that queries run while findings are imported.
pub(crate) fn open_for_reading(path: &Path) -> Result<Connection, FindingsError> {
    let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    connection.busy_timeout(BUSY)?;
    connection.pragma_update(None, "cache_size", -CACHE_KIB)?;
    Ok(connection)
}

/// The schema version of this program: its number of migrations.
const SUPPORTED: i64 = 1;
const BUSY: Duration = Duration::from_secs(10);
const CACHE_KIB: i64 = 8192;
