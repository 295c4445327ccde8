//! What the lab remembers in a folder, for reading only: also while another process runs the lab, and without creating anything.

use std::path::Path;

use findings::Store;

use crate::{
    model::{
        outcome::{FindingsReason, Receipt, RepositoryOutcome},
        problem::LabError,
        run_id::RunId,
        run_info::RunInfo,
    },
    session::Session,
    view::scanned::{self, ScannedImage},
};

/// What the lab remembers in a folder, for reading only.
pub struct Records {
    session: Session,
    findings: Store,
}

impl Records {
    /// Opens what is in the folder; `None` if the lab has not been used in it.
    ///
    /// # Errors
    ///
    /// Problem `session-newer`, `session-failed`, `findings-store`, `folder-unusable`.
    pub async fn open(folder: &Path) -> Result<Option<Self>, LabError> {
        let folder = folder.to_owned();
        let opened = tokio::task::spawn_blocking(move || {
            let Some(session) = Session::open_read_only(&folder)? else { return Ok(None) };
            let path = folder.join("findings.db");
            // It is made after the session: without it nothing was run yet.
            if !path.exists() {
                return Ok(None);
            }
            Ok(Some(Self { session, findings: Store::open_read_only(path)? }))
        });
        opened.await.map_err(LabError::defect)?
    }

    /// The newest run, finished or not; not one that was abandoned.
    pub fn newest(&self) -> Result<Option<RunInfo>, LabError> {
        self.session.newest()
    }

    /// Whether the record of a run was lost, and the run was found again by what the account has of it: what else it made is not known.
    pub fn is_recovered(&self, run: &RunId) -> Result<bool, LabError> {
        self.session.is_recovered(run)
    }

    /// What the last clean-up of a run did, read back.
    pub fn receipt(&self, run: &RunId) -> Result<Option<Receipt>, LabError> {
        self.session.receipt(run)
    }

    /// The images of a run whose scans are stored, the oldest first. Blocks.
    pub fn scanned_images(&self, run: &RunInfo) -> Result<Vec<ScannedImage>, LabError> {
        scanned::images(&self.session, &self.findings, run)
    }

    /// The outcomes of the repositories of a run's plan.
    pub fn outcomes(&self, run: &RunInfo) -> Result<Vec<RepositoryOutcome>, LabError> {
        run.plan.repositories().into_iter().map(|name| self.session.repository_outcome(&run.id, name)).collect()
    }

    /// Why a run has no findings of the repositories of its plan, by name; without those of which it has.
    pub fn unknown_findings(&self, run: &RunInfo) -> Result<Vec<(String, FindingsReason)>, LabError> {
        let mut unknown = Vec::new();
        for name in run.plan.repositories() {
            let reason = self.session.repository_outcome(&run.id, name)?.findings_reason;
            unknown.extend(reason.map(|reason| (name.to_owned(), reason)));
        }
        Ok(unknown)
    }

    /// The repositories of a run's plan whose image was no longer watched when it was last read: their findings are those from before.
    pub fn no_longer_watched(&self, run: &RunInfo) -> Result<Vec<String>, LabError> {
        let mut ended = Vec::new();
        for name in run.plan.repositories() {
            let outcome = self.session.repository_outcome(&run.id, name)?;
            ended.extend((outcome.no_longer_watched && outcome.findings.is_some()).then(|| name.to_owned()));
        }
        Ok(ended)
    }

    /// The findings of every run.
    pub fn findings(&self) -> &Store {
        &self.findings
    }
}
