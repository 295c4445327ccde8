//! A folder with everything the lab remembers, and the runs in it.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use findings::Store;
use redaction::KnownValues;
use time::OffsetDateTime;

use crate::{
    aws::Aws,
    clock::{Clock, SystemClock},
    context::Context,
    model::{
        access::Access,
        code::Code,
        outcome::RepositoryOutcome,
        plan::Plan,
        problem::{LabError, Problem},
        run_id::RunId,
        run_info::RunInfo,
        run_options::RunOptions,
    },
    never_here,
    recovery::{self, Recovered},
    run::Run,
    session::{Session, runs::NewRun},
    transcript::Entry,
    view::account::Unrecorded,
};

/// A folder with everything the lab remembers: `session.db` and `findings.db`. One process at a time.
#[derive(Clone)]
pub struct Lab {
    folder: PathBuf,
    session: Arc<Session>,
    findings: Store,
    clock: Arc<dyn Clock>,
}

impl Lab {
    /// Opens or makes the folder.
    ///
    /// # Errors
    ///
    /// Problem `in-use` while another process has it, `folder-unusable`, `session-newer`, `session-failed`.
    pub async fn open(folder: &Path) -> Result<Self, LabError> {
        let folder = folder.to_owned();
        let opened = tokio::task::spawn_blocking(move || {
            let session = Arc::new(Session::open(&folder)?);
            let findings = Store::open(folder.join("findings.db"))?;
            Ok(Self { folder, session, findings, clock: Arc::new(SystemClock) })
        });
        opened.await.map_err(LabError::defect)?
    }

    /// The same lab, which waits by this clock.
    #[must_use]
    pub fn with_clock(self, clock: Arc<dyn Clock>) -> Self {
        Self { clock, ..self }
    }

    /// The newest run, finished or not; not one that was abandoned.
    pub fn newest(&self) -> Result<Option<RunInfo>, LabError> {
        self.session.newest()
    }

    /// The outcomes of the repositories of a run's plan.
    pub(crate) fn outcomes(&self, run: &RunInfo) -> Result<Vec<RepositoryOutcome>, LabError> {
        run.plan.repositories().into_iter().map(|name| self.session.repository_outcome(&run.id, name)).collect()
    }

    /// Starts a run. Sends no request to AWS or the engine yet.
    ///
    /// # Errors
    ///
    /// Problem `run-unfinished` while the newest run is not cleaned up, `plan-…` when the plan cannot work.
    #[expect(clippy::unused_async, reason = "callers may rely on being on a runtime; the session may one day wait")]
    pub async fn start(&self, plan: Plan, access: Access, options: &RunOptions) -> Result<Run, LabError> {
        plan.validate()?;
        if let Some(newest) = self.newest()?.filter(|newest| !newest.finished) {
            return Err(Problem::new(Code::RunUnfinished).with("run", newest.id.0).into());
        }
        let id = RunId::fresh();
        let started_at = OffsetDateTime::now_utc().into();
        let (mode, engine) = (access.mode, access.engine.kind);
        self.session.begin(&NewRun { id: &id, mode, engine, plan: &plan, options, started_at })?;
        Ok(Run::new(self.context(id, plan, access)?))
    }

    /// Resumes the newest run with new access. Ports and the engine may differ; account, Region and mode may not.
    ///
    /// # Errors
    ///
    /// Problem `nothing-to-resume` without a run, `other-mode`, `other-account`, `other-region`, or why AWS could not identify the caller.
    pub async fn resume(&self, access: Access) -> Result<Run, LabError> {
        let newest = self.newest()?.ok_or_else(|| Problem::new(Code::NothingToResume))?;
        if !access.reaches(newest.mode) {
            return Err(Problem::new(Code::OtherMode).into());
        }
        let context = self.context(newest.id, newest.plan, access)?;
        if newest.account.is_some() {
            context.account().await?;
        }
        Ok(Run::new(context))
    }

    /// The accounts that the user has excluded from being changed: to change one, they have to confirm it twice.
    ///
    /// # Errors
    ///
    /// Problem `never-here-unreadable`.
    pub fn never_here(&self) -> Result<Vec<String>, LabError> {
        never_here::read(&self.folder)
    }

    /// Replaces those accounts, and returns them as they are stored.
    ///
    /// # Errors
    ///
    /// Problem `never-here-account` for what is no account id, `session-failed` if they cannot be stored.
    pub fn set_never_here(&self, accounts: &[String]) -> Result<Vec<String>, LabError> {
        never_here::write(&self.folder, accounts)
    }

    /// Looks for a run of which this folder has no record, because its database is lost, and records it again from what the cloud
    /// has of it: the tags of its repositories. The run can then be cleaned up like any other. It has to be named: it may be another
    /// learner's. Without a name the runs that were found are returned. Changes nothing in the cloud.
    ///
    /// # Errors
    ///
    /// Problem `run-unfinished` while the newest run is not cleaned up, or why the account could not be read.
    pub async fn recover(
        &self,
        plan: Plan,
        named: Option<&RunId>,
        access: Access,
        options: &RunOptions,
    ) -> Result<Recovered, LabError> {
        plan.validate()?;
        if let Some(newest) = self.newest()?.filter(|newest| !newest.finished) {
            return Err(Problem::new(Code::RunUnfinished).with("run", newest.id.0).into());
        }
        let aws = Aws::connect(&access.aws, Arc::new(Unrecorded)).await?;
        let search = Box::pin(recovery::find(&self.session, &aws, &plan, named)).await?;
        let run = match &search.run {
            Some(lost) => {
                let plan = lost.plan(plan);
                let (id, mode, engine) = (&lost.in_registry.run, access.mode, access.engine.kind);
                if self.session.has_run(id)? {
                    self.session.reopen(id)?;
                } else {
                    let pushes = recovery::pushes(&aws, lost).await?;
                    let started_at = OffsetDateTime::now_utc().into();
                    self.session.begin(&NewRun { id, mode, engine, plan: &plan, options, started_at })?;
                    recovery::record(&self.session, lost, &plan, pushes)?;
                }
                Some(Run::new(self.context(id.clone(), plan, access)?))
            }
            None => None,
        };
        Ok(Recovered { run, read: search.read })
    }

    /// The findings of every run.
    pub fn findings(&self) -> &Store {
        &self.findings
    }

    /// The folders of this machine that a shared text must not name: the data folder, which this lab's folder is in, and the
    /// user's home.
    pub fn known_folders(&self) -> KnownValues {
        let data = std::path::absolute(&self.folder).ok().and_then(|folder| folder.parent().map(Path::to_owned));
        KnownValues { home: std::env::home_dir(), data, ..KnownValues::default() }
    }

    /// What a run did, call by call.
    pub fn transcript(&self, run: &RunId) -> Result<Vec<Entry>, LabError> {
        self.session.entries(run)
    }

    /// Forgets the newest run without changing the cloud: what it created stays and belongs to no run.
    ///
    /// # Errors
    ///
    /// Problem `nothing-to-resume` without a run.
    pub fn abandon(&self) -> Result<(), LabError> {
        let newest = self.newest()?.ok_or_else(|| Problem::new(Code::NothingToResume))?;
        self.session.abandon(&newest.id)
    }

    fn context(&self, run: RunId, plan: Plan, access: Access) -> Result<Context, LabError> {
        Context::new(
            run,
            plan,
            access,
            Arc::clone(&self.clock),
            self.folder.clone(),
            Arc::clone(&self.session),
            self.findings.clone(),
        )
    }
}
