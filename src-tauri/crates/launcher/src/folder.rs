//! The data folder: the paths in it, and the ports that were used last.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use atomic_file::private;
use lab::{Code, Problem};
use serde::{Deserialize, Serialize};

use crate::{error::LaunchError, platform::Platform};

/// The data folder.
#[derive(Clone, Debug)]
pub struct Folder(PathBuf);

/// The ports that the practice cloud last listened on. They are reused because image references contain them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Ports {
    /// Of the AWS APIs and the private registry.
    pub practice: u16,
    /// Of the public registry.
    pub public: u16,
}

impl Folder {
    /// The requested folder, or the user's default one. It is created if it does not exist. It is its owner's alone, unless it is a
    /// folder that was used for something else before: then only the folders in it are.
    pub fn find(requested: Option<PathBuf>) -> Result<Self, LaunchError> {
        let folder = Self::locate(requested)?;
        if is_for_lab_alone(&folder.0) {
            private::create_folder(&folder.0).map_err(|error| unusable(&folder.0, &error))?;
        }
        Ok(folder)
    }

    /// The same folder, for commands that only read: it is not created, and need not exist.
    pub fn locate(requested: Option<PathBuf>) -> Result<Self, LaunchError> {
        let default = || Platform::of_machine().data_folder();
        let folder = requested.or_else(default).ok_or_else(|| LaunchError::misuse(Problem::new(Code::NoDataFolder)))?;
        let absolute = std::path::absolute(&folder).map_err(|error| unusable(&folder, &error))?;
        match fs::metadata(&absolute) {
            Ok(metadata) if !metadata.is_dir() => Err(unusable(&absolute, &io::ErrorKind::NotADirectory.into())),
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(unusable(&absolute, &error)),
            _ => Ok(Self(absolute)),
        }
    }

    /// An existing folder.
    #[cfg(test)]
    pub(crate) fn at(path: PathBuf) -> Self {
        Self(path)
    }

    /// Its absolute path.
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// The folder of the lab's session and findings.
    pub fn lab(&self) -> PathBuf {
        self.0.join("lab")
    }

    /// The folder of the practice cloud in a Region. Regions share nothing.
    pub fn practice(&self, region: &str) -> PathBuf {
        self.0.join("practice").join(region)
    }

    /// The database of imported advisories, which the practice clouds of all Regions use.
    pub fn advisories(&self) -> PathBuf {
        self.0.join("catalogue").join("advisories.db")
    }

    /// The Regions that have a practice cloud here.
    pub fn practice_regions(&self) -> Vec<String> {
        let entries = fs::read_dir(self.0.join("practice")).into_iter().flatten().flatten();
        let folders = entries.filter(|entry| entry.path().is_dir());
        let mut regions: Vec<_> = folders.filter_map(|entry| entry.file_name().into_string().ok()).collect();
        regions.sort();
        regions
    }

    /// The folder of the built-in engine's images.
    pub fn engine(&self) -> PathBuf {
        self.0.join("engine")
    }

    /// The folder for `DOCKER_CONFIG`, created readable by its owner only. It keeps the credentials that `docker login` stores
    /// out of the user's own configuration.
    pub fn docker_config(&self) -> Result<PathBuf, LaunchError> {
        let path = self.0.join("docker");
        private::create_folder(&path).map_err(|error| unusable(&path, &error))?;
        Ok(path)
    }

    /// The ports that were used last; all 0 if none are stored.
    pub fn ports(&self) -> Ports {
        let stored = fs::read(self.0.join("ports.json")).ok();
        stored.and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default()
    }

    /// Stores the ports for the next start. A failure is only logged: other ports are used then.
    pub fn remember(&self, ports: Ports) {
        let path = self.0.join("ports.json");
        let written = serde_json::to_vec(&ports).map_err(io::Error::other).and_then(|bytes| fs::write(path, bytes));
        if let Err(error) = written {
            tracing::debug!(%error, "ports could not be stored");
        }
    }
}

pub(crate) fn unusable(path: &Path, error: &io::Error) -> LaunchError {
    let problem = Problem::new(Code::DataFolder).with("path", path.display().to_string());
    LaunchError::misuse(problem.details(error.to_string()))
}

/// Whether a folder does not exist yet, is empty, or has been used by the lab.
fn is_for_lab_alone(path: &Path) -> bool {
    const OURS: [&str; 6] = ["lab", "practice", "engine", "catalogue", "ports.json", "preferences.json"];
    match fs::read_dir(path) {
        Ok(entries) => {
            let names: Vec<_> = entries.filter_map(|entry| Some(entry.ok()?.file_name())).collect();
            names.is_empty() || OURS.iter().any(|ours| names.iter().any(|name| name == ours))
        }
        Err(_) => true,
    }
}
