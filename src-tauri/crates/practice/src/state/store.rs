//! The state in memory and on disk. A change takes effect in memory at once and is acknowledged when it is on disk;
//! concurrent changes are written together. The file is replaced by a rename, so a killed process leaves either the old
//! or the new one.

use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
    time::Duration,
};

use parking_lot::Mutex;
use serde::{Deserialize as _, Serialize};
use serde_json::Value;
use tokio::sync::watch;

use crate::{
    error::PracticeError,
    state::{State, VERSION, repository::Repository},
};

const FILE: &str = "cloud.json";
const LOCK: &str = "cloud.lock";
/// Only the owner can read the file: it contains the secret key.
const PRIVATE: atomic_file::Options = atomic_file::Options::PRIVATE;

/// The state could not be written.
#[derive(Debug, thiserror::Error)]
#[error("the practice cloud's state cannot be written: {0}")]
pub struct SaveError(#[from] io::Error);

/// The state of a practice cloud, and its file.
#[derive(Debug)]
pub(crate) struct Store {
    path: PathBuf,
    state: Mutex<Versioned>,
    /// The last version on disk.
    saved: tokio::sync::Mutex<u64>,
    changed: watch::Sender<u64>,
    /// The repositories whose entries could not be read.
    damaged: Vec<String>,
    /// Held while the process uses the folder; the operating system releases it when the process ends.
    _lock: File,
}

#[derive(Debug)]
struct Versioned {
    version: u64,
    state: State,
}

impl Store {
    /// Opens the folder for this process exclusively.
    pub(crate) fn open(dir: &Path, region: &str) -> Result<Self, PracticeError> {
        atomic_file::private::create_folder(dir).map_err(PracticeError::io(dir))?;
        let lock = lock(dir)?;
        let path = dir.join(FILE);
        let mut damaged = Vec::new();
        let state = match fs::read(&path) {
            Ok(bytes) => parse(&path, &bytes, &mut damaged)?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let state = State::new(region);
                atomic_file::write(&path, &json(&state), PRIVATE).map_err(PracticeError::io(&path))?;
                state
            }
            Err(error) => return Err(PracticeError::io(&path)(error)),
        };
        if state.region != region {
            return Err(PracticeError::OtherRegion {
                path: dir.to_owned(),
                existing: state.region,
                requested: region.to_owned(),
            });
        }
        for entry in &damaged {
            entry.keep_in(&dir.join("quarantine"))?;
        }
        Ok(Self {
            path,
            state: Mutex::new(Versioned { version: 0, state }),
            saved: tokio::sync::Mutex::new(0),
            changed: watch::Sender::new(0),
            damaged: damaged.into_iter().map(|entry| entry.name).collect(),
            _lock: lock,
        })
    }

    pub(crate) fn read<T>(&self, read: impl FnOnce(&State) -> T) -> T {
        read(&self.state.lock().state)
    }

    /// Changes the state and returns when the change is on disk. A change that fails must leave the state as it was.
    pub(crate) async fn change<T, E: From<SaveError>>(
        &self,
        change: impl FnOnce(&mut State) -> Result<T, E>,
    ) -> Result<T, E> {
        let result = {
            let mut versioned = self.state.lock();
            let result = change(&mut versioned.state)?;
            versioned.version += 1;
            result
        };
        self.announce();
        self.save().await?;
        Ok(result)
    }

    /// Changes the state without waiting for the disk; the worker, which subscribes to changes, saves it.
    pub(crate) fn change_now(&self, change: impl FnOnce(&mut State)) {
        {
            let mut versioned = self.state.lock();
            change(&mut versioned.state);
            versioned.version += 1;
        }
        self.announce();
    }

    /// Changes the state without notifying anyone: it is saved with the next change, or when the cloud stops.
    pub(crate) fn note(&self, change: impl FnOnce(&mut State)) {
        let mut versioned = self.state.lock();
        change(&mut versioned.state);
        versioned.version += 1;
    }

    /// Writes the changes that are not on disk yet.
    pub(crate) async fn save(&self) -> Result<(), SaveError> {
        let wanted = self.state.lock().version;
        let mut saved = self.saved.lock().await;
        if *saved >= wanted {
            return Ok(());
        }
        let (version, bytes) = {
            let versioned = self.state.lock();
            (versioned.version, json(&versioned.state))
        };
        let path = self.path.clone();
        tokio::task::spawn_blocking(move || atomic_file::write(&path, &bytes, PRIVATE))
            .await
            .map_err(io::Error::other)??;
        *saved = version;
        Ok(())
    }

    /// The repositories whose entries could not be read when the folder was opened. The state does not have them.
    pub(crate) fn damaged(&self) -> &[String] {
        &self.damaged
    }

    /// Notified of every change.
    pub(crate) fn changes(&self) -> watch::Receiver<u64> {
        self.changed.subscribe()
    }

    fn announce(&self) {
        let version = self.state.lock().version;
        self.changed.send_if_modified(|latest| version > std::mem::replace(latest, version.max(*latest)));
    }
}

