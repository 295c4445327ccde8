//! Chooses the path of a saved file and writes it. The path comes from the system's save dialog, or from
//! `IMAGELAB_SAVE_FOLDER` (for kiosks, classrooms, tests).

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

use crate::error::IpcResult;

/// The environment variable that names a folder to save to without a dialog.
const FOLDER_VARIABLE: &str = "IMAGELAB_SAVE_FOLDER";

/// A file that was saved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct SavedFile {
    /// Its name.
    pub name: String,
    /// Its full path.
    pub path: String,
}

impl SavedFile {
    /// The file at a path.
    pub fn at(path: &Path) -> Self {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        Self { name, path: path.display().to_string() }
    }
}

/// The current time, as reports and exports state it.
pub(crate) fn now() -> Timestamp {
    time::OffsetDateTime::now_utc().into()
}

/// Chooses the path of a file to save; `None`: the user cancelled the dialog.
pub(crate) async fn choose_path(window: &WebviewWindow, stem: &str, extension: &str) -> IpcResult<Option<PathBuf>> {
    if let Some(folder) = std::env::var_os(FOLDER_VARIABLE).filter(|folder| !folder.is_empty()) {
        return Ok(Some(unused_path(Path::new(&folder), stem, extension)));
    }
    let (sender, receiver) = oneshot::channel();
    window
        .dialog()
        .file()
        .set_parent(window)
        .set_file_name(format!("{stem}.{extension}"))
        .add_filter(extension.to_uppercase(), &[extension])
        // If the command was dropped meanwhile, the choice is not needed.
        .save_file(|path| drop(sender.send(path)));
    let Ok(Some(path)) = receiver.await else { return Ok(None) };
    let path = path.into_path().map_err(|error| Problem::new(Code::SaveFailed).details(error.to_string()))?;
    Ok(Some(if path.extension().is_some() { path } else { path.with_extension(extension) }))
}

/// A path in the folder at which no file exists: `stem.extension`, `stem-2.extension` and so on.
fn unused_path(folder: &Path, stem: &str, extension: &str) -> PathBuf {
    let first = folder.join(format!("{stem}.{extension}"));
    let others = (2..).map(|count| folder.join(format!("{stem}-{count}.{extension}")));
    std::iter::once(first.clone()).chain(others).find(|path| !path.exists()).unwrap_or(first)
}

/// Writes a file; `fill` writes its content. If that fails, nothing is left behind.
///
/// # Errors
///
/// Problem `save-failed`.
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
    fn an_existing_file_is_not_overwritten() {
        let dir = tempfile::tempdir().unwrap();
        let first = unused_path(dir.path(), "chart", "svg");
        write(&first, |file| file.write_all(b"one")).unwrap();
        let second = unused_path(dir.path(), "chart", "svg");
        assert_eq!((first, second), (dir.path().join("chart.svg"), dir.path().join("chart-2.svg")));
    }

    #[test]
    fn a_failed_write_leaves_no_file() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("x.svg");
        let failed = IpcError::from(write(&path, |_| Err(io::Error::other("full"))).unwrap_err());
        assert_eq!((failed.code.as_str(), failed.details.as_deref()), ("save-failed", Some("full")));
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 0);
    }
}
