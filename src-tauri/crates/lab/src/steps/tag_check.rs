//! The check, before anything is changed, that the tags to be pushed are free, or may be moved.

use i18n::Message;

use super::item::Item;
use crate::{
    aws::Aws,
    cloud::{images, repositories},
    context::Context,
    model::{problem::LabError, step::Check},
};

/// Whether a push would be refused because of another user's image.
pub(super) async fn check(context: &Context) -> Check {
    let item = Item::new("tags-free");
    let read = async { taken(context, context.aws().await?).await };
    match Box::pin(read).await {
        Err(error) => item.unread(&error),
        Ok(taken) if taken.is_empty() => item.met(Message::new("check-tags-free-met")),
        Ok(taken) => {
            let detail = Message::new("check-tags-free-not-met").with("names", taken.join(", "));
            item.not_met(detail, Message::new("check-tags-free-hint"))
        }
    }
}

/// The tags, as `repository:tag`, that cannot be pushed.
async fn taken(context: &Context, aws: &Aws) -> Result<Vec<String>, LabError> {
    let plan = &context.plan;
    let mut taken = Vec::new();
    for (name, tag) in [(&plan.prod, &plan.tag), (&plan.sandbox, &plan.tag), (&plan.prod, &plan.fixed_tag)] {
        let Some(image) = images::tagged(aws, name, tag).await? else { continue };
        let recorded = context.session.pushed_tag(&context.run, name, tag)?;
        if recorded.is_some_and(|own| own.pushing.is_some() || own.digest.as_ref() == Some(&image.digest)) {
            continue;
        }
        let Some(repository) = repositories::find(aws, name).await? else { continue };
        let is_own = repositories::creating_run(aws, &repository).await?.as_ref() == Some(&context.run);
        if !is_own && (!plan.move_tags || repository.is_immutable(tag)) {
            taken.push(format!("{name}:{tag}"));
        }
    }
    Ok(taken)
}
