//! `imagelab resume`: goes on with a run where it was interrupted.

use std::sync::Arc;

use i18n::Message;
use lab::{Code, Lab, Problem, RunInfo, StepId, StepState};
use launcher::{Backend, Folder, LaunchOptions};
use tokio_util::sync::CancellationToken;

use super::{
    confirm::can_be_asked,
    drive::Drive,
    finish::{Asked, finish, report_can_be_written},
    run::no_signals,
};
use crate::{
    args::{Output, Resume},
    console::Console,
    failure::{Exit, Failure},
    stop,
};

pub(super) async fn run(options: Resume, console: &Arc<Console>, folder: &Folder) -> Result<Exit, Failure> {
    report_can_be_written(&options.output)?;
    let lab = Lab::open(&folder.lab()).await?;
    let Some(unfinished) = lab.newest()?.filter(|run| !run.finished) else {
        return Err(Failure::wrong_use(Problem::new(Code::CliNothingToResume)));
    };
    let steps = left(&unfinished, options.keep);
    let mut wanted = LaunchOptions::resume(folder, &unfinished);
    wanted.profile = options.profile.or(wanted.profile);
    wanted.engine = options.engine.unwrap_or(wanted.engine);
    wanted.speed = options.speed.unwrap_or(wanted.speed);
    Box::pin(go_on(&lab, console, folder, wanted, Task { asked: Asked::Run, steps }, &options.output)).await
}

/// What is left to do of a run.
pub(super) struct Task {
    pub(super) asked: Asked,
    /// Steps, each with whether it is done and only its check is left.
    pub(super) steps: Vec<(StepId, bool)>,
}

/// Takes the newest run up again and does what is left of it.
pub(super) async fn go_on(
    lab: &Lab,
    console: &Arc<Console>,
    folder: &Folder,
    wanted: LaunchOptions,
    task: Task,
    output: &Output,
) -> Result<Exit, Failure> {
    let stop = stop::on_signals(console, "cli-stopping").map_err(|error| no_signals(&error))?;
    let place = tokio::select! {
        () = stop.cancelled() => return Err(Failure::Cancelled),
        place = Backend::open(folder, wanted) => place?,
    };
    if let Err(failure) = can_be_asked(&place.access, output) {
        place.close().await;
        return Err(failure);
    }
    console.notices(&place.notices);
    let ended = drive(lab, console, &place, &task, output, &stop).await;
    place.close().await;
    ended
}

async fn drive(
    lab: &Lab,
    console: &Arc<Console>,
    place: &Backend,
    task: &Task,
    output: &Output,
    stop: &CancellationToken,
) -> Result<Exit, Failure> {
    let run = tokio::select! {
        () = stop.cancelled() => return Err(Failure::Cancelled),
        run = lab.resume(place.access.clone()) => run?,
    };
    console.say(&Message::new("cli-resumed").with("run", run.info()?.id.to_string()));
    let drive = Drive { console, run: &run, output, stop };
    let changing: Vec<_> =
        task.steps.iter().filter(|(step, done)| !done && *step != StepId::Prepare).map(|(step, _)| *step).collect();
    let driven = async {
        let (first, rest) = match task.steps.split_first() {
            // Account and region are known once it has looked.
            Some(((StepId::Prepare, false), rest)) => (true, rest),
            _ => (false, task.steps.as_slice()),
        };
        if first {
            drive.step(StepId::Prepare).await?;
        }
        drive.confirm(&changing).await?;
        for (step, done) in rest {
            if *done { drive.check(*step).await? } else { drive.step(*step).await? }
        }
        Ok(())
    };
    let driven = driven.await;
    finish(lab, &run, console, output, driven, task.asked).await
}

/// What is left to do: steps that are not done, and the checks of those that are but were not looked at.
fn left(run: &RunInfo, keep: bool) -> Vec<(StepId, bool)> {
    let steps = run.steps.iter().filter(|step| !keep || step.id != StepId::Cleanup);
    steps
        .filter(|step| step.state != StepState::Done || step.checks.is_empty())
        .map(|step| (step.id, step.state == StepState::Done))
        .collect()
}
