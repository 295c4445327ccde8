//! The database: its own file, because migrations count in the file's `user_version`, which has room for one owner.

use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};
use rusqlite_migration::{M, Migrations};

use crate::FindingsError;

/// A finding is kept whole, as JSON: queries run on an index in memory that is made from it (see `index`).
const FIRST: &str = "
CREATE TABLE scan (
    id          INTEGER PRIMARY KEY AUTOINCREMENT, -- never used twice: indexes in memory are known by it
    repository  TEXT NOT NULL,
    digest      TEXT NOT NULL,
    run         TEXT NOT NULL,
    origin      TEXT NOT NULL,
    generation  INTEGER NOT NULL, -- how often it was begun
    revision    INTEGER NOT NULL, -- how often its findings changed
    begun_at    INTEGER NOT NULL, -- milliseconds since 1970
    finished_at INTEGER,          -- null while it is taken in
    UNIQUE (repository, digest, run, origin)
) STRICT;
CREATE TABLE finding (
    id         INTEGER PRIMARY KEY,
    scan       INTEGER NOT NULL REFERENCES scan (id) ON DELETE CASCADE,
    arn        TEXT NOT NULL,
    generation INTEGER NOT NULL, -- the scan's, when it was last seen
    document   TEXT NOT NULL,
    UNIQUE (scan, arn)
) STRICT;
CREATE INDEX finding_by_scan ON finding (scan);
";

/// A connection that may write, on a database of this version's schema.
pub(crate) fn open_for_writing(path: &Path) -> Result<Connection, FindingsError> {
    let mut connection = Connection::open(path)?;
    connection.busy_timeout(BUSY)?;
    connection.pragma_update(None, "page_size", 8192)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "NORMAL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "cache_size", -CACHE_KIB)?;
    connection.pragma_update(None, "wal_autocheckpoint", 4000)?;
    Migrations::new(vec![M::up(FIRST)]).to_latest(&mut connection)?;
    Ok(connection)
}

/// A connection that only reads, so that queries go on while findings come in.
pub(crate) fn open_for_reading(path: &Path) -> Result<Connection, FindingsError> {
    let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    connection.busy_timeout(BUSY)?;
    connection.pragma_update(None, "cache_size", -CACHE_KIB)?;
    Ok(connection)
}

const BUSY: Duration = Duration::from_secs(10);
const CACHE_KIB: i64 = 8192;
