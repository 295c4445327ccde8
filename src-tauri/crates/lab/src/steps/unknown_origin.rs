//! What a clean-up without the session finds and cannot tell apart: images in the run's repositories that it has not recorded there,
//! and tags that keep another user's image while it is not known which tag that image had. Both are listed and kept.

use i18n::Message;

use super::{
    foreign_tags, pushes, record, removal,
    shell::{aws, quote},
};
use crate::{
    aws::Aws,
    cloud::{
        images::{self, Image},
        repositories,
    },
    context::Context,
    model::{outcome::Kept, problem::LabError, resource::ResourceKind},
};

/// The reason of an image of which it is not known who made it.
pub(super) const IMAGE: &str = "kept-unknown-image";
/// The reason of a tag that keeps an image, where it is not known which tag that image had.
pub(super) const SAVED_TAG: &str = "kept-unknown-tag";

/// What of that there is. Nothing of a run whose session has recorded all it did.
pub(super) async fn read(context: &Context) -> Result<Vec<Kept>, LabError> {
    if !context.session.is_recovered(&context.run)? {
        return Ok(Vec::new());
    }
    let aws = context.aws().await?;
    let own = record::own(context)?;
    let mut listed = Vec::new();
    for name in &own {
        listed.extend(unrecorded(context, aws, name).await?);
    }
    for name in context.plan.repositories().into_iter().filter(|name| !own.iter().any(|own| own == name)) {
        listed.extend(saved_tags(context, aws, name).await?);
    }
    Ok(listed)
}

/// The images of one of the run's repositories that are neither the run's nor known to have been there before its pushes.
async fn unrecorded(context: &Context, aws: &Aws, name: &str) -> Result<Vec<Kept>, LabError> {
    let Some(repository) = repositories::find(aws, name).await? else { return Ok(Vec::new()) };
    if !repositories::is_of_run(aws, &repository, &context.run).await? {
        return Ok(Vec::new());
    }
    let pushes = pushes::of(context, name)?;
    let is_known = |image: &Image| {
        pushes.iter().any(|push| push.is_pushed(&image.digest) || push.preexisting.contains(&image.digest))
    };
    let images = removal::kept_images(context, aws, name).await?;
    Ok(images.iter().filter(|image| !is_known(image)).map(|image| unrecorded_image(context, name, image)).collect())
}

fn unrecorded_image(context: &Context, repository: &str, image: &Image) -> Kept {
    let words = format!("ecr batch-delete-image --repository-name {} --image-ids", quote(repository));
    // By tag where there is one: a tag that another user gives the image meanwhile is not removed with it.
    let (what, ids) = if image.tags.is_empty() {
        (format!("{repository}@{}", image.digest), format!("imageDigest={}", image.digest))
    } else {
        let ids: Vec<_> = image.tags.iter().map(|tag| format!("imageTag={}", quote(tag))).collect();
        (format!("{repository}:{}", image.tags[0]), ids.join(" "))
    };
    let why = Message::new(IMAGE).with("command", self::aws(context, &format!("{words} {ids}")));
    Kept { kind: ResourceKind::Image, what, why: why.with("digest", &image.digest), open: true }
}

async fn saved_tags(context: &Context, aws: &Aws, name: &str) -> Result<Vec<Kept>, LabError> {
    let recorded = pushes::of(context, name)?;
    let is_recorded = |tag: &str| recorded.iter().any(|push| push.saved_as.as_deref() == Some(tag));
    let mut listed = Vec::new();
    for image in images::all(aws, name).await? {
        for tag in image.tags.iter().filter(|tag| foreign_tags::is_saved_by(&context.run, tag) && !is_recorded(tag)) {
            let why = Message::new(SAVED_TAG).with("digest", &image.digest);
            listed.push(Kept { kind: ResourceKind::Image, what: format!("{name}:{tag}"), why, open: true });
        }
    }
    Ok(listed)
}

/// Whether one of the images listed is in a repository.
pub(super) fn is_in(listed: &[Kept], repository: &str) -> bool {
    let of_repository = |kept: &Kept| {
        let rest = kept.what.strip_prefix(repository);
        rest.is_some_and(|rest| rest.starts_with([':', '@']))
    };
    listed.iter().any(|kept| kept.why.id == IMAGE && of_repository(kept))
}
