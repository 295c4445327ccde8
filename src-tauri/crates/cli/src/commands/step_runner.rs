//! Runs steps one after another: heading, progress, checks. Stops at a step that fails, or when the user stops the program.

use std::sync::Arc;

use i18n::Message;
use lab::{CheckStatus, Code, LabError, Mode, Problem, Run, RunPreview, StepId, StepRecord, StepState};
use tokio_util::sync::CancellationToken;

use super::{confirm::ask, removals};
use crate::{args::Output, console::Console, failure::Failure, show};

/// Runs the steps of a run.
pub(super) struct StepRunner<'a> {
    pub(super) console: &'a Arc<Console>,
    pub(super) run: &'a Run,
    pub(super) output: &'a Output,
    pub(super) stop: &'a CancellationToken,
    /// What the clean-up is to remove although the run did not make it, by name.
    pub(super) removals: &'a [String],
}

impl StepRunner<'_> {
    /// Runs these steps in order; of those with `true`, which are done, only the checks. What a check could not read is asked
    /// again before clean-up removes what it is about, and at the end.
    pub(super) async fn steps(&self, steps: impl IntoIterator<Item = (StepId, bool)>) -> Result<(), Failure> {
        for (step, is_done) in steps {
            if step == StepId::Cleanup {
                self.check_unknown_again(|other| other < StepId::Cleanup).await?;
            }
            if is_done { self.check(step).await? } else { self.step(step).await? }
        }
        let is_clean = self.run.info()?.steps.iter().any(|step| step.id == StepId::Cleanup && is_done(step));
        self.check_unknown_again(|step| !is_clean || is_checked_after_cleanup(step)).await
    }

    /// Checks the finished steps again of which something could not be read.
    async fn check_unknown_again(&self, selected: impl Fn(StepId) -> bool) -> Result<(), Failure> {
        for record in self.run.info()?.steps {
            if selected(record.id) && is_done(&record) && has_unknown(&record) {
                self.console.line(&show::heading(self.console, record.id));
                self.check(record.id).await?;
            }
        }
        Ok(())
    }

    /// Runs one step, then its checks.
    pub(super) async fn step(&self, step: StepId) -> Result<(), Failure> {
        self.console.line(&show::heading(self.console, step));
        if step == StepId::Cleanup {
            self.choose_removals().await?;
        }
        loop {
            let display = show::progress(self.console);
            let progress: Arc<dyn lab::Progress> = display.clone();
            let result = self.run.run(step, progress, self.stop.clone()).await;
            display.end();
            match result {
                // Someone else has changed the state since the user gave consent.
                Err(LabError::ConsentNeeded(preview)) => self.ask(&preview).await?,
                result => break result?,
            }
        }
        self.check(step).await?;
        if step == StepId::Prepare && self.run.info()?.mode == Mode::Aws {
            self.permissions().await?;
        }
        Ok(())
    }

    /// Prints what is known about each permission.
    pub(super) async fn permissions(&self) -> Result<(), Failure> {
        let lines = self.until_stopped(self.run.preflight()).await?;
        self.console.message(&Message::new("cli-permissions"));
        self.console.line(&show::permissions(self.console, &lines));
        Ok(())
    }

    async fn choose_removals(&self) -> Result<(), Failure> {
        let preview = self.until_stopped(self.run.preview(StepId::Cleanup)).await?;
        removals::choose(self.console, self.run, self.output, self.stop, preview.named_by_plan, self.removals).await
    }

    /// Only runs the checks of a step.
    pub(super) async fn check(&self, step: StepId) -> Result<(), Failure> {
        let checks = self.until_stopped(self.run.check(step)).await?;
        if !checks.is_empty() {
            self.console.line(&show::checks(self.console, &checks));
        }
        let seconds = self.run.info()?.steps.into_iter().find(|record| record.id == step).and_then(|step| step.seconds);
        if let Some(seconds) = seconds {
            let took = Message::new("cli-took").with("seconds", format!("{seconds:.1}"));
            self.console
                .line(&self.console.coloured(crate::console::Tone::Soft, &self.console.localizer().text(&took)));
        }
        Ok(())
    }

    /// Asks for consent to these steps, unless none is needed or it was given before.
    pub(super) async fn confirm(&self, steps: &[StepId]) -> Result<(), Failure> {
        self.ensure_expected_account()?;
        match self.until_stopped(self.run.consent_request_for(steps)).await? {
            Some(preview) => self.ask(&preview).await,
            None => Ok(()),
        }
    }

    /// `--account` names the only account that may be changed.
    fn ensure_expected_account(&self) -> Result<(), Failure> {
        let (Some(expected), Some(account)) = (&self.output.account, self.run.info()?.account) else { return Ok(()) };
        if *expected == account {
            return Ok(());
        }
        let problem = Problem::new(Code::CliOtherAccount).with("account", account);
        Err(Failure::wrong_use(problem.with("expected", expected.as_str())))
    }

    async fn ask(&self, preview: &RunPreview) -> Result<(), Failure> {
        ask(self.console, self.run, self.output, self.stop, preview).await
    }

    /// Waits for work that changes nothing and cannot be cancelled itself, until it ends or the user stops the program.
    pub(super) async fn until_stopped<T>(&self, work: impl Future<Output = Result<T, LabError>>) -> Result<T, Failure> {
        tokio::select! {
            biased;
            () = self.stop.cancelled() => Err(Failure::Cancelled),
            result = work => Ok(result?),
        }
    }
}

/// Whether the step was run to its end, and nothing that it builds on was undone since.
pub(super) fn is_done(step: &StepRecord) -> bool {
    step.state == StepState::Done && !step.stale
}

/// Whether something could not be read when the step was last checked.
pub(super) fn has_unknown(step: &StepRecord) -> bool {
    step.checks.iter().any(|check| check.outcome == CheckStatus::Unknown)
}

/// Whether the step's check still means something after clean-up: those of the others are about what it has removed.
pub(super) fn is_checked_after_cleanup(step: StepId) -> bool {
    matches!(step, StepId::Prepare | StepId::Cleanup)
}
