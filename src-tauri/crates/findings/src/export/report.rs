//! What all formats of a report share: information about the report, access to the findings, and JSON.

use std::io::Write;

use redaction::Redactor;
use rusqlite::Transaction;
use serde::{Deserialize, Serialize};

use crate::document::Unpacker;
use crate::error::FindingsError;
use crate::export::parallel::{Batch, Stored, write_formatted};
use crate::index::Index;
use crate::index::origin::Origin;
use crate::index::select::Selection;
use crate::scan::Scan;
use crate::store::scans;
use crate::timestamp::Timestamp;

/// Information about the report itself. Every format contains all of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Header {
    /// Whether the findings come from the practice cloud.
    pub practice: bool,
    /// A note on where the findings come from, in the reader's language.
    pub note: String,
    /// When the report was generated.
    pub generated_at: Timestamp,
    /// The sources of the data.
    pub attributions: Vec<Attribution>,
    /// What the scans of images assessed: without it, no findings could be taken for no vulnerabilities. Of an image that is not
    /// listed, it is not known.
    pub assessed: Vec<AssessedImage>,
}

/// What the scan of an image assessed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AssessedImage {
    /// The image's repository.
    pub repository: String,
    /// The image's digest.
    pub digest: String,
    /// Whether all of the image was assessed, as far as the scanner can tell; `None` if the service does not state it.
    pub complete: Option<bool>,
    /// What was assessed, in the reader's language.
    pub text: String,
    /// The same for programs; null if the service does not state it.
    pub assessment: serde_json::Value,
}

impl AssessedImage {
    pub(super) fn is(&self, repository: &str, digest: &str) -> bool {
        self.repository == repository && self.digest == digest
    }
}

/// A source of data to be credited.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Attribution {
    /// Its name, such as `GitHub Advisory Database`.
    pub name: String,
    /// Its licence's SPDX id, such as `CC-BY-4.0`.
    pub licence: String,
    /// Its URL.
    pub url: String,
}

/// The matching findings of a report.
pub(super) struct Matches<'s> {
    pub(super) snapshot: &'s Transaction<'s>,
    pub(super) origin: Origin,
    pub(super) index: &'s Index,
    pub(super) selection: Selection,
    pub(super) redactor: &'s Redactor,
}

impl Matches<'_> {
    /// The scans in the report's scope.
    pub(super) fn scans(&self) -> Result<Vec<Scan>, FindingsError> {
        let scans = self.origin.iter().map(|state| scans(self.snapshot, Some(state.scan)));
        Ok(scans.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect())
    }

    /// Writes a value as JSON, with masks.
    pub(super) fn write_json(
        &self,
        out: &mut impl Write,
        value: &(impl Serialize + ?Sized),
    ) -> Result<(), FindingsError> {
        write_json(self.redactor, out, value)
    }

    /// Calls `each` with the JSON of every matching finding, the positions of its matching packages, and the row of its
    /// first matching instance.
    pub(super) fn for_each_document(
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

    /// Formats every matching finding on every processor, and writes them in order.
    pub(super) fn write_each(
        &self,
        out: &mut impl Write,
        format: impl Fn(&Batch, &mut Unpacker, &mut Vec<u8>) -> Result<(), FindingsError> + Sync,
    ) -> Result<(), FindingsError> {
        let mut rows = self.selection.rows().peekable();
        let findings = std::iter::from_fn(|| {
            let row = rows.next()?;
            let rowid = self.index.rowid(row);
            let mut ordinals = vec![self.index.ordinal(row)];
            while let Some(next) = rows.next_if(|next| self.index.rowid(*next) == rowid) {
                ordinals.push(self.index.ordinal(next));
            }
            Some(self.stored(row, ordinals))
        });
        write_formatted(out, findings, format)
    }

    /// The finding of a row, as it is stored.
    pub(super) fn stored(&self, row: usize, ordinals: Vec<usize>) -> Result<Stored, FindingsError> {
        let mut statement = self.snapshot.prepare_cached("SELECT document FROM finding WHERE id = ?1")?;
        let packed = statement.query_row([self.index.rowid(row)], |stored| stored.get(0))?;
        Ok(Stored { packed, ordinals, row })
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

/// Writes a value as JSON, with masks: at once, since a serializer hands over its output in many small parts, each of which would be
/// escaped by itself.
pub(super) fn write_json(
    redactor: &Redactor,
    out: &mut impl Write,
    value: &(impl Serialize + ?Sized),
) -> Result<(), FindingsError> {
    let json = if redactor.is_active() {
        let mut value = serde_json::to_value(value)?;
        redactor.json(&mut value);
        serde_json::to_vec(&value)?
    } else {
        serde_json::to_vec(value)?
    };
    Ok(out.write_all(&json)?)
}

/// Writes the commas between the items of a JSON array.
#[derive(Default)]
pub(super) struct Commas {
    has_items: bool,
}

impl Commas {
    pub(super) fn before_item(&mut self, out: &mut impl Write) -> Result<(), FindingsError> {
        out.write_all(if self.has_items { b",\n" } else { b"\n" })?;
        self.has_items = true;
        Ok(())
    }
}
