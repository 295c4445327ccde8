//! Whether a person has agreed to what a step would change, and what to show them if not. What a step would do to what
//! others own is read by [`crate::steps::affected`].

use sha2::{Digest, Sha256};

use crate::{
    context::Context,
    model::{
        access::ConsentPolicy,
        consent::{Consent, RunPreview, StepAction, StepPreview},
        problem::LabError,
        step::{Preview, StepId, StepState},
    },
    run_preview,
    steps::{self, affected::affected},
};

/// What to show before `step` is run or undone; `None` when no consent is needed, or the one that was recorded covers it.
///
/// The first time this is the whole run: every step that is not done. Later it is the one step whose changes are different.
pub(crate) async fn request(
    context: &Context,
    step: StepId,
    action: StepAction,
) -> Result<Option<RunPreview>, LabError> {
    if !is_needed(context, step) {
        return Ok(None);
    }
    let recorded = context.session.consent(&context.run)?;
    let mut preview = run_preview::of_account(context).await?;
    let one = digest(context, step).await?;
    match recorded.filter(|recorded| recorded.is_for(&preview)) {
        Some(recorded) => {
            let one = StepPreview { step, preview: Preview::default(), digest: one };
            if recorded.covers(&one) {
                return Ok(None);
            }
            preview.steps.push(StepPreview { preview: preview_of(context, step, action).await?, ..one });
        }
        None if action == StepAction::Undo => {
            let changes = preview_of(context, step, action).await?;
            preview.steps.push(StepPreview { step, preview: changes, digest: one });
        }
        None => {
            for record in context.session.steps(&context.run)? {
                if record.id == step || (record.id.changes_something() && record.state != StepState::Done) {
                    preview.steps.push(step_preview(context, record.id).await?);
                }
            }
        }
    }
    if action == StepAction::Run {
        run_preview::add_consequences(context, &mut preview).await?;
    }
    Ok(Some(preview))
}

/// What to show before these steps are run; `None` when the consent that was recorded covers all of them.
pub(crate) async fn request_for(context: &Context, steps: &[StepId]) -> Result<Option<RunPreview>, LabError> {
    let steps: Vec<_> = steps.iter().copied().filter(|step| is_needed(context, *step)).collect();
    if steps.is_empty() {
        return Ok(None);
    }
    let mut preview = run_preview::of_account(context).await?;
    for step in steps {
        preview.steps.push(step_preview(context, step).await?);
    }
    let recorded = context.session.consent(&context.run)?.filter(|recorded| recorded.is_for(&preview));
    let is_covered = |recorded: &Consent| preview.steps.iter().all(|step| recorded.covers(step));
    if recorded.as_ref().is_some_and(is_covered) {
        return Ok(None);
    }
    run_preview::add_consequences(context, &mut preview).await?;
    Ok(Some(preview))
}

fn is_needed(context: &Context, step: StepId) -> bool {
    context.access.consent == ConsentPolicy::Required && step.changes_something()
}

async fn step_preview(context: &Context, step: StepId) -> Result<StepPreview, LabError> {
    Ok(StepPreview { step, preview: steps::preview(context, step).await?, digest: digest(context, step).await? })
}

async fn preview_of(context: &Context, step: StepId, action: StepAction) -> Result<Preview, LabError> {
    match action {
        StepAction::Run => steps::preview(context, step).await,
        StepAction::Undo => steps::preview_undo(context, step).await,
    }
}

/// Of the plan, and of what the step would do to what others own.
async fn digest(context: &Context, step: StepId) -> Result<String, LabError> {
    let affected = affected(context, step).await?;
    let document = serde_json::to_vec(&(&context.plan, step, affected)).map_err(LabError::defect)?;
    Ok(hex::encode(Sha256::digest(document)))
}
