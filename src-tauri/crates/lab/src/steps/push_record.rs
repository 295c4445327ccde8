//! The record of what a run has pushed, in the tags of its repositories: a clean-up without the session deletes only what is recorded
//! there. Written before a tag is moved and after each push.

use i18n::Message;

use super::{pushes, record};
use crate::{
    aws::Aws,
    cloud::{repositories, runs},
    context::Job,
    former_state::{self, RUN_TAG},
    model::problem::LabError,
};

/// Writes it to the repositories of this run: to each what was pushed to it, and to all of them what was pushed to repositories of
/// others, whose tags are not this run's to change. Where there is no room for the tags, a note says so: without the session it is then
/// not known who made the images.
pub(super) async fn write(job: &Job<'_>, aws: &Aws, pushed_to: &str) -> Result<(), LabError> {
    let context = job.context;
    let own = record::own(context)?;
    let is_own = |name: &str| own.iter().any(|own| own == name);
    let pushes = pushes::all(context)?;
    for name in own.iter().filter(|name| !is_own(pushed_to) || *name == pushed_to) {
        let of_repository = pushes.iter().filter(|push| push.repository == *name || !is_own(&push.repository));
        let Some(repository) = repositories::find(aws, name).await? else { continue };
        let present = runs::tags(aws, &repository.arn).await?.unwrap_or_default();
        // Another user may have created one of that name since.
        if present.get(RUN_TAG) != Some(&context.run.0) {
            continue;
        }
        let Some(tags) = former_state::pushed_tags(of_repository, &present) else {
            job.note(Message::new("note-pushes-unrecorded").with("name", name));
            continue;
        };
        if tags.iter().any(|(key, value)| present.get(key) != Some(value)) {
            runs::tag(aws, &repository.arn, &tags).await?;
        }
    }
    Ok(())
}
