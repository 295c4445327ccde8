//! The seven steps. Each has five parts: `commands`, `preview`, `run`, `check`, `undo`. Their futures are boxed here: each
//! holds those of the SDK's calls, and all of them together would be a large one.

pub(crate) mod affected;
mod attempt;
mod by_hand;
mod cleanup;
mod cleanup_check;
mod cleanup_preview;
mod configuration;
mod displaced;
mod encryption;
mod ensure_repository;
pub(crate) mod foreign_tags;
mod images_read;
mod inspector_ready;
mod inspector_switch;
mod item;
mod layer_sharing;
mod lifecycle_check;
mod local_names;
mod named_by_plan;
mod network;
pub(crate) mod preflight;
mod prepare;
mod push;
mod push_effects;
mod push_record;
mod pushes;
mod receipt;
mod record;
pub(crate) mod registry;
mod remediate;
mod removal;
mod repositories;
mod results;
mod scanning;
mod scanning_preview;
mod shell;
mod tag_check;
mod transfer;
mod unknown_origin;

use crate::{
    context::{Context, Job},
    model::{
        code::Code,
        problem::LabError,
        step::{Check, CommandLine, Preview, StepId},
    },
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
        StepId::Scanning => Box::pin(scanning_preview::preview(context)).await,
        StepId::Repositories => Box::pin(repositories::preview(context)).await,
        StepId::Push => Box::pin(push::preview(context)).await,
        StepId::Results => Ok(results::preview()),
        StepId::Remediate => Box::pin(remediate::preview(context)).await,
        StepId::Cleanup => Box::pin(cleanup_preview::preview(context)).await,
    }
}

/// What undoing the step would change; nothing for those that cannot be undone.
pub(crate) async fn preview_undo(context: &Context, step: StepId) -> Result<Preview, LabError> {
    match step {
        StepId::Prepare | StepId::Results | StepId::Cleanup => Ok(Preview::default()),
        StepId::Scanning | StepId::Repositories | StepId::Push | StepId::Remediate => {
            Box::pin(cleanup_preview::preview_undo(context, step)).await
        }
    }
}

pub(crate) async fn run(job: &Job<'_>, step: StepId) -> Result<(), LabError> {
    match step {
        StepId::Prepare => Box::pin(prepare::run(job)).await,
        StepId::Scanning => Box::pin(scanning::run(job)).await,
        StepId::Repositories => Box::pin(repositories::run(job)).await,
        StepId::Push => Box::pin(push::run(job)).await,
        StepId::Results => Box::pin(results::run(job)).await,
        StepId::Remediate => Box::pin(remediate::run(job)).await,
        StepId::Cleanup => Box::pin(cleanup::run(job)).await,
    }
}

pub(crate) async fn check(context: &Context, step: StepId) -> Result<Vec<Check>, LabError> {
    match step {
        StepId::Prepare => Ok(Box::pin(prepare::check(context)).await),
        StepId::Scanning => Ok(Box::pin(scanning::check(context)).await),
        StepId::Repositories => Box::pin(repositories::check(context)).await,
        StepId::Push => Box::pin(push::check(context)).await,
        StepId::Results => Box::pin(results::check(context)).await,
        StepId::Remediate => Box::pin(remediate::check(context)).await,
        StepId::Cleanup => Box::pin(cleanup_check::check(context)).await,
    }
}

pub(crate) async fn undo(job: &Job<'_>, step: StepId) -> Result<(), LabError> {
    match step {
        // They only read.
        StepId::Prepare | StepId::Results => Ok(()),
        StepId::Scanning => Box::pin(scanning::undo(job)).await,
        StepId::Repositories => Box::pin(repositories::undo(job)).await,
        StepId::Push => Box::pin(push::undo(job)).await,
        StepId::Remediate => Box::pin(remediate::undo(job)).await,
        StepId::Cleanup => Err(crate::model::problem::Problem::new(Code::UndoImpossible).into()),
    }
}
