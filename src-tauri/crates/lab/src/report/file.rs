//! The report's file: its format by name, a test whether it can be written, and an atomic write.

use std::{io, path::Path};

use atomic_file::{Options, PendingFile};
use i18n::Localizer;

use super::{ReportInput, html, json};
use crate::model::{
    code::Code,
    problem::{LabError, Problem},
};

/// The format of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReportFormat {
    /// An HTML page for people.
    Html,
    /// JSON for programs.
    Json,
}

impl ReportFormat {
    /// The format for the extension of a file name: `.html`, `.htm` or `.json`.
    pub fn of(path: &Path) -> Option<Self> {
        let ending = path.extension()?.to_str()?.to_ascii_lowercase();
        match ending.as_str() {
            "html" | "htm" => Some(Self::Html),
            "json" => Some(Self::Json),
            _ => None,
        }
    }
}

/// Checks in advance that a report can be written to `path`. Leaves no files behind and an existing file unchanged.
pub fn ensure_writable(path: &Path) -> Result<ReportFormat, LabError> {
    let format = ReportFormat::of(path).ok_or_else(|| problem(Code::ReportFormat, path))?;
    if path.is_dir() {
        return Err(problem(Code::ReportIsFolder, path).into());
    }
    PendingFile::create_beside(path, Options::SHARED).map_err(|error| unwritable(path, &error))?;
    Ok(format)
}

/// Writes the report in the format for the file's name. Atomic: a reader sees the old file or the new one.
pub fn write(path: &Path, input: &ReportInput, words: &Localizer) -> Result<(), LabError> {
    let format = ReportFormat::of(path).ok_or_else(|| problem(Code::ReportFormat, path))?;
    let text = match format {
        ReportFormat::Html => html(input, words),
        ReportFormat::Json => json(input, words),
    };
    atomic_file::write(path, text.as_bytes(), Options::SHARED).map_err(|error| unwritable(path, &error).into())
}

fn problem(code: Code, path: &Path) -> Problem {
    Problem::new(code).with("path", path.display().to_string())
}

fn unwritable(path: &Path, error: &io::Error) -> Problem {
    problem(Code::ReportUnwritable, path).details(error.to_string())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn code(result: Result<ReportFormat, LabError>) -> Code {
        match result {
            Err(LabError::Problem(problem)) => problem.code,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn an_unwritable_path_is_reported_in_advance() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(code(ensure_writable(&folder.path().join("report.pdf"))), Code::ReportFormat);
        assert_eq!(code(ensure_writable(&folder.path().join("nowhere/report.html"))), Code::ReportUnwritable);
        fs::create_dir(folder.path().join("page.html")).unwrap();
        assert_eq!(code(ensure_writable(&folder.path().join("page.html"))), Code::ReportIsFolder);
    }

    #[test]
    fn the_check_for_writability_changes_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("report.JSON");
        fs::write(&path, "stands").unwrap();
        assert_eq!(ensure_writable(&path).unwrap(), ReportFormat::Json);
        assert_eq!(fs::read_to_string(&path).unwrap(), "stands");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
