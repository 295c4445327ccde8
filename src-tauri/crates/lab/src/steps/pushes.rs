//! Which manifests of a repository this run has pushed, as recorded and as read back.

use crate::{
    aws::Aws,
    cloud::images,
    context::Context,
    model::{pinned_image::PinnedImage, problem::LabError},
    session::ledger::{Owned, PushedTag},
};

/// The tags that this run has pushed, or was about to push.
pub(super) fn all(context: &Context) -> Result<Vec<PushedTag>, LabError> {
    let owned = context.session.owned(&context.run)?.into_iter();
    let tags = owned.filter_map(|owned| match owned {
        Owned::Tag(tag) => Some(tag),
        _ => None,
    });
    Ok(tags.collect())
}

/// Those in one repository.
pub(super) fn of(context: &Context, repository: &str) -> Result<Vec<PushedTag>, LabError> {
    let mut tags = all(context)?;
    tags.retain(|tag| tag.repository == repository);
    Ok(tags)
}

/// Whether a manifest of a repository is the pinned image's.
pub(super) async fn holds(aws: &Aws, repository: &str, digest: &str, pinned: &PinnedImage) -> Result<bool, LabError> {
    if pinned.is_local(digest) {
        return Ok(true);
    }
    let content = images::manifest(aws, repository, digest).await?;
    Ok(content.is_some_and(|content| pinned.is(digest, content.config.as_deref())))
}

/// A digest and, if it is an index's, those of its manifests.
pub(super) async fn with_manifests(aws: &Aws, repository: &str, digest: &str) -> Result<Vec<String>, LabError> {
    let mut digests = vec![digest.to_owned()];
    if let Some(content) = images::manifest(aws, repository, digest).await? {
        digests.extend(content.manifests);
    }
    Ok(digests)
}
