//! What a step would do to what others own: their rules, tags and repositories. What this run made itself is left out,
//! so that the answer is the same before, during and after a step, unless another user has changed something.

use futures::future::BoxFuture;

use super::registry::ChangedRegistry;
use crate::{
    cloud::{configuration, images, inspector, repositories},
    context::Context,
    filters,
    model::{configuration_choice::ConfigurationChoice, problem::LabError, step::StepId},
    restoration::Restoration,
    session::ledger::{Owned, PushedTag},
};

/// What is affected, a line each, in a lasting order.
pub(crate) fn affected(context: &Context, step: StepId) -> BoxFuture<'_, Result<Vec<String>, LabError>> {
    Box::pin(async move {
        let plan = &context.plan;
        Ok(match step {
            StepId::Prepare | StepId::Results => Vec::new(),
            StepId::Scanning => scanning(context).await?,
            StepId::Repositories => existing(context, &plan.repositories()).await?,
            StepId::Push => pushes(context, &[&plan.prod, &plan.sandbox], &plan.tag).await?,
            StepId::Remediate => pushes(context, &[&plan.prod], &plan.fixed_tag).await?,
            StepId::Cleanup => cleanup(context).await?,
        })
    })
}

/// The rules that are replaced, whether Inspector is turned on, and which other repositories are scanned then.
async fn scanning(context: &Context) -> Result<Vec<String>, LabError> {
    let aws = context.aws().await?;
    let (present, status) = futures::try_join!(configuration::get(aws), inspector::status(aws))?;
    let saved = context.session.saved_scanning(&context.run)?.filter(|saved| !saved.restored);
    let (before, is_off) = match &saved {
        Some(saved) if present.is_equivalent_to(&saved.put) => {
            let (before, inspector) = saved.replaced();
            (before, inspector.is_off())
        }
        Some(saved) => (&present, saved.inspector_before.is_off()),
        None => (&present, status.is_off()),
    };
    let mut lines = vec![format!("configuration {}", before.canonical()), format!("inspector disabled {is_off}")];
    match repositories::names(aws).await {
        Ok(mut names) => {
            names.retain(|name| !context.is_of_run(name));
            // Basic scanning costs nothing, enhanced scanning does.
            let costs = |name: &String| !before.is_enhanced() && before.applied(name).is_some();
            names.retain(|name| filters::matches(&context.plan.filter, name) || costs(name));
            names.sort();
            lines.extend(names.into_iter().map(|name| format!("scan {name}")));
        }
        Err(error) if error.is_denied() => {}
        Err(error) => return Err(error),
    }
    Ok(lines)
}

/// Repositories of these names that this run did not create.
async fn existing(context: &Context, names: &[&str]) -> Result<Vec<String>, LabError> {
    let aws = context.aws().await?;
    let mut lines = Vec::new();
    for name in names {
        if let Some(repository) = repositories::find(aws, name).await?
            && !repositories::is_of_run(aws, &repository, &context.run).await?
        {
            lines.push(format!("use {}", repository.uri));
        }
    }
    Ok(lines)
}

/// Others' repositories that are pushed to, and others' images that lose the tag.
async fn pushes(context: &Context, names: &[&str], tag: &str) -> Result<Vec<String>, LabError> {
    let aws = context.aws().await?;
    let mut lines = existing(context, names).await?;
    for name in names {
        let present = images::tagged(aws, name, tag).await?.map(|image| image.digest);
        let recorded = context.session.pushed_tag(&context.run, name, tag)?;
        if let Some(digest) = others_digest(present, recorded) {
            lines.push(format!("move {name}:{tag} from {digest}"));
        }
    }
    Ok(lines)
}

/// The digest that another user's push gave the tag: the present one, or the one before this run's own push.
fn others_digest(present: Option<String>, recorded: Option<PushedTag>) -> Option<String> {
    match (present, recorded) {
        // Pushed, or killed between the push and its record.
        (Some(present), Some(tag)) if tag.pushing.is_some() || tag.is_pushed(&present) => tag.before,
        (present, _) => present,
    }
}

/// What the clean-up would keep because another user has changed it since.
async fn cleanup(context: &Context) -> Result<Vec<String>, LabError> {
    let aws = context.aws().await?;
    let mut lines = Vec::new();
    if let Some(changed) = ChangedRegistry::read(context).await? {
        let present = changed.read.present.canonical();
        if changed.saved.choice == Some(ConfigurationChoice::Restore) && !changed.is_as_before() {
            lines.push(format!("replace configuration {present}"));
        } else if matches!(changed.restoration, Restoration::Merged { .. } | Restoration::Conflict { .. }) {
            lines.push(format!("keep configuration {present}"));
        }
    }
    for owned in context.session.owned(&context.run)? {
        let Owned::Tag(tag) = owned else { continue };
        let present = images::tagged(aws, &tag.repository, &tag.tag).await?.map(|image| image.digest);
        let is_theirs = |present: &String| !tag.is_pushed(present) && tag.before.as_ref() != Some(present);
        if let Some(digest) = present.filter(|present| tag.pushing.is_none() && is_theirs(present)) {
            lines.push(format!("keep {}:{} {digest}", tag.repository, tag.tag));
        }
    }
    Ok(lines)
}
