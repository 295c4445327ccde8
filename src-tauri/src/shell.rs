//! The state of the shell: the data folder, the lab, the open run with its backend, and the jobs.

use std::{path::PathBuf, sync::Arc};

use jobs::Jobs;
use lab::{AwsAccess, Code, Explorer, Lab, Mode, PracticeClock, Problem, Run, RunInfo};
use launcher::{Backend, Cloud, Folder, Variable};
use parking_lot::Mutex;
use practice::Speed;
use tauri::async_runtime::JoinHandle;
use tokio::sync::{Mutex as AsyncMutex, MutexGuard, OnceCell};

use crate::{error::IpcResult, preferences::PreferencesFile, start::BackendInfo};

/// The state of the shell, managed by Tauri.
pub struct Shell {
    /// The data folder.
    pub folder: Folder,
    /// The user's preferences for the window.
    pub preferences: PreferencesFile,
    /// Long-running work.
    pub jobs: Jobs,
    lab: OnceCell<Lab>,
    open: AsyncMutex<Option<Arc<OpenRun>>>,
    watch: Mutex<Option<JoinHandle<()>>>,
    explorer: AsyncMutex<Option<OpenExplorer>>,
    /// The last report that was saved: what the web side can have opened.
    pub saved_report: Mutex<Option<PathBuf>>,
}

/// A read-only explorer with its cloud.
pub struct OpenExplorer {
    /// The explorer.
    pub explorer: Explorer,
    /// The cloud that it reads.
    pub cloud: Cloud,
}

/// A run with its backend.
pub struct OpenRun {
    /// The backend, as described to the web side.
    pub backend_info: BackendInfo,
    run: Mutex<Run>,
    /// `None` once the run is closed, even if commands still hold it.
    backend: AsyncMutex<Option<Backend>>,
}

impl Shell {
    /// Creates the state. The lab in the data folder is opened when it is first needed.
    pub fn new(folder: Folder) -> Self {
        let preferences = PreferencesFile::open(folder.path());
        Self {
            folder,
            preferences,
            jobs: Jobs::default(),
            lab: OnceCell::new(),
            open: AsyncMutex::default(),
            watch: Mutex::default(),
            explorer: AsyncMutex::default(),
            saved_report: Mutex::default(),
        }
    }

    /// The lab. If it cannot be opened, the next call tries again.
    ///
    /// # Errors
    ///
    /// Problem `in-use` while another process uses the folder, `folder-unusable`, `session-newer`, `session-failed`.
    pub async fn lab(&self) -> IpcResult<&Lab> {
        Ok(self.lab.get_or_try_init(|| async { Lab::open(&self.folder.lab()).await }).await?)
    }

    /// The newest run, whether it is open or not.
    pub async fn newest(&self) -> IpcResult<Option<RunInfo>> {
        Ok(self.lab().await?.newest()?)
    }

    /// The open run.
    ///
    /// # Errors
    ///
    /// Problem `nothing-open`.
    pub async fn open(&self) -> IpcResult<Arc<OpenRun>> {
        Ok(self.opened().await.ok_or_else(|| Problem::new(Code::NothingOpen))?)
    }

    /// The open run, if there is one.
    pub async fn opened(&self) -> Option<Arc<OpenRun>> {
        self.open.lock().await.clone()
    }

    /// The open explorer.
    ///
    /// # Errors
    ///
    /// Problem `nothing-open`.
    pub async fn explorer(&self) -> IpcResult<Explorer> {
        let open = self.explorer.lock().await.as_ref().map(|open| open.explorer.clone());
        Ok(open.ok_or_else(|| Problem::new(Code::NothingOpen))?)
    }

    /// The Region of the practice cloud that the window shows: the explorer's, the open run's, or else that of the newest run, where
    /// `None` is the default one. `None` if it shows an AWS account.
    pub async fn practice_region(&self) -> IpcResult<Option<Option<String>>> {
        let explored = self.explorer.lock().await.as_ref().map(|open| (open.cloud.mode, open.cloud.aws.clone()));
        let shown = match (explored, self.opened().await) {
            (Some(explored), _) => Some(explored),
            (None, Some(open)) => open.cloud().await.map(|cloud| (cloud.mode, cloud.aws)),
            (None, None) => None,
        };
        Ok(match shown {
            Some((Mode::Aws, _)) => None,
            Some((Mode::Practice, AwsAccess::Endpoint { region, .. })) => Some(Some(region)),
            Some((Mode::Practice, AwsAccess::Profile { region, .. })) => Some(region),
            None => Some(self.newest().await?.filter(|run| run.mode == Mode::Practice).and_then(|run| run.region)),
        })
    }

    /// Keeps an explorer open.
    pub async fn set_explorer(&self, open: OpenExplorer) {
        *self.explorer.lock().await = Some(open);
    }

    /// Closes the explorer, and deletes what it has read.
    pub async fn close_explorer(&self) {
        if let Some(OpenExplorer { explorer, cloud }) = self.explorer.lock().await.take() {
            if let Err(error) = explorer.forget().await {
                tracing::warn!(%error, "what the explorer has read is deleted when it is opened the next time");
            }
            cloud.close().await;
        }
    }

    /// Locks the slot of the open run: no other command can open or close a run meanwhile.
    pub async fn slot(&self) -> MutexGuard<'_, Option<Arc<OpenRun>>> {
        self.open.lock().await
    }

    /// Keeps the task that sends transcript entries to the page, and ends the previous one, which belongs to a page that was
    /// reloaded.
    pub fn set_watch(&self, watch: JoinHandle<()>) {
        let previous = self.watch.lock().replace(watch);
        if let Some(previous) = previous {
            previous.abort();
        }
    }

    /// Stops the running job and the backend. The session is consistent without this too; the next start is only faster.
    pub async fn close(&self) {
        let mut slot = self.slot().await;
        self.empty(&mut slot).await;
    }

    /// As [`close`](Self::close), for a caller that holds the slot.
    pub async fn empty(&self, slot: &mut Option<Arc<OpenRun>>) {
        self.jobs.stop().await;
        self.close_explorer().await;
        if let Some(open) = slot.take() {
            let backend = open.backend.lock().await.take();
            if let Some(backend) = backend {
                backend.close().await;
            }
        }
    }
}

impl OpenRun {
    /// An open run with its backend.
    pub fn new(run: Run, backend: Backend, speed: Speed) -> Self {
        Self {
            backend_info: BackendInfo::new(&backend, speed),
            run: Mutex::new(run),
            backend: AsyncMutex::new(Some(backend)),
        }
    }

    /// The run. Cheap to clone.
    pub fn run(&self) -> Run {
        self.run.lock().clone()
    }

    /// The run's cloud, for an explorer; `None` once the run is closed.
    pub async fn cloud(&self) -> Option<Cloud> {
        self.backend.lock().await.as_ref().map(|backend| Cloud::of_run(&backend.access))
    }

    /// How far the practice clock is moved forward; `None` for the user's own account, and once the run is closed.
    pub async fn practice_clock(&self) -> Option<PracticeClock> {
        self.backend.lock().await.as_ref().and_then(Backend::practice_clock)
    }

    /// Replaces the run by the same one with another plan.
    pub fn set_run(&self, run: Run) {
        *self.run.lock() = run;
    }

    /// The variables with which a terminal's commands reach the backend; none for the user's own account.
    pub async fn environment(&self, folder: &Folder) -> IpcResult<Vec<Variable>> {
        match &*self.backend.lock().await {
            Some(backend) => Ok(backend.environment(folder).map_err(lab::LabError::from)?),
            None => Ok(Vec::new()),
        }
    }
}
