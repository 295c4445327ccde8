//! The record of a running `imagelab practice`, in the data folder: with it another process prints the variables again, and stops it.

use std::{fs, io, path::PathBuf, time::Duration};

use serde::{Deserialize, Serialize};

use crate::{
    environment::Variable,
    error::LaunchError,
    folder::{Folder, unusable},
    process,
};

/// How often it is checked whether a process has ended: there is nothing to wait on for a process that is not one's own.
const POLL: Duration = Duration::from_millis(50);

/// A running practice cloud with its engine.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RunningPractice {
    /// Its process.
    pub pid: u32,
    /// When that was started, in the system's form: the id may be another process's later.
    started: String,
    /// The variables of a terminal.
    pub variables: Vec<Variable>,
}

impl RunningPractice {
    /// This process, with these variables.
    pub fn this_process(variables: Vec<Variable>) -> Self {
        let pid = std::process::id();
        Self { pid, started: process::started(pid).unwrap_or_default(), variables }
    }

    /// The recorded process of a data folder, if it still runs. A record that cannot be read counts as none.
    pub fn of(folder: &Folder) -> Option<Self> {
        let record: Self = serde_json::from_slice(&fs::read(path(folder)).ok()?).ok()?;
        record.is_running().then_some(record)
    }

    /// Records it. Only its owner can read the file.
    ///
    /// # Errors
    ///
    /// Problem `place-folder` if the file cannot be written.
    pub fn record(&self, folder: &Folder) -> Result<(), LaunchError> {
        let path = path(folder);
        let json = serde_json::to_vec_pretty(self).map_err(io::Error::from);
        let written = json.and_then(|json| atomic_file::write(&path, &json, atomic_file::Options::PRIVATE));
        written.map_err(|error| unusable(&path, &error))
    }

    /// Removes the record, if it is this one.
    pub fn forget(&self, folder: &Folder) {
        let path = path(folder);
        let recorded = fs::read(&path).ok().and_then(|json| serde_json::from_slice::<Self>(&json).ok());
        if recorded.as_ref() == Some(self)
            && let Err(error) = fs::remove_file(&path)
        {
            tracing::debug!(%error, "the record could not be removed");
        }
    }

    /// Asks the process to end, and returns whether it has after at most this time.
    ///
    /// # Errors
    ///
    /// If it cannot be asked.
    pub async fn stop(&self, limit: Duration) -> io::Result<bool> {
        if !self.is_running() {
            return Ok(true);
        }
        process::end(self.pid)?;
        let ended = async {
            while self.is_running() {
                tokio::time::sleep(POLL).await;
            }
        };
        Ok(tokio::time::timeout(limit, ended).await.is_ok())
    }

    fn is_running(&self) -> bool {
        process::started(self.pid).is_some_and(|started| started == self.started)
    }
}

fn path(folder: &Folder) -> PathBuf {
    folder.path().join("practice.json")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_of_another_process_with_the_same_id_is_none() {
        let dir = tempfile::tempdir().expect("a folder");
        let folder = Folder::at(dir.path().to_owned());
        assert_eq!(RunningPractice::of(&folder), None);
        let own = RunningPractice::this_process(vec![Variable { name: "A".to_owned(), value: None }]);
        own.record(&folder).expect("it can be written");
        assert_eq!(RunningPractice::of(&folder).as_ref(), Some(&own));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = fs::metadata(path(&folder)).expect("it is there").permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
        let former = RunningPractice { started: "earlier".to_owned(), ..own.clone() };
        former.record(&folder).expect("it can be written");
        assert_eq!(RunningPractice::of(&folder), None);
        own.forget(&folder);
        assert!(path(&folder).exists(), "it is another's");
        former.forget(&folder);
        assert!(!path(&folder).exists());
    }
}
