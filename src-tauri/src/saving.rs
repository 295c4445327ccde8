//! Where a file goes: asked with the system's dialog, or given by `IMAGELAB_SAVE_FOLDER` (for kiosks, class rooms, tests).

use std::{
    fs::File,
    io,
    path::{Path, PathBuf},
};

use atomic_file::{Options, PendingFile};
use findings::Timestamp;
use lab::{Code, LabError, Problem};
use serde::Serialize;
use tauri::WebviewWindow;
use tauri_plugin_dialog::DialogExt;
use tokio::sync::oneshot;

use crate::error::Answer;

/// The folder that files are saved to without asking.
const FOLDER: &str = "IMAGELAB_SAVE_FOLDER";

/// A file that was saved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct SavedFile {
    /// Its name.
    pub name: String,
    /// Where it is.
    pub path: String,
}

impl SavedFile {
    /// The file of that path.
    pub fn at(path: &Path) -> Self {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        Self { name, path: path.display().to_string() }
    }
}

/// Now, as reports say it.
pub(crate) fn now() -> Timestamp {
    time::OffsetDateTime::now_utc().into()
}

/// Where a file shall go; `None`: nowhere, the user thought better of it.
pub(crate) async fn ask(window: &WebviewWindow, stem: &str, extension: &str) -> Answer<Option<PathBuf>> {
    if let Some(folder) = std::env::var_os(FOLDER).filter(|folder| !folder.is_empty()) {
        return Ok(Some(free(Path::new(&folder), stem, extension)));
    }
    let (tell, told) = oneshot::channel();
    window
        .dialog()
        .file()
        .set_parent(window)
        .set_file_name(format!("{stem}.{extension}"))
        .add_filter(extension.to_uppercase(), &[extension])
        // Whoever asked may be gone: then nobody wants to know.
        .save_file(|path| drop(tell.send(path)));
    let Ok(Some(path)) = told.await else { return Ok(None) };
    let path = path.into_path().map_err(|error| Problem::new(Code::SaveFailed).details(error.to_string()))?;
    Ok(Some(if path.extension().is_some() { path } else { path.with_extension(extension) }))
}

/// A name that no file of the folder has.
fn free(folder: &Path, stem: &str, extension: &str) -> PathBuf {
    let first = folder.join(format!("{stem}.{extension}"));
    let others = (2..).map(|count| folder.join(format!("{stem}-{count}.{extension}")));
    std::iter::once(first.clone()).chain(others).find(|path| !path.exists()).unwrap_or(first)
}

/// Writes a file whole or not at all.
pub(crate) fn write(path: &Path, fill: impl FnOnce(&mut File) -> io::Result<()>) -> Result<(), LabError> {
    let write = || {
        let mut pending = PendingFile::create_beside(path, Options::SHARED)?;
        fill(pending.as_file_mut())?;
        pending.commit(path)
    };
    write().map_err(|error| {
        Problem::new(Code::SaveFailed).with("path", path.display().to_string()).details(error.to_string()).into()
    })
}

#[cfg(test)]
mod tests {
    use std::{fs, io::Write as _};

    use super::*;
    use crate::error::IpcError;

    #[test]
    fn a_file_that_stands_is_not_written_over() {
        let dir = tempfile::tempdir().unwrap();
        let first = free(dir.path(), "chart", "svg");
        write(&first, |file| file.write_all(b"one")).unwrap();
        let second = free(dir.path(), "chart", "svg");
        assert_eq!((first, second), (dir.path().join("chart.svg"), dir.path().join("chart-2.svg")));
    }

    #[test]
    fn what_cannot_be_written_leaves_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("x.svg");
        let failed = IpcError::from(write(&path, |_| Err(io::Error::other("full"))).unwrap_err());
        assert_eq!((failed.code.as_str(), failed.details.as_deref()), ("save-failed", Some("full")));
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 0);
    }
}
