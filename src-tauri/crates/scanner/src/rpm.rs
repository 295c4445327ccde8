//! RPM's list of packages: its SQLite database, of which each row has a package's header. Databases in the older formats,
//! Berkeley DB and ndb, are not read.
//!
//! The database comes from the image. SQLite reads a copy of it, without trusting its schema, and its steps are counted.
//!
//! Source of the header's format: <https://rpm.org/docs/latest/manual/format_header.html>

use std::io::{Read, Seek as _, SeekFrom, Write as _};

use rusqlite::{Connection, OpenFlags, limits::Limit};
use tempfile::NamedTempFile;

use crate::budget::Budget;
use crate::catalogue::vulnerability::Ecosystem;
use crate::error::{ExceededLimit, Fault};
use crate::listed::ListedPackage;
use crate::package::SourcePackage;

const MAGIC: &[u8] = b"SQLite format 3\0";
/// The position of the two bytes that say whether the database has a write-ahead log: its copy has none.
const FORMAT: usize = MAGIC.len() + 2;
/// The size of one read.
const CHUNK: usize = 64 << 10;
/// The longest header, in bytes: those of packages with a hundred thousand files have a few million.
const MAX_HEADER: i32 = 32 << 20;
/// SQLite's steps: reading a row takes fewer than ten.
const STEPS: i32 = 100_000;
const MAX_STEPS: u32 = 100;
/// Keys that RPM lists like packages.
const KEY: &str = "gpg-pubkey";

const NAME: u32 = 1000;
const VERSION: u32 = 1001;
const RELEASE: u32 = 1002;
const EPOCH: u32 = 1003;
const ARCHITECTURE: u32 = 1022;
const SOURCE: u32 = 1044;

/// Reads the packages. The outer error ends the scan, the inner one is why the database cannot be read.
pub(crate) fn read(
    budget: &Budget<'_>,
    layer: usize,
    body: impl Read,
) -> Result<Result<Vec<ListedPackage>, String>, Fault> {
    match copy(budget, body)? {
        Some(file) => match packages(budget, layer, file.path()) {
            Ok(packages) => Ok(Ok(packages)),
            Err(Fault::Broken(reason)) => Ok(Err(reason)),
            Err(fault) => Err(fault),
        },
        None => Ok(Err("it is not an SQLite database".to_owned())),
    }
}

/// A copy that SQLite can open; `None` if it is not a database.
fn copy(budget: &Budget<'_>, mut body: impl Read) -> Result<Option<NamedTempFile>, Fault> {
    let mut file = NamedTempFile::new().map_err(Fault::Io)?;
    let limit = budget.limits.rpm_database;
    let (mut total, mut bytes) = (0, Vec::with_capacity(CHUNK));
    loop {
        bytes.clear();
        body.by_ref().take(CHUNK as u64).read_to_end(&mut bytes)?;
        if total == 0 && !bytes.starts_with(MAGIC) {
            return Ok(None);
        }
        if bytes.is_empty() {
            break;
        }
        total += bytes.len() as u64;
        if total > limit {
            return Err(Fault::LimitExceeded(ExceededLimit::PackageList(limit)));
        }
        file.write_all(&bytes).map_err(Fault::Io)?;
    }
    file.seek(SeekFrom::Start(FORMAT as u64)).map_err(Fault::Io)?;
    file.write_all(&[1, 1]).map_err(Fault::Io)?;
    file.flush().map_err(Fault::Io)?;
    Ok(Some(file))
}

/// Reads until a limit of packages is exceeded, which the caller checks.
fn packages(budget: &Budget<'_>, layer: usize, path: &std::path::Path) -> Result<Vec<ListedPackage>, Fault> {
    let connection = open(path).map_err(broken)?;
    let mut select = connection.prepare("SELECT blob FROM Packages").map_err(broken)?;
    let mut rows = select.query([]).map_err(broken)?;
    let (mut packages, mut text) = (Vec::new(), 0);
    while let Some(row) = rows.next().map_err(broken)? {
        budget.check_cancelled()?;
        let blob = row.get_ref(0).map_err(broken)?;
        let header = blob.as_blob().ok().and_then(Header::parse);
        let header = header.ok_or_else(|| Fault::broken("one of its headers is broken"))?;
        if header.is_key() {
            continue;
        }
        let package = header.package(layer);
        let package = package.ok_or_else(|| Fault::broken("one of its headers has no name or version"))?;
        text += package.text();
        packages.push(package);
        if packages.len() > budget.limits.packages || text > budget.limits.text {
            break;
        }
    }
    Ok(packages)
}

