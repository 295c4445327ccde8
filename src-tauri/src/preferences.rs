//! What the user chose for the window: kept in one small file, written whole.

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

use i18n::Lang;
use serde::{Deserialize, Serialize};

/// What the user chose for the window.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase", default)]
pub struct Preferences {
    /// The language; `None`: the system's.
    pub language: Option<Lang>,
    /// Light or dark; `None`: as the system has it.
    pub theme: Option<Theme>,
    /// Whether the account's digits are hidden: for projectors.
    pub mask_account: bool,
    /// Whether the help panel is shut.
    pub help_closed: bool,
    /// Whether the transcript is open.
    pub transcript_open: bool,
    /// What the web side wants remembered of its views, by name.
    pub views: BTreeMap<String, String>,
}

/// Light or dark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "lowercase")]
pub enum Theme {
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

/// The file, and what is in it.
pub struct PreferencesFile {
    path: PathBuf,
    held: Mutex<Preferences>,
}

impl PreferencesFile {
    /// Reads the file. One that is not there, or cannot be read, is as good as an empty one: nothing of the lab depends on it.
    pub fn open(folder: &Path) -> Self {
        let path = folder.join("preferences.json");
        let held = match fs::read(&path) {
            Ok(bytes) => serde_json::from_slice(&bytes).unwrap_or_else(|error| {
                tracing::warn!(%error, "preferences cannot be read, and begin anew");
                Preferences::default()
            }),
            Err(_) => Preferences::default(),
        };
        Self { path, held: Mutex::new(held) }
    }

    /// What was chosen.
    pub fn get(&self) -> Preferences {
        self.held.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Remembers what was chosen: a kill in between leaves the old file.
    pub fn set(&self, preferences: Preferences) -> io::Result<()> {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        let json = serde_json::to_vec_pretty(&preferences).map_err(io::Error::other)?;
        atomic_file::write(&self.path, &json, atomic_file::Options::SHARED)?;
        *held = preferences;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_chosen_is_there_again() {
        let dir = tempfile::tempdir().unwrap();
        let file = PreferencesFile::open(dir.path());
        assert_eq!(file.get(), Preferences::default());
        let chosen = Preferences { language: Some(Lang::Ko), theme: Some(Theme::Dark), ..Preferences::default() };
        file.set(chosen.clone()).unwrap();
        assert_eq!(PreferencesFile::open(dir.path()).get(), chosen);
    }

    #[test]
    fn a_broken_file_begins_anew() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("preferences.json"), "{").unwrap();
        assert_eq!(PreferencesFile::open(dir.path()).get(), Preferences::default());
    }
}
