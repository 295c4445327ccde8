//! Lifecycle policies of repositories, which delete or archive images by themselves.

use crate::{
    aws::{
        Aws,
        errors::{code, problem},
    },
    model::problem::LabError,
};

/// Whether a repository has a lifecycle policy.
pub(crate) async fn has_policy(aws: &Aws, repository: &str) -> Result<bool, LabError> {
    match aws.ecr.get_lifecycle_policy().repository_name(repository).send().await {
        Ok(_) => Ok(true),
        Err(error) if code(&error).is_some_and(|code| code.ends_with("NotFoundException")) => Ok(false),
        Err(error) => Err(problem("ecr:GetLifecyclePolicy", error)),
    }
}
