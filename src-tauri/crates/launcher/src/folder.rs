//! The data folder: what is where in it, and the ports that were used last.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use etcetera::app_strategy::{AppStrategy as _, AppStrategyArgs};
use lab::{Code, Problem};
use serde::{Deserialize, Serialize};

use crate::LaunchError;

/// The data folder.
#[derive(Clone, Debug)]
pub struct Folder(PathBuf);

/// The ports that the practice cloud and the engine had last: references to local images hold them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Ports {
    /// The AWS APIs and the private registry.
    pub practice: u16,
    /// The public registry.
    pub public: u16,
    /// The built-in engine.
    pub engine: u16,
}

impl Folder {
    /// The one that was asked for, or the user's own.
    pub fn find(asked: Option<PathBuf>) -> Result<Self, LaunchError> {
        let own = || {
            let app = AppStrategyArgs { app_name: "imagelab".to_owned(), ..AppStrategyArgs::default() };
            etcetera::app_strategy::choose_native_strategy(app).ok().map(|dirs| dirs.data_dir())
        };
        let folder = asked.or_else(own).ok_or_else(|| LaunchError::misuse(Problem::new(Code::NoDataFolder)))?;
        let absolute = std::path::absolute(&folder).map_err(|error| unusable(&folder, &error))?;
        fs::create_dir_all(&absolute).map_err(|error| unusable(&absolute, &error))?;
        Ok(Self(absolute))
    }

    /// An existing folder.
    #[cfg(test)]
    pub(crate) fn at(path: PathBuf) -> Self {
        Self(path)
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// The lab's session and findings.
    pub fn lab(&self) -> PathBuf {
        self.0.join("lab")
    }

    /// The practice cloud of a region: it knows no other.
    pub fn practice(&self, region: &str) -> PathBuf {
        self.0.join("practice").join(region)
    }

    /// The built-in engine's images.
    pub fn engine(&self) -> PathBuf {
        self.0.join("engine")
    }

    /// A folder for `DOCKER_CONFIG`: what `docker login` stores stays out of the user's own.
    pub fn docker_config(&self) -> Result<PathBuf, LaunchError> {
        let path = self.0.join("docker");
        fs::create_dir_all(&path).and_then(|()| private(&path)).map_err(|error| unusable(&path, &error))?;
        Ok(path)
    }

    /// The ports that were used last; all 0 when there are none.
    pub fn ports(&self) -> Ports {
        let stored = fs::read(self.0.join("ports.json")).ok();
        stored.and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default()
    }

    /// Remembers ports. Only a convenience: where it fails, others are used next time.
    pub fn remember(&self, ports: Ports) {
        let path = self.0.join("ports.json");
        let written = serde_json::to_vec(&ports).map_err(io::Error::other).and_then(|bytes| fs::write(path, bytes));
        if let Err(error) = written {
            tracing::debug!(%error, "ports are not remembered");
        }
    }
}

pub(crate) fn unusable(path: &Path, error: &io::Error) -> LaunchError {
    let problem = Problem::new(Code::DataFolder).with("path", path.display().to_string());
    LaunchError::misuse(problem.details(error.to_string()))
}

#[cfg(unix)]
fn private(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(0o700))
}

#[cfg(not(unix))]
fn private(_: &Path) -> io::Result<()> {
    Ok(())
}
