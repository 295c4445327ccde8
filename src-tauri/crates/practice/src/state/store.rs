//! The state in memory and on disk. A change takes effect in memory at once and is acknowledged when it is on disk;
//! concurrent changes are written together. The file is replaced by a rename, so a killed process leaves either the old
//! or the new one.

use std::{
    fs::{self, File, TryLockError},
    io,
    path::{Path, PathBuf},
};

use parking_lot::Mutex;
use tokio::sync::watch;

use crate::{
    error::PracticeError,
    state::{State, VERSION},
};

const FILE: &str = "cloud.json";
const LOCK: &str = "cloud.lock";
/// Only the owner can read the file: it contains the secret key.
const PRIVATE: atomic_file::Options = atomic_file::Options::PRIVATE;

/// The state could not be written.
#[derive(Debug, thiserror::Error)]
#[error("the practice cloud's state cannot be written: {0}")]
pub(crate) struct SaveError(#[from] io::Error);

/// The state of a practice cloud, and its file.
#[derive(Debug)]
pub(crate) struct Store {
    path: PathBuf,
    state: Mutex<Versioned>,
    /// The last version on disk.
    saved: tokio::sync::Mutex<u64>,
    changed: watch::Sender<u64>,
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
        fs::create_dir_all(dir).map_err(PracticeError::io(dir))?;
        let lock = lock(dir)?;
        let path = dir.join(FILE);
        let state = match fs::read(&path) {
            Ok(bytes) => parse(&path, &bytes)?,
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
        Ok(Self {
            path,
            state: Mutex::new(Versioned { version: 0, state }),
            saved: tokio::sync::Mutex::new(0),
            changed: watch::Sender::new(0),
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
    let file = File::create(&path).map_err(PracticeError::io(&path))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(PracticeError::InUse(dir.to_owned())),
        Err(TryLockError::Error(error)) => Err(PracticeError::io(&path)(error)),
    }
}

fn parse(path: &Path, bytes: &[u8]) -> Result<State, PracticeError> {
    let damaged = |reason: String| PracticeError::Damaged { path: path.to_owned(), reason };
    let state: State = serde_json::from_slice(bytes).map_err(|error| damaged(error.to_string()))?;
    if state.version == VERSION {
        Ok(state)
    } else {
        Err(damaged(format!("its version is {}, this program supports {VERSION}", state.version)))
    }
}

fn json(state: &State) -> Vec<u8> {
    serde_json::to_vec_pretty(state).expect("texts, numbers and maps by text have a JSON form")
}
