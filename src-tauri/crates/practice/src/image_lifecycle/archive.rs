//! Moving images into the archive and back. An archived image cannot be pulled, and is not scanned.

use registry::ImageRecord;

use crate::{
    lifecycle::{close::close_image, enroll::enroll},
    moment::Moment,
    state::State,
};

/// Archives an image, and with an index its members that have no tag of their own.
pub(crate) fn archive(state: &mut State, name: &str, image: &ImageRecord, images: &[ImageRecord], at: Moment) {
    for image in with_members(image, images) {
        let Some(repository) = state.repositories.get_mut(name) else { return };
        repository.archive.put(image.digest.as_str(), at);
        close_image(state, name, image.digest.as_str(), Some(image), at, false);
    }
}

/// Restores an image at this time, as [`archive`] archives it. From then on it is scanned like a new one.
pub(crate) fn restore(state: &mut State, name: &str, image: &ImageRecord, images: &[ImageRecord], at: Moment) {
    for image in with_members(image, images) {
        let Some(repository) = state.repositories.get_mut(name) else { return };
        repository.archive.activate(image.digest.as_str(), at);
        enroll(state, name, image.digest.as_str(), at);
    }
}

fn with_members<'a>(image: &'a ImageRecord, images: &'a [ImageRecord]) -> impl Iterator<Item = &'a ImageRecord> {
    let is_member = |other: &&ImageRecord| other.tags.is_empty() && image.children.contains(&other.digest);
    [image].into_iter().chain(images.iter().filter(is_member))
}
