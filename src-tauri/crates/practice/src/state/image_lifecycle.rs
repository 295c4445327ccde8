//! The life of a repository's images: its lifecycle policy, the policy's preview, and the storage class of each image.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::moment::Moment;

/// A repository's lifecycle policy.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Lifecycle {
    /// The policy as it was written.
    pub(crate) text: String,
    /// When it was put.
    pub(crate) since: Moment,
    #[serde(default)]
    pub(crate) last_evaluated_at: Option<Moment>,
}

/// What a lifecycle policy would have done when its preview was started.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Preview {
    /// The policy as it was written.
    pub(crate) text: String,
    pub(crate) started_at: Moment,
    pub(crate) results: Vec<PreviewResult>,
}

/// What would be done to an image.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PreviewResult {
    pub(crate) digest: String,
    pub(crate) tags: Vec<String>,
    pub(crate) pushed_at: Moment,
    pub(crate) rule_priority: u32,
    pub(crate) action: Action,
    pub(crate) storage_class: StorageClass,
}

/// What a rule of a lifecycle policy does to an image.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Action {
    /// It is deleted.
    Expire,
    /// It is archived.
    Transition,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum StorageClass {
    Standard,
    Archive,
}

/// Whether an image can be pulled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ImageStatus {
    Active,
    Archived,
    /// It is being restored from the archive.
    Activating,
}

/// The images of a repository that are or were in the archive, by digest.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Archive(BTreeMap<String, ArchivedImage>);

/// An image that is or was in the archive.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ArchivedImage {
    pub(crate) archived_at: Moment,
    /// When it is restored, if it is to be.
    #[serde(default)]
    pub(crate) activated_at: Option<Moment>,
}

impl Archive {
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn get(&self, digest: &str) -> Option<ArchivedImage> {
        self.0.get(digest).copied()
    }

    pub(crate) fn status(&self, digest: &str, now: Moment) -> ImageStatus {
        match self.0.get(digest).map(|image| image.activated_at) {
            Some(None) => ImageStatus::Archived,
            Some(Some(at)) if now < at => ImageStatus::Activating,
            None | Some(Some(_)) => ImageStatus::Active,
        }
    }

    pub(crate) fn put(&mut self, digest: &str, at: Moment) {
        self.0.insert(digest.to_owned(), ArchivedImage { archived_at: at, activated_at: None });
    }

    /// Lets an image that is not active be so at this time at the latest.
    pub(crate) fn activate(&mut self, digest: &str, at: Moment) {
        if let Some(image) = self.0.get_mut(digest) {
            image.activated_at = Some(image.activated_at.map_or(at, |planned| planned.min(at)));
        }
    }

    pub(crate) fn remove(&mut self, digest: &str) {
        self.0.remove(digest);
    }

    /// Forgets the images that no longer exist.
    pub(crate) fn retain(&mut self, keep: impl Fn(&str, ArchivedImage) -> bool) {
        self.0.retain(|digest, image| keep(digest, *image));
    }

    pub(crate) fn images_mut(&mut self) -> impl Iterator<Item = &mut ArchivedImage> {
        self.0.values_mut()
    }
}

impl ImageStatus {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Active => "ACTIVE",
            Self::Archived => "ARCHIVED",
            Self::Activating => "ACTIVATING",
        }
    }

    /// The storage class that rules select by; none while the image is on its way.
    pub(crate) fn storage_class(self) -> Option<StorageClass> {
        match self {
            Self::Active => Some(StorageClass::Standard),
            Self::Archived => Some(StorageClass::Archive),
            Self::Activating => None,
        }
    }
}

impl StorageClass {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Standard => "STANDARD",
            Self::Archive => "ARCHIVE",
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn an_image_is_archived_until_its_restoration_is_complete() {
        let start = Moment::of_date("2026-01-01").unwrap();
        let later = start + Duration::from_mins(10);
        let mut archive = Archive::default();
        assert_eq!(archive.status("a", start), ImageStatus::Active);
        archive.put("a", start);
        assert_eq!(archive.status("a", later), ImageStatus::Archived);
        archive.activate("a", later);
        assert_eq!(archive.status("a", start), ImageStatus::Activating);
        assert_eq!(archive.status("a", later), ImageStatus::Active);
        // A push restores it at once; what was planned does not put that off.
        archive.activate("a", start);
        assert_eq!(archive.status("a", start), ImageStatus::Active);
        archive.put("a", later);
        assert_eq!(archive.status("a", later), ImageStatus::Archived);
    }
}
