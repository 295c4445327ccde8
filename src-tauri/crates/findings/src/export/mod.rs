//! Exports of what a query matches, streamed from the store to a writer: JSON, CSV and SARIF.

mod csv;
mod escape;
mod item;
mod json;
mod parallel;
mod report;
mod sarif;

use std::io::{BufWriter, Write};

use redaction::Redactor;
use serde::{Deserialize, Serialize};

use crate::error::FindingsError;
use crate::export::escape::Escaped;
use crate::export::report::Matches;
use crate::query::Query;
use crate::store::Store;

pub use report::{AssessedImage, Attribution, Header};

/// A report's format.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Format {
    /// Every matching finding in full, with their scans: `{"format", "version", "report", "counts", "scans",
    /// "findings"}`.
    Json,
    /// One line per matching instance after a header line, as in RFC 4180; an image that was not fully assessed and has none has
    /// a line without a vulnerability. So that spreadsheets do not interpret text as a
    /// formula, a text that begins with `=`, `+`, `-`, `@`, their full-width forms, a tab, a line break or `'` is prefixed
    /// with one `'`; programs that read the file must remove one leading `'`.
    Csv,
    /// SARIF 2.1.0: one result per matching finding, one rule per vulnerability.
    Sarif,
}

impl Format {
    /// The bytes at the start of a file for spreadsheets: Excel reads CSV as UTF-8 only after a byte order mark. Standard
    /// output is for programs, which do not expect it.
    pub fn mark_for_spreadsheets(self) -> &'static [u8] {
        match self {
            Self::Csv => b"\xef\xbb\xbf",
            Self::Json | Self::Sarif => b"",
        }
    }

    /// The file extension, without the dot.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Csv => "csv",
            Self::Sarif => "sarif",
        }
    }
}

/// Writes what the query's scope, filter and text match; its view, order and page are ignored.
///
/// Only some findings are in memory at a time. The report contains the findings of one moment, regardless of concurrent
/// writes.
pub fn export(
    store: &Store,
    query: &Query,
    header: &Header,
    format: Format,
    out: impl Write,
) -> Result<(), FindingsError> {
    export_masked(store, query, header, format, &Redactor::off(), out)
}

/// As [`export`], with what identifies an account or a person masked in every text.
pub fn export_masked(
    store: &Store,
    query: &Query,
    header: &Header,
    format: Format,
    redactor: &Redactor,
    out: impl Write,
) -> Result<(), FindingsError> {
    let mut out = BufWriter::new(out);
    store.read(|snapshot| {
        let (origin, index) = store.index().get(&query.scope, snapshot)?;
        let selection = index.select(&query.filter, &query.text)?;
        let matches = Matches { snapshot, origin, index: &index, selection, redactor };
        match format {
            Format::Json => json::write(&matches, header, &mut Escaped(&mut out)),
            Format::Csv => csv::write(&matches, header, &mut out),
            Format::Sarif => sarif::write(&matches, header, &mut Escaped(&mut out)),
        }
    })?;
    out.flush()?;
    Ok(())
}
