//! A run: its steps, their commands, previews and checks, and its outcome.

use std::{
    collections::BTreeMap,
    sync::Arc,
    time::{Duration, Instant},
};

use findings::Timestamp;
use tokio::sync::{Mutex, broadcast};
use tokio_util::sync::CancellationToken;

use crate::{
    confirmation, consent,
    context::{Context, Job},
    former_counts,
    model::{
        assessed_text::AssessedText,
        code::Code,
        configuration_choice::ConfigurationChoice,
        consent::{Confirmation, RunPreview, StepAction},
        outcome::{RepositoryOutcome, RunOutcome},
        permission::PermissionLine,
        plan::Plan,
        problem::{LabError, Problem},
        progress::Progress,
        run_info::RunInfo,
        step::{Check, CheckStatus, CommandLine, Preview, StepId, StepState},
        step_record::StepRecord,
    },
    policy::IamPolicy,
    session::facts::SavedScanning,
    steps::{self, preflight},
    transcript::{self, Entry},
    view::{
        cards::{self, RepositoryCard},
        filter_preview::{self, FilterPreview},
        inspector::{self, InspectorRepository},
    },
};

/// A run of the lab. Cheap to clone; all clones are one run. One step of it runs at a time.
#[derive(Clone)]
pub struct Run {
    inner: Arc<Inner>,
}

struct Inner {
    context: Context,
    /// Held while a step is run or undone.
    busy: Arc<Mutex<()>>,
}

impl Run {
    pub(crate) fn new(context: Context) -> Self {
        Self { inner: Arc::new(Inner { context, busy: Arc::default() }) }
    }

    fn context(&self) -> &Context {
        &self.inner.context
    }

    /// The state of the run.
    pub fn info(&self) -> Result<RunInfo, LabError> {
        self.context().session.info(&self.context().run)
    }

    /// The same step as commands that a person could paste in a terminal, with this run's values as far as they are known.
    pub fn commands(&self, step: StepId) -> Vec<CommandLine> {
        steps::commands(self.context(), step)
    }

    /// What the step would change, from the account's present state. Changes nothing.
    pub async fn preview(&self, step: StepId) -> Result<Preview, LabError> {
        transcript::within(step, steps::preview(self.context(), step)).await
    }

    /// What to show a person before a step is run or undone, so that they can agree to it; `None` when nothing has to be
    /// agreed to, or it was. The first time that is what the whole run would change, later only what has become different.
    pub async fn consent_request(&self, step: StepId, action: StepAction) -> Result<Option<RunPreview>, LabError> {
        Box::pin(transcript::within(step, consent::request(self.context(), step, action))).await
    }

    /// As [`consent_request`](Self::consent_request), before several steps are run one after another. What is read for it belongs
    /// to the first of them that changes something.
    pub async fn consent_request_for(&self, steps: &[StepId]) -> Result<Option<RunPreview>, LabError> {
        let Some(first) = steps.iter().copied().find(|step| step.changes_something()) else { return Ok(None) };
        Box::pin(transcript::within(first, consent::request_for(self.context(), steps))).await
    }

    /// Records that a user who has seen a preview confirms it, in this run and in its session.
    ///
    /// # Errors
    ///
    /// Problem `consent-digits`, `cli-other-account` or `cli-account-needed` if the account is not confirmed, `consent-caution`
    /// if its cautions are not.
    pub fn give_consent(&self, preview: &RunPreview, confirmation: &Confirmation) -> Result<(), LabError> {
        let consent = confirmation::confirm(preview, confirmation)?;
        let (session, run) = (&self.context().session, &self.context().run);
        let earlier = session.consent(run)?;
        session.put_consent(run, &consent.joined_to(earlier))
    }

    /// Remembers which of [`Preview::named_by_plan`] the clean-up is to remove, by name.
    pub fn choose_removals(&self, names: &[String]) -> Result<(), LabError> {
        self.context().session.put_chosen(&self.context().run, names)
    }

    /// What is known about each permission that the run uses, before it is used. Changes nothing.
    pub async fn preflight(&self) -> Result<Vec<PermissionLine>, LabError> {
        transcript::within(StepId::Prepare, Box::pin(preflight::lines(self.context()))).await
    }

    /// The least-privilege IAM policy for this run's plan, account, Region and caller.
    pub async fn policy(&self) -> Result<IamPolicy, LabError> {
        let owner = transcript::within(StepId::Prepare, Box::pin(preflight::owner(self.context()))).await?;
        Ok(IamPolicy::for_plan(&self.context().plan, &owner))
    }

