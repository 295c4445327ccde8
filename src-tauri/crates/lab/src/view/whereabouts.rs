//! Which images of a registry have a vulnerability. An image that is not scanned never counts as one without it.

use std::collections::{BTreeMap, BTreeSet};

use findings::{Finding, Severity, Status};
use futures::{StreamExt, stream};
use serde::Serialize;

use super::{
    explorer::{AT_ONCE, ExploredImage, Explorer},
    image_scan::{ImageScan, ScanState},
};
use crate::{
    cloud::{
        inspector, repositories,
        scan::{self, EcrScan},
    },
    model::{
        code::Code,
        outcome::FindingsReason,
        problem::{LabError, Problem},
    },
};

/// Which images of a registry have a vulnerability.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Whereabouts {
    /// The vulnerability's id: `CVE-2021-44228`.
    pub vulnerability: String,
    /// The repositories: those with the vulnerability first, then those of which it is not known, then the others.
    pub repositories: Vec<RepositoryPresence>,
    /// Why the scans of images could not be read; then nothing counts as "not found".
    pub unread: Option<Problem>,
}

/// Whether a repository has images with the vulnerability.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RepositoryPresence {
    /// Its name.
    pub name: String,
    /// Found, if an image has it; not scanned, if that is not known of all images.
    pub presence: Presence,
    /// Its images in the same order, the newest first.
    pub images: Vec<ImagePresence>,
    /// Why its images could not be listed.
    pub problem: Option<Problem>,
}

/// Whether an image has the vulnerability.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ImagePresence {
    /// The image, with the state of its scan.
    pub image: ExploredImage,
    /// Whether it has the vulnerability.
    pub presence: Presence,
    /// The greatest severity of its findings of the vulnerability.
    pub severity: Option<Severity>,
    /// The affected packages, sorted.
    pub packages: Vec<String>,
    /// Whether all of the findings are suppressed.
    pub suppressed: bool,
}

/// Whether a vulnerability is there.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Presence {
    /// The scanner has found it.
    #[serde(rename = "found")]
    Present,
    /// Not known: the image was not scanned, not completely, or not successfully, or that could not be read.
    NotScanned,
    /// The scanner has looked for it, and has not found it.
    #[serde(rename = "not_found")]
    Absent,
    /// There are no images.
    NoImages,
}

impl Presence {
    /// Each, in the order of the lists.
    pub const ALL: [Self; 4] = [Self::Present, Self::NotScanned, Self::Absent, Self::NoImages];

    /// The id of its text.
    pub const fn message_id(self) -> &'static str {
        match self {
            Self::Present => "report-found",
            Self::NotScanned => FindingsReason::NotScanned.message_id(),
            Self::Absent => "report-not-found",
            Self::NoImages => "explore-no-images",
        }
    }
}

impl Explorer {
    /// Which images of the registry have a vulnerability, or a finding that names it as related.
    ///
    /// # Errors
    ///
    /// Problem `explore-vulnerability` for an invalid id, or why the repositories or the findings cannot be listed.
    pub async fn whereabouts(&self, vulnerability: &str) -> Result<Whereabouts, LabError> {
        self.advised(self.read_whereabouts(normalized(vulnerability)?).await)
    }

    async fn read_whereabouts(&self, vulnerability: String) -> Result<Whereabouts, LabError> {
        let aws = &self.inner.aws;
        let (listed, scans, findings) = futures::join!(
            repositories::all(aws),
            self.scans(None),
            inspector::with_vulnerability(aws, &vulnerability)
        );
        let mut findings = by_image(findings?);
        let mut names: BTreeSet<_> = listed?.into_iter().map(|repository| repository.name).collect();
        names.extend(findings.keys().map(|(repository, _)| repository.clone()));
        let names: Vec<_> = names.into_iter().collect();
        let images = self.images_of(&names, &scans).await;
        let images = self.with_descriptions(images, &findings).await;
        // A catalogue that covers only the lab has not looked for what no scan has found.
        let is_listed = !findings.is_empty();
        let mut repositories: Vec<_> = names
            .into_iter()
            .zip(images)
            .map(|(name, images)| repository_presence(name, images, &mut findings, is_listed))
            .collect();
        repositories.sort_by_key(|repository| repository.presence);
        let unread = scans.coverage.err().map(LabError::into_problem);
        Ok(Whereabouts { vulnerability, repositories, unread })
    }

