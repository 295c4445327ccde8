//! Repositories of the registry.

use std::collections::BTreeMap;

use aws_sdk_ecr::types::{self, EncryptionType, ImageTagMutability};

use super::{
    paging::Paging,
    runs::{sdk_tag, tags},
};
use crate::{
    aws::{
        Aws,
        errors::{code, problem},
    },
    filters,
    former_state::RUN_TAG,
    model::{problem::LabError, run_id::RunId},
};

/// The attributes of a repository that the lab uses.
#[derive(Clone, Debug)]
pub(crate) struct Repository {
    pub(crate) name: String,
    pub(crate) arn: String,
    pub(crate) uri: String,
    mutability: Option<ImageTagMutability>,
    exceptions: Vec<String>,
    /// The KMS key that encrypts it, or the alias of AWS's own; `None` without KMS.
    pub(crate) kms_key: Option<String>,
}

impl Repository {
    fn of(repository: &types::Repository) -> Self {
        let exceptions =
            repository.image_tag_mutability_exclusion_filters().iter().map(|filter| filter.filter().to_owned());
        let encryption = repository.encryption_configuration();
        let kms_key = encryption.filter(|encryption| *encryption.encryption_type() != EncryptionType::Aes256);
        let kms_key = kms_key.map(|kms| kms.kms_key().unwrap_or("aws/ecr").to_owned());
        Self {
            name: repository.repository_name().unwrap_or_default().to_owned(),
            arn: repository.repository_arn().unwrap_or_default().to_owned(),
            uri: repository.repository_uri().unwrap_or_default().to_owned(),
            mutability: repository.image_tag_mutability().cloned(),
            exceptions: exceptions.collect(),
            kms_key,
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

/// All repositories of the registry.
pub(crate) async fn all(aws: &Aws) -> Result<Vec<Repository>, LabError> {
    let mut pages = aws.ecr.describe_repositories().max_results(1000).into_paginator().send();
    let (mut repositories, mut paging) = (Vec::new(), Paging::default());
    while let Some(page) = pages.next().await {
        let page = page.map_err(|error| problem("ecr:DescribeRepositories", error))?;
        paging.check("ecr:DescribeRepositories", page.repositories().len(), page.next_token())?;
        repositories.extend(page.repositories().iter().map(Repository::of));
    }
    Ok(repositories)
}

/// The names of all repositories.
pub(crate) async fn names(aws: &Aws) -> Result<Vec<String>, LabError> {
    Ok(all(aws).await?.into_iter().map(|repository| repository.name).collect())
}

/// Creates a repository with these tags. `None` if one of that name already exists.
pub(crate) async fn create(
    aws: &Aws,
    name: &str,
    tags: &BTreeMap<String, String>,
) -> Result<Option<Repository>, LabError> {
    let tags = tags.iter().map(|(key, value)| sdk_tag(key, value)).collect::<Result<Vec<_>, _>>()?;
    match aws.ecr.create_repository().repository_name(name).set_tags(Some(tags)).send().await {
        Ok(response) => Ok(response.repository().map(Repository::of)),
        Err(error) if code(&error) == Some("RepositoryAlreadyExistsException") => Ok(None),
        Err(error) => Err(problem("ecr:CreateRepository", error)),
    }
}

/// Whether a run created a repository, according to its tags.
pub(crate) async fn is_of_run(aws: &Aws, repository: &Repository, run: &RunId) -> Result<bool, LabError> {
    let tags = tags(aws, &repository.arn).await?.unwrap_or_default();
    Ok(tags.get(RUN_TAG) == Some(&run.0))
}

/// The result of deleting a repository.
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
