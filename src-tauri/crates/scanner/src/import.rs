//! Importing advisories: from records and archives of the OSV schema, and from the Debian security tracker.
//!
//! All files are read into a new database, which takes the place of the former one only when all of them were read: a damaged
//! file changes nothing. Memory does not depend on the number of advisories.

mod error;
mod osv;
mod store;
mod tracker;
mod tracker_json;

use std::{
    fs::File,
    io::{BufReader, Read},
    path::{Path, PathBuf},
};

pub use error::ImportError;
pub use store::{ImportedCatalogue, Summary};

use crate::import::store::Writer;
use crate::jar::zip;

/// The longest record, in bytes.
const MAX_RECORD: u64 = 16 << 20;
/// The most records of an archive.
const MAX_RECORDS: usize = 4_000_000;

/// Imports these files, and replaces the database at `database`.
///
/// A file is a record of the OSV schema (`.json`), an archive of such records (`.zip`), or the Debian security tracker's
/// list (JSON of packages). They are recognized by their content. Records that are withdrawn, or of an ecosystem that is not
/// known, are counted and left out.
///
/// # Errors
///
/// [`ImportError`] if a file cannot be read, or is none of these. The database is unchanged.
pub fn import(files: &[PathBuf], database: &Path, date: &str) -> Result<Summary, ImportError> {
    let mut writer = Writer::create(database)?;
    for path in files {
        let named = |error: ImportError| error.of_file(path);
        add_file(path, &mut writer).map_err(named)?;
    }
    writer.finish(date)
}

fn add_file(path: &Path, writer: &mut Writer) -> Result<(), ImportError> {
    let mut file = File::open(path)?;
    let mut start = [0; 4];
    let length = file.read(&mut start)?;
    if start[..length].starts_with(b"PK") {
        return add_archive(path, writer);
    }
    if file.metadata()?.len() <= MAX_RECORD {
        let bytes = std::fs::read(path)?;
        if osv::is_record(&bytes) {
            return add_record(&bytes, writer);
        }
    }
    tracker::read(BufReader::new(File::open(path)?), writer)
}

fn add_archive(path: &Path, writer: &mut Writer) -> Result<(), ImportError> {
    let mut file = File::open(path)?;
    let is_record = |name: &str| Path::new(name).extension().is_some_and(|extension| extension == "json");
    let listed = zip::directory_up_to(&mut file, is_record, || Ok(()), (MAX_RECORDS, usize::MAX))?;
    for member in &listed.members {
        let mut bytes = Vec::new();
        zip::open(&mut file, member)?.take(MAX_RECORD).read_to_end(&mut bytes)?;
        add_record(&bytes, writer).map_err(|error| error.of_file(Path::new(&member.name)))?;
    }
    Ok(())
}

fn add_record(bytes: &[u8], writer: &mut Writer) -> Result<(), ImportError> {
    let record = osv::parse(bytes)?;
    writer.count(&record);
    for entry in record.entries {
        writer.add(&entry)?;
    }
    Ok(())
}
