//! Bringing an image into the engine, and from there into a repository: recorded before, done, recorded after.

use i18n::Message;
use oci::Reference;

use crate::{
    aws::{Aws, credential::RegistryCredential},
    cloud::{
        images::{self, Image},
        repositories::{self, Repository},
    },
    context::{Context, Job},
    model::{
        code::Code,
        problem::{LabError, Problem},
    },
    session::ledger::{LocalName, Owned, PushedTag, RepositoryOrigin},
};

/// Pulls the one platform of an image.
pub(super) async fn fetch(job: &Job<'_>, source: &Reference) -> Result<(), LabError> {
    let context = job.context;
    let name = source.familiar();
    own_name(context, &name).await?;
    let images = context.images().await?;
    images.pull(source, &context.plan.platform, job.progress, job.cancel).await?;
    name_given(context, &name)
}

/// Records that the name in the engine is about to be given, and what had it before.
async fn own_name(context: &Context, reference: &str) -> Result<(), LabError> {
    if context.session.local_name(&context.run, reference)?.is_some() {
        return Ok(());
    }
    let before = context.images().await?.inspect(reference).await?.map(|image| image.id);
    context.session.own(&context.run, &Owned::Local(LocalName { reference: reference.to_owned(), before, made: false }))
}

/// Records that the name in the engine was given.
fn name_given(context: &Context, reference: &str) -> Result<(), LabError> {
    match context.session.local_name(&context.run, reference)? {
        Some(local) => context.session.own(&context.run, &Owned::Local(LocalName { made: true, ..local })),
        None => Ok(()),
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
        source: &Reference,
        repository: &Repository,
        tag: &str,
    ) -> Result<Image, LabError> {
        let context = job.context;
        let aws = context.aws().await?;
        let mut owned = own_tag(context, aws, repository, tag).await?;
        let present = images::tagged(aws, &repository.name, tag).await?;
        let image = match present.filter(|_| repository.is_immutable(tag)) {
            // The tag cannot be pushed twice, not even with the same image; an earlier attempt of this run has pushed it.
            Some(image) if owned.before.is_none() => image,
            Some(_) => {
                let problem = Problem::new(Code::TagTaken).with("repository", &repository.name);
                return Err(problem.with("tag", tag).into());
            }
            None => {
                self.push(job, source, repository, tag).await?;
                pushed(aws, repository, tag).await?
            }
        };
        owned.digest = Some(image.digest.clone());
        context.session.own(&context.run, &Owned::Tag(owned))?;
        if image.is_index() {
            return Err(index(&repository.name, &image));
        }
        job.note(Message::new("note-pushed").with("repository", &repository.name).with("digest", &image.digest));
        Ok(image)
    }

    async fn push(
        &mut self,
        job: &Job<'_>,
        source: &Reference,
        repository: &Repository,
        tag: &str,
    ) -> Result<(), LabError> {
        let context = job.context;
        let engine = context.images().await?;
        let target = format!("{}:{tag}", repository.uri);
        own_name(context, &target).await?;
        engine.tag(&source.familiar(), &repository.uri, tag).await?;
        name_given(context, &target)?;
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

    async fn push_once(&mut self, job: &Job<'_>, repository: &Repository, tag: &str) -> Result<(), LabError> {
        let context = job.context;
        let credential = match self.credential.take() {
            Some(credential) => credential,
            None => log_in(context).await?,
        };
        let engine = context.images().await?;
        let platform = &context.plan.platform;
        let pushed = engine.push(&repository.uri, tag, platform, &credential, job.progress, job.cancel).await;
        self.credential = Some(credential);
        pushed.map(drop)
    }
}

/// A new credential; its expiry is recorded, for people to see.
async fn log_in(context: &Context) -> Result<RegistryCredential, LabError> {
    let credential = context.aws().await?.credential().await?;
    if let Some(expires_at) = credential.expires_at {
        context.session.put_credential_expiry(&context.run, expires_at)?;
    }
    Ok(credential)
}

/// The image that has the tag now.
async fn pushed(aws: &Aws, repository: &Repository, tag: &str) -> Result<Image, LabError> {
    let image = images::tagged(aws, &repository.name, tag).await?;
    image.ok_or_else(|| Problem::new(Code::ImageNotThere).with("repository", &repository.name).retryable().into())
}

/// Inspector does not scan a list of images.
pub(super) fn index(repository: &str, image: &Image) -> LabError {
    let problem = Problem::new(Code::IndexPushed).with("repository", repository);
    problem.with("media-type", &image.media_type).with("digest", &image.digest).into()
}

/// Records that the tag is about to be pushed, what had it before, and, in a repository that is not ours, what was
/// there at all.
async fn own_tag(context: &Context, aws: &Aws, repository: &Repository, tag: &str) -> Result<PushedTag, LabError> {
    if let Some(owned) = context.session.pushed_tag(&context.run, &repository.name, tag)? {
        return Ok(owned);
    }
    let ours = is_ours(context, aws, repository).await?;
    let preexisting = if ours { Vec::new() } else { images::all(aws, &repository.name).await? };
    let owned = PushedTag {
        repository: repository.name.clone(),
        tag: tag.to_owned(),
        before: preexisting.iter().find(|image| image.tags.iter().any(|t| t == tag)).map(|image| image.digest.clone()),
        preexisting: preexisting.into_iter().map(|image| image.digest).collect(),
        digest: None,
    };
    context.session.own(&context.run, &Owned::Tag(owned.clone()))?;
    Ok(owned)
}

/// Whether this run made the repository; recorded if it was not yet, as when the learner created it.
async fn is_ours(context: &Context, aws: &Aws, repository: &Repository) -> Result<bool, LabError> {
    match context.session.origin(&context.run, &repository.name)? {
        Some(RepositoryOrigin::Created) => Ok(true),
        Some(RepositoryOrigin::Preexisting) => Ok(false),
        Some(RepositoryOrigin::Intended) | None => {
            let ours = repositories::creating_run(aws, repository).await?.as_ref() == Some(&context.run);
            let origin = if ours { RepositoryOrigin::Created } else { RepositoryOrigin::Preexisting };
            context.session.own(&context.run, &Owned::Repository { name: repository.name.clone(), origin })?;
            Ok(ours)
        }
    }
}
