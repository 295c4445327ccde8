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
    args::{PlanOptions, Run},
    console::Console,
    failure::{Exit, Failure},
    show, stop,
};

pub(super) async fn run(options: Run, console: &Arc<Console>, folder: &Folder) -> Result<Exit, Failure> {
    let mode = Mode::from(options.mode);
    ensure_profile_is_used(mode, options.profile.as_deref())?;
    let run_options = RunOptions {
        profile: options.profile.clone(),
        region: options.region.clone(),
        engine: options.engine.clone(),
        speed: Some(options.speed.to_string()),
    };
    let launch_options = LaunchOptions { faults: options.fault.clone(), ..LaunchOptions::start(mode, &run_options) };
    if !options.preflight_only {
        ensure_consent_is_possible(launch_options.consent(), &options.output)?;
    }
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
    show::practice_clock(console, backend.practice_clock());
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
    let run = lab.start(plan(&options.plan), backend.access.clone(), run_options).await?;
    let runner = StepRunner { console, run: &run, output: &options.output, stop, removals: &[] };
    if options.preflight_only {
        // Nothing was changed: there is nothing to resume or to clean up.
        let result = finish(lab, &run, console, &options.output, prepare(&runner).await, Goal::Prepare, backend).await;
        lab.abandon()?;
        return result;
    }
    let last = last_step(options);
    let steps_result = match prepare_and_confirm(&runner, last).await {
        Ok(()) => runner.steps(changing(last).map(|step| (step, false))).await,
        Err(Failure::Cancelled) if stop.is_cancelled() => Err(Failure::Cancelled),
        Err(failure) => {
            // Nothing was changed: there is nothing to resume or to clean up.
            let result = finish(lab, &run, console, &options.output, Err(failure), Goal::Prepare, backend).await;
            lab.abandon()?;
            return result;
        }
    };
    let goal = if options.until.is_some() { Goal::Until(last) } else { Goal::WholeRun };
    finish(lab, &run, console, &options.output, steps_result, goal, backend).await
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

/// The last step to be run.
fn last_step(options: &Run) -> StepId {
    options.until.unwrap_or(if options.keep { StepId::Remediate } else { StepId::Cleanup })
}

/// Runs the first step. Changes nothing.
async fn prepare(runner: &StepRunner<'_>) -> Result<(), Failure> {
    runner.step(StepId::Prepare).await?;
    let info = runner.run.info()?;
    let record = info.steps.iter().find(|step| step.id == StepId::Prepare);
    if record.is_some_and(|step| step.checks.iter().any(|check| check.outcome == CheckStatus::NotMet)) {
        return Err(Failure::went_wrong(Problem::new(Code::CliNotPrepared)));
    }
    Ok(())
}

/// Runs the first step and asks for consent to the others. Changes nothing.
async fn prepare_and_confirm(runner: &StepRunner<'_>, last: StepId) -> Result<(), Failure> {
    prepare(runner).await?;
    runner.confirm(&changing(last).collect::<Vec<_>>()).await
}

/// The steps after the first, up to the last one to be run.
fn changing(last: StepId) -> impl Iterator<Item = StepId> {
    StepId::ALL.into_iter().skip(1).filter(move |step| *step <= last)
}

/// The plan with these options.
pub(super) fn plan(options: &PlanOptions) -> Plan {
    let named = options.names.plan();
    let own_tag = || options.fixed_image.as_deref().and_then(tag_of).filter(|own| *own != named.tag);
    let fixed_tag = options.names.fixed_tag.clone().or_else(own_tag).unwrap_or(named.fixed_tag.clone());
    Plan {
        fixed_tag,
        image: options.image.clone().unwrap_or(named.image),
        fixed_image: options.fixed_image.clone().unwrap_or(named.fixed_image),
        keep_rules: !options.replace_rules,
        move_tags: options.move_tags,
        share_layers: options.share_layers,
        ..named
    }
}

/// Fails if a profile is named for a run that does not use it: the user means an account, and would practise unawares.
pub(super) fn ensure_profile_is_used(mode: Mode, profile: Option<&str>) -> Result<(), Failure> {
    match profile {
        Some(profile) if mode == Mode::Practice => {
            Err(Failure::wrong_use(Problem::new(Code::CliProfileUnused).with("profile", profile)))
        }
        _ => Ok(()),
    }
}

/// The tag of a reference, if it has one. An invalid reference is reported when the plan is validated.
fn tag_of(reference: &str) -> Option<String> {
    Reference::parse(reference).ok()?.tag
}

pub(super) fn unfinished_run(run: &RunInfo) -> Failure {
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
    use crate::args::PlanNames;

    #[test]
    fn the_plan_is_the_lessons_but_for_the_options() {
        assert_eq!(plan(&PlanOptions::default()), Plan::default());
        let some = |text: &str| Some(text.to_owned());
        let names = PlanNames {
            tag: some("lab"),
            filter: some("kim-app"),
            prod: some("app"),
            prefix: some("kim"),
            ..PlanNames::default()
        };
        let fixed_image = some("127.0.0.1:5000/neo4j:4.4.40");
        let mut options = PlanOptions { fixed_image, names, ..PlanOptions::default() };
        let made = plan(&options);
        assert_eq!(made.repositories(), ["kim-app", "kim-eks-security-sandbox", "kim-eks-security-shared"]);
        assert_eq!((made.filter.as_str(), made.tag.as_str(), made.fixed_tag.as_str()), ("kim-app", "lab", "4.4.40"));
        options.names.fixed_tag = some("fixed");
        assert_eq!(plan(&options).fixed_tag, "fixed");
        assert!(!made.share_layers && plan(&PlanOptions { share_layers: true, ..PlanOptions::default() }).share_layers);
        assert!(made.keep_rules && !plan(&PlanOptions { replace_rules: true, ..options }).keep_rules);
    }

    #[test]
    fn the_patched_images_own_tag_is_used() {
        assert_eq!(tag_of("public.ecr.aws/docker/library/neo4j:4.4.48").as_deref(), Some("4.4.48"));
        assert_eq!(tag_of("127.0.0.1:5000/neo4j"), None);
        assert_eq!(tag_of(&format!("a/b:1@sha256:{}", "0".repeat(64))).as_deref(), Some("1"));
    }
}
