//! What the plan names and this run did not make, as far as that is known: a learner's work by hand, or another user's. The clean-up
//! lists it, and removes only what a person has chosen by name.

use i18n::Message;

use super::{
    push_effects,
    shell::{aws, docker, quote},
};
use crate::{
    aws::Aws,
    cloud::{images, repositories},
    context::{Context, Job},
    model::{outcome::Kept, problem::LabError, resource::ResourceKind, step::NamedByPlan},
};

/// What is in the registry: repositories of the plan's names, and images under the tags that the plan pushes.
pub(super) async fn in_registry(context: &Context) -> Result<Vec<NamedByPlan>, LabError> {
    let aws = context.aws().await?;
    let mut named = Vec::new();
    for name in context.plan.repositories() {
        let Some(repository) = repositories::find(aws, name).await? else { continue };
        for tag in tags_of(context, name) {
            if is_others(context, aws, name, tag).await? {
                named.push(image(context, name, tag)?);
            }
        }
        if !repositories::is_of_run(aws, &repository, &context.run).await? {
            let words = format!("ecr delete-repository --repository-name {}", quote(name));
            named.push(item(context, ResourceKind::Repository, name.to_owned(), self::aws(context, &words))?);
        }
    }
    Ok(named)
}

/// What is in the engine: the plan's images, by the names that they are pulled and pushed by.
pub(super) async fn in_engine(context: &Context) -> Result<Vec<NamedByPlan>, LabError> {
    let engine = context.images().await?;
    let mut named = Vec::new();
    for name in local_names(context).await? {
        let Some(image) = engine.inspect(&name).await? else { continue };
        let own = context.session.local_name(&context.run, &name)?;
        if own.is_some_and(|own| own.before.is_none() && own.is_given_to(&image.id)) {
            continue;
        }
        let line = docker(context, &format!("rmi {}", quote(&name)));
        named.push(item(context, ResourceKind::LocalImage, name, line)?);
    }
    Ok(named)
}

/// Records where the plan's repositories are pushed to while they are there: the names of local images begin with it. Of a run whose
/// record is lost it is not known otherwise, and such images would not be listed once the repositories are gone.
pub(super) async fn remember_uris(context: &Context) -> Result<(), LabError> {
    for name in [&context.plan.prod, &context.plan.sandbox] {
        let mut outcome = context.session.repository_outcome(&context.run, name)?;
        if outcome.uri.is_none()
            && let Some(repository) = repositories::find(context.aws().await?, name).await?
        {
            outcome.uri = Some(repository.uri);
            context.session.put_repository_outcome(&context.run, &outcome)?;
        }
    }
    Ok(())
}

/// Removes what a person has chosen of this kind.
pub(super) async fn remove(job: &Job<'_>, kind: ResourceKind) -> Result<(), LabError> {
    let context = job.context;
    if context.session.chosen(&context.run)?.is_empty() {
        return Ok(());
    }
    let named = match kind {
        ResourceKind::LocalImage => in_engine(context).await?,
        _ => in_registry(context).await?,
    };
    for named in named.into_iter().filter(|named| named.chosen && named.kind == kind) {
        let name = &named.name;
        let is_removed = match (kind, name.rsplit_once(':')) {
            (ResourceKind::LocalImage, _) => {
                context.images().await?.remove(name).await?;
                true
            }
            (ResourceKind::Image, Some((repository, tag))) => {
                images::untag(context.aws().await?, repository, tag).await? == images::Deletion::Gone
            }
            _ => repositories::delete(context.aws().await?, name).await? == repositories::Deletion::Gone,
        };
        if is_removed {
            job.note(Message::new("note-chosen-removed").with("name", name));
        } else {
            job.note(Message::new("note-chosen-kept").with("name", name));
        }
    }
    Ok(())
}

/// What a person has chosen and what is there all the same: a repository that holds images, an image that an index refers to. They are
/// never removed by force.
pub(super) async fn chosen_and_kept(context: &Context, named: &[NamedByPlan]) -> Result<Vec<Kept>, LabError> {
    let mut kept = Vec::new();
    for NamedByPlan { kind, name, .. } in named.iter().filter(|named| named.chosen) {
        let why = match kind {
            ResourceKind::Repository => {
                let count = images::all(context.aws().await?, name).await?.len();
                Message::new("kept-chosen-holds").with("name", name).with("count", count)
            }
            ResourceKind::Image => Message::new("kept-chosen-referenced").with("name", name),
            _ => Message::new("kept-chosen-there").with("name", name),
        };
        kept.push(Kept { kind: *kind, what: name.clone(), why, open: true });
    }
    Ok(kept)
}

/// The tags that the plan pushes to a repository.
fn tags_of<'a>(context: &'a Context, repository: &str) -> Vec<&'a str> {
    let plan = &context.plan;
    match repository {
        name if name == plan.prod => vec![&plan.tag, &plan.fixed_tag],
        name if name == plan.sandbox => vec![&plan.tag],
        _ => Vec::new(),
    }
}

/// Whether the tag has an image that this run has not pushed.
async fn is_others(context: &Context, aws: &Aws, repository: &str, tag: &str) -> Result<bool, LabError> {
    let Some(present) = images::tagged(aws, repository, tag).await? else { return Ok(false) };
    let Some(own) = context.session.pushed_tag(&context.run, repository, tag)? else { return Ok(true) };
    Ok(!push_effects::resolve(context, aws, own).await?.is_pushed(&present.digest))
}

async fn local_names(context: &Context) -> Result<Vec<String>, LabError> {
    let plan = &context.plan;
    let mut names = vec![context.sources.vulnerable.familiar(), context.sources.fixed.familiar()];
    for repository in [&plan.prod, &plan.sandbox] {
        let recorded = context.session.repository_outcome(&context.run, repository)?.uri;
        let uri = match recorded {
            Some(uri) => Some(uri),
            None => repositories::find(context.aws().await?, repository).await?.map(|repository| repository.uri),
        };
        if let Some(uri) = uri {
            names.extend(tags_of(context, repository).into_iter().map(|tag| format!("{uri}:{tag}")));
        }
    }
    names.dedup();
    Ok(names)
}

fn image(context: &Context, repository: &str, tag: &str) -> Result<NamedByPlan, LabError> {
    let words =
        format!("ecr batch-delete-image --repository-name {} --image-ids imageTag={}", quote(repository), quote(tag));
    item(context, ResourceKind::Image, format!("{repository}:{tag}"), aws(context, &words))
}

fn item(context: &Context, kind: ResourceKind, name: String, command: String) -> Result<NamedByPlan, LabError> {
    let chosen = context.session.chosen(&context.run)?.contains(&name);
    // A repository is the run's own only if its tags say so; they are there as long as it is.
    let unknown_origin = kind != ResourceKind::Repository && context.session.is_recovered(&context.run)?;
    Ok(NamedByPlan { kind, name, command, chosen, unknown_origin })
}
