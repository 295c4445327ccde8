//! The Debian security tracker's list, which is too long to be in memory: it is read package by package.
//!
//! Source: <https://security-tracker.debian.org/tracker/data/json>

use std::{fmt, io::Read};

use serde::de::{Deserializer, MapAccess, Visitor};

use crate::import::error::ImportError;
use crate::import::store::Writer;
use crate::import::tracker_json::Issues;

/// Reads the list.
pub(super) fn read(json: impl Read, writer: &mut Writer) -> Result<(), ImportError> {
    let mut failure = None;
    let mut deserializer = serde_json::Deserializer::from_reader(json);
    let read = deserializer.deserialize_map(Packages { writer, failure: &mut failure });
    match failure {
        Some(error) => Err(error),
        None => Ok(read.and_then(|()| deserializer.end())?),
    }
}

struct Packages<'w> {
    writer: &'w mut Writer,
    failure: &'w mut Option<ImportError>,
}

impl<'de> Visitor<'de> for Packages<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a record of the OSV schema, or the packages of the Debian security tracker")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some((package, issues)) = map.next_entry::<String, Issues>()? {
            for (entry, unknown) in issues.entries(&package) {
                self.writer.count_releases(unknown);
                let Some(entry) = entry else { continue };
                if let Err(error) = self.writer.add(&entry) {
                    *self.failure = Some(error);
                    return Err(serde::de::Error::custom("an entry was not stored"));
                }
            }
        }
        Ok(())
    }
}
