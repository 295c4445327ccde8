//! The end of a command that ran steps: the outcome as a table or as JSON, the report, and what to do next.

use std::{path::Path, sync::Arc};

use findings::Timestamp;
use i18n::Message;
use lab::{
    CheckStatus, Code, Lab, Mode, Run, StepId, StepRecord, StepState,
    report::{self, ReportInput},
};

use crate::{
    args::Output,
    console::{Console, ignore_broken_pipe},
    failure::{Exit, Failure},
    show,
};

/// Fails at once if the requested report could not be written at the end.
pub(super) fn ensure_report_is_writable(output: &Output) -> Result<(), Failure> {
    match &output.report {
        Some(path) => Ok(report::ensure_writable(path).map(drop)?),
        None => Ok(()),
    }
}

/// What the command was to do, which decides whether it succeeded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Goal {
    /// The preparation of a run; nothing has been changed yet.
    Prepare,
    /// The whole run.
    WholeRun,
    /// Only the cleanup, however many steps had been completed.
    CleanUp,
}

fn all_met(step: &StepRecord) -> bool {
    step.state == StepState::Done && step.checks.iter().all(|check| check.outcome == CheckStatus::Met)
}

/// Prints the outcome of the run and writes the report, whether its steps succeeded or not. `steps` is their result.
pub(super) async fn finish(
    lab: &Lab,
    run: &Run,
    console: &Arc<Console>,
    output: &Output,
    steps: Result<(), Failure>,
    goal: Goal,
) -> Result<Exit, Failure> {
    let (info, outcome) = (run.info()?, run.outcome().await?);
    let met = match goal {
        Goal::CleanUp => info.steps.iter().filter(|step| step.id == StepId::Cleanup).all(all_met),
        Goal::Prepare | Goal::WholeRun => outcome.ok,
    };
    if output.json {
        print(console, &format!("{:#}\n", report::result(&info, &outcome, console.localizer())))?;
    } else if steps.is_ok() {
        print(console, &show::outcome(console, &outcome, met))?;
    }
    if let Some(path) = &output.report {
        write_report(lab, run, console, path).await?;
    }
    if let Err(failure) = steps {
        if let Some(text) = failure.text(console.localizer()) {
            console.line(&text);
        }
        if goal != Goal::Prepare {
            let id = if matches!(failure, Failure::Cancelled) { "cli-stopped" } else { "cli-failed" };
            console.message(&Message::new(id));
        }
        return Ok(failure.exit());
    }
    if info.steps.iter().any(|step| step.id == StepId::Cleanup && step.state != StepState::Done) {
        let id = if info.mode == Mode::Practice { "cli-kept" } else { "cli-kept-costs" };
        console.message(&Message::new(id));
    }
    Ok(if met { Exit::Met } else { Exit::NotMet })
}

async fn write_report(lab: &Lab, run: &Run, console: &Arc<Console>, path: &Path) -> Result<(), Failure> {
    let created_at = Timestamp::from(time::OffsetDateTime::now_utc());
    let input = ReportInput::gather(lab, run, created_at).await?;
    let (target, shared_console) = (path.to_owned(), Arc::clone(console));
    let written = tokio::task::spawn_blocking(move || report::write(&target, &input, shared_console.localizer())).await;
    match written {
        Ok(written) => written?,
        Err(panic) => std::panic::resume_unwind(panic.into_panic()),
    }
    console.message(&Message::new("cli-report-written").with("path", path.display().to_string()));
    Ok(())
}

/// Prints the command's result on standard output.
pub(super) fn print(console: &Console, text: &str) -> Result<(), Failure> {
    ignore_broken_pipe(console.result(text)).map_err(|error| output_error(&error))
}

pub(super) fn output_error(error: &std::io::Error) -> Failure {
    Failure::went_wrong(lab::Problem::new(Code::CliOutput).details(error.to_string()))
}
