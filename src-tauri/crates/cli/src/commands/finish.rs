//! The end of a run: what came of it, as a table or as JSON, the report, and what to do next.

use std::{path::Path, sync::Arc};

use findings::Timestamp;
use i18n::Message;
use lab::{
    CheckStatus, Code, Lab, Mode, Run, StepId, StepRecord, StepState,
    report::{self, ReportInput},
};

use crate::{
    args::Output,
    console::{Console, gone_is_fine},
    failure::{Exit, Failure},
    show,
};

/// Refuses a report that could not be written later.
pub(super) fn report_can_be_written(output: &Output) -> Result<(), Failure> {
    match &output.report {
        Some(path) => Ok(report::ensure_writable(path).map(drop)?),
        None => Ok(()),
    }
}

/// What was asked for, and is to be judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Asked {
    /// To begin: nothing has been changed yet.
    Begin,
    /// The whole run.
    Run,
    /// Only to take back what there was, however far it had come.
    CleanUp,
}

fn all_met(step: &StepRecord) -> bool {
    step.state == StepState::Done && step.checks.iter().all(|check| check.outcome == CheckStatus::Met)
}

/// Tells how the run ended. `driven` is how the steps went: what there is is told whether they went well or not.
pub(super) async fn finish(
    lab: &Lab,
    run: &Run,
    console: &Arc<Console>,
    output: &Output,
    driven: Result<(), Failure>,
    asked: Asked,
) -> Result<Exit, Failure> {
    let (info, outcome) = (run.info()?, run.outcome().await?);
    let met = match asked {
        Asked::CleanUp => info.steps.iter().filter(|step| step.id == StepId::Cleanup).all(all_met),
        Asked::Begin | Asked::Run => outcome.ok,
    };
    if output.json {
        print(console, &format!("{:#}\n", report::result(&info, &outcome, console.words())))?;
    } else if driven.is_ok() {
        print(console, &show::outcome(console, &outcome, met))?;
    }
    if let Some(path) = &output.report {
        write_report(lab, run, console, path).await?;
    }
    if let Err(failure) = driven {
        if let Some(text) = failure.text(console.words()) {
            console.line(&text);
        }
        if asked != Asked::Begin {
            let id = if matches!(failure, Failure::Cancelled) { "cli-stopped" } else { "cli-failed" };
            console.say(&Message::new(id));
        }
        return Ok(failure.exit());
    }
    if info.steps.iter().any(|step| step.id == StepId::Cleanup && step.state != StepState::Done) {
        let id = if info.mode == Mode::Practice { "cli-kept" } else { "cli-kept-costs" };
        console.say(&Message::new(id));
    }
    Ok(if met { Exit::Met } else { Exit::NotMet })
}

async fn write_report(lab: &Lab, run: &Run, console: &Arc<Console>, path: &Path) -> Result<(), Failure> {
    let made_at = Timestamp::from(time::OffsetDateTime::now_utc());
    let input = ReportInput::gather(lab, run, made_at).await?;
    let (to, console_) = (path.to_owned(), Arc::clone(console));
    let written = tokio::task::spawn_blocking(move || report::write(&to, &input, console_.words())).await;
    match written {
        Ok(written) => written?,
        Err(broken) => std::panic::resume_unwind(broken.into_panic()),
    }
    console.say(&Message::new("cli-report-written").with("path", path.display().to_string()));
    Ok(())
}

/// The result, on standard output.
pub(super) fn print(console: &Console, text: &str) -> Result<(), Failure> {
    gone_is_fine(console.result(text)).map_err(|error| unprintable(&error))
}

pub(super) fn unprintable(error: &std::io::Error) -> Failure {
    Failure::went_wrong(lab::Problem::new(Code::CliOutput).details(error.to_string()))
}