fn open(path: &std::path::Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.set_limit(Limit::SQLITE_LIMIT_LENGTH, MAX_HEADER)?;
    let mut steps = 0;
    connection.progress_handler(
        STEPS,
        Some(move || {
            steps += 1;
            steps > MAX_STEPS
        }),
    )?;
    connection.execute_batch("PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA cache_size = -2000;")?;
    Ok(connection)
}

#[expect(clippy::needless_pass_by_value, reason = "it is what `map_err` calls")]
fn broken(error: rusqlite::Error) -> Fault {
    Fault::Broken(format!("its database cannot be read ({error})"))
}

/// A header: an index of tags, and the values that they are about.
struct Header<'b> {
    index: &'b [u8],
    values: &'b [u8],
}

impl<'b> Header<'b> {
    fn parse(blob: &'b [u8]) -> Option<Self> {
        let (entries, length) = (number(blob, 0)?, number(blob, 4)?);
        let index = blob.get(8..)?.get(..(entries as usize).checked_mul(16)?)?;
        let values = blob.get(8 + index.len()..)?.get(..length as usize)?;
        Some(Self { index, values })
    }

    /// Whether it is a key that packages are signed with.
    fn is_key(&self) -> bool {
        self.text(NAME).as_deref() == Some(KEY)
    }

    /// The package; `None` if it has no name or version.
    fn package(&self, layer: usize) -> Option<ListedPackage> {
        let name = self.text(NAME)?;
        let epoch = self.position(EPOCH).and_then(|at| number(self.values, at)).filter(|epoch| *epoch > 0);
        let epoch = epoch.map(|epoch| format!("{epoch}:")).unwrap_or_default();
        let version = format!("{epoch}{}-{}", self.text(VERSION)?, self.text(RELEASE)?);
        let source = self.text(SOURCE).and_then(|file| source(&file, &epoch));
        let architecture = self.text(ARCHITECTURE).unwrap_or_default();
        Some(ListedPackage { ecosystem: Ecosystem::Rpm, name, version, architecture, source, layer })
    }

    fn text(&self, tag: u32) -> Option<String> {
        let bytes = self.values.get(self.position(tag)?..)?;
        let end = bytes.iter().position(|byte| *byte == 0)?;
        Some(String::from_utf8_lossy(&bytes[..end]).into_owned()).filter(|text| !text.is_empty())
    }

    /// The position of a tag's value.
    fn position(&self, tag: u32) -> Option<usize> {
        let entry = self.index.chunks_exact(16).find(|entry| number(entry, 0) == Some(tag))?;
        Some(number(entry, 8)? as usize)
    }
}

/// The source package, from the name of its file: `openssl-3.0.7-16.el9.src.rpm`. It has the epoch of the package.
fn source(file: &str, epoch: &str) -> Option<SourcePackage> {
    let stem = file.strip_suffix(".rpm")?.rsplit_once('.')?.0;
    let (rest, release) = stem.rsplit_once('-')?;
    let (name, version) = rest.rsplit_once('-')?;
    Some(SourcePackage { name: name.to_owned(), version: format!("{epoch}{version}-{release}") })
}

fn number(bytes: &[u8], at: usize) -> Option<u32> {
    let four = bytes.get(at..)?.first_chunk()?;
    Some(u32::from_be_bytes(*four))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_source_is_in_the_name_of_its_file() {
        let of = |file| source(file, "1:").map(|source| (source.name, source.version));
        let expected = Some(("python3.11-pip".to_owned(), "1:22.3.1-4.el9".to_owned()));
        assert_eq!(of("python3.11-pip-22.3.1-4.el9.src.rpm"), expected);
        assert_eq!((of("(none)"), of("a.rpm"), of("a-1.src.rpm")), (None, None, None));
    }

    #[test]
    fn a_header_that_ends_early_is_broken() {
        assert!(Header::parse(&[]).is_none());
        assert!(Header::parse(&[0, 0, 0, 1, 0, 0, 0, 0]).is_none());
        assert!(Header::parse(&[0xff; 64]).is_none());
        let empty = Header::parse(&[0; 8]).unwrap();
        assert!(empty.package(0).is_none());
    }
}
