//! A tag that another user's image has: it is not moved unless the plan says so, and then their image is kept by another tag
//! until the first one is put back.

use super::push_record;
use crate::{
    aws::Aws,
    cloud::{
        images::{self, Image},
        repositories::Repository,
    },
    context::{Context, Job},
    model::{
        code::Code,
        problem::{LabError, Problem},
        run_id::RunId,
    },
    session::ledger::{Owned, PushedTag},
};

/// The beginning of the tags that keep other users' images; the run's id comes after it.
const SAVED_TAG: &str = "imagelab-before-";
/// The end of the one that keeps what the tag of the fixed image had.
const OF_FIXED: &str = "-fixed";

/// The run that keeps another user's image by this tag.
pub(crate) fn saving_run(tag: &str) -> Option<RunId> {
    let run = tag.strip_prefix(SAVED_TAG)?;
    Some(RunId(run.strip_suffix(OF_FIXED).unwrap_or(run).to_owned()))
}

/// Whether this run keeps another user's image by this tag.
pub(crate) fn is_saved_by(run: &RunId, tag: &str) -> bool {
    saving_run(tag).as_ref() == Some(run)
}

/// The tag that another user's image gets before this run moves its own. The run's two tags may both be another user's.
pub(super) fn saved_tag(context: &Context, tag: &str) -> String {
    let suffix = if tag == context.plan.fixed_tag { OF_FIXED } else { "" };
    format!("{SAVED_TAG}{}{suffix}", context.run)
}

/// Before a push: refuses to move the tag of another user's image, or tags that image so that it stays reachable.
pub(super) async fn protect(
    job: &Job<'_>,
    aws: &Aws,
    repository: &Repository,
    owned: &mut PushedTag,
    theirs: Option<Image>,
) -> Result<(), LabError> {
    let Some(theirs) = theirs else { return Ok(()) };
    let context = job.context;
    let refuse = |code| Problem::new(code).with("repository", &repository.name).with("tag", &owned.tag);
    if repository.is_immutable(&owned.tag) {
        return Err(refuse(Code::TagTaken).into());
    }
    if !context.plan.move_tags {
        return Err(refuse(Code::TagOfOthers).with("digest", &theirs.digest).into());
    }
    if theirs.archived {
        return Err(refuse(Code::TagArchived).with("digest", &theirs.digest).into());
    }
    let saved_as = saved_tag(context, &owned.tag);
    let saved = images::tagged(aws, &repository.name, &saved_as).await?;
    // It keeps the image that had the tag before, and another user has moved the tag since.
    if saved.is_some_and(|saved| saved.digest != theirs.digest) {
        return Err(refuse(Code::TagOfOthers).with("digest", &theirs.digest).into());
    }
    owned.before = Some(theirs.digest.clone());
    owned.saved_as = Some(saved_as.clone());
    context.session.own(&context.run, &Owned::Tag(owned.clone()))?;
    push_record::write(job, aws, &repository.name).await?;
    if !images::retag(aws, &repository.name, &theirs.digest, &saved_as).await? {
        return Err(Problem::new(Code::ImageNotThere).with("repository", &repository.name).retryable().into());
    }
    Ok(())
}

/// The result of putting a tag back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Restoration {
    /// The image has the tag that it had before, and the tag that kept it is removed.
    Restored,
    /// Another user has moved the tag since, and it is theirs.
    MovedSince,
    /// The image that had the tag is gone.
    ImageGone,
}

/// Puts a tag back to the image that had it before, reads it back, and then removes the tag that kept that image.
pub(super) async fn restore(aws: &Aws, owned: &PushedTag) -> Result<Option<Restoration>, LabError> {
    let Some(before) = owned.before.as_ref().filter(|_| owned.is_moved()) else { return Ok(None) };
    let repository = &owned.repository;
    let tagged =
        async || Ok::<_, LabError>(images::tagged(aws, repository, &owned.tag).await?.map(|image| image.digest));
    let present = tagged().await?;
    if present.as_ref().is_some_and(|present| present != before && !owned.is_pushed(present)) {
        remove_saved(aws, owned, before).await?;
        return Ok(Some(Restoration::MovedSince));
    }
    if present.as_ref() != Some(before) {
        if !images::retag(aws, repository, before, &owned.tag).await? {
            return Ok(Some(Restoration::ImageGone));
        }
        if tagged().await?.as_ref() != Some(before) {
            let problem = Problem::new(Code::TagNotRestored).with("repository", repository).with("tag", &owned.tag);
            return Err(problem.with("digest", before).retryable().into());
        }
    }
    remove_saved(aws, owned, before).await?;
    Ok(Some(Restoration::Restored))
}

/// Removes the tag that kept another user's image, unless it is the last one: with it the image would go.
async fn remove_saved(aws: &Aws, owned: &PushedTag, before: &str) -> Result<(), LabError> {
    let Some(saved_as) = &owned.saved_as else { return Ok(()) };
    if let Some(image) = images::tagged(aws, &owned.repository, saved_as).await?
        && image.digest == before
        && image.tags.len() > 1
    {
        images::untag(aws, &owned.repository, saved_as).await?;
    }
    Ok(())
}