    /// Does the step. Run again after any interruption, it finishes and duplicates nothing. Dropping the returned future
    /// at any point has the effect of a kill: the step stays `Running`, and can be run again.
    ///
    /// # Errors
    ///
    /// Problem `step-running` while another one is under way; [`LabError::ConsentNeeded`] when the step changes something
    /// that a person has to agree to and has not. Neither begins the step. [`LabError::Cancelled`] after `cancel`, and
    /// whatever fails, are recorded in the step.
    pub async fn run(
        &self,
        step: StepId,
        progress: Arc<dyn Progress>,
        cancel: CancellationToken,
    ) -> Result<(), LabError> {
        self.go(step, StepAction::Run, async |job| steps::run(job, step).await, progress, cancel).await
    }

    /// Records what becomes of a scanning configuration that another user has changed while the lab used it. The next clean-up
    /// does it.
    pub fn choose_configuration(&self, choice: ConfigurationChoice) -> Result<(), LabError> {
        let (session, run) = (&self.context().session, &self.context().run);
        match session.saved_scanning(run)?.filter(|saved| !saved.restored) {
            Some(saved) => session.save_scanning(run, &SavedScanning { choice: Some(choice), ..saved }),
            None => Ok(()),
        }
    }

    /// Undoes what [`run`](Self::run) did, and only that.
    ///
    /// # Errors
    ///
    /// As [`run`](Self::run); Problem `undo-impossible` for the clean-up.
    pub async fn undo(
        &self,
        step: StepId,
        progress: Arc<dyn Progress>,
        cancel: CancellationToken,
    ) -> Result<(), LabError> {
        self.go(step, StepAction::Undo, async |job| steps::undo(job, step).await, progress, cancel).await
    }

    /// Reads the real state, stores the result, and returns it. Never changes anything in the cloud or the engine.
    ///
    /// # Errors
    ///
    /// Only when the session cannot be written: what cannot be read is an item of outcome [`CheckStatus::Unknown`].
    pub async fn check(&self, step: StepId) -> Result<Vec<Check>, LabError> {
        let checks = transcript::within(step, steps::check(self.context(), step)).await?;
        let checks = self.context().advice().on_checks(checks);
        let mut record = self.record(step)?;
        record.checks.clone_from(&checks);
        record.stale &= !checks.iter().all(|check| check.outcome == CheckStatus::Met);
        self.context().session.put_step(&self.context().run, &record)?;
        Ok(checks)
    }

    /// The same run with another plan: only while nothing was changed by the one it has.
    ///
    /// # Errors
    ///
    /// Problem `plan-fixed` once a step that changes something was started, `step-running` while one runs, `plan-…` when the
    /// plan cannot work.
    pub fn with_plan(&self, plan: Plan) -> Result<Self, LabError> {
        plan.validate()?;
        let _busy = self.inner.busy.try_lock().map_err(|_| Problem::new(Code::StepRunning).retryable())?;
        let (session, run) = (&self.context().session, &self.context().run);
        let changes = |step: &StepRecord| step.id != StepId::Prepare && step.state != StepState::Pending;
        if session.steps(run)?.iter().any(changes) {
            return Err(Problem::new(Code::PlanFixed).into());
        }
        session.set_plan(run, &plan)?;
        let context = self.context().with_plan(plan)?;
        Ok(Self { inner: Arc::new(Inner { context, busy: Arc::clone(&self.inner.busy) }) })
    }

    /// What a filter would watch: the plan's repositories, the account's others, and examples.
    pub async fn filter_preview(&self, filter: &str) -> Result<FilterPreview, LabError> {
        filter_preview::filter_preview(self.context(), filter).await
    }

    /// The plan's repositories as they stand, in its order.
    pub async fn repositories(&self) -> Result<Vec<RepositoryCard>, LabError> {
        cards::cards(self.context()).await
    }

    /// Inspector's side of the watched repository and of the unwatched one with the same image.
    pub async fn inspector_view(&self) -> Result<Vec<InspectorRepository>, LabError> {
        inspector::inspector(self.context()).await
    }

    /// When the registry's last token ends, if one was fetched. Never the token.
    pub fn credential_expiry(&self) -> Result<Option<Timestamp>, LabError> {
        self.context().session.credential_expiry(&self.context().run)
    }

    /// The live transcript: every call when it has ended, numbered, after it was stored. Long calls report by
    /// [`Progress`] until then. A receiver that falls far behind misses entries; [`Lab::transcript`](crate::Lab::transcript)
    /// has all.
    pub fn watch(&self) -> broadcast::Receiver<Entry> {
        self.context().transcript.watch()
    }

