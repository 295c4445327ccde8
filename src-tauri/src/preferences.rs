//! The user's preferences for the window, stored in one small file that is replaced as a whole.

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
};

use i18n::Lang;
use parking_lot::Mutex;
use serde::{Deserialize, Serialize};

/// The user's preferences for the window.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase", default)]
pub struct Preferences {
    /// The language; `None`: the system's.
    pub language: Option<Lang>,
    /// Light or dark; `None`: the system's.
    pub theme: Option<Theme>,
    /// The zoom, in percent; `None`: 100.
    pub zoom: Option<u16>,
    /// Whether the window is in presentation mode.
    pub presenting: bool,
    /// The zoom in presentation mode, in percent; `None`: as large as a room usually needs.
    pub presentation_zoom: Option<u16>,
    /// Whether account ids are masked on the screen, for presentations.
    pub mask_account: bool,
    /// Whether the help panel is closed.
    pub help_closed: bool,
    /// Whether the transcript is open.
    pub transcript_open: bool,
    /// State of the web side's views that is to be kept, by name of the view.
    pub views: BTreeMap<String, String>,
}

/// The colour theme.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "lowercase")]
pub enum Theme {
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

/// The preferences file and its current content.
pub struct PreferencesFile {
    path: PathBuf,
    current: Mutex<Preferences>,
}

impl PreferencesFile {
    /// Reads the file. If it does not exist or cannot be read, the defaults apply: nothing in the lab depends on it.
    pub fn open(folder: &Path) -> Self {
        let path = folder.join("preferences.json");
        let current = match fs::read(&path) {
            Ok(bytes) => serde_json::from_slice(&bytes).unwrap_or_else(|error| {
                tracing::warn!(%error, "preferences cannot be read; the defaults apply");
                Preferences::default()
            }),
            Err(_) => Preferences::default(),
        };
        Self { path, current: Mutex::new(current) }
    }

    /// The current preferences.
    pub fn get(&self) -> Preferences {
        self.current.lock().clone()
    }

    /// Stores the preferences. If the process is killed meanwhile, the old file stays.
    ///
    /// # Errors
    ///
    /// If the file cannot be written. The preferences are then unchanged.
    pub fn set(&self, preferences: Preferences) -> io::Result<()> {
        let mut current = self.current.lock();
        let json = serde_json::to_vec_pretty(&preferences).map_err(io::Error::other)?;
        atomic_file::write(&self.path, &json, atomic_file::Options::SHARED)?;
        *current = preferences;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stored_preferences_are_read_again() {
        let dir = tempfile::tempdir().unwrap();
        let file = PreferencesFile::open(dir.path());
        assert_eq!(file.get(), Preferences::default());
        let preferences = Preferences { language: Some(Lang::Ko), theme: Some(Theme::Dark), ..Preferences::default() };
        file.set(preferences.clone()).unwrap();
        assert_eq!(PreferencesFile::open(dir.path()).get(), preferences);
    }

    #[test]
    fn the_defaults_replace_an_unreadable_file() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("preferences.json"), "{").unwrap();
        assert_eq!(PreferencesFile::open(dir.path()).get(), Preferences::default());
    }
}
