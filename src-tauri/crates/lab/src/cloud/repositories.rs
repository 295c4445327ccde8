//! Repositories of the registry.

use aws_sdk_ecr::types::{self, ImageTagMutability, Tag};

use super::paging::Paging;
use crate::{
    aws::{
        Aws,
        errors::{code, problem},
    },
    filters,
    model::{problem::LabError, run_id::RunId},
};

/// The key of the tag that holds the id of the run that created a repository.
pub(crate) const RUN_TAG: &str = "imagelab:run";
/// The tag that marks a repository as part of this lab.
const LAB_TAG: (&str, &str) = ("imagelab:lab", "image-security");

/// The attributes of a repository that the lab uses.
#[derive(Clone, Debug)]
pub(crate) struct Repository {
    pub(crate) name: String,
    pub(crate) arn: String,
    pub(crate) uri: String,
    mutability: Option<ImageTagMutability>,
    exceptions: Vec<String>,
}

impl Repository {
    fn of(repository: &types::Repository) -> Self {
        let exceptions =
            repository.image_tag_mutability_exclusion_filters().iter().map(|filter| filter.filter().to_owned());
        Self {
            name: repository.repository_name().unwrap_or_default().to_owned(),
            arn: repository.repository_arn().unwrap_or_default().to_owned(),
            uri: repository.repository_uri().unwrap_or_default().to_owned(),
            mutability: repository.image_tag_mutability().cloned(),
            exceptions: exceptions.collect(),
        }
    }

    /// Whether an existing tag cannot be overwritten by another push.
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

/// Finds a repository by name, since the caller may not be permitted to list all.
pub(crate) async fn find(aws: &Aws, name: &str) -> Result<Option<Repository>, LabError> {
    match aws.ecr.describe_repositories().repository_names(name).send().await {
        Ok(response) => Ok(response.repositories().first().map(Repository::of)),
        Err(error) if code(&error) == Some("RepositoryNotFoundException") => Ok(None),
        Err(error) => Err(problem("ecr:DescribeRepositories", error)),
    }
}

/// The names of all repositories.
pub(crate) async fn names(aws: &Aws) -> Result<Vec<String>, LabError> {
    let mut pages = aws.ecr.describe_repositories().max_results(1000).into_paginator().send();
    let (mut names, mut paging) = (Vec::new(), Paging::default());
    while let Some(page) = pages.next().await {
        let page = page.map_err(|error| problem("ecr:DescribeRepositories", error))?;
        paging.check("ecr:DescribeRepositories", page.repositories().len(), page.next_token())?;
        names.extend(
            page.repositories().iter().filter_map(|repository| repository.repository_name().map(str::to_owned)),
        );
    }
    Ok(names)
}

/// Creates a repository that is tagged with the run's id. `None` if one of that name already exists.
pub(crate) async fn create(aws: &Aws, name: &str, run: &RunId) -> Result<Option<Repository>, LabError> {
    let tag = |key: &str, value: &str| Tag::builder().key(key).value(value).build().map_err(LabError::defect);
    let create = aws.ecr.create_repository().repository_name(name);
    match create.tags(tag(RUN_TAG, &run.0)?).tags(tag(LAB_TAG.0, LAB_TAG.1)?).send().await {
        Ok(response) => Ok(response.repository().map(Repository::of)),
        Err(error) if code(&error) == Some("RepositoryAlreadyExistsException") => Ok(None),
        Err(error) => Err(problem("ecr:CreateRepository", error)),
    }
}

/// The run that created a repository, according to its tags.
pub(crate) async fn creating_run(aws: &Aws, repository: &Repository) -> Result<Option<RunId>, LabError> {
    let response = aws.ecr.list_tags_for_resource().resource_arn(&repository.arn).send().await;
    let response = response.map_err(|error| problem("ecr:ListTagsForResource", error))?;
    Ok(response.tags().iter().find(|tag| tag.key() == RUN_TAG).map(|tag| RunId(tag.value().to_owned())))
}

/// What came of deleting a repository.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Deletion {
    /// It does not exist any more.
    Gone,
    /// It holds images, and is kept with them.
    NotEmpty,
}

/// Deletes a repository, if it is empty. Never forces: images in it may be another user's.
pub(crate) async fn delete(aws: &Aws, name: &str) -> Result<Deletion, LabError> {
    match aws.ecr.delete_repository().repository_name(name).send().await {
        Ok(_) => Ok(Deletion::Gone),
        Err(error) if code(&error) == Some("RepositoryNotFoundException") => Ok(Deletion::Gone),
        Err(error) if code(&error) == Some("RepositoryNotEmptyException") => Ok(Deletion::NotEmpty),
        Err(error) => Err(problem("ecr:DeleteRepository", error)),
    }
}