    /// The outcome of the run so far. Sends no request.
    pub async fn outcome(&self) -> Result<RunOutcome, LabError> {
        let (session, run) = (&self.context().session, &self.context().run);
        let names = self.context().plan.repositories();
        let steps = session.steps(run)?;
        let repositories: Vec<_> =
            names.iter().map(|name| session.repository_outcome(run, name)).collect::<Result<_, _>>()?;
        let mut outcome = RunOutcome {
            ok: all_well(&steps),
            stale: steps.iter().filter(|step| step.stale).map(|step| step.id).collect(),
            assessed: assessed(&repositories),
            repositories,
            comparison: session.compared(run)?.map(|compared| compared.outcome),
            receipt: session.receipt(run)?,
        };
        former_counts::complete(self.context(), &mut outcome).await?;
        Ok(outcome)
    }

    async fn go(
        &self,
        step: StepId,
        action: StepAction,
        work: impl AsyncFnOnce(&Job<'_>) -> Result<(), LabError>,
        progress: Arc<dyn Progress>,
        cancel: CancellationToken,
    ) -> Result<(), LabError> {
        let _busy = self.inner.busy.try_lock().map_err(|_| Problem::new(Code::StepRunning).retryable())?;
        let needed = async {
            tokio::select! {
                biased;
                needed = self.consent_request(step, action) => needed,
                () = cancel.cancelled() => Err(LabError::Cancelled),
            }
        };
        let needed = match needed.await {
            Ok(Some(preview)) => return Err(LabError::ConsentNeeded(Box::new(preview))),
            other => other.map(drop),
        };
        let started = Instant::now();
        self.put(step, StepState::Running, None, None)?;
        if action == StepAction::Undo {
            // Before its first change: an undoing that is interrupted has undone a part.
            self.mark_later_steps_stale(step)?;
        }
        let job = Job { context: self.context(), progress: &*progress, cancel: &cancel };
        let result = transcript::within(step, async {
            needed?;
            // The step first: it may have something to say about its being cancelled.
            tokio::select! {
                biased;
                result = work(&job) => result,
                () = cancel.cancelled() => Err(LabError::Cancelled),
            }
        })
        .await
        .map_err(|error| self.context().advice().on_error(error));
        if action == StepAction::Run && result.is_ok() {
            self.set_stale(step, false)?;
        }
        let (state, problem) = match &result {
            Ok(()) if action == StepAction::Run => (StepState::Done, None),
            Ok(()) => (StepState::Undone, None),
            Err(LabError::Cancelled) => (StepState::Cancelled, None),
            Err(LabError::Problem(problem)) => (StepState::Failed, Some((**problem).clone())),
            Err(LabError::ConsentNeeded(_)) => (StepState::Pending, None),
        };
        self.put(step, state, Some(started.elapsed()), problem)?;
        if step == StepId::Cleanup {
            let (session, run) = (&self.context().session, &self.context().run);
            let complete = session.receipt(run)?.is_some_and(|receipt| receipt.is_complete());
            session.set_finished(run, state == StepState::Done && complete)?;
        }
        result
    }

    fn put(
        &self,
        step: StepId,
        state: StepState,
        took: Option<Duration>,
        problem: Option<Problem>,
    ) -> Result<(), LabError> {
        let mut record = self.record(step)?;
        record.state = state;
        record.problem = problem;
        if took.is_some() {
            record.seconds = took.map(|took| took.as_secs_f64());
        }
        self.context().session.put_step(&self.context().run, &record)
    }

    /// Marks the steps that build on this one and were done. Clean-up builds on none.
    fn mark_later_steps_stale(&self, undone: StepId) -> Result<(), LabError> {
        let later = StepId::ALL.into_iter().filter(|step| *step > undone && *step != StepId::Cleanup);
        for step in later {
            if self.record(step)?.state == StepState::Done {
                self.set_stale(step, true)?;
            }
        }
        Ok(())
    }

    fn set_stale(&self, step: StepId, stale: bool) -> Result<(), LabError> {
        let mut record = self.record(step)?;
        record.stale = stale;
        self.context().session.put_step(&self.context().run, &record)
    }

    fn record(&self, step: StepId) -> Result<StepRecord, LabError> {
        self.context().session.step(&self.context().run, step)
    }
}

/// See [`RunOutcome::assessed`].
fn assessed(repositories: &[RepositoryOutcome]) -> BTreeMap<String, AssessedText> {
    let stated = |repository: &RepositoryOutcome| {
        Some((repository.name.clone(), AssessedText::of(repository.assessment.as_ref()?)))
    };
    repositories.iter().filter_map(stated).collect()
}

/// See [`RunOutcome::ok`].
fn all_well(steps: &[StepRecord]) -> bool {
    steps.iter().all(|step| match step.state {
        StepState::Done if step.stale => false,
        StepState::Done => step.checks.iter().all(|check| check.outcome == CheckStatus::Met),
        StepState::Pending => step.id == StepId::Cleanup,
        _ => false,
    })
}
