//! Writing findings to standard output, in a format for other programs.

use std::io::{self, BufWriter, Write};

use findings::{FindingsError, Query, Store, Timestamp, export, export::AssessedImage};
use i18n::Localizer;
use lab::{Mode, report};
use redaction::Redactor;

use super::finish::{output_error, read_error};
use crate::{console::ignore_broken_pipe, failure::Failure};

/// How findings are written.
#[derive(Clone)]
pub(super) struct Export {
    pub(super) format: export::Format,
    /// With the mark by which spreadsheets recognize UTF-8.
    pub(super) excel: bool,
    pub(super) mode: Mode,
    /// The endpoint that takes the place of AWS's own, if one does.
    pub(super) endpoint: Option<String>,
    pub(super) redactor: Redactor,
    /// What the scans of the images assessed.
    pub(super) assessed: Vec<AssessedImage>,
}

impl Export {
    /// Writes what the query matches. A reader that has seen enough ends it without an error.
    pub(super) fn write(&self, store: &Store, query: &Query, words: &Localizer) -> Result<(), Failure> {
        let now = Timestamp::from(time::OffsetDateTime::now_utc());
        let header = report::header(self.mode, self.endpoint.as_deref(), words, now, self.assessed.clone());
        let mut out = BufWriter::new(io::stdout().lock());
        let written = (|| {
            if self.excel {
                out.write_all(self.format.mark_for_spreadsheets())?;
            }
            export::export_masked(store, query, &header, self.format, &self.redactor, &mut out)?;
            Ok(out.flush()?)
        })();
        match written {
            Err(FindingsError::Write(error)) => ignore_broken_pipe(Err(error)).map_err(|error| output_error(&error)),
            Err(FindingsError::Json(error)) if error.io_error_kind() == Some(io::ErrorKind::BrokenPipe) => Ok(()),
            written => written.map_err(read_error),
        }
    }
}
