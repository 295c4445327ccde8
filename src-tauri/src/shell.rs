//! What the window stands on: the data folder, the lab, the place where the open run goes on, and the jobs.

use std::sync::{Arc, Mutex as Held, PoisonError};

use jobs::Jobs;
use lab::{Code, Lab, Problem, Run, RunInfo};
use launcher::{Backend, Folder, Variable};
use practice::Speed;
use tauri::async_runtime::JoinHandle;
use tokio::sync::{Mutex, MutexGuard, OnceCell};

use crate::{error::Answer, preferences::PreferencesFile, start::BackendInfo};

/// What the window stands on.
pub struct Shell {
    /// The data folder.
    pub folder: Folder,
    /// What the user chose for the window.
    pub preferences: PreferencesFile,
    /// Long work.
    pub jobs: Jobs,
    lab: OnceCell<Lab>,
    open: Mutex<Option<Arc<Open>>>,
    watch: Held<Option<JoinHandle<()>>>,
}

/// A run that can go on: its practice cloud and engine run, or its account and Docker were found.
pub struct Open {
    /// Where it goes on, as the web side is told.
    pub place: BackendInfo,
    run: Held<Run>,
    /// Taken out when it is closed, whatever still goes on.
    hosts: Mutex<Option<Backend>>,
}

impl Shell {
    /// On a data folder, which is opened when first needed.
    pub fn new(folder: Folder) -> Self {
        let preferences = PreferencesFile::open(folder.path());
        Self {
            folder,
            preferences,
            jobs: Jobs::default(),
            lab: OnceCell::new(),
            open: Mutex::default(),
            watch: Held::default(),
        }
    }

    /// The lab. Where it cannot be opened now, it may be later: it is tried again each time.
    ///
    /// # Errors
    ///
    /// Problem `in-use` while another process has it, `folder-unusable`, `session-newer`, `session-failed`.
    pub async fn lab(&self) -> Answer<&Lab> {
        Ok(self.lab.get_or_try_init(|| async { Lab::open(&self.folder.lab()).await }).await?)
    }

    /// The newest run, whether it is open or not.
    pub async fn newest(&self) -> Answer<Option<RunInfo>> {
        Ok(self.lab().await?.newest()?)
    }

    /// The open run.
    ///
    /// # Errors
    ///
    /// Problem `nothing-open`.
    pub async fn open(&self) -> Answer<Arc<Open>> {
        Ok(self.opened().await.ok_or_else(|| Problem::new(Code::NothingOpen))?)
    }

    /// The open run, if there is one.
    pub async fn opened(&self) -> Option<Arc<Open>> {
        self.open.lock().await.clone()
    }

    /// The slot of the open run, held: nobody opens another meanwhile.
    pub async fn slot(&self) -> MutexGuard<'_, Option<Arc<Open>>> {
        self.open.lock().await
    }

    /// Takes the task that tells the page of the transcript; the one before it, of a page that was reloaded, ends.
    pub fn set_watch(&self, watch: JoinHandle<()>) {
        let before = self.watch.lock().unwrap_or_else(PoisonError::into_inner).replace(watch);
        if let Some(before) = before {
            before.abort();
        }
    }

    /// Stops what goes on, and what was started. The session is whole at any moment; this only spares the next start a clean-up.
    pub async fn close(&self) {
        let mut slot = self.slot().await;
        self.empty(&mut slot).await;
    }

    /// As [`close`](Self::close), where the slot is held.
    pub async fn empty(&self, slot: &mut Option<Arc<Open>>) {
        self.jobs.stop().await;
        if let Some(open) = slot.take() {
            let hosts = open.hosts.lock().await.take();
            if let Some(hosts) = hosts {
                hosts.close().await;
            }
        }
    }
}

impl Open {
    /// A run, and where it goes on.
    pub fn new(run: Run, hosts: Backend, speed: Speed) -> Self {
        Self { place: BackendInfo::of(&hosts, speed), run: Held::new(run), hosts: Mutex::new(Some(hosts)) }
    }

    /// The run. Cheap to clone.
    pub fn run(&self) -> Run {
        self.run.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The same run, with another plan.
    pub fn set_run(&self, run: Run) {
        *self.run.lock().unwrap_or_else(PoisonError::into_inner) = run;
    }

    /// What a terminal has to know so that the lesson's commands work.
    pub async fn environment(&self, folder: &Folder) -> Answer<Vec<Variable>> {
        match &*self.hosts.lock().await {
            Some(hosts) => Ok(hosts.environment(folder).map_err(lab::LabError::from)?),
            None => Ok(Vec::new()),
        }
    }
}
