//! The seven steps. Each has five parts: `commands`, `preview`, `run`, `check`, `undo`.

mod cleanup;
mod item;
mod prepare;
mod push;
mod receipt;
mod remediate;
mod repositories;
mod results;
mod scanning;
mod shell;
mod takeback;
mod transfer;

use crate::{
    Check, CommandLine, LabError, Preview, StepId,
    context::{Context, Job},
};

pub(crate) fn commands(context: &Context, step: StepId) -> Vec<CommandLine> {
    match step {
        StepId::Prepare => prepare::commands(context),
        StepId::Scanning => scanning::commands(context),
        StepId::Repositories => repositories::commands(context),
        StepId::Push => push::commands(context),
        StepId::Results => results::commands(context),
        StepId::Remediate => remediate::commands(context),
        StepId::Cleanup => cleanup::commands(context),
    }
}

pub(crate) async fn preview(context: &Context, step: StepId) -> Result<Preview, LabError> {
    match step {
        StepId::Prepare => Ok(Preview::default()),
        StepId::Scanning => scanning::preview(context).await,
        StepId::Repositories => repositories::preview(context).await,
        StepId::Push => push::preview(context).await,
        StepId::Results => Ok(results::preview()),
        StepId::Remediate => remediate::preview(context).await,
        StepId::Cleanup => cleanup::preview(context).await,
    }
}

pub(crate) async fn run(job: &Job<'_>, step: StepId) -> Result<(), LabError> {
    match step {
        StepId::Prepare => prepare::run(job).await,
        StepId::Scanning => scanning::run(job).await,
        StepId::Repositories => repositories::run(job).await,
        StepId::Push => push::run(job).await,
        StepId::Results => results::run(job).await,
        StepId::Remediate => remediate::run(job).await,
        StepId::Cleanup => cleanup::run(job).await,
    }
}

pub(crate) async fn check(context: &Context, step: StepId) -> Result<Vec<Check>, LabError> {
    match step {
        StepId::Prepare => Ok(prepare::check(context).await),
        StepId::Scanning => Ok(scanning::check(context).await),
        StepId::Repositories => repositories::check(context).await,
        StepId::Push => push::check(context).await,
        StepId::Results => results::check(context).await,
        StepId::Remediate => remediate::check(context).await,
        StepId::Cleanup => cleanup::check(context).await,
    }
}

pub(crate) async fn undo(job: &Job<'_>, step: StepId) -> Result<(), LabError> {
    match step {
        // They only read.
        StepId::Prepare | StepId::Results => Ok(()),
        StepId::Scanning => scanning::undo(job).await,
        StepId::Repositories => repositories::undo(job).await,
        StepId::Push => push::undo(job).await,
        StepId::Remediate => remediate::undo(job).await,
        StepId::Cleanup => Err(crate::Problem::new("undo-impossible").into()),
    }
}
