//! The Debian security tracker's list, which is too long to be in memory: it is read package by package.
//!
//! Source: <https://security-tracker.debian.org/tracker/data/json>

use std::{
    cell::Cell,
    fmt,
    io::{self, BufReader, Read},
};

use serde::de::{Deserializer, MapAccess, Visitor};

use crate::import::error::ImportError;
use crate::import::tracker_json::Issues;
use crate::import::writer::Writer;

/// Reads the list.
pub(super) fn read(json: impl Read, writer: &mut Writer<'_>) -> Result<(), ImportError> {
    let (mut failure, position) = (None, Cell::new(0));
    let json = BufReader::new(Counted { inner: json, position: &position });
    let mut deserializer = serde_json::Deserializer::from_reader(json);
    let read = deserializer.deserialize_map(Packages { writer, position: &position, failure: &mut failure });
    if let Some(error) = failure {
        return Err(error);
    }
    let is_read = read.and_then(|()| deserializer.end());
    is_read.map_err(ImportError::not_of_format("the Debian security tracker's list"))
}

/// A reader that counts what was read.
struct Counted<'p, R> {
    inner: R,
    position: &'p Cell<u64>,
}

impl<R: Read> Read for Counted<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.position.set(self.position.get() + read as u64);
        Ok(read)
    }
}

struct Packages<'w, 'p> {
    writer: &'w mut Writer<'p>,
    position: &'w Cell<u64>,
    failure: &'w mut Option<ImportError>,
}

impl<'de> Visitor<'de> for Packages<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("packages with their vulnerabilities")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some((package, issues)) = map.next_entry::<String, Issues>()? {
            let read = self.position.replace(0);
            if let Err(error) = add(self.writer, &package, &issues, read) {
                *self.failure = Some(error);
                return Err(serde::de::Error::custom("an entry was not stored"));
            }
        }
        Ok(())
    }
}

/// `read` is the number of bytes since the package before.
fn add(writer: &mut Writer<'_>, package: &str, issues: &Issues, read: u64) -> Result<(), ImportError> {
    for _ in 0..issues.count() {
        writer.count_advisory(None);
    }
    for (entry, unknown) in issues.entries(package) {
        writer.count_releases(unknown);
        if let Some(entry) = entry {
            writer.add(&entry)?;
        }
    }
    writer.advance(read)
}
