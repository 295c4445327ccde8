//! Bringing an image into the engine, and from there into a repository: recorded before, done, recorded after. What is pushed is
//! the image that was pulled, by its id. What a push may do to a tag of another user is in `foreign_tags`.

use i18n::Message;
use oci::Reference;

use super::{attempt, foreign_tags, lifecycle_check, push_effects, push_record, pushes};
use crate::{
    aws::{Aws, credential::RegistryCredential},
    cloud::{
        images::{self, Image},
        repositories::{self, Repository},
    },
    context::{Context, Job},
    model::{
        code::Code,
        pinned_image::PinnedImage,
        problem::{LabError, Problem},
    },
    session::ledger::{LocalName, Owned, PushedTag, RepositoryOrigin},
};

/// Pulls the one platform of an image.
pub(super) async fn fetch(job: &Job<'_>, source: &Reference) -> Result<PinnedImage, LabError> {
    let context = job.context;
    let (name, platform) = (source.familiar(), &context.plan.platform);
    own_name(context, &name, None).await?;
    let images = context.images().await?;
    let before = images.ids().await?;
    let pulled = match images.pull(source, platform, job.progress, job.cancel).await {
        Err(error) if attempt::pull_had_no_effect(&error) => {
            name_not_given(context, &name)?;
            return Err(error);
        }
        pulled => pulled?,
    };
    let image = images.pin(source, &pulled, platform).await?;
    name_given(context, &name, &image, !before.contains(&image.id))?;
    Ok(image)
}

/// Records that the name in the engine is about to be given, and what had it before.
async fn own_name(context: &Context, reference: &str, image: Option<&PinnedImage>) -> Result<(), LabError> {
    let recorded = context.session.local_name(&context.run, reference)?;
    let local = match recorded {
        // The image of an earlier attempt is replaced when the name is given again.
        Some(local) if image.is_none() || local.image.as_ref() == image => return Ok(()),
        Some(local) => LocalName { image: image.cloned(), ..local },
        None => {
            let before = context.images().await?.inspect(reference).await?.map(|image| image.id);
            LocalName { reference: reference.to_owned(), before, made: false, image: image.cloned(), brought: false }
        }
    };
    context.session.own(&context.run, &Owned::Local(local))
}

/// Records that the name in the engine was given, and whether the image is new there.
fn name_given(context: &Context, reference: &str, image: &PinnedImage, is_new: bool) -> Result<(), LabError> {
    match context.session.local_name(&context.run, reference)? {
        Some(local) => {
            // A pull that is done again finds the image that the first one brought.
            let brought = is_new || (local.brought && local.image.as_ref() == Some(image));
            let updated = LocalName { made: true, image: Some(image.clone()), brought, ..local };
            context.session.own(&context.run, &Owned::Local(updated))
        }
        None => Ok(()),
    }
}

/// Records that an attempt has ended without giving the name. One that an earlier attempt gave, or may have given, stays recorded.
fn name_not_given(context: &Context, reference: &str) -> Result<(), LabError> {
    match context.session.local_name(&context.run, reference)? {
        Some(local) if local.is_unknown() => context.session.disown(&context.run, &Owned::Local(local)),
        _ => Ok(()),
    }
}

/// The repository that is to be pushed to.
pub(super) async fn target(aws: &Aws, name: &str) -> Result<Repository, LabError> {
    let repository = repositories::find(aws, name).await?;
    repository.ok_or_else(|| Problem::new(Code::RepositoryNotMade).with("name", name).into())
}

/// Credentials for pushes, fetched when first needed, and again when they have expired.
#[derive(Default)]
pub(super) struct Pusher {
    credential: Option<RegistryCredential>,
}

