//! The file with the control address and its secret.

use std::{
    io,
    net::SocketAddr,
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::error::PracticeError;

const FILE: &str = "control.json";

/// How a running practice cloud is controlled. A new one at each start.
#[derive(Clone, Serialize, Deserialize)]
pub struct Control {
    /// Where it listens, on loopback.
    pub address: SocketAddr,
    /// What a request must have as its bearer token.
    pub secret: String,
}

impl std::fmt::Debug for Control {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Control").field("address", &self.address).finish_non_exhaustive()
    }
}

impl Control {
    pub(crate) fn new(address: SocketAddr) -> Self {
        let random = || uuid::Uuid::new_v4().simple().to_string();
        Self { address, secret: [random(), random()].concat() }
    }

    /// The record in a practice cloud's folder.
    ///
    /// # Errors
    ///
    /// If there is none, or it cannot be read.
    pub fn of(dir: &Path) -> io::Result<Self> {
        serde_json::from_slice(&std::fs::read(path(dir))?).map_err(io::Error::from)
    }

    /// Whether a token is the secret. Compared by their hashes, so that the time that it takes tells nothing.
    pub(crate) fn accepts(&self, token: &str) -> bool {
        Sha256::digest(token) == Sha256::digest(&self.secret)
    }

    /// Writes the record, for its owner only.
    pub(crate) fn write(&self, dir: &Path) -> Result<(), PracticeError> {
        let path = path(dir);
        let written = serde_json::to_vec(self)
            .map_err(io::Error::from)
            .and_then(|json| atomic_file::write(&path, &json, atomic_file::Options::PRIVATE));
        written.map_err(PracticeError::io(path))
    }

    /// Removes the record.
    pub(crate) fn remove(dir: &Path) {
        if let Err(error) = std::fs::remove_file(path(dir)) {
            tracing::debug!(%error, "the control address was not removed");
        }
    }
}

fn path(dir: &Path) -> PathBuf {
    dir.join(FILE)
}
