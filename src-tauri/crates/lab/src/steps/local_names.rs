//! The names of images in the engine: removing those that this run gave. A name that another user of the engine has given to
//! another image since is theirs.

use i18n::Message;
use oci::Reference;

use crate::{
    context::{Context, Job},
    images::client::LocalImage,
    model::problem::LabError,
    session::ledger::{LocalName, Owned},
};

/// Removes the names that the run gave in the engine to this source, and for pushes with the tag.
pub(super) async fn of_source(job: &Job<'_>, source: &Reference, tag: &str) -> Result<(), LabError> {
    let ends = job.context.plan.repositories().map(|name| format!("/{name}:{tag}"));
    let is_target = |reference: &str| ends.iter().any(|end| reference.ends_with(end));
    let is_source = |reference: &str| Reference::parse(reference).is_ok_and(|reference| reference == *source);
    take_back(job, |local| is_target(&local.reference) || is_source(&local.reference)).await
}

/// Removes every name that the run gave in the engine.
pub(super) async fn all(job: &Job<'_>) -> Result<(), LabError> {
    take_back(job, |_| true).await
}

async fn take_back(job: &Job<'_>, which: impl Fn(&LocalName) -> bool) -> Result<(), LabError> {
    let context = job.context;
    for owned in context.session.owned(&context.run)? {
        let Owned::Local(local) = owned else { continue };
        if !which(&local) {
            continue;
        }
        let engine = context.images().await?;
        let Some(present) = engine.inspect(&local.reference).await?.map(|image| image.id) else { continue };
        if !local.is_given_to(&present) {
            continue;
        }
        match &local.before {
            None => {
                // The image itself goes with its last name.
                context.session.own(&context.run, &Owned::Local(LocalName { made: true, ..local.clone() }))?;
                engine.remove(&local.reference).await?;
                job.note(Message::new("note-local-removed").with("reference", &local.reference));
            }
            Some(before) if *before != present => put_back(context, &local.reference, before).await?,
            Some(_) => {}
        }
    }
    remove_nameless(job, which).await
}

/// Removes the images that the run's pulls brought, once they have no name: one that took a name from another image does not go with
/// that name.
async fn remove_nameless(job: &Job<'_>, which: impl Fn(&LocalName) -> bool) -> Result<(), LabError> {
    let context = job.context;
    for owned in context.session.owned(&context.run)? {
        let Owned::Local(local) = owned else { continue };
        if which(&local)
            && let Some(id) = nameless(context, &local).await?
        {
            context.images().await?.remove(&id).await?;
            job.note(Message::new("note-local-removed").with("reference", format!("{}, {id}", local.reference)));
        }
    }
    Ok(())
}

/// The id of the image that the run brought under this name, if it is there and no name is left of it.
pub(super) async fn nameless(context: &Context, local: &LocalName) -> Result<Option<String>, LabError> {
    let Some(image) = local.image.as_ref().filter(|_| local.brought) else { return Ok(None) };
    let present = context.images().await?.inspect(&image.id).await?;
    // Another user may have pulled it by its digest from elsewhere.
    let repository = |name: &str| name.split('@').next().map(str::to_owned);
    let own = local.reference.rsplit_once(':').map(|(repository, _)| repository.to_owned());
    let is_nameless = |image: &LocalImage| {
        image.repo_tags.is_empty() && image.repo_digests.iter().all(|digest| repository(digest) == own)
    };
    Ok(present.filter(is_nameless).map(|present| present.id))
}

/// Gives the name to the image that had it before, if the engine still has that image.
async fn put_back(context: &Context, reference: &str, before: &str) -> Result<(), LabError> {
    let engine = context.images().await?;
    if let Some((repository, tag)) = reference.rsplit_once(':')
        && engine.inspect(before).await?.is_some()
    {
        engine.tag(before, repository, tag).await?;
    }
    Ok(())
}
