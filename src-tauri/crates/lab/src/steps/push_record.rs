//! The record of what a run has pushed, in the tags of its repositories: a clean-up without the session deletes only what is recorded
//! there. Written before a tag is moved and after each push.

use super::{pushes, record};
use crate::{
    aws::Aws,
    cloud::{repositories, runs},
    context::Context,
    former_state::{self, RUN_TAG},
    model::problem::LabError,
};

/// Writes it to the repositories of this run: to each what was pushed to it, and to all of them what was pushed to repositories of
/// others, whose tags are not this run's to change.
pub(super) async fn write(context: &Context, aws: &Aws, pushed_to: &str) -> Result<(), LabError> {
    let own = record::own(context)?;
    let is_own = |name: &str| own.iter().any(|own| own == name);
    let pushes = pushes::all(context)?;
    for name in own.iter().filter(|name| !is_own(pushed_to) || *name == pushed_to) {
        let of_repository = pushes.iter().filter(|push| push.repository == *name || !is_own(&push.repository));
        let tags = former_state::pushed_tags(of_repository);
        if tags.is_empty() {
            continue;
        }
        let Some(repository) = repositories::find(aws, name).await? else { continue };
        let present = runs::tags(aws, &repository.arn).await?.unwrap_or_default();
        // Another user may have created one of that name since.
        let is_this_runs = present.get(RUN_TAG) == Some(&context.run.0);
        if is_this_runs && tags.iter().any(|(key, value)| present.get(key) != Some(value)) {
            runs::tag(aws, &repository.arn, &tags).await?;
        }
    }
    Ok(())
}
