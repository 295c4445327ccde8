//! Repositories of the registry.

use aws_sdk_ecr::types::{self, ImageTagMutability, Tag};

use crate::{
    aws::{
        Aws,
        errors::{code, problem},
    },
    filters,
    model::{problem::LabError, run_id::RunId},
};

/// The tag that says which run made a repository.
pub(crate) const RUN_TAG: &str = "imagelab:run";
/// The tag that says what a repository is for.
const LAB_TAG: (&str, &str) = ("imagelab:lab", "image-security");

/// A repository, as far as the lab cares.
#[derive(Clone, Debug)]
pub(crate) struct Repository {
    pub(crate) name: String,
    pub(crate) arn: String,
    pub(crate) uri: String,
    mutability: Option<ImageTagMutability>,
    exceptions: Vec<String>,
}

impl Repository {
    fn of(told: &types::Repository) -> Self {
        let exceptions = told.image_tag_mutability_exclusion_filters().iter().map(|known| known.filter().to_owned());
        Self {
            name: told.repository_name().unwrap_or_default().to_owned(),
            arn: told.repository_arn().unwrap_or_default().to_owned(),
            uri: told.repository_uri().unwrap_or_default().to_owned(),
            mutability: told.image_tag_mutability().cloned(),
            exceptions: exceptions.collect(),
        }
    }

    /// Whether a tag, once it is there, can never be pushed again.
    pub(crate) fn is_immutable(&self, tag: &str) -> bool {
        let excepted = || self.exceptions.iter().any(|filter| filters::matches_whole(filter, tag));
        match &self.mutability {
            Some(ImageTagMutability::Immutable) => true,
            Some(ImageTagMutability::ImmutableWithExclusion) => !excepted(),
            Some(ImageTagMutability::MutableWithExclusion) => excepted(),
            _ => false,
        }
    }
}

/// Looks a repository up. By name, since listing all may not be permitted.
pub(crate) async fn find(aws: &Aws, name: &str) -> Result<Option<Repository>, LabError> {
    match aws.ecr.describe_repositories().repository_names(name).send().await {
        Ok(told) => Ok(told.repositories().first().map(Repository::of)),
        Err(error) if code(&error) == Some("RepositoryNotFoundException") => Ok(None),
        Err(error) => Err(problem("ecr:DescribeRepositories", error)),
    }
}

/// The names of all repositories.
pub(crate) async fn names(aws: &Aws) -> Result<Vec<String>, LabError> {
    let mut pages = aws.ecr.describe_repositories().max_results(1000).into_paginator().send();
    let mut names = Vec::new();
    while let Some(page) = pages.next().await {
        let page = page.map_err(|error| problem("ecr:DescribeRepositories", error))?;
        names.extend(page.repositories().iter().filter_map(|told| told.repository_name().map(str::to_owned)));
    }
    Ok(names)
}

/// Makes a repository that carries the run's name. `None`: one of that name is there already, whoever made it.
pub(crate) async fn create(aws: &Aws, name: &str, run: &RunId) -> Result<Option<Repository>, LabError> {
    let tag = |key: &str, value: &str| Tag::builder().key(key).value(value).build().map_err(LabError::defect);
    let create = aws.ecr.create_repository().repository_name(name);
    match create.tags(tag(RUN_TAG, &run.0)?).tags(tag(LAB_TAG.0, LAB_TAG.1)?).send().await {
        Ok(told) => Ok(told.repository().map(Repository::of)),
        Err(error) if code(&error) == Some("RepositoryAlreadyExistsException") => Ok(None),
        Err(error) => Err(problem("ecr:CreateRepository", error)),
    }
}

/// The run that made a repository, if its tags tell of one.
pub(crate) async fn creating_run(aws: &Aws, repository: &Repository) -> Result<Option<RunId>, LabError> {
    let told = aws.ecr.list_tags_for_resource().resource_arn(&repository.arn).send().await;
    let told = told.map_err(|error| problem("ecr:ListTagsForResource", error))?;
    Ok(told.tags().iter().find(|tag| tag.key() == RUN_TAG).map(|tag| RunId(tag.value().to_owned())))
}

/// Deletes a repository and every image in it. One that is gone already is as good.
pub(crate) async fn delete(aws: &Aws, name: &str) -> Result<(), LabError> {
    match aws.ecr.delete_repository().repository_name(name).force(true).send().await {
        Ok(_) => Ok(()),
        Err(error) if code(&error) == Some("RepositoryNotFoundException") => Ok(()),
        Err(error) => Err(problem("ecr:DeleteRepository", error)),
    }
}
