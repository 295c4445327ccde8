//! The runs of the lab in a registry, by the tags of their repositories. Where listing is denied they are not known.

use std::collections::BTreeMap;

use aws_sdk_ecr::types::{self, Tag};
use futures::{StreamExt as _, TryStreamExt as _};

use super::paging::Paging;
use crate::{
    aws::{
        Aws,
        errors::{code, problem},
    },
    former_state::{FormerState, RunTags},
    model::{problem::LabError, run_id::RunId},
    session::ledger::PushedTag,
};

/// How many repositories' tags are read at a time.
const AT_A_TIME: usize = 8;

/// A run that has repositories in the registry.
#[derive(Clone, Debug)]
pub(crate) struct RunInRegistry {
    pub(crate) run: RunId,
    /// Its filter; `None` if it is not known.
    pub(crate) filter: Option<String>,
    /// What it has recorded of the registry before any run.
    pub(crate) former: Option<FormerState>,
    /// What it has recorded of its pushes, also of those to repositories of others.
    pub(crate) pushed: Vec<PushedTag>,
    /// What `BLOB_MOUNTING` was before it, if it has changed it and not put it back.
    pub(crate) blob_mounting: Option<String>,
    /// Its repositories.
    pub(crate) repositories: Vec<String>,
    /// Whether it no longer uses the registry's configuration.
    settled: bool,
    /// When the first of them was created, in seconds since 1970.
    created_at: i64,
}

/// The runs other than one's own that use the registry's configuration.
#[derive(Clone, Debug, Default)]
pub(crate) struct OtherRuns {
    /// In the order in which they began.
    pub(crate) runs: Vec<RunInRegistry>,
    /// Whether the registry's repositories and their tags could be read. If not, there may be other runs.
    pub(crate) complete: bool,
}

impl RunInRegistry {
    /// A run of which nothing but the id is known, such as one that is known only by the tags that keep other users' images.
    pub(crate) fn without_repositories(run: RunId) -> Self {
        Self {
            run,
            filter: None,
            former: None,
            pushed: Vec::new(),
            blob_mounting: None,
            repositories: Vec::new(),
            settled: false,
            created_at: i64::MAX,
        }
    }
}

impl OtherRuns {
    /// What the first of them has recorded of the registry before any run.
    pub(crate) fn former(&self) -> Option<&FormerState> {
        self.runs.iter().find_map(|run| run.former.as_ref())
    }

    /// Whether one of them has this filter, or one whose filter is not known could have it.
    pub(crate) fn may_need(&self, filter: &str) -> bool {
        self.runs.iter().any(|run| run.filter.as_deref().is_none_or(|other| other == filter))
    }

    pub(crate) fn ids(&self) -> Vec<RunId> {
        self.runs.iter().map(|run| run.run.clone()).collect()
    }

    /// Their ids and repositories, for a person: `1f2e (a-prod, a-sandbox)`.
    pub(crate) fn summary(&self) -> String {
        let one = |run: &RunInRegistry| format!("{} ({})", run.run, run.repositories.join(", "));
        self.runs.iter().map(one).collect::<Vec<_>>().join(", ")
    }
}

/// The runs of other learners, or of other computers.
pub(crate) async fn others(aws: &Aws, own: &RunId) -> Result<OtherRuns, LabError> {
    let mut others = all(aws).await?;
    others.runs.retain(|run| run.run != *own && !run.settled);
    Ok(others)
}

/// All runs that have repositories.
pub(crate) async fn all(aws: &Aws) -> Result<OtherRuns, LabError> {
    match tagged_repositories(aws).await {
        Ok(tagged) => Ok(OtherRuns { runs: by_run(tagged), complete: true }),
        Err(error) if error.is_denied() => Ok(OtherRuns::default()),
        Err(error) => Err(error),
    }
}

