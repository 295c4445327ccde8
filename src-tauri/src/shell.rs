//! What the window stands on: the data folder, the lab, the place where the open run goes on, and the jobs.

use std::sync::Arc;

use lab::{Lab, Problem, Run, RunInfo};
use place::{Folder, Place};
use tokio::sync::{Mutex, MutexGuard};

use crate::{error::Answer, jobs::Jobs, preferences::PreferencesFile};

/// What the window stands on.
pub struct Shell {
    /// The data folder.
    pub folder: Folder,
    /// What the user chose for the window.
    pub preferences: PreferencesFile,
    /// Long work.
    pub jobs: Jobs,
    lab: Lab,
    open: Mutex<Option<Arc<Open>>>,
}

/// A run that can go on: its practice cloud and engine run, or its account and Docker were found.
pub struct Open {
    /// The run.
    pub run: Run,
    /// Where it goes on.
    pub place: Place,
}

impl Shell {
    /// Opens the data folder.
    pub async fn new(folder: Folder) -> Answer<Self> {
        let lab = Lab::open(&folder.lab()).await?;
        let preferences = PreferencesFile::open(folder.path());
        Ok(Self { folder, preferences, jobs: Jobs::default(), lab, open: Mutex::default() })
    }

    /// The lab.
    pub fn lab(&self) -> &Lab {
        &self.lab
    }

    /// The newest run, whether it is open or not.
    pub fn newest(&self) -> Answer<Option<RunInfo>> {
        Ok(self.lab.newest()?)
    }

    /// The open run.
    ///
    /// # Errors
    ///
    /// Problem `nothing-open`.
    pub async fn open(&self) -> Answer<Arc<Open>> {
        let open = self.open.lock().await.clone();
        Ok(open.ok_or_else(|| Problem::new("nothing-open"))?)
    }

    /// The open run, if there is one.
    pub async fn opened(&self) -> Option<Arc<Open>> {
        self.open.lock().await.clone()
    }

    /// The slot of the open run, held: nobody opens another meanwhile.
    pub async fn slot(&self) -> MutexGuard<'_, Option<Arc<Open>>> {
        self.open.lock().await
    }

    /// Stops what goes on, and what was started. The session is whole at any moment; this only spares the next start a clean-up.
    pub async fn close(&self) {
        self.jobs.cancel_all();
        let open = self.open.lock().await.take();
        if let Some(open) = open {
            close_place(open).await;
        }
    }
}

/// Stops what was started for a run.
pub async fn close_place(open: Arc<Open>) {
    match Arc::try_unwrap(open) {
        Ok(open) => open.place.close().await,
        // A command still uses it: what was started stops when it is dropped.
        Err(shared) => drop(shared),
    }
}
