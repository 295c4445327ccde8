//! The session: one SQLite file that holds every run's plan, progress, belongings and transcript. It is consistent
//! even if the process is killed.

pub(crate) mod facts;
pub(crate) mod ledger;
pub(crate) mod runs;
pub(crate) mod schema;
pub(crate) mod transcript;

use std::{fs::File, path::Path};

use parking_lot::{Mutex, MutexGuard};
use rusqlite::Connection;
use serde::Serialize;

use crate::model::{
    code::Code,
    problem::{LabError, Problem},
};

/// The session's file, held by this process alone. Every method is one short critical section.
#[derive(Debug)]
pub(crate) struct Session {
    connection: Mutex<Connection>,
    /// Held as long as the session is; none if it is only read.
    _lock: Option<File>,
}

impl Session {
    /// Opens or makes the session of a folder. Blocks.
    pub(crate) fn open(folder: &Path) -> Result<Self, LabError> {
        atomic_file::private::create_folder(folder).map_err(|error| unusable(folder, &error))?;
        let lock = lock(folder)?;
        for name in ["session.db", "findings.db"] {
            let path = folder.join(name);
            // SQLite gives its other files the mode of the database.
            atomic_file::private::create_file(&path).map_err(|error| unusable(&path, &error))?;
        }
        let connection = schema::open(&folder.join("session.db"))?;
        Ok(Self { connection: Mutex::new(connection), _lock: Some(lock) })
    }

    /// Opens the session of a folder for reading only, also while another process has it; `None` if there is none. Creates
    /// nothing. Blocks.
    pub(crate) fn open_read_only(folder: &Path) -> Result<Option<Self>, LabError> {
        let path = folder.join("session.db");
        if !path.try_exists().map_err(|error| unusable(folder, &error))? {
            return Ok(None);
        }
        let connection = Mutex::new(schema::open_read_only(&path)?);
        Ok(Some(Self { connection, _lock: None }))
    }

    /// A panic elsewhere leaves the connection as good as before: its transaction is rolled back when dropped.
    fn connection(&self) -> MutexGuard<'_, Connection> {
        self.connection.lock()
    }
}

fn lock(folder: &Path) -> Result<File, LabError> {
    let in_use = || Problem::new(Code::InUse).with("folder", folder.display().to_string()).retryable();
    let file = atomic_file::lock(&folder.join("session.lock")).map_err(|error| unusable(folder, &error))?;
    Ok(file.ok_or_else(in_use)?)
}

fn unusable(folder: &Path, error: &std::io::Error) -> LabError {
    let problem = Problem::new(Code::FolderUnusable).with("folder", folder.display().to_string());
    problem.details(error.to_string()).into()
}

/// The database refused: a full disk, a broken file.
pub(crate) fn refused(error: impl std::fmt::Display) -> LabError {
    Problem::new(Code::SessionFailed).details(error.to_string()).into()
}

fn to_json(value: &impl Serialize) -> Result<String, LabError> {
    serde_json::to_string(value).map_err(refused)
}

fn from_json<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, LabError> {
    serde_json::from_str(text).map_err(refused)
}
