//! Taking back what a run made, and only that: each part by itself, each as good when it is done twice.

use i18n::Message;
use oci::Reference;

use crate::{
    aws::Aws,
    cloud::{configuration as registry, images as cloud_images, inspector, repositories as cloud_repositories},
    context::Job,
    model::{
        code::Code,
        problem::{LabError, Problem},
    },
    scanning::InspectorStatus,
    session::{
        facts::SavedScanning,
        ledger::{LocalName, Owned, PushedTag, RepositoryOrigin},
    },
};

/// Deletes the repositories that this run made, with whatever is in them.
pub(super) async fn repositories(job: &Job<'_>) -> Result<(), LabError> {
    let context = job.context;
    for owned in context.session.owned(&context.run)? {
        let Owned::Repository { name, origin } = owned else { continue };
        if origin == RepositoryOrigin::Preexisting {
            continue;
        }
        let aws = context.aws().await?;
        let Some(repository) = cloud_repositories::find(aws, &name).await? else { continue };
        // Another user may have created one of that name since.
        if cloud_repositories::creating_run(aws, &repository).await?.as_ref() != Some(&context.run) {
            continue;
        }
        let made = RepositoryOrigin::Created;
        context.session.own(&context.run, &Owned::Repository { name: name.clone(), origin: made })?;
        cloud_repositories::delete(aws, &name).await?;
        job.note(Message::new("note-repository-deleted").with("name", &name));
    }
    Ok(())
}

/// Deletes the images that this run pushed, and moves their tags back to the images that had them before.
pub(super) async fn images(job: &Job<'_>, which: impl Fn(&PushedTag) -> bool) -> Result<(), LabError> {
    let context = job.context;
    for owned in context.session.owned(&context.run)? {
        if let Owned::Tag(tag) = owned
            && which(&tag)
        {
            image(job, context.aws().await?, tag).await?;
        }
    }
    Ok(())
}

async fn image(job: &Job<'_>, aws: &Aws, mut tag: PushedTag) -> Result<(), LabError> {
    let context = job.context;
    let present = cloud_images::tagged(aws, &tag.repository, &tag.tag).await?.map(|image| image.digest);
    if tag.digest.is_none() {
        // Killed after the push and before it was recorded, or before the push.
        tag.digest = present.clone().filter(|present| Some(present) != tag.before.as_ref());
        context.session.own(&context.run, &Owned::Tag(tag.clone()))?;
    }
    let Some(ours) = tag.digest.clone() else { return Ok(()) };
    if present.as_ref() == Some(&ours) && tag.before.as_ref() != Some(&ours) {
        match &tag.before {
            Some(before) => {
                cloud_images::retag(aws, &tag.repository, before, &tag.tag).await?;
            }
            None if tag.preexisting.contains(&ours) => untag(aws, &tag, &ours).await?,
            None => {}
        }
    }
    if !tag.preexisting.contains(&ours) {
        cloud_images::delete(aws, &tag.repository, &ours).await?;
        job.note(Message::new("note-image-deleted").with("repository", &tag.repository).with("tag", &tag.tag));
    }
    Ok(())
}

/// Removing the last tag of an image deletes it, and this image existed before: then the tag stays.
async fn untag(aws: &Aws, tag: &PushedTag, digest: &str) -> Result<(), LabError> {
    let image = cloud_images::by_digest(aws, &tag.repository, digest).await?;
    if image.is_some_and(|image| image.tags.len() > 1) {
        cloud_images::untag(aws, &tag.repository, &tag.tag).await?;
    }
    Ok(())
}

/// Restores the registry's scanning configuration, if the present one is the one that the lab put; and disables Inspector's
/// scanning of ECR again, if it was off.
pub(super) async fn configuration(job: &Job<'_>) -> Result<(), LabError> {
    let context = job.context;
    let Some(saved) = context.session.saved_scanning(&context.run)? else { return Ok(()) };
    let aws = context.aws().await?;
    let present = registry::get(aws).await?;
    if !present.is_equivalent_to(&saved.before) {
        if saved.restored || !present.is_equivalent_to(&saved.put) {
            // Another user has changed it since: it is theirs now.
            job.note(Message::new("note-configuration-left").with("configuration", present.summary()));
            return Ok(());
        }
        registry::put(aws, &saved.before).await?;
        job.note(Message::new("note-configuration-restored").with("configuration", saved.before.summary()));
    }
    if turned_inspector_on(&saved) {
        inspector_off(job, aws).await?;
    }
    context.session.save_scanning(&context.run, &SavedScanning { restored: true, ..saved })
}

/// Whether the run turned Inspector on. It comes with enhanced scanning: where that was on before, it stays on.
pub(super) fn turned_inspector_on(saved: &SavedScanning) -> bool {
    saved.inspector_before.is_disabled() && !saved.before.is_enhanced()
}

async fn inspector_off(job: &Job<'_>, aws: &Aws) -> Result<(), LabError> {
    let pace = job.context.access.pace;
    let clock = &job.context.clock;
    let started = clock.now();
    let mut requested = false;
    loop {
        let InspectorStatus(word) = inspector::status(aws).await?;
        match word.as_str() {
            "ENABLED" if !requested => {
                inspector::disable(aws).await?;
                job.note(Message::new("note-inspector-disabled"));
                requested = true;
                continue;
            }
            // While it is being enabled it cannot be disabled; while it is being disabled it must not be disabled again.
            "ENABLING" | "ENABLED" => {}
            _ => return Ok(()),
        }
        if clock.now().saturating_sub(started) >= pace.give_up {
            return Err(Problem::new(Code::InspectorNotDisabled).with("status", word).retryable().into());
        }
        clock.sleep(pace.poll).await;
    }
}

/// Removes the names that the run gave in the engine to this source, and for pushes with the tag.
pub(super) async fn local_names(job: &Job<'_>, source: &Reference, tag: &str) -> Result<(), LabError> {
    let ends = job.context.plan.repositories().map(|name| format!("/{name}:{tag}"));
    let is_target = |reference: &str| ends.iter().any(|end| reference.ends_with(end));
    let is_source = |reference: &str| Reference::parse(reference).is_ok_and(|reference| reference == *source);
    locals(job, |local| is_target(&local.reference) || is_source(&local.reference)).await
}

/// Removes every name that the run gave in the engine.
pub(super) async fn all_local_names(job: &Job<'_>) -> Result<(), LabError> {
    locals(job, |_| true).await
}

async fn locals(job: &Job<'_>, which: impl Fn(&LocalName) -> bool) -> Result<(), LabError> {
    let context = job.context;
    for owned in context.session.owned(&context.run)? {
        let Owned::Local(local) = owned else { continue };
        if !which(&local) {
            continue;
        }
        let engine = context.images().await?;
        let present = engine.inspect(&local.reference).await?.map(|image| image.id);
        match (&local.before, &present) {
            (None, Some(_)) => {
                // The image itself goes with its last name.
                context.session.own(&context.run, &Owned::Local(LocalName { made: true, ..local.clone() }))?;
                engine.remove(&local.reference).await?;
                job.note(Message::new("note-local-removed").with("reference", &local.reference));
            }
            (Some(before), Some(now)) if before != now => {
                if let Some((repository, tag)) = local.reference.rsplit_once(':')
                    && engine.inspect(before).await?.is_some()
                {
                    engine.tag(before, repository, tag).await?;
                }
            }
            _ => {}
        }
    }
    Ok(())
}
