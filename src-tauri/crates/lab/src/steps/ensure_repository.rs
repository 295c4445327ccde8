//! Creating a repository, or using one that exists, and recording where it comes from.

use std::collections::BTreeMap;

use crate::{
    aws::Aws,
    cloud::{
        repositories::{self, Repository},
        runs,
    },
    context::Context,
    former_state::RunTags,
    model::{
        code::Code,
        problem::{LabError, Problem},
    },
    session::ledger::{Owned, RepositoryOrigin},
};

/// The repository, created with these tags if it does not exist, and its origin. One with the run's tag is the run's, whatever
/// was recorded before a kill; any other existed before.
pub(super) async fn ensure(
    context: &Context,
    aws: &Aws,
    name: &str,
    tags: &BTreeMap<String, String>,
) -> Result<(Repository, RepositoryOrigin), LabError> {
    let own = |origin| context.session.own(&context.run, &Owned::Repository { name: name.to_owned(), origin });
    if let Some(repository) = repositories::find(aws, name).await? {
        return with_origin(context, aws, repository, tags).await;
    }
    own(RepositoryOrigin::Intended)?;
    if let Some(repository) = repositories::create(aws, name, tags).await? {
        own(RepositoryOrigin::Created)?;
        return Ok((repository, RepositoryOrigin::Created));
    }
    // Another request was faster; perhaps an earlier attempt of this very call, whose response was lost.
    match repositories::find(aws, name).await? {
        Some(repository) => with_origin(context, aws, repository, tags).await,
        None => Err(Problem::new(Code::RepositoryMissingAgain).with("name", name).retryable().into()),
    }
}

/// The repository with its origin, which is recorded. One of this run gets the tags that it lacks.
async fn with_origin(
    context: &Context,
    aws: &Aws,
    repository: Repository,
    tags: &BTreeMap<String, String>,
) -> Result<(Repository, RepositoryOrigin), LabError> {
    let present = runs::tags(aws, &repository.arn).await?.unwrap_or_default();
    let ours = RunTags::read(&present).is_some_and(|tags| tags.run == context.run);
    if ours && tags.iter().any(|(key, value)| present.get(key) != Some(value)) {
        runs::tag(aws, &repository.arn, tags).await?;
    }
    let origin = if ours { RepositoryOrigin::Created } else { RepositoryOrigin::Preexisting };
    context.session.own(&context.run, &Owned::Repository { name: repository.name.clone(), origin })?;
    Ok((repository, origin))
}