fn lock(dir: &Path) -> Result<File, PracticeError> {
    let path = dir.join(LOCK);
    atomic_file::lock(&path).map_err(PracticeError::io(&path))?.ok_or_else(|| PracticeError::InUse(dir.to_owned()))
}

/// Deletes everything in the folder of a practice cloud, if no process uses it. Its next start is a new account.
pub(crate) fn delete(dir: &Path) -> Result<(), PracticeError> {
    if !dir.is_dir() {
        return Ok(());
    }
    drop(lock(dir)?);
    fs::remove_dir_all(dir).map_err(PracticeError::io(dir))
}

/// A repository's entry that cannot be read.
#[derive(Debug, Serialize)]
struct DamagedEntry {
    name: String,
    reason: String,
    entry: Value,
}

impl DamagedEntry {
    /// Writes the entry to a file of its own.
    fn keep_in(&self, dir: &Path) -> Result<(), PracticeError> {
        fs::create_dir_all(dir).map_err(PracticeError::io(dir))?;
        let path = dir.join(format!("{}.json", uuid::Uuid::new_v4().simple()));
        let bytes = serde_json::to_vec_pretty(self).map_err(io::Error::other).map_err(PracticeError::io(&path))?;
        atomic_file::write(&path, &bytes, PRIVATE).map_err(PracticeError::io(&path))
    }
}

/// Parses the state. Entries of repositories that cannot be read are left out of it, and added to `damaged`.
fn parse(path: &Path, bytes: &[u8], damaged: &mut Vec<DamagedEntry>) -> Result<State, PracticeError> {
    let unreadable = |reason: String| PracticeError::Damaged { path: path.to_owned(), reason };
    let mut document: Value = serde_json::from_slice(bytes).map_err(|error| unreadable(error.to_string()))?;
    if let Some(repositories) = document.get_mut("repositories").and_then(Value::as_object_mut) {
        repositories.retain(|name, entry| match Repository::deserialize(&*entry) {
            Ok(_) => true,
            Err(error) => {
                damaged.push(DamagedEntry { name: name.clone(), reason: error.to_string(), entry: entry.take() });
                false
            }
        });
    }
    let state: State = serde_json::from_value(document).map_err(|error| unreadable(error.to_string()))?;
    if state.version == VERSION {
        Ok(state)
    } else {
        Err(unreadable(format!("its version is {}, this program supports {VERSION}", state.version)))
    }
}

fn json(state: &State) -> Vec<u8> {
    serde_json::to_vec_pretty(state).expect("texts, numbers and maps by text have a JSON form")
}

/// How far the clock of the stored state is ahead, without opening the folder for this process. Zero if there is no state.
pub(crate) fn stored_ahead(dir: &Path) -> io::Result<Duration> {
    /// The only member that is read.
    #[derive(serde::Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Stored {
        #[serde(default)]
        clock_ahead: u64,
    }
    match fs::read(dir.join(FILE)) {
        Ok(bytes) => {
            let stored: Stored = serde_json::from_slice(&bytes).map_err(io::Error::from)?;
            Ok(Duration::from_secs(stored.clock_ahead))
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Duration::ZERO),
        Err(error) => Err(error),
    }
}
