//! Importing advisories: from records and archives of the OSV schema, and from the Debian security tracker.
//!
//! All files are read into a new database, which takes the place of the former one only when all of them were read: a damaged
//! file, or a cancelled import, changes nothing. Memory does not depend on the number of advisories.

mod error;
mod format;
mod osv;
mod osv_ecosystem;
mod progress;
mod store;
mod summary;
mod tracker;
mod tracker_json;
mod writer;

use std::{
    fs::{self, File},
    io::Read,
    ops::ControlFlow,
    path::{Path, PathBuf},
};

pub use error::ImportError;
pub use progress::ImportProgress;
pub use store::ImportedCatalogue;
pub use summary::{EcosystemCount, FileKind, ImportedFile, Summary};

use crate::import::writer::Writer;
use crate::jar::zip;

/// The longest record, in bytes.
const MAX_RECORD: u64 = 16 << 20;
/// The most records of an archive.
const MAX_RECORDS: usize = 4_000_000;

/// Imports these files, and replaces the database at `database`, whose folder must exist. One process can do so at a time.
///
/// A file is a record of the OSV schema (`.json`), an archive of such records (`.zip`), or the Debian security tracker's
/// list (JSON of packages). They are recognized by their content. Records that are withdrawn, or of an ecosystem that is not
/// known, are counted and left out.
///
/// `progress` is called after each advisory, and cancels the import by breaking.
///
/// # Errors
///
/// [`ImportError`] if a file cannot be read, or is none of these, or the import was cancelled. The database is unchanged.
pub fn import(
    files: &[PathBuf],
    database: &Path,
    date: &str,
    progress: &mut dyn FnMut(&ImportProgress) -> ControlFlow<()>,
) -> Result<Summary, ImportError> {
    let mut writer = Writer::create(database, progress)?;
    for path in files {
        add_file(path, &mut writer).map_err(|error| error.of_file(path))?;
    }
    writer.finish(date)
}

fn add_file(path: &Path, writer: &mut Writer<'_>) -> Result<(), ImportError> {
    // A device can be read without end, and opening a pipe waits for its writer.
    let metadata = fs::metadata(path)?;
    if !metadata.is_file() {
        return Err(ImportError::Broken("it is not a regular file".to_owned()));
    }
    let size = metadata.len();
    let mut head = Vec::new();
    File::open(path)?.take(format::HEAD).read_to_end(&mut head)?;
    let name = path.file_name().map_or_else(|| path.to_string_lossy(), |name| name.to_string_lossy()).into_owned();
    match format_of(path, &head, size)? {
        FileKind::OsvArchive => {
            writer.begin_file(name, FileKind::OsvArchive, size);
            add_archive(path, writer)?;
        }
        FileKind::OsvRecord if size > MAX_RECORD => {
            return Err(ImportError::Broken(format!("it is a record of more than {MAX_RECORD} bytes")));
        }
        FileKind::OsvRecord => {
            writer.begin_file(name, FileKind::OsvRecord, size);
            add_record(&fs::read(path)?, size, writer)?;
        }
        FileKind::DebianTracker => {
            writer.begin_file(name, FileKind::DebianTracker, size);
            tracker::read(File::open(path)?, writer)?;
        }
    }
    writer.end_file()
}

/// The format of a file, from its beginning, or from all of it where a record begins in an unusual way.
fn format_of(path: &Path, head: &[u8], size: u64) -> Result<FileKind, ImportError> {
    if let Some(format) = format::of(head) {
        return Ok(format);
    }
    if format::is_object(head) && size <= MAX_RECORD && osv::is_record(&fs::read(path)?) {
        return Ok(FileKind::OsvRecord);
    }
    let reason =
        "it is neither a record of the OSV schema, nor an archive of records, nor the Debian security tracker's list";
    Err(ImportError::Broken(reason.to_owned()))
}

fn add_archive(path: &Path, writer: &mut Writer<'_>) -> Result<(), ImportError> {
    let mut file = File::open(path)?;
    let is_record = |name: &str| Path::new(name).extension().is_some_and(|extension| extension == "json");
    let listed = zip::directory_up_to(&mut file, is_record, || Ok(()), (MAX_RECORDS, usize::MAX))?;
    if !listed.is_complete {
        return Err(ImportError::Broken(format!("it has more than {MAX_RECORDS} records")));
    }
    for member in &listed.members {
        let mut bytes = Vec::new();
        let read = zip::open(&mut file, member).and_then(|contents| {
            contents.take(MAX_RECORD + 1).read_to_end(&mut bytes)?;
            Ok(())
        });
        let checked = read.map_err(ImportError::from).and_then(|()| check(member, &bytes));
        checked
            .and_then(|()| add_record(&bytes, member.packed, writer))
            .map_err(|error| error.of_member(&member.name))?;
    }
    Ok(())
}

/// That a member has the contents that the archive's directory states.
fn check(member: &zip::Member, bytes: &[u8]) -> Result<(), ImportError> {
    match bytes.len() as u64 {
        length if length > MAX_RECORD => Err(ImportError::Broken(format!("it has more than {MAX_RECORD} bytes"))),
        length if length != member.size || crc32fast::hash(bytes) != member.crc => {
            Err(ImportError::Broken("its contents differ from its checksum".to_owned()))
        }
        _ => Ok(()),
    }
}

/// `size` is that of the record in its file.
fn add_record(bytes: &[u8], size: u64, writer: &mut Writer<'_>) -> Result<(), ImportError> {
    let record = osv::parse(bytes)?;
    writer.count(&record);
    for entry in record.entries {
        writer.add(&entry)?;
    }
    writer.advance(size)
}
