//! `imagelab run`: the whole lab.

use std::sync::Arc;

use i18n::Message;
use lab::{Access, CheckStatus, Code, Lab, Mode, Plan, Problem, RunInfo, RunOptions, StepId};
use launcher::{Backend, Folder, LaunchOptions};
use oci::Reference;

use super::{
    confirm::ensure_consent_is_possible,
    finish::{Goal, ensure_report_is_writable, finish},
    step_runner::StepRunner,
};
use crate::{
    args::{self, Run},
    console::Console,
    failure::{Exit, Failure},
    stop,
};

pub(super) async fn run(options: Run, console: &Arc<Console>, folder: &Folder) -> Result<Exit, Failure> {
    let mode = match options.mode {
        args::Mode::Practice => Mode::Practice,
        args::Mode::Aws => Mode::Aws,
    };
    let run_options = RunOptions {
        profile: options.profile.clone(),
        region: options.region.clone(),
        engine: options.engine.clone(),
        speed: Some(options.speed.to_string()),
    };
    let launch_options = LaunchOptions { faults: options.fault.clone(), ..LaunchOptions::start(mode, &run_options) };
    ensure_consent_is_possible(launch_options.consent(), &options.output)?;
    ensure_report_is_writable(&options.output)?;
    let lab = Lab::open(&folder.lab()).await?;
    if let Some(unfinished) = lab.newest()?.filter(|run| !run.finished) {
        return Err(unfinished_run(&unfinished));
    }
    let stop = stop::on_signals(console, "cli-stopping").map_err(|error| signal_error(&error))?;
    let backend = tokio::select! {
        () = stop.cancelled() => return Err(Failure::Cancelled),
        backend = Backend::open(folder, launch_options) => backend?,
    };
    console.notices(&backend.notices);
    let result = run_lab(&options, &run_options, console, &lab, &backend, &stop).await;
    backend.close().await;
    result
}

async fn run_lab(
    options: &Run,
    run_options: &RunOptions,
    console: &Arc<Console>,
    lab: &Lab,
    backend: &Backend,
    stop: &tokio_util::sync::CancellationToken,
) -> Result<Exit, Failure> {
    console.message(&mode_message(&backend.access).await);
    let run = lab.start(plan(options), backend.access.clone(), run_options).await?;
    let runner = StepRunner { console, run: &run, output: &options.output, stop, removals: &[] };
    let steps_result = match prepare(&runner, options).await {
        Ok(()) => runner.steps(changing(options.keep).map(|step| (step, false))).await,
        Err(Failure::Cancelled) if stop.is_cancelled() => Err(Failure::Cancelled),
        Err(failure) => {
            // Nothing was changed: there is nothing to resume or to clean up.
            let result = finish(lab, &run, console, &options.output, Err(failure), Goal::Prepare).await;
            lab.abandon()?;
            return result;
        }
    };
    finish(lab, &run, console, &options.output, steps_result, Goal::WholeRun).await
}

/// Where the run takes place. What answers at a custom endpoint is not the user's own account at AWS.
pub(super) async fn mode_message(access: &Access) -> Message {
    match access.mode {
        Mode::Practice => Message::new("cli-mode-practice"),
        // The first step reports why the endpoint could not be determined.
        Mode::Aws => match lab::custom_endpoint(&access.aws).await.ok().flatten() {
            Some(endpoint) => Message::new("cli-mode-endpoint").with("endpoint", endpoint),
            None => Message::new("cli-mode-aws"),
        },
    }
}

/// Runs the first step and asks for consent. Changes nothing.
async fn prepare(runner: &StepRunner<'_>, options: &Run) -> Result<(), Failure> {
    runner.step(StepId::Prepare).await?;
    let info = runner.run.info()?;
    let record = info.steps.iter().find(|step| step.id == StepId::Prepare);
    if record.is_some_and(|step| step.checks.iter().any(|check| check.outcome == CheckStatus::NotMet)) {
        return Err(Failure::went_wrong(Problem::new(Code::CliNotPrepared)));
    }
    let steps: Vec<_> = changing(options.keep).collect();
    runner.confirm(&steps).await
}

/// The steps that change something.
fn changing(keep: bool) -> impl Iterator<Item = StepId> {
    StepId::ALL.into_iter().skip(1).filter(move |step| !keep || *step != StepId::Cleanup)
}

fn plan(options: &Run) -> Plan {
    let mut plan = Plan { keep_rules: options.keep_rules, move_tags: options.move_tags, ..Plan::default() };
    if let Some(image) = &options.image {
        plan.image.clone_from(image);
    }
    if let Some(image) = &options.fixed_image {
        plan.fixed_image.clone_from(image);
        if let Some(tag) = tag_of(image).filter(|tag| *tag != plan.tag) {
            plan.fixed_tag = tag;
        }
    }
    plan
}

/// The tag of a reference, if it has one. An invalid reference is reported when the plan is validated.
fn tag_of(reference: &str) -> Option<String> {
    Reference::parse(reference).ok()?.tag
}

fn unfinished_run(run: &RunInfo) -> Failure {
    let mode = match run.mode {
        Mode::Practice => "--mode practice",
        Mode::Aws => "--mode aws",
    };
    Failure::wrong_use(Problem::new(Code::CliUnfinished).with("run", run.id.to_string()).with("mode", mode))
}

pub(super) fn signal_error(error: &std::io::Error) -> Failure {
    Failure::went_wrong(Problem::new(Code::CliSignals).details(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_patched_images_own_tag_is_used() {
        assert_eq!(tag_of("public.ecr.aws/docker/library/neo4j:4.4.48").as_deref(), Some("4.4.48"));
        assert_eq!(tag_of("127.0.0.1:5000/neo4j"), None);
        assert_eq!(tag_of(&format!("a/b:1@sha256:{}", "0".repeat(64))).as_deref(), Some("1"));
    }
}
