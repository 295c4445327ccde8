//! The end of a command that ran steps: the outcome as a table or as JSON, the report, and what to do next.

use std::{path::Path, sync::Arc};

use findings::{FindingsError, Timestamp};
use i18n::{Message, format::plain_json};
use lab::{
    CheckStatus, Code, Lab, Mode, PracticeClock, Problem, Run, RunInfo, RunOutcome, StepId, StepRecord, StepState,
    report::{self, ReportInput},
};
use launcher::Backend;
use serde_json::Value;

use crate::{
    args::Output,
    console::{Console, ignore_broken_pipe},
    failure::{Exit, Failure, problem_text},
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
    /// The run up to and including this step.
    Until(StepId),
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
    backend: &Backend,
) -> Result<Exit, Failure> {
    let (info, outcome) = (run.info()?, run.outcome().await?);
    let met = match goal {
        Goal::CleanUp => info.steps.iter().filter(|step| step.id == StepId::Cleanup).all(all_met),
        Goal::Until(last) => info.steps.iter().filter(|step| step.id <= last).all(all_met),
        // What could not be checked is not a failed check: some permissions are not known before they are used.
        Goal::Prepare => steps.is_ok(),
        Goal::WholeRun => outcome.ok,
    };
    // The outcome is judged by what the command was to do.
    let outcome = match goal {
        Goal::Prepare | Goal::Until(_) => RunOutcome { ok: met, ..outcome },
        Goal::WholeRun | Goal::CleanUp => outcome,
    };
    if output.json {
        let mut result = report::result(&info, &outcome, console.localizer());
        if output.mask {
            let mut redactor = report::redactor(&info, lab.known_folders());
            redactor.learn_json(&result);
            redactor.json(&mut result);
        }
        print_json(console, &result)?;
    } else if steps.is_ok() && goal != Goal::Prepare {
        print(console, &show::outcome(console, &outcome, met))?;
        show::practice_clock(console, backend.practice_clock());
    }
    if let Some(path) = &output.report
        && let Err(failure) = write_report(lab, run, console, path, output.mask, backend.practice_clock()).await
    {
        // The result is printed already.
        console.line(&failure.text(console.localizer()));
        return Ok(failure.exit());
    }
    if let Err(failure) = steps {
        match failure {
            Failure::Cancelled if goal != Goal::Prepare => console.message(&Message::new("cli-stopped")),
            _ => {
                if goal != Goal::Prepare {
                    console.message(&Message::new("cli-failed"));
                }
                console.line(&failure.text(console.localizer()));
            }
        }
        return Ok(failure.exit());
    }
    if goal != Goal::Prepare
        && info.steps.iter().any(|step| step.id == StepId::Cleanup && step.state != StepState::Done)
    {
        let id = if info.mode == Mode::Practice { "cli-kept" } else { "cli-kept-costs" };
        console.message(&Message::new(id));
    }
    if met {
        return Ok(Exit::Met);
    }
    console.line(&problem_text(&not_met(console, &info, goal), console.localizer()));
    Ok(Exit::NotMet)
}

/// Which checks are not met or unknown, by step.
fn not_met(console: &Console, info: &RunInfo, goal: Goal) -> Problem {
    let localizer = console.localizer();
    let counted = |step: &StepRecord| {
        let count = |outcome| step.checks.iter().filter(|check| check.outcome == outcome).count();
        let (not_met, unknown) = (count(CheckStatus::NotMet), count(CheckStatus::Unknown));
        let name = localizer.text_by_id(&format!("report-step-{}", step.id.name()));
        let part = |id: &str, count: usize| localizer.text(&Message::new(id).with("count", count));
        let mut parts = Vec::new();
        if not_met > 0 {
            parts.push(part("cli-count-not-met", not_met));
        }
        if unknown > 0 {
            parts.push(part("cli-count-unknown", unknown));
        }
        if step.stale {
            parts.push(localizer.text_by_id("cli-count-stale"));
        }
        (!parts.is_empty()).then(|| format!("{name} ({})", parts.join(", ")))
    };
    let relevant = info.steps.iter().filter(|step| goal != Goal::CleanUp || step.id == StepId::Cleanup);
    let steps: Vec<_> = relevant.filter_map(counted).collect();
    Problem::new(Code::CliChecksNotMet).with("steps", steps.join("; "))
}

async fn write_report(
    lab: &Lab,
    run: &Run,
    console: &Arc<Console>,
    path: &Path,
    mask: bool,
    clock: Option<PracticeClock>,
) -> Result<(), Failure> {
    let created_at = Timestamp::from(time::OffsetDateTime::now_utc());
    let mut input = ReportInput::gather(lab, run, created_at, clock).await?;
    if mask {
        input = input.masked(lab.known_folders());
    }
    let (target, shared_console) = (path.to_owned(), Arc::clone(console));
    let written = tokio::task::spawn_blocking(move || report::write(&target, &input, shared_console.localizer())).await;
    match written {
        Ok(written) => written?,
        Err(panic) => std::panic::resume_unwind(panic.into_panic()),
    }
    console.message(&Message::new("cli-report-written").with("path", path.display().to_string()));
    Ok(())
}

/// Prints the command's result as JSON on standard output.
pub(super) fn print_json(console: &Console, value: &Value) -> Result<(), Failure> {
    print(console, &format!("{}\n", plain_json(&format!("{value:#}"))))
}

/// Prints the command's result on standard output.
pub(super) fn print(console: &Console, text: &str) -> Result<(), Failure> {
    ignore_broken_pipe(console.result(text)).map_err(|error| output_error(&error))
}

pub(super) fn output_error(error: &std::io::Error) -> Failure {
    Failure::went_wrong(Problem::new(Code::CliOutput).details(error.to_string()))
}

/// The findings store cannot be read.
#[expect(clippy::needless_pass_by_value, reason = "it is passed to map_err")]
pub(super) fn read_error(error: FindingsError) -> Failure {
    Failure::went_wrong(Problem::new(Code::ReportFindings).details(error.to_string()))
}
