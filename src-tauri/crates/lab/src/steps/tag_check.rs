//! The check, before anything is changed, that the tags to be pushed are free, or may be moved.

use i18n::Message;

use super::{item::Item, pushes};
use crate::{
    aws::Aws,
    cloud::{
        images::{self, Image},
        repositories,
    },
    context::Context,
    images::client::PullResult,
    model::{
        code::Code,
        problem::{LabError, Problem},
        step::Check,
    },
};

/// A tag that cannot be pushed, because another user's image has it.
struct Taken<'a> {
    repository: &'a str,
    tag: &'a str,
    digest: String,
    obstacle: Obstacle,
}

/// Why the tag cannot be moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Obstacle {
    /// The plan does not allow it.
    Plan,
    /// The repository does not, whatever the plan allows.
    Immutable,
    /// The image is archived, so that no other tag can keep it.
    Archived,
}

impl Taken<'_> {
    fn name(&self) -> String {
        format!("{}:{}", self.repository, self.tag)
    }

    fn problem(&self) -> Problem {
        let code = match self.obstacle {
            Obstacle::Plan => Code::TagOfOthers,
            Obstacle::Immutable => Code::TagTaken,
            Obstacle::Archived => Code::TagArchived,
        };
        Problem::new(code).with("repository", self.repository).with("tag", self.tag).with("digest", &self.digest)
    }
}

/// Whether a push would be refused because of another user's image.
pub(super) async fn check(context: &Context) -> Check {
    let item = Item::new("tags-free");
    let read = async { taken(context, context.aws().await?).await };
    let taken = match Box::pin(read).await {
        Err(error) => return item.unread(&error),
        Ok(taken) if taken.is_empty() => return item.met(Message::new("check-tags-free-met")),
        Ok(taken) => taken,
    };
    let names = taken.iter().map(Taken::name).collect::<Vec<_>>().join(", ");
    let of = |obstacle| {
        let taken = taken.iter().filter(|taken| taken.obstacle == obstacle);
        taken.map(Taken::name).collect::<Vec<_>>()
    };
    let archived = of(Obstacle::Archived);
    if !archived.is_empty() {
        let detail = Message::new("check-tags-free-archived").with("names", names);
        let hint = Message::new("problem-tag-archived-hint");
        return item.not_met(detail.with("archived", archived.join(", ")), hint);
    }
    let immutable = of(Obstacle::Immutable);
    if immutable.is_empty() {
        let detail = Message::new("check-tags-free-not-met").with("names", names);
        return item.not_met(detail, Message::new("check-tags-free-hint"));
    }
    let detail = Message::new("check-tags-free-immutable").with("names", names);
    item.not_met(detail.with("immutable", immutable.join(", ")), Message::new("check-tags-free-immutable-hint"))
}

/// Fails if a push would be refused because of another user's image: before anything is changed, rather than in the middle.
///
/// # Errors
///
/// The problem of the first such tag, as the push would report it.
pub(super) async fn require(context: &Context, aws: &Aws) -> Result<(), LabError> {
    match taken(context, aws).await?.first() {
        Some(taken) => Err(taken.problem().into()),
        None => Ok(()),
    }
}

async fn taken<'a>(context: &'a Context, aws: &Aws) -> Result<Vec<Taken<'a>>, LabError> {
    let plan = &context.plan;
    let mut taken = Vec::new();
    for (name, tag) in [(&plan.prod, &plan.tag), (&plan.sandbox, &plan.tag), (&plan.prod, &plan.fixed_tag)] {
        let Some(image) = images::tagged(aws, name, tag).await? else { continue };
        let recorded = context.session.pushed_tag(&context.run, name, tag)?;
        if recorded.is_some_and(|own| own.pushing.is_some() || own.digest.as_ref() == Some(&image.digest)) {
            continue;
        }
        let Some(repository) = repositories::find(aws, name).await? else { continue };
        let is_own = repositories::is_of_run(aws, &repository, &context.run).await?;
        let obstacle = if repository.is_immutable(tag) {
            Some(Obstacle::Immutable)
        } else if plan.move_tags {
            image.archived.then_some(Obstacle::Archived)
        } else {
            Some(Obstacle::Plan)
        };
        let Some(obstacle) = obstacle.filter(|_| !is_own) else { continue };
        if is_lessons(context, aws, name, tag, &image).await? {
            continue;
        }
        taken.push(Taken { repository: name, tag, digest: image.digest, obstacle });
    }
    Ok(taken)
}

/// Whether the image under the tag is the very one that would be pushed, as far as the engine has that already: then nothing is
/// pushed, and the tag stays.
async fn is_lessons(
    context: &Context,
    aws: &Aws,
    repository: &str,
    tag: &str,
    image: &Image,
) -> Result<bool, LabError> {
    let sources = &context.sources;
    let source = if *tag == *context.plan.fixed_tag { &sources.fixed } else { &sources.vulnerable };
    let local = async {
        let pulled = PullResult { digest: None, up_to_date: true };
        context.images().await?.pin(source, &pulled, &context.plan.platform).await
    };
    // Without an engine, or without the image in it, they may differ.
    let Ok(pinned) = local.await else { return Ok(false) };
    pushes::holds(aws, repository, &image.digest, &pinned).await
}
