//! The check that no lifecycle policy takes images of others because of what the run pushes: each image that it pushes counts, so that
//! a policy that keeps a number of images would delete or archive those that were there before.

use crate::{
    aws::Aws,
    cloud::{
        lifecycle,
        repositories::{self, Repository},
    },
    context::Context,
    model::{
        code::Code,
        problem::{LabError, Problem},
    },
};

/// Fails if a repository of others that is pushed to has a lifecycle policy: before anything is changed.
///
/// # Errors
///
/// Problem `lifecycle-policy`.
pub(super) async fn require(context: &Context, aws: &Aws) -> Result<(), LabError> {
    for name in [&context.plan.prod, &context.plan.sandbox] {
        if let Some(repository) = repositories::find(aws, name).await? {
            require_of(context, aws, &repository).await?;
        }
    }
    Ok(())
}

/// As [`require`], of one repository, right before a push: a policy may have been added since.
pub(super) async fn require_of(context: &Context, aws: &Aws, repository: &Repository) -> Result<(), LabError> {
    let is_own = repositories::is_of_run(aws, repository, &context.run).await?;
    if !is_own && lifecycle::has_policy(aws, &repository.name).await? {
        return Err(Problem::new(Code::LifecyclePolicy).with("repository", &repository.name).into());
    }
    Ok(())
}
