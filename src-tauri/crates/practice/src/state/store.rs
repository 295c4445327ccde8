//! The state in memory and on disk. A change is in memory at once and answered when it is on disk; changes that come
//! together are written together. The file is replaced by a rename, so a killed process leaves the old or the new one.

use std::{
    fs::{self, File, TryLockError},
    io::{self, Write},
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
};

use tokio::sync::watch;

use super::{State, VERSION};
use crate::PracticeError;

const FILE: &str = "cloud.json";
const LOCK: &str = "cloud.lock";

/// The state could not be written.
#[derive(Debug, thiserror::Error)]
#[error("the practice cloud's state cannot be written: {0}")]
pub(crate) struct SaveError(#[from] io::Error);

#[derive(Debug)]
pub(crate) struct Store {
    path: PathBuf,
    state: Mutex<Versioned>,
    /// The last version on disk.
    saved: tokio::sync::Mutex<u64>,
    changed: watch::Sender<u64>,
    /// Held as long as the process works in the folder; the system lets go of it when the process dies.
    _lock: File,
}

#[derive(Debug)]
struct Versioned {
    version: u64,
    state: State,
}

impl Store {
    /// Opens the folder for this process alone.
    pub(crate) fn open(dir: &Path, region: &str) -> Result<Self, PracticeError> {
        fs::create_dir_all(dir).map_err(PracticeError::io(dir))?;
        let lock = lock(dir)?;
        let path = dir.join(FILE);
        let state = match fs::read(&path) {
            Ok(bytes) => parse(&path, &bytes)?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let state = State::new(region);
                write(&path, &json(&state)).map_err(PracticeError::io(&path))?;
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

    pub(crate) fn read<T>(&self, look: impl FnOnce(&State) -> T) -> T {
        look(&self.state().state)
    }

    /// Changes the state, and comes back when the change is on disk. A change that fails must have changed nothing.
    pub(crate) async fn change<T, E: From<SaveError>>(
        &self,
        change: impl FnOnce(&mut State) -> Result<T, E>,
    ) -> Result<T, E> {
        let changed = {
            let mut versioned = self.state();
            let changed = change(&mut versioned.state)?;
            versioned.version += 1;
            changed
        };
        self.announce();
        self.save().await?;
        Ok(changed)
    }

    /// Changes the state where nobody can wait; whoever hears of the change saves it.
    pub(crate) fn change_now(&self, change: impl FnOnce(&mut State)) {
        {
            let mut versioned = self.state();
            change(&mut versioned.state);
            versioned.version += 1;
        }
        self.announce();
    }

    /// Writes what is not written yet.
    pub(crate) async fn save(&self) -> Result<(), SaveError> {
        let wanted = self.state().version;
        let mut saved = self.saved.lock().await;
        if *saved >= wanted {
            return Ok(());
        }
        let (version, bytes) = {
            let versioned = self.state();
            (versioned.version, json(&versioned.state))
        };
        let path = self.path.clone();
        tokio::task::spawn_blocking(move || write(&path, &bytes)).await.map_err(io::Error::other)??;
        *saved = version;
        Ok(())
    }

    /// Wakes at every change.
    pub(crate) fn changes(&self) -> watch::Receiver<u64> {
        self.changed.subscribe()
    }

    fn announce(&self) {
        let version = self.state().version;
        self.changed.send_if_modified(|stands| version > std::mem::replace(stands, version.max(*stands)));
    }

    fn state(&self) -> MutexGuard<'_, Versioned> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
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
        Err(damaged(format!("its version is {}, this program knows {VERSION}", state.version)))
    }
}

fn json(state: &State) -> Vec<u8> {
    serde_json::to_vec_pretty(state).expect("texts, numbers and maps by text have a JSON form")
}

/// Readable by its owner alone: it holds the secret key.
pub(crate) fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let aside = path.with_extension("new");
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&aside)?;
    file.write_all(bytes)?;
    file.sync_data()?;
    fs::rename(&aside, path)
}
