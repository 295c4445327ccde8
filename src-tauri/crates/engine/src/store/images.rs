//! Operations on images by name: find, tag, remove.

use std::collections::BTreeMap;

use http::StatusCode;
use time::OffsetDateTime;

use super::{
    Store,
    state::{ImageRecord, State},
};
use crate::failure::{ApiResult, Failure};
use oci::{Digest, Reference, is_hex};

/// One line of the response to a removal.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub(crate) enum RemovalStep {
    Untagged(String),
    Deleted(String),
}

/// What a removal did to one image.
#[derive(Clone, Debug)]
pub(crate) struct Removal {
    pub(crate) id: Digest,
    pub(crate) labels: BTreeMap<String, String>,
    pub(crate) steps: Vec<RemovalStep>,
}

impl State {
    /// The image with this id, this beginning of an id, or this reference.
    pub(crate) fn find(&self, name: &str) -> ApiResult<&ImageRecord> {
        self.find_entry(name).map(|(id, _)| &self.images[id])
    }

    /// The image, and the reference if it was named by one.
    pub(crate) fn find_entry(&self, name: &str) -> ApiResult<(&Digest, Option<Reference>)> {
        if let Some((id, _)) = name.parse().ok().and_then(|id| self.images.get_key_value(&id)) {
            return Ok((id, None));
        }
        if let Ok(reference) = Reference::parse(name) {
            let reference = reference.or_latest();
            if let Some(id) = self.resolve(&reference).filter(|id| self.images.contains_key(*id)) {
                return Ok((id, Some(reference)));
            }
        }
        let digits = name.strip_prefix("sha256:").unwrap_or(name);
        let mut matching = self.by_id(digits).filter(|_| is_hex(digits));
        match (matching.next(), matching.next()) {
            (Some(id), None) => Ok((id, None)),
            (Some(_), Some(_)) => Err(Failure::bad_request(format!("multiple IDs found with provided prefix: {name}"))),
            (None, _) => Err(no_such_image(name)),
        }
    }

    /// Removes names of an image, and the image with its last name. The blobs to collect are not listed yet.
    fn remove(&mut self, name: &str, force: bool) -> ApiResult<Removal> {
        let (id, named) = self.find_entry(name).map(|(id, named)| (id.clone(), named))?;
        let labels = self.images.get(&id).map(|image| image.labels.clone()).unwrap_or_default();
        let (tags, digests) = (self.tags_of(&id), self.digests_of(&id));
        let removed: Vec<Reference> = match named {
            Some(reference) if reference.digest.is_none() => {
                let others_in_repository =
                    tags.iter().any(|tag| *tag != reference && tag.repository == reference.repository);
                // A repository's digests go with its last tag.
                let digests = digests
                    .into_iter()
                    .filter(|digest| !others_in_repository && digest.repository == reference.repository);
                std::iter::once(reference.clone()).chain(digests).collect()
            }
            Some(reference) => {
                let by_digest = Reference { tag: None, ..reference };
                let tags_too =
                    if tags.iter().all(|tag| tag.repository == by_digest.repository) { tags } else { vec![] };
                tags_too.into_iter().chain([by_digest]).collect()
            }
            None => {
                let mut repositories: Vec<_> = tags.iter().map(|tag| &tag.repository).collect();
                repositories.dedup();
                if repositories.len() > 1 && !force {
                    return Err(Failure::conflict(format!(
                        "conflict: unable to delete {} (must be forced) - image is referenced in multiple repositories",
                        id.short()
                    )));
                }
                tags.into_iter().chain(digests).collect()
            }
        };
        let mut steps = Vec::new();
        for reference in removed {
            let key = reference.to_string();
            if self.tags.remove(&key).or_else(|| self.digests.remove(&key)).is_some() {
                steps.push(RemovalStep::Untagged(reference.familiar()));
            }
        }
        let still_named = self.tags.values().chain(self.digests.values()).any(|named| *named == id);
        if !still_named {
            self.images.remove(&id);
            steps.push(RemovalStep::Deleted(id.to_string()));
        }
        Ok(Removal { id, labels, steps })
    }
}

impl Store {
    /// Gives an image another name. Returns the image.
    pub(crate) async fn tag(&self, name: &str, target: Reference) -> ApiResult<ImageRecord> {
        let name = name.to_owned();
        self.update(move |state| {
            let mut image = state.find(&name)?.clone();
            let id = image.manifest.digest.clone();
            image.tagged_at = OffsetDateTime::now_utc().unix_timestamp();
            state.images.insert(id.clone(), image.clone());
            state.tags.insert(target.to_string(), id);
            Ok(image)
        })
        .await?
    }

    /// Removes names of an image, and the image with its last name.
    pub(crate) async fn remove(&self, name: &str, force: bool) -> ApiResult<Removal> {
        let name = name.to_owned();
        let removal = self.update(move |state| state.remove(&name, force)).await??;
        Ok(Removal { steps: self.with_collected(removal.steps).await?, ..removal })
    }

    /// Removes the images that are chosen. Returns what was removed and how many bytes that freed.
    pub(crate) async fn prune(
        &self,
        is_chosen: impl Fn(&State, &ImageRecord) -> bool + Send + 'static,
    ) -> ApiResult<(Vec<Removal>, u64)> {
        let removals = self
            .update(move |state| {
                let chosen = state.images.values().filter(|image| is_chosen(state, image));
                let chosen: Vec<_> = chosen.map(|image| image.manifest.digest.clone()).collect();
                chosen.iter().map(|id| state.remove(id.as_str(), true)).collect::<ApiResult<Vec<_>>>()
            })
            .await??;
        let collected = self.collect().await?;
        Ok((removals, collected.iter().map(|blob| blob.size).sum()))
    }

    async fn with_collected(&self, mut steps: Vec<RemovalStep>) -> ApiResult<Vec<RemovalStep>> {
        let deleted = steps.iter().any(|step| matches!(step, RemovalStep::Deleted(_)));
        if deleted {
            let listed: Vec<_> = steps.clone();
            let collected = self.collect().await?.into_iter().map(|blob| RemovalStep::Deleted(blob.digest.to_string()));
            steps.extend(collected.filter(|step| !listed.contains(step)));
        }
        Ok(steps)
    }
}

pub(crate) fn no_such_image(name: &str) -> Failure {
    let shown = Reference::parse(name).map_or_else(|_| name.to_owned(), |reference| reference.or_latest().familiar());
    Failure::new(StatusCode::NOT_FOUND, format!("No such image: {shown}"))
}
