//! What a push has done, as the repository shows: the manifests that it has put there, of one that was interrupted too, and the
//! images of others that have lost the tag to it.

use super::pushes;
use crate::{
    aws::Aws,
    cloud::images::{self, Image},
    context::Context,
    model::problem::LabError,
    session::ledger::{Owned, PushedTag},
};

/// Records a push that was begun, where the repository shows that it was done: the program may have been killed in between. An
/// image that another user has pushed under the tag is not this run's. What has lost the tag to it is recorded with it, however the
/// push is found to be done: by the next one, or by a clean-up alone.
pub(super) async fn resolve(context: &Context, aws: &Aws, mut owned: PushedTag) -> Result<PushedTag, LabError> {
    let Some(pinned) = owned.pushing.clone() else { return Ok(owned) };
    let has_tag = |image: &Image| image.tags.contains(&owned.tag);
    let mut candidates: Vec<_> = images::all(aws, &owned.repository)
        .await?
        .into_iter()
        .filter(|image| image.tags.is_empty() || has_tag(image))
        .filter(|image| !owned.is_pushed(&image.digest))
        .collect();
    candidates.sort_by_key(|image| !has_tag(image));
    let mut digests = Vec::new();
    for image in candidates {
        if (has_tag(&image) || !owned.preexisting.contains(&image.digest))
            && pushes::holds(aws, &owned.repository, &image.digest, &pinned).await?
        {
            digests.extend(pushes::with_manifests(aws, &owned.repository, &image.digest).await?);
        }
    }
    if !digests.is_empty() {
        owned.record_push(digests);
        add_displaced(context, aws, &mut owned).await?;
        context.session.own(&context.run, &Owned::Tag(owned.clone()))?;
    }
    Ok(owned)
}

/// Adds the images that have lost the tag to this run's push, and returns those that are new.
pub(super) async fn add_displaced(
    context: &Context,
    aws: &Aws,
    owned: &mut PushedTag,
) -> Result<Vec<String>, LabError> {
    let mut displaced = find_displaced(context, aws, owned).await?;
    displaced.retain(|digest| !owned.displaced.contains(digest));
    owned.displaced.extend(displaced.iter().cloned());
    Ok(displaced)
}

/// The images that have come into the repository since the push began, are not this run's, and have no tag. The manifests of an
/// index have none either, nor have signatures, SBOMs and other artifacts of an image, its subject: they have lost nothing.
async fn find_displaced(context: &Context, aws: &Aws, owned: &PushedTag) -> Result<Vec<String>, LabError> {
    let all = images::all(aws, &owned.repository).await?;
    let mut ours = pushes::of(context, &owned.repository)?;
    ours.push(owned.clone());
    let is_new =
        |digest: &String| !owned.preexisting.contains(digest) && !ours.iter().any(|pushed| pushed.is_pushed(digest));
    let mut displaced: Vec<_> = all
        .iter()
        .filter(|image| image.tags.is_empty() && image.subject.is_none() && is_new(&image.digest))
        .map(|image| image.digest.clone())
        .collect();
    if !displaced.is_empty() {
        for index in all.iter().filter(|image| image.is_index()) {
            let listed = images::manifest(aws, &owned.repository, &index.digest).await?;
            let listed = listed.map(|content| content.manifests).unwrap_or_default();
            displaced.retain(|digest| !listed.contains(digest));
        }
    }
    Ok(displaced)
}
