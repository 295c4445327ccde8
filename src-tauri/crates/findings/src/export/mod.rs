//! Reports of what a query matches, streamed from the store to a writer: JSON, CSV, SARIF.

mod csv;
mod json;
mod sarif;

use std::io::{BufWriter, Write};

use rusqlite::Transaction;
use serde::{Deserialize, Serialize};

use crate::document::Unpacker;
use crate::index::cache::Origin;
use crate::index::{Index, Selection};
use crate::store::scans;
use crate::{Finding, FindingsError, Query, Scan, Store, Timestamp};

/// What a report says of itself. Every format carries all of it.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Header {
    /// Whether the findings come from the practice cloud. A report of practice says so.
    pub practice: bool,
    /// The same in words, in the reader's language.
    pub note: String,
    /// When the report was made.
    pub generated_at: Timestamp,
    /// Whose data it uses.
    pub attributions: Vec<Attribution>,
}

/// A source of data that wants to be named.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Attribution {
    /// Its name, such as `GitHub Advisory Database`.
    pub name: String,
    /// Its licence's SPDX id, such as `CC-BY-4.0`.
    pub licence: String,
    /// Where it is.
    pub url: String,
}

/// A report's format.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Format {
    /// Every matched finding whole, with the scans that they are of: `{"format", "version", "report", "counts", "scans",
    /// "findings"}`.
    Json,
    /// One line per matched instance, a header line first, as RFC 4180 has it. So that a spreadsheet takes no text for a
    /// formula, a text that begins with `=`, `+`, `-`, `@`, their full-width forms, a tab, a line break or `'` has one
    /// `'` put before it; whoever reads the file by program takes one leading `'` away.
    Csv,
    /// SARIF 2.1.0: one result per matched finding, one rule per vulnerability.
    Sarif,
}

impl Format {
    /// What such a file's name ends in, without the dot.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Csv => "csv",
            Self::Sarif => "sarif",
        }
    }
}

/// Writes what the query's scope, filter and text match; its view, order and page do not matter. Streams: of the
/// findings, one is in memory at a time. All of the report is of one moment, whatever is written meanwhile.
pub fn export(
    store: &Store,
    query: &Query,
    header: &Header,
    format: Format,
    out: impl Write,
) -> Result<(), FindingsError> {
    let mut out = BufWriter::new(out);
    store.read(|snapshot| {
        let (origin, index) = store.index().get(&query.scope, snapshot)?;
        let selection = index.select(&query.filter, &query.text)?;
        let matches = Matches { snapshot, origin, index: &index, selection };
        match format {
            Format::Json => json::write(&matches, header, &mut out),
            Format::Csv => csv::write(&matches, header, &mut out),
            Format::Sarif => sarif::write(&matches, header, &mut out),
        }
    })?;
    out.flush()?;
    Ok(())
}

/// What a report is of.
struct Matches<'s> {
    snapshot: &'s Transaction<'s>,
    origin: Origin,
    index: &'s Index,
    selection: Selection,
}

impl Matches<'_> {
    /// The scans in the report's scope.
    fn scans(&self) -> Result<Vec<Scan>, FindingsError> {
        let scans = self.origin.iter().map(|shown| scans(self.snapshot, Some(shown.scan)));
        Ok(scans.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect())
    }

    /// Each matched finding as it is stored, with which of its packages match.
    fn for_each_document(
        &self,
        mut each: impl FnMut(&str, &[usize], usize) -> Result<(), FindingsError>,
    ) -> Result<(), FindingsError> {
        let mut unpacker = Unpacker::new()?;
        let mut rows = self.selection.rows().peekable();
        let mut ordinals = Vec::new();
        while let Some(first) = rows.next() {
            ordinals.clear();
            ordinals.push(self.index.ordinal(first));
            let rowid = self.index.rowid(first);
            while let Some(row) = rows.next_if(|row| self.index.rowid(*row) == rowid) {
                ordinals.push(self.index.ordinal(row));
            }
            self.with_document(&mut unpacker, rowid, |document| each(document, &ordinals, first))?;
        }
        Ok(())
    }

    fn for_each(
        &self,
        mut each: impl FnMut(&Finding, &[usize], usize) -> Result<(), FindingsError>,
    ) -> Result<(), FindingsError> {
        self.for_each_document(|document, ordinals, row| each(&serde_json::from_str(document)?, ordinals, row))
    }

    fn with_document<T>(
        &self,
        unpacker: &mut Unpacker,
        rowid: i64,
        read: impl FnOnce(&str) -> Result<T, FindingsError>,
    ) -> Result<T, FindingsError> {
        let mut statement = self.snapshot.prepare_cached("SELECT document FROM finding WHERE id = ?1")?;
        let mut rows = statement.query([rowid])?;
        let row = rows.next()?.ok_or(rusqlite::Error::QueryReturnedNoRows)?;
        read(unpacker.unpack(row.get_ref(0)?.as_blob().map_err(rusqlite::Error::from)?)?)
    }
}

/// Writes a value as JSON, and tells the writer's failure from JSON's.
fn write_json(out: &mut impl Write, value: &(impl Serialize + ?Sized)) -> Result<(), FindingsError> {
    serde_json::to_writer(out, value)
        .map_err(|error| if error.is_io() { FindingsError::Write(error.into()) } else { FindingsError::Json(error) })
}

/// Puts commas between the items of a list that is written one by one.
#[derive(Default)]
struct Commas {
    begun: bool,
}

impl Commas {
    fn before_item(&mut self, out: &mut impl Write) -> Result<(), FindingsError> {
        out.write_all(if self.begun { b",\n" } else { b"\n" })?;
        self.begun = true;
        Ok(())
    }
}