    /// The images, with what the scans of those without findings did not assess. Only ECR says that, of one image at a time. Of
    /// an image for which it cannot be read nothing is known to be absent.
    async fn with_descriptions(
        &self,
        repositories: Vec<Result<Vec<ExploredImage>, LabError>>,
        findings: &ByImage,
    ) -> Vec<Result<Vec<ExploredImage>, LabError>> {
        let described = async |mut image: ExploredImage| {
            let key = (image.repository.clone(), image.digest.clone());
            if image.scan.state == ScanState::Scanned && !findings.contains_key(&key) {
                image.scan = match scan::observe(&self.inner.aws, &image.repository, &image.digest).await {
                    Ok(EcrScan::Reported { status, completed, description, .. }) => {
                        image.scan.observed(&status, &description, completed)
                    }
                    Ok(EcrScan::NotFound | EcrScan::NoImage) => image.scan.unobserved(),
                    Err(error) => ImageScan::unread(&error),
                };
            }
            image
        };
        let mut all = Vec::new();
        for images in repositories {
            all.push(match images {
                Ok(images) => {
                    let requests: Vec<_> = images.into_iter().map(described).collect();
                    Ok(stream::iter(requests).buffered(AT_ONCE).collect().await)
                }
                Err(error) => Err(error),
            });
        }
        all
    }
}

/// The id without surrounding space, a CVE in capital letters.
fn normalized(vulnerability: &str) -> Result<String, LabError> {
    let id = vulnerability.trim();
    let valid = !id.is_empty() && id.len() <= 128 && id.bytes().all(|byte| byte.is_ascii_graphic());
    if !valid {
        return Err(Problem::new(Code::ExploreVulnerability).with("id", id).into());
    }
    let is_cve = id.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("cve-"));
    Ok(if is_cve { id.to_ascii_uppercase() } else { id.to_owned() })
}

type ByImage = BTreeMap<(String, String), Vec<Finding>>;

fn by_image(findings: Vec<Finding>) -> ByImage {
    let mut by_image = ByImage::new();
    for finding in findings {
        if let Some(image) = finding.image() {
            let key = (image.repository.clone(), image.digest.clone());
            by_image.entry(key).or_default().push(finding);
        }
    }
    by_image
}

fn repository_presence(
    name: String,
    images: Result<Vec<ExploredImage>, LabError>,
    findings: &mut ByImage,
    is_listed: bool,
) -> RepositoryPresence {
    let (mut images, problem) = match images {
        Ok(images) => (images, None),
        Err(error) => (Vec::new(), Some(error.into_problem())),
    };
    images.sort_by_key(|image| std::cmp::Reverse(image.pushed_at));
    let mut images: Vec<_> = images
        .into_iter()
        .map(|image| {
            let of_image = findings.remove(&(name.clone(), image.digest.clone())).unwrap_or_default();
            image_presence(image, &of_image, is_listed)
        })
        .collect();
    images.sort_by_key(|image| image.presence);
    // Findings of images that could not be listed, or are no longer there.
    let others = findings.keys().any(|(repository, _)| *repository == name);
    let presence = if others || images.iter().any(|image| image.presence == Presence::Present) {
        Presence::Present
    } else if problem.is_some() || images.iter().any(|image| image.presence == Presence::NotScanned) {
        Presence::NotScanned
    } else if images.is_empty() {
        Presence::NoImages
    } else {
        Presence::Absent
    };
    RepositoryPresence { name, presence, images, problem }
}

fn image_presence(image: ExploredImage, findings: &[Finding], is_listed: bool) -> ImagePresence {
    let packages: BTreeSet<_> =
        findings.iter().flat_map(|finding| &finding.packages).map(|package| package.name.clone()).collect();
    let presence = if !findings.is_empty() {
        Presence::Present
    } else if image.scan.is_complete() && (is_listed || !image.scan.is_of_lab_only()) {
        Presence::Absent
    } else {
        Presence::NotScanned
    };
    let severity = findings.iter().map(|finding| finding.severity);
    let rank = |severity: &Severity| Severity::ALL.iter().position(|other| other == severity);
    ImagePresence {
        presence,
        severity: severity.min_by_key(rank),
        packages: packages.into_iter().collect(),
        suppressed: !findings.is_empty() && findings.iter().all(|finding| finding.status == Some(Status::Suppressed)),
        image,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_id_of_a_cve_is_written_in_capital_letters() {
        assert_eq!(normalized(" cve-2021-44228\n").unwrap(), "CVE-2021-44228");
        assert_eq!(normalized("GHSA-jfh8-c2jp-5v3q").unwrap(), "GHSA-jfh8-c2jp-5v3q");
        for invalid in ["", "  ", "CVE 2021", "취약점"] {
            let LabError::Problem(problem) = normalized(invalid).unwrap_err() else { panic!() };
            assert_eq!(problem.code, Code::ExploreVulnerability, "{invalid}");
        }
    }
}
