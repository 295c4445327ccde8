//! `imagelab run`: the whole lab.

use std::sync::Arc;

use i18n::Message;
use lab::{CheckStatus, Code, Lab, Mode, Plan, Problem, RunInfo, RunOptions, StepId};
use launcher::{Backend, Folder, LaunchOptions};
use oci::Reference;

use super::{
    confirm::can_be_asked,
    drive::Drive,
    finish::{Asked, finish, report_can_be_written},
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
    report_can_be_written(&options.output)?;
    let lab = Lab::open(&folder.lab()).await?;
    if let Some(unfinished) = lab.newest()?.filter(|run| !run.finished) {
        return Err(still_there(&unfinished));
    }
    let stop = stop::on_signals(console, "cli-stopping").map_err(|error| no_signals(&error))?;
    let run_options = RunOptions {
        profile: options.profile.clone(),
        region: options.region.clone(),
        engine: options.engine.clone(),
        speed: Some(options.speed.to_string()),
    };
    let wanted = LaunchOptions { faults: options.fault.clone(), ..LaunchOptions::start(mode, &run_options) };
    let place = tokio::select! {
        () = stop.cancelled() => return Err(Failure::Cancelled),
        place = Backend::open(folder, wanted) => place?,
    };
    if let Err(failure) = can_be_asked(&place.access, &options.output) {
        place.close().await;
        return Err(failure);
    }
    console.notices(&place.notices);
    let ended = run_lab(&options, &run_options, console, &lab, &place, &stop).await;
    place.close().await;
    ended
}

async fn run_lab(
    options: &Run,
    run_options: &RunOptions,
    console: &Arc<Console>,
    lab: &Lab,
    place: &Backend,
    stop: &tokio_util::sync::CancellationToken,
) -> Result<Exit, Failure> {
    console.say(&Message::new(match place.access.mode {
        Mode::Practice => "cli-mode-practice",
        Mode::Aws => "cli-mode-aws",
    }));
    let run = lab.start(plan(options), place.access.clone(), run_options).await?;
    let drive = Drive { console, run: &run, output: &options.output, stop };
    let driven = match prepared(&drive, options).await {
        Ok(()) => drive.steps(changing(options.keep)).await,
        Err(Failure::Cancelled) if stop.is_cancelled() => Err(Failure::Cancelled),
        Err(failure) => {
            // Nothing was changed: there is nothing to go on with, or to clean up.
            let ended = finish(lab, &run, console, &options.output, Err(failure), Asked::Begin).await;
            lab.abandon()?;
            return ended;
        }
    };
    finish(lab, &run, console, &options.output, driven, Asked::Run).await
}

/// Looks, and asks. Changes nothing.
async fn prepared(drive: &Drive<'_>, options: &Run) -> Result<(), Failure> {
    drive.step(StepId::Prepare).await?;
    let info = drive.run.info()?;
    let prepare = info.steps.iter().find(|step| step.id == StepId::Prepare);
    if prepare.is_some_and(|step| step.checks.iter().any(|check| check.outcome == CheckStatus::NotMet)) {
        return Err(Failure::went_wrong(Problem::new(Code::CliNotPrepared)));
    }
    let steps: Vec<_> = changing(options.keep).collect();
    drive.confirm(&steps).await
}

/// The steps that change something.
fn changing(keep: bool) -> impl Iterator<Item = StepId> {
    StepId::ALL.into_iter().skip(1).filter(move |step| !keep || *step != StepId::Cleanup)
}

fn plan(options: &Run) -> Plan {
    let mut plan = Plan { keep_rules: options.keep_rules, ..Plan::default() };
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

/// The tag of a reference, if it has one. That it is a reference at all is checked with the rest of the plan.
fn tag_of(reference: &str) -> Option<String> {
    Reference::parse(reference).ok()?.tag
}

fn still_there(run: &RunInfo) -> Failure {
    let mode = match run.mode {
        Mode::Practice => "--mode practice",
        Mode::Aws => "--mode aws",
    };
    Failure::wrong_use(Problem::new(Code::CliUnfinished).with("run", run.id.to_string()).with("mode", mode))
}

pub(super) fn no_signals(error: &std::io::Error) -> Failure {
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