/// The runs that have repositories of these names, where not all repositories may be read.
pub(crate) async fn named(aws: &Aws, names: &[&str]) -> Result<Vec<RunInRegistry>, LabError> {
    let mut tagged = Vec::new();
    for name in names {
        match aws.ecr.describe_repositories().repository_names(*name).send().await {
            Ok(response) => {
                for repository in response.repositories.unwrap_or_default() {
                    let tags = tags(aws, repository.repository_arn().unwrap_or_default()).await?;
                    tagged.extend(tags.map(|tags| (repository, tags)));
                }
            }
            Err(error) if code(&error) == Some("RepositoryNotFoundException") => {}
            Err(error) => return Err(problem("ecr:DescribeRepositories", error)),
        }
    }
    Ok(by_run(tagged))
}

fn by_run(tagged: Vec<Tagged>) -> Vec<RunInRegistry> {
    let mut runs: BTreeMap<String, RunInRegistry> = BTreeMap::new();
    for (repository, tags) in tagged {
        let Some(tags) = RunTags::read(&tags).filter(|tags| !tags.finished) else { continue };
        let created_at = repository.created_at().map_or(i64::MAX, aws_smithy_types::DateTime::secs);
        let run = runs.entry(tags.run.0.clone()).or_insert_with(|| RunInRegistry::without_repositories(tags.run));
        run.filter = run.filter.take().or(tags.filter);
        run.former = run.former.take().or(tags.former);
        run.pushed.extend(tags.pushed);
        run.blob_mounting = run.blob_mounting.take().or(tags.blob_mounting);
        run.settled |= tags.settled;
        run.created_at = run.created_at.min(created_at);
        run.repositories.extend(repository.repository_name);
    }
    let mut runs: Vec<_> = runs.into_values().collect();
    runs.sort_by(|a, b| (a.created_at, &a.run.0).cmp(&(b.created_at, &b.run.0)));
    runs
}

type Tagged = (types::Repository, BTreeMap<String, String>);

async fn tagged_repositories(aws: &Aws) -> Result<Vec<Tagged>, LabError> {
    let mut pages = aws.ecr.describe_repositories().max_results(1000).into_paginator().send();
    let (mut repositories, mut paging) = (Vec::new(), Paging::default());
    while let Some(page) = pages.next().await {
        let page = page.map_err(|error| problem("ecr:DescribeRepositories", error))?;
        paging.check("ecr:DescribeRepositories", page.repositories().len(), page.next_token())?;
        repositories.extend(page.repositories.unwrap_or_default());
    }
    let tagged = repositories.into_iter().map(|repository| async move {
        let tags = tags(aws, repository.repository_arn().unwrap_or_default()).await?;
        Ok::<_, LabError>(tags.map(|tags| (repository, tags)))
    });
    futures::stream::iter(tagged)
        .buffered(AT_A_TIME)
        .try_filter_map(|tagged| std::future::ready(Ok(tagged)))
        .try_collect()
        .await
}

/// The tags of a repository; `None` if it does not exist.
pub(crate) async fn tags(aws: &Aws, arn: &str) -> Result<Option<BTreeMap<String, String>>, LabError> {
    match aws.ecr.list_tags_for_resource().resource_arn(arn).send().await {
        Ok(response) => {
            let pair = |tag: &Tag| (tag.key().to_owned(), tag.value().to_owned());
            Ok(Some(response.tags().iter().map(pair).collect()))
        }
        Err(error) if code(&error) == Some("RepositoryNotFoundException") => Ok(None),
        Err(error) => Err(problem("ecr:ListTagsForResource", error)),
    }
}

/// Adds tags to a repository, or changes their values.
pub(crate) async fn tag(aws: &Aws, arn: &str, tags: &BTreeMap<String, String>) -> Result<(), LabError> {
    let tags = tags.iter().map(|(key, value)| sdk_tag(key, value)).collect::<Result<Vec<_>, _>>()?;
    let response = aws.ecr.tag_resource().resource_arn(arn).set_tags(Some(tags)).send().await;
    response.map_err(|error| problem("ecr:TagResource", error))?;
    Ok(())
}

/// A tag as the SDK takes it.
pub(crate) fn sdk_tag(key: &str, value: &str) -> Result<Tag, LabError> {
    Tag::builder().key(key).value(value).build().map_err(LabError::defect)
}