impl Pusher {
    /// Pushes an image of the engine to a repository, and reads back what is there under the tag.
    pub(super) async fn publish(
        &mut self,
        job: &Job<'_>,
        pinned: &PinnedImage,
        repository: &Repository,
        tag: &str,
    ) -> Result<Image, LabError> {
        let context = job.context;
        let aws = context.aws().await?;
        let mut owned = own_tag(context, aws, repository, tag).await?;
        let present = images::tagged(aws, &repository.name, tag).await?;
        let image = match present {
            // The tag has this very image already, and cannot be pushed twice, or is another user's.
            Some(image)
                if (repository.is_immutable(tag) || !owned.is_pushed(&image.digest))
                    && pushes::holds(aws, &repository.name, &image.digest, pinned).await? =>
            {
                if owned.pushing.is_some() || owned.digest.is_none() {
                    let digests = pushes::with_manifests(aws, &repository.name, &image.digest).await?;
                    owned.record_push(digests);
                }
                image
            }
            present => {
                lifecycle_check::require_of(context, aws, repository).await?;
                let theirs = present.filter(|image| !owned.is_pushed(&image.digest));
                foreign_tags::protect(job, aws, repository, &mut owned, theirs).await?;
                owned.pushing = Some(pinned.clone());
                context.session.own(&context.run, &Owned::Tag(owned.clone()))?;
                let reported = match self.push(job, pinned, repository, tag).await {
                    Err(error) if attempt::push_had_no_effect(&error) => {
                        not_pushed(context, aws, owned).await?;
                        return Err(error);
                    }
                    reported => reported?,
                };
                let image = read_back(job, aws, &mut owned, reported).await?;
                for digest in push_effects::add_displaced(context, aws, &mut owned).await? {
                    let note = Message::new("note-tag-displaced").with("repository", &repository.name);
                    job.note(note.with("tag", tag).with("digest", digest));
                }
                image
            }
        };
        context.session.own(&context.run, &Owned::Tag(owned))?;
        push_record::write(job, aws, &repository.name).await?;
        if image.is_index() {
            return Err(index(&repository.name, &image));
        }
        if !pushes::holds(aws, &repository.name, &image.digest, pinned).await? {
            return Err(other_image(&repository.name, tag, &image.digest));
        }
        job.note(Message::new("note-pushed").with("repository", &repository.name).with("digest", &image.digest));
        Ok(image)
    }

    /// Pushes, and returns the digest that the engine reports.
    async fn push(
        &mut self,
        job: &Job<'_>,
        image: &PinnedImage,
        repository: &Repository,
        tag: &str,
    ) -> Result<Option<String>, LabError> {
        let context = job.context;
        let engine = context.images().await?;
        let target = format!("{}:{tag}", repository.uri);
        own_name(context, &target, Some(image)).await?;
        engine.tag(&image.id, &repository.uri, tag).await?;
        name_given(context, &target, image, false)?;
        match self.push_once(job, repository, tag).await {
            // It expired during the push: layers that have arrived are not sent again.
            Err(LabError::Problem(problem)) if problem.code == Code::TokenExpired => {
                job.note(Message::new("note-token-expired"));
                self.credential = None;
                self.push_once(job, repository, tag).await
            }
            other => other,
        }
    }

    async fn push_once(
        &mut self,
        job: &Job<'_>,
        repository: &Repository,
        tag: &str,
    ) -> Result<Option<String>, LabError> {
        let context = job.context;
        let credential = match self.credential.take() {
            Some(credential) => credential,
            None => log_in(context).await?,
        };
        let engine = context.images().await?;
        let platform = &context.plan.platform;
        let pushed = engine.push(&repository.uri, tag, platform, &credential, job.progress, job.cancel).await;
        self.credential = Some(credential);
        Ok(pushed?.digest)
    }
}

/// Records that a push was refused, so that what has the tag later is not taken for its work. What has arrived of it already, such as
/// the manifests of an index that was refused, is this run's. Where that cannot be read, the push stays recorded as begun.
async fn not_pushed(context: &Context, aws: &Aws, owned: PushedTag) -> Result<(), LabError> {
    let Ok(resolved) = push_effects::resolve(context, aws, owned).await else { return Ok(()) };
    context.session.own(&context.run, &Owned::Tag(PushedTag { pushing: None, ..resolved }))
}

/// A new credential; its expiry is recorded, for people to see.
async fn log_in(context: &Context) -> Result<RegistryCredential, LabError> {
    let credential = context.aws().await?.credential().await?;
    if let Some(expires_at) = credential.expires_at {
        context.session.put_credential_expiry(&context.run, expires_at)?;
    }
    Ok(credential)
}

