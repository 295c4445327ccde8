//! The advisories that the user imports, in the data folder: importing them, stating what is imported, and removing it. The
//! practice cloud uses them, also one that runs meanwhile. Reading the files is left to `scanner`.

use std::{
    fs::{self, File},
    io,
    ops::ControlFlow,
    path::{Path, PathBuf},
};

use lab::{Code, Problem};
use scanner::{ImportError, ImportProgress, ImportedCatalogue, Summary};

use crate::{
    error::LaunchError,
    folder::{Folder, unusable},
};

/// Imports these files in place of what was imported before. `None` if `progress` has cancelled it, by breaking: nothing is
/// changed then.
///
/// # Errors
///
/// Problem `place-advisories` if a file cannot be read or has another format, `place-advisories-in-use` while another process
/// imports, `place-folder` if the data folder cannot be used. Nothing is changed.
pub async fn import_advisories(
    folder: &Folder,
    files: Vec<PathBuf>,
    mut progress: impl FnMut(&ImportProgress) -> ControlFlow<()> + Send + 'static,
) -> Result<Option<Summary>, LaunchError> {
    let database = folder.advisories();
    blocking(move || {
        let _lock = lock(&database)?;
        let today = time::OffsetDateTime::now_utc().date().to_string();
        match scanner::import(&files, &database, &today, &mut progress) {
            Ok(summary) => Ok(Some(summary)),
            Err(ImportError::Cancelled) => Ok(None),
            Err(error @ ImportError::File { .. }) => Err(not_imported(&error)),
            Err(error) => Err(unusable(&database, &io::Error::other(error.to_string()))),
        }
    })
    .await
}

/// What is imported; `None` if nothing is.
///
/// # Errors
///
/// Problem `place-advisories-unreadable`.
pub async fn imported_advisories(folder: &Folder) -> Result<Option<Summary>, LaunchError> {
    let database = folder.advisories();
    blocking(move || match ImportedCatalogue::open(&database) {
        Ok(imported) => Ok(imported.map(|imported| imported.summary().clone())),
        Err(error) => {
            let problem = Problem::new(Code::AdvisoriesUnreadable).with("path", database.display().to_string());
            Err(LaunchError::fault(problem.details(error.to_string())))
        }
    })
    .await
}

/// Removes what was imported, also if it cannot be read. `false` if there is nothing.
///
/// # Errors
///
/// Problem `place-advisories-in-use` while another process imports, `place-folder` if the file cannot be deleted.
pub async fn remove_advisories(folder: &Folder) -> Result<bool, LaunchError> {
    let database = folder.advisories();
    blocking(move || {
        if !database.exists() {
            return Ok(false);
        }
        let _lock = lock(&database)?;
        fs::remove_file(&database).map(|()| true).map_err(|error| unusable(&database, &error))
    })
    .await
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, LaunchError> + Send + 'static,
) -> Result<T, LaunchError> {
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done,
        Err(error) => Err(LaunchError::fault(Problem::new(Code::Defect).details(error.to_string()))),
    }
}

/// Creates the database's folder, and locks it for this process.
fn lock(database: &Path) -> Result<File, LaunchError> {
    let folder = database.parent().unwrap_or(database);
    atomic_file::private::create_folder(folder).map_err(|error| unusable(folder, &error))?;
    let path = folder.join("import.lock");
    let lock = atomic_file::lock(&path).map_err(|error| unusable(&path, &error))?;
    lock.ok_or_else(|| LaunchError::misuse(Problem::new(Code::AdvisoriesInUse)))
}

fn not_imported(error: &ImportError) -> LaunchError {
    LaunchError::misuse(Problem::new(Code::Advisories).details(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn one_process_imports_at_a_time_and_only_its_owner_can_read_the_folder() {
        let dir = tempfile::tempdir().expect("a folder");
        let folder = Folder::at(dir.path().to_owned());
        assert!(!remove_advisories(&folder).await.expect("there is nothing to remove"));
        let held = lock(&folder.advisories()).expect("no one else imports");
        let refused = import_advisories(&folder, Vec::new(), |_| ControlFlow::Continue(())).await;
        assert_eq!(refused.expect_err("it is locked").problem.code, Code::AdvisoriesInUse);
        drop(held);
        let file = dir.path().join("a.json");
        fs::write(&file, "no advisory").expect("it can be written");
        let refused = import_advisories(&folder, vec![file], |_| ControlFlow::Continue(())).await;
        assert_eq!(refused.expect_err("it is no advisory").problem.code, Code::Advisories);
        assert_eq!(imported_advisories(&folder).await.expect("nothing is imported"), None);
        fs::write(folder.advisories(), "no database").expect("it can be written");
        let unreadable = imported_advisories(&folder).await;
        assert_eq!(unreadable.expect_err("it is no database").problem.code, Code::AdvisoriesUnreadable);
        assert!(remove_advisories(&folder).await.expect("it can be removed"));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let parent = folder.advisories().parent().expect("it is in a folder").to_owned();
            assert_eq!(fs::metadata(parent).expect("it is there").permissions().mode() & 0o777, 0o700);
        }
    }
}
