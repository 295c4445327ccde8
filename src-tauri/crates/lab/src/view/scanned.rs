//! The images of a run whose scans are stored, with the tags that the run gave them, and the choice among them. Reads the
//! session and the store only.

use findings::{Scan, Store};

use crate::{
    model::{problem::LabError, run_info::RunInfo},
    session::Session,
};

/// An image of a run with a finished scan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScannedImage {
    /// Its scan, which names its repository and digest.
    pub scan: Scan,
    /// The tags that the run gave it.
    pub tags: Vec<String>,
}

impl ScannedImage {
    /// `repository:tag`, or `repository@digest` for an image without a tag.
    pub fn name(&self) -> String {
        image_name(&self.scan.key.repository, &self.tags, &self.scan.key.digest)
    }
}

/// `repository:tag`, or `repository@digest` for an image without a tag.
pub(crate) fn image_name(repository: &str, tags: &[String], digest: &str) -> String {
    match tags.first() {
        Some(tag) => format!("{repository}:{tag}"),
        None => format!("{repository}@{digest}"),
    }
}

/// Which images of a run are meant. Without a tag and a digest: the newest of each repository.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImageSelection {
    /// Only images in this repository.
    pub repository: Option<String>,
    /// Only the image with this tag.
    pub tag: Option<String>,
    /// Only the image with this digest, or with a digest that begins with it; `sha256:` may be left out.
    pub digest: Option<String>,
}

/// What was selected.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SelectedImages {
    /// The selected images, the oldest first.
    pub chosen: Vec<ScannedImage>,
    /// The others in the same repositories.
    pub others: Vec<ScannedImage>,
}

impl ImageSelection {
    /// Selects among a run's images, which are ordered from the oldest to the newest.
    pub fn of(&self, images: Vec<ScannedImage>) -> SelectedImages {
        let of_repository = images
            .into_iter()
            .filter(|image| self.repository.as_ref().is_none_or(|repository| image.scan.key.repository == *repository));
        let mut selected = SelectedImages::default();
        if self.tag.is_some() || self.digest.is_some() {
            (selected.chosen, selected.others) = of_repository.partition(|image| self.names(image));
            return selected;
        }
        for image in of_repository {
            let same = |other: &ScannedImage| other.scan.key.repository == image.scan.key.repository;
            if let Some(at) = selected.chosen.iter().position(same) {
                selected.others.push(selected.chosen.remove(at));
            }
            selected.chosen.push(image);
        }
        selected
    }

    fn names(&self, image: &ScannedImage) -> bool {
        let bare = |digest: &str| digest.strip_prefix("sha256:").unwrap_or(digest).to_ascii_lowercase();
        let digest_fits =
            |digest: &String| !bare(digest).is_empty() && bare(&image.scan.key.digest).starts_with(&bare(digest));
        self.tag.as_ref().is_none_or(|tag| image.tags.contains(tag)) && self.digest.as_ref().is_none_or(digest_fits)
    }
}

/// The run's images with finished scans, in the order in which they were loaded for the first time, which is that in which the
/// run pushed them. Blocks.
pub(crate) fn images(session: &Session, store: &Store, run: &RunInfo) -> Result<Vec<ScannedImage>, LabError> {
    let plan = &run.plan;
    let mut tagged = Vec::new();
    for name in plan.repositories() {
        let digest = session.repository_outcome(&run.id, name)?.digest;
        tagged.extend(digest.map(|digest| (name, digest, &plan.tag)));
    }
    let fixed = session.compared(&run.id)?.map(|compared| compared.digest);
    tagged.extend(fixed.map(|digest| (plan.prod.as_str(), digest, &plan.fixed_tag)));

    let mut scans = store.scans()?;
    scans.retain(|scan| scan.key.run == run.id.0 && scan.finished_at.is_some());
    scans.sort_by_key(|scan| scan.id);
    let tags_of = |scan: &Scan| {
        let of_scan =
            |(name, digest, _): &&(&str, String, &String)| *name == scan.key.repository && *digest == scan.key.digest;
        tagged.iter().filter(of_scan).map(|(_, _, tag)| (*tag).clone()).collect()
    };
    Ok(scans.into_iter().map(|scan| ScannedImage { tags: tags_of(&scan), scan }).collect())
}

#[cfg(test)]
mod tests {
    use findings::{ScanId, ScanKey, Timestamp};

    use super::*;

    fn image(id: i64, repository: &str, tag: &str) -> ScannedImage {
        let at = Timestamp::from_epoch_millis(0);
        let digest = format!("sha256:{id}{}", "0".repeat(63));
        let key = ScanKey { repository: repository.to_owned(), digest, ..ScanKey::default() };
        let scan = Scan { id: ScanId(id), key, started_at: at, finished_at: Some(at), importing: false, findings: 0 };
        ScannedImage { scan, tags: vec![tag.to_owned()] }
    }

    fn chosen(selection: &ImageSelection) -> Vec<String> {
        let images = vec![image(1, "prod", "latest"), image(2, "other", "1"), image(3, "prod", "4.4.48")];
        selection.of(images).chosen.iter().map(ScannedImage::name).collect()
    }

    #[test]
    fn by_default_the_newest_image_of_each_repository_is_meant() {
        assert_eq!(chosen(&ImageSelection::default()), ["other:1", "prod:4.4.48"]);
        let prod = ImageSelection { repository: Some("prod".to_owned()), ..ImageSelection::default() };
        assert_eq!(chosen(&prod), ["prod:4.4.48"]);
        let images = vec![image(1, "prod", "latest"), image(3, "prod", "4.4.48")];
        assert_eq!(prod.of(images).others, [image(1, "prod", "latest")]);
    }

    #[test]
    fn an_older_image_is_chosen_by_its_tag_or_digest() {
        let tag = ImageSelection { tag: Some("latest".to_owned()), ..ImageSelection::default() };
        assert_eq!(chosen(&tag), ["prod:latest"]);
        for digest in ["sha256:1000", "1000"] {
            let digest = ImageSelection { digest: Some(digest.to_owned()), ..ImageSelection::default() };
            assert_eq!(chosen(&digest), ["prod:latest"]);
        }
        for none in ["sha256:", "", "4"] {
            let digest = ImageSelection { digest: Some(none.to_owned()), ..ImageSelection::default() };
            assert_eq!(chosen(&digest), [""; 0], "{none}");
        }
    }
}