/// The image that has the tag after a push. What the push has put in the repository is recorded, whichever image that is; what
/// another user has put under the tag since is not.
async fn read_back(
    job: &Job<'_>,
    aws: &Aws,
    owned: &mut PushedTag,
    reported: Option<String>,
) -> Result<Image, LabError> {
    let context = job.context;
    let repository = owned.repository.clone();
    let missing = || Problem::new(Code::ImageNotThere).with("repository", &repository).retryable();
    let image = images::tagged(aws, &repository, &owned.tag).await?;
    let tagged = image.as_ref().map(|image| image.digest.clone());
    let is_pushed = match (&tagged, &owned.pushing) {
        (Some(digest), Some(pinned)) => pushes::holds(aws, &repository, digest, pinned).await?,
        _ => false,
    };
    let pushed = if is_pushed { tagged } else { reported.or(tagged) }.ok_or_else(missing)?;
    owned.record_push(pushes::with_manifests(aws, &repository, &pushed).await?);
    context.session.own(&context.run, &Owned::Tag(owned.clone()))?;
    let image = image.ok_or_else(missing)?;
    if image.digest == pushed {
        return Ok(image);
    }
    push_record::write(job, aws, &repository).await?;
    Err(other_image(&repository, &owned.tag, &image.digest))
}

/// Inspector does not scan a list of images.
pub(super) fn index(repository: &str, image: &Image) -> LabError {
    let problem = Problem::new(Code::IndexPushed).with("repository", repository);
    problem.with("media-type", &image.media_type).with("digest", &image.digest).into()
}

fn other_image(repository: &str, tag: &str, digest: &str) -> LabError {
    Problem::new(Code::OtherImagePushed).with("repository", repository).with("tag", tag).with("digest", digest).into()
}

/// Records that the tag is about to be pushed, and what was in the repository before: others may push to it, whichever run has created it.
async fn own_tag(context: &Context, aws: &Aws, repository: &Repository, tag: &str) -> Result<PushedTag, LabError> {
    record_origin(context, aws, repository).await?;
    let mut owned = match context.session.pushed_tag(&context.run, &repository.name, tag)? {
        Some(owned) => push_effects::resolve(context, aws, owned).await?,
        None => PushedTag { repository: repository.name.clone(), tag: tag.to_owned(), ..PushedTag::default() },
    };
    let pushed = pushes::of(context, &repository.name)?;
    let mut has_tag = None;
    for image in images::all(aws, &repository.name).await? {
        let is_ours = owned.is_pushed(&image.digest) || pushed.iter().any(|other| other.is_pushed(&image.digest));
        if image.tags.iter().any(|other| other == tag) {
            has_tag = Some((image.digest.clone(), is_ours || owned.digest.as_ref() == Some(&image.digest)));
        }
        if !is_ours && !owned.preexisting.contains(&image.digest) {
            owned.preexisting.push(image.digest);
        }
    }
    match has_tag {
        Some((theirs, false)) => owned.before = Some(theirs),
        // The image that had it before has lost it since.
        None if owned.saved_as.is_none() => owned.before = None,
        Some((_, true)) | None => {}
    }
    context.session.own(&context.run, &Owned::Tag(owned.clone()))?;
    Ok(owned)
}

/// Records whether this run made the repository, if it is not recorded yet, as when the learner created it.
async fn record_origin(context: &Context, aws: &Aws, repository: &Repository) -> Result<(), LabError> {
    match context.session.origin(&context.run, &repository.name)? {
        Some(RepositoryOrigin::Created | RepositoryOrigin::Preexisting) => Ok(()),
        Some(RepositoryOrigin::Intended) | None => {
            let ours = repositories::is_of_run(aws, repository, &context.run).await?;
            let origin = if ours { RepositoryOrigin::Created } else { RepositoryOrigin::Preexisting };
            context.session.own(&context.run, &Owned::Repository { name: repository.name.clone(), origin })
        }
    }
}
