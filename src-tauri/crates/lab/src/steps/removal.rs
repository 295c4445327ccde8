//! Undoes what a run pushed and created in the registry, and only that: its tags, the images that nothing else refers to, and
//! its repositories once they are empty. Each part is idempotent.

use i18n::Message;

use super::{foreign_tags, push_effects, pushes};
use crate::{
    aws::Aws,
    cloud::{
        images::{self, Deletion, Image},
        repositories,
    },
    context::{Context, Job},
    model::problem::LabError,
    session::ledger::{Owned, PushedTag, RepositoryOrigin},
};

/// The images of a repository that the clean-up does not delete: also one of this run that another user has tagged.
pub(super) async fn kept_images(context: &Context, aws: &Aws, repository: &str) -> Result<Vec<Image>, LabError> {
    let mut pushed = Vec::new();
    for owned in pushes::of(context, repository)? {
        pushed.push(push_effects::resolve(context, aws, owned).await?);
    }
    let is_ours = |image: &Image| {
        let is_own_tag = |tag: &String| pushed.iter().any(|own| own.tag == *tag && own.is_pushed(&image.digest));
        pushed.iter().any(|own| own.is_pushed(&image.digest)) && image.tags.iter().all(is_own_tag)
    };
    Ok(images::all(aws, repository).await?.into_iter().filter(|image| !is_ours(image)).collect())
}

/// Deletes the images that this run pushed to these tags, and puts back the tags that other images had before.
pub(super) async fn images(job: &Job<'_>, which: impl Fn(&PushedTag) -> bool) -> Result<(), LabError> {
    let context = job.context;
    let (mut tags, mut referenced) = (Vec::new(), Vec::new());
    for tag in pushes::all(context)? {
        if !which(&tag) || !is_as_used(context, context.aws().await?, &tag.repository).await? {
            continue;
        }
        let aws = context.aws().await?;
        let tag = push_effects::resolve(context, aws, tag).await?;
        if take_back_tag(job, aws, &tag).await? == Deletion::Referenced {
            referenced.push(tag.clone());
        }
        tags.push(tag);
    }
    for tag in &tags {
        delete_untagged(context.aws().await?, tag).await?;
    }
    // What referred to them may have been a manifest of this run.
    for tag in &referenced {
        take_back_tag(job, context.aws().await?, tag).await?;
    }
    Ok(())
}

/// Whether the repository is the one that this run pushed to: it exists, and if this run made it, no other user has made it again.
pub(super) async fn is_as_used(context: &Context, aws: &Aws, name: &str) -> Result<bool, LabError> {
    let Some(repository) = repositories::find(aws, name).await? else { return Ok(false) };
    match context.session.origin(&context.run, name)? {
        Some(RepositoryOrigin::Preexisting) => Ok(true),
        _ => Ok(repositories::is_of_run(aws, &repository, &context.run).await?),
    }
}

async fn take_back_tag(job: &Job<'_>, aws: &Aws, owned: &PushedTag) -> Result<Deletion, LabError> {
    let PushedTag { repository, tag, .. } = owned;
    if let Some(foreign_tags::Restoration::Restored) = foreign_tags::restore(aws, owned).await?
        && owned.saved_as.is_some()
    {
        job.note(Message::new("note-tag-restored").with("repository", repository).with("tag", tag));
    }
    let Some(present) = images::tagged(aws, repository, tag).await? else { return Ok(Deletion::Gone) };
    if owned.before.as_ref() == Some(&present.digest) {
        return Ok(Deletion::Gone);
    }
    if owned.is_pushed(&present.digest) {
        let deletion = images::untag(aws, repository, tag).await?;
        if deletion == Deletion::Gone {
            job.note(Message::new("note-image-deleted").with("repository", repository).with("tag", tag));
        }
        return Ok(deletion);
    }
    // The image was there before, and would go with its last tag.
    if owned.digest.as_ref() == Some(&present.digest) && present.tags.len() > 1 {
        return images::untag(aws, repository, tag).await;
    }
    Ok(Deletion::Gone)
}

/// Deletes the manifests that this run pushed and that have no tag: an index's, and those that a later push has replaced. An
/// index comes before its manifests; what another index still refers to is tried again, and is kept if that is not this run's.
async fn delete_untagged(aws: &Aws, owned: &PushedTag) -> Result<(), LabError> {
    let mut remaining: Vec<_> = owned.all_pushed().cloned().collect();
    loop {
        let mut referenced = Vec::new();
        for digest in &remaining {
            let image = images::by_digest(aws, &owned.repository, digest).await?;
            if image.is_some_and(|image| image.tags.is_empty())
                && images::delete_untagged(aws, &owned.repository, digest).await? == Deletion::Referenced
            {
                referenced.push(digest.clone());
            }
        }
        if referenced.is_empty() || referenced.len() == remaining.len() {
            return Ok(());
        }
        remaining = referenced;
    }
}

/// Deletes the repositories that this run made and that are empty. One that holds images of others is kept with them; so is the one
/// that keeps the record of the registry's former state, while that is needed.
pub(super) async fn repositories(job: &Job<'_>, except: Option<&str>) -> Result<(), LabError> {
    let context = job.context;
    for owned in context.session.owned(&context.run)? {
        let Owned::Repository { name, origin } = owned else { continue };
        if origin == RepositoryOrigin::Preexisting || except == Some(name.as_str()) {
            continue;
        }
        let aws = context.aws().await?;
        let Some(repository) = repositories::find(aws, &name).await? else { continue };
        // Another user may have created one of that name since.
        if !repositories::is_of_run(aws, &repository, &context.run).await? {
            continue;
        }
        let made = RepositoryOrigin::Created;
        context.session.own(&context.run, &Owned::Repository { name: name.clone(), origin: made })?;
        let note = match repositories::delete(aws, &name).await? {
            repositories::Deletion::Gone => Message::new("note-repository-deleted").with("name", &name),
            repositories::Deletion::NotEmpty => kept_note(context, aws, &name).await?,
        };
        job.note(note);
    }
    Ok(())
}

/// Why a repository of this run is still there: what others have put in it, or what this run could not delete.
async fn kept_note(context: &Context, aws: &Aws, name: &str) -> Result<Message, LabError> {
    let others = kept_images(context, aws, name).await?.len();
    let (id, count) = match others {
        0 => ("note-repository-left", images::all(aws, name).await?.len()),
        others => ("note-repository-kept", others),
    };
    Ok(Message::new(id).with("name", name).with("count", count))
}
