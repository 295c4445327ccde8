//! `imagelab resume`: continues an interrupted run.

use std::sync::Arc;

use i18n::Message;
use lab::{Code, ConfigurationChoice, Lab, Problem, RunInfo, StepId};
use launcher::{Backend, Folder, LaunchOptions};
use tokio_util::sync::CancellationToken;

use super::{
    confirm::ensure_consent_is_possible,
    finish::{Goal, ensure_report_is_writable, finish},
    run::{ensure_profile_is_used, signal_error},
    step_runner::{StepRunner, has_unknown, is_checked_after_cleanup, is_done},
};
use crate::{
    args::{Output, Resume},
    console::Console,
    failure::{Exit, Failure},
    show, stop,
};

pub(super) async fn run(options: Resume, console: &Arc<Console>, folder: &Folder) -> Result<Exit, Failure> {
    ensure_report_is_writable(&options.output)?;
    let lab = Lab::open(&folder.lab()).await?;
    let Some(unfinished) = lab.newest()?.filter(|run| !run.finished || has_unknown_after_cleanup(run)) else {
        return Err(Failure::wrong_use(Problem::new(Code::CliNothingToResume)));
    };
    let steps = remaining_steps(&unfinished, options.keep);
    ensure_profile_is_used(unfinished.mode, options.profile.as_deref())?;
    let mut launch_options = LaunchOptions::resume(folder, &unfinished);
    launch_options.profile = options.profile.or(launch_options.profile);
    launch_options.engine = options.engine.unwrap_or(launch_options.engine);
    launch_options.speed = options.speed.unwrap_or(launch_options.speed);
    Box::pin(resume_run(
        &lab,
        console,
        folder,
        launch_options,
        RemainingSteps { goal: Goal::WholeRun, steps, removals: Vec::new(), configuration: None },
        &options.output,
    ))
    .await
}

/// The steps of a run that remain to be done.
pub(super) struct RemainingSteps {
    pub(super) goal: Goal,
    /// Steps, each with whether it is done and only its check remains.
    pub(super) steps: Vec<(StepId, bool)>,
    /// What the clean-up is to remove although the run did not make it, by name.
    pub(super) removals: Vec<String>,
    /// What becomes of a scanning configuration that another user has changed, if that was chosen.
    pub(super) configuration: Option<ConfigurationChoice>,
}

impl RemainingSteps {
    /// The clean-up, with what was chosen for it. If it is done, only its check remains.
    pub(super) fn clean_up(done: bool, removals: Vec<String>, configuration: Option<ConfigurationChoice>) -> Self {
        Self { goal: Goal::CleanUp, steps: vec![(StepId::Cleanup, done)], removals, configuration }
    }
}

/// Resumes the newest run and runs its remaining steps.
pub(super) async fn resume_run(
    lab: &Lab,
    console: &Arc<Console>,
    folder: &Folder,
    launch_options: LaunchOptions,
    remaining: RemainingSteps,
    output: &Output,
) -> Result<Exit, Failure> {
    ensure_consent_is_possible(launch_options.consent(), output)?;
    let stop = stop::on_signals(console, "cli-stopping").map_err(|error| signal_error(&error))?;
    let backend = tokio::select! {
        () = stop.cancelled() => return Err(Failure::Cancelled),
        backend = Backend::open(folder, launch_options) => backend?,
    };
    console.notices(&backend.notices);
    show::practice_clock(console, backend.practice_clock());
    let result = run_remaining(lab, console, &backend, &remaining, output, &stop).await;
    backend.close().await;
    result
}

pub(super) async fn run_remaining(
    lab: &Lab,
    console: &Arc<Console>,
    backend: &Backend,
    remaining: &RemainingSteps,
    output: &Output,
    stop: &CancellationToken,
) -> Result<Exit, Failure> {
    let run = tokio::select! {
        () = stop.cancelled() => return Err(Failure::Cancelled),
        run = lab.resume(backend.access.clone()) => run?,
    };
    console.message(&Message::new("cli-resumed").with("run", run.info()?.id.to_string()));
    if let Some(choice) = remaining.configuration {
        run.choose_configuration(choice)?;
    }
    let runner = StepRunner { console, run: &run, output, stop, removals: &remaining.removals };
    let changing: Vec<_> = remaining
        .steps
        .iter()
        .filter(|(step, done)| !done && *step != StepId::Prepare)
        .map(|(step, _)| *step)
        .collect();
    let steps_result = async {
        let (first, rest) = match remaining.steps.split_first() {
            // The account and the Region are known once this step has run.
            Some(((StepId::Prepare, false), rest)) => (true, rest),
            _ => (false, remaining.steps.as_slice()),
        };
        if first {
            runner.step(StepId::Prepare).await?;
        }
        runner.confirm(&changing).await?;
        match remaining.goal {
            // Only clean-up counts: what earlier steps could not read is not asked again.
            Goal::CleanUp => {
                for (step, done) in rest {
                    if *done { runner.check(*step).await? } else { runner.step(*step).await? }
                }
                Ok(())
            }
            Goal::Prepare | Goal::WholeRun | Goal::Until(_) => runner.steps(rest.iter().copied()).await,
        }
    };
    let steps_result = steps_result.await;
    finish(lab, &run, console, output, steps_result, remaining.goal, backend).await
}

/// Whether a run that is cleaned up has checks that could not be read, and can be asked again.
pub(super) fn has_unknown_after_cleanup(run: &RunInfo) -> bool {
    run.steps.iter().any(|step| is_checked_after_cleanup(step.id) && has_unknown(step))
}

/// The remaining steps: those that are not done, and those that are done but were not checked, or not entirely; where there is none,
/// all of them, to be checked again. After clean-up only the checks that still mean something.
fn remaining_steps(run: &RunInfo, keep: bool) -> Vec<(StepId, bool)> {
    let steps = run.steps.iter().filter(|step| !keep || step.id != StepId::Cleanup);
    let steps: Vec<_> = steps.filter(|step| !run.finished || is_checked_after_cleanup(step.id)).collect();
    let remaining: Vec<_> = steps
        .iter()
        .filter(|step| !is_done(step) || step.checks.is_empty() || has_unknown(step))
        .map(|step| (step.id, is_done(step)))
        .collect();
    // Nothing is left to be done. What was read then may have changed since: it is read again, and not reported from the record.
    if remaining.is_empty() { steps.into_iter().map(|step| (step.id, true)).collect() } else { remaining }
}
