//! Reading back what is left of a run's images, and of the tags that it moved.

use i18n::Message;

use super::{push_effects, removal};
use crate::{
    aws::Aws,
    cloud::images::{self, Image},
    context::Context,
    model::{
        outcome::{Deleted, Kept},
        problem::LabError,
        resource::ResourceKind,
    },
    session::ledger::PushedTag,
};

/// What is left of the images of a push.
#[derive(Debug, Default)]
pub(super) struct ImagesRead {
    pub(super) deleted: Vec<Deleted>,
    pub(super) kept: Vec<Kept>,
    /// Images of this run that still exist.
    pub(super) left: Vec<Deleted>,
    /// The tag, if it was another user's image's.
    pub(super) tag: Option<TagRead>,
}

impl ImagesRead {
    fn gone(&mut self, name: String) {
        self.deleted.push(Deleted { kind: ResourceKind::Image, name });
    }

    fn still(&mut self, name: String) {
        self.left.push(Deleted { kind: ResourceKind::Image, name });
    }

    fn keep(&mut self, what: String, why: &str) {
        self.kept.push(Kept { kind: ResourceKind::Image, what, why: Message::new(why), open: false });
    }
}

/// A tag of another user's image that this run moved.
#[derive(Clone, Debug)]
pub(super) struct TagRead {
    /// `repository:tag`
    pub(super) name: String,
    /// The digest that had it.
    pub(super) before: String,
    /// The digest that has it now.
    pub(super) present: Option<String>,
    /// The tag that keeps the image with the digest `before`.
    pub(super) saved_as: String,
    pub(super) state: TagState,
}

/// Where such a tag is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TagState {
    /// Still at the image of this run.
    Moved,
    /// At the image that had it before.
    Restored,
    /// Another user has moved it since.
    MovedSince,
    /// The image that had it before is gone.
    ImageGone,
}

impl TagRead {
    pub(super) fn into_kept(self) -> Kept {
        let why = self.why();
        Kept { kind: ResourceKind::Image, what: self.name, why, open: self.state == TagState::Moved }
    }

    /// The state in words.
    pub(super) fn why(&self) -> Message {
        let id = match self.state {
            TagState::Moved => "kept-tag-not-put-back",
            TagState::Restored => "kept-tag-restored",
            TagState::MovedSince => "kept-tag-moved-since",
            TagState::ImageGone => "kept-tag-not-restored",
        };
        Message::new(id).with("digest", &self.before).with("saved", &self.saved_as)
    }
}

/// Reads back what is left of a push, and where its tag is.
pub(super) async fn read(context: &Context, recorded: &PushedTag) -> Result<ImagesRead, LabError> {
    let mut read = ImagesRead::default();
    let aws = context.aws().await?;
    let name = format!("{}:{}", recorded.repository, recorded.tag);
    if !removal::is_as_used(context, aws, &recorded.repository).await? {
        if recorded.all_pushed().next().is_some() {
            read.gone(name);
        }
        return Ok(read);
    }
    let owned = push_effects::resolve(context, aws, recorded.clone()).await?;
    let held = images::all(aws, &owned.repository).await?;
    let present = held.iter().find(|image| image.tags.contains(&owned.tag)).map(|image| &image.digest);
    match &owned.digest {
        None => {}
        Some(digest) if owned.preexisting.contains(digest) => read.keep(name, "kept-image-stood"),
        Some(_) if present.is_some_and(|present| owned.is_pushed(present)) => read.still(name),
        Some(_) => read.gone(name),
    }
    untagged(aws, &mut read, &owned, &held).await?;
    saved_tag(&mut read, &owned, &held, present);
    Ok(read)
}

/// The manifests of this run that have no tag: an index's, and those that a later push has replaced.
async fn untagged(aws: &Aws, read: &mut ImagesRead, owned: &PushedTag, held: &[Image]) -> Result<(), LabError> {
    let mut listed_by_others = None;
    for digest in owned.all_pushed() {
        if !held.iter().any(|image| image.digest == *digest && image.tags.is_empty()) {
            continue;
        }
        if listed_by_others.is_none() {
            listed_by_others = Some(manifests_of_others(aws, owned, held).await?);
        }
        let name = format!("{}:{}@{digest}", owned.repository, owned.tag);
        if listed_by_others.as_ref().is_some_and(|listed| listed.contains(digest)) {
            read.keep(name, "kept-referenced");
        } else {
            read.still(name);
        }
    }
    Ok(())
}

/// The manifests that indexes of others list.
async fn manifests_of_others(aws: &Aws, owned: &PushedTag, held: &[Image]) -> Result<Vec<String>, LabError> {
    let mut listed = Vec::new();
    for index in held.iter().filter(|image| image.is_index() && !owned.is_pushed(&image.digest)) {
        let content = images::manifest(aws, &owned.repository, &index.digest).await?;
        listed.extend(content.into_iter().flat_map(|content| content.manifests));
    }
    Ok(listed)
}

/// The tag of another user's image that this run moved, and the tag that keeps that image.
fn saved_tag(read: &mut ImagesRead, owned: &PushedTag, held: &[Image], present: Option<&String>) {
    let (Some(before), Some(saved_as)) = (&owned.before, &owned.saved_as) else { return };
    let keeps = |image: &&Image| image.digest == *before && image.tags.contains(saved_as);
    let is_kept = held.iter().any(|image| image.digest == *before);
    let state = match present {
        Some(present) if present == before => TagState::Restored,
        Some(present) if !owned.is_pushed(present) => TagState::MovedSince,
        _ if !is_kept => TagState::ImageGone,
        _ => TagState::Moved,
    };
    if let Some(image) = held.iter().find(keeps) {
        let name = format!("{}:{saved_as}", owned.repository);
        match state {
            TagState::MovedSince if image.tags.len() == 1 => read.keep(name, "kept-saved-tag"),
            _ => read.still(name),
        }
    }
    read.tag = Some(TagRead {
        name: format!("{}:{}", owned.repository, owned.tag),
        before: before.clone(),
        present: present.cloned(),
        saved_as: saved_as.clone(),
        state,
    });
}
