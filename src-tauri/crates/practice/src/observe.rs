//! The current findings: those of watched images, as far as they have arrived by the clock, and for a while the closed
//! ones of images that are no longer watched.

use std::sync::Arc;

use registry::ImageRecord;
use sha2::{Digest, Sha256};

use crate::{
    clock::Clock,
    cloud::Cloud,
    config::ACCOUNT,
    moment::Moment,
    rescan,
    scan::report::{Finding, Report},
    state::{
        repository::{Scan, UNTIL_FORGOTTEN},
        scanning::ScanFrequency,
    },
    timeline::{self, Phase, UNTIL_CLOSED},
    wire::error::ApiError,
};

/// A finding of an image, as the services report it now.
#[derive(Clone, Debug)]
pub(crate) struct ObservedFinding {
    report: Arc<Report>,
    index: usize,
    /// The 32 hexadecimal digits at the end of its ARN, which never change for the same finding.
    pub(crate) id: String,
    pub(crate) image: Arc<Image>,
    pub(crate) closed: bool,
    /// Whether a filter of the account suppresses it: set by `suppression`.
    pub(crate) suppressed: bool,
    pub(crate) first_at: Moment,
    pub(crate) last_at: Moment,
}

/// The image that a finding belongs to.
#[derive(Clone, Debug)]
pub(crate) struct Image {
    pub(crate) repository: String,
    pub(crate) digest: String,
    pub(crate) tags: Vec<String>,
    pub(crate) pushed_at: Moment,
}

impl ObservedFinding {
    pub(crate) fn finding(&self) -> &Finding {
        &self.report.findings[self.index]
    }

    pub(crate) fn report(&self) -> &Report {
        &self.report
    }

    pub(crate) fn status(&self) -> &'static str {
        match (self.closed, self.suppressed) {
            (true, _) => "CLOSED",
            (false, true) => "SUPPRESSED",
            (false, false) => "ACTIVE",
        }
    }

    /// The default sort key: most severe first, then by score and title.
    fn weight(&self) -> (usize, std::cmp::Reverse<u64>, &str, &str) {
        let finding = self.finding();
        let score = (finding.score().unwrap_or(0.0) * 10.0) as u64;
        (severity_rank(&finding.severity), std::cmp::Reverse(score), &finding.title, &self.id)
    }
}

/// The severities, most severe first.
pub(crate) const SEVERITIES: [&str; 6] = ["CRITICAL", "HIGH", "MEDIUM", "LOW", "INFORMATIONAL", "UNTRIAGED"];

pub(crate) fn severity_rank(severity: &str) -> usize {
    SEVERITIES.iter().position(|candidate| *candidate == severity).unwrap_or(SEVERITIES.len())
}

/// The findings of all images. None are accessible while Inspector's scanning of ECR is off, not even closed ones.
pub(crate) async fn all(cloud: &Cloud) -> Result<Vec<ObservedFinding>, ApiError> {
    if !cloud.store.read(|state| state.inspector.ecr().is_on()) {
        return Ok(Vec::new());
    }
    let images = cloud.all_images().await?;
    let mut all = Vec::new();
    for (repository, images) in &images {
        for image in images {
            match scan_phase(cloud, repository, image) {
                Some((_, Phase::Expired { at, scanned_at: Some(_) })) => {
                    all.extend(of_expired(cloud, repository, image, at));
                }
                Some((_, phase)) => all.extend(of_image(cloud, repository, image, &phase)),
                None => {}
            }
        }
    }
    all.extend(closed(cloud));
    Ok(sorted(all))
}

/// How often an image is scanned, and the phase of its scan. `None` if it is not watched or was never queued.
pub(crate) fn scan_phase(cloud: &Cloud, repository: &str, image: &ImageRecord) -> Option<(ScanFrequency, Phase)> {
    let now = cloud.clock.moment();
    cloud.store.read(|state| {
        let (frequency, _) = state.watch(repository)?;
        let scan = state.repositories.get(repository)?.scans.get(image.digest.as_str())?;
        let phase = Phase::of(scan, &cloud.clock, now);
        Some((
            frequency,
            match rescan::ended_at(scan, frequency, &state.inspector.rescan, now) {
                Some(at) => Phase::Expired { at, scanned_at: phase.completed_at() },
                None => phase,
            },
        ))
    })
}

/// An image's findings that have arrived.
pub(crate) fn of_image(cloud: &Cloud, repository: &str, image: &ImageRecord, phase: &Phase) -> Vec<ObservedFinding> {
    let mut findings = complete(cloud, repository, image);
    // Ordered by id, so that each batch has findings of every severity.
    findings.sort_by(|a, b| a.id.cmp(&b.id));
    findings.truncate(phase.visible(findings.len()));
    sorted(findings)
}

/// The findings of an image that is no longer watched: they are closed, and kept for a while.
fn of_expired(cloud: &Cloud, repository: &str, image: &ImageRecord, expired_at: Moment) -> Vec<ObservedFinding> {
    let now = cloud.clock.moment();
    if now >= expired_at + UNTIL_FORGOTTEN {
        return Vec::new();
    }
    close(complete(cloud, repository, image), expired_at + cloud.clock.scaled(UNTIL_CLOSED), now)
}

/// All findings of an image's scan, once it is done.
fn complete(cloud: &Cloud, repository: &str, image: &ImageRecord) -> Vec<ObservedFinding> {
    let digest = image.digest.as_str();
    let scan = cloud.store.read(|state| state.repositories.get(repository)?.scans.get(digest).cloned());
    let Some((scan, report)) =
        scan.and_then(|scan| Some((scan.clone(), cloud.scanner.report(digest, scan.done.as_ref())?)))
    else {
        return Vec::new();
    };
    let image = Image {
        repository: repository.to_owned(),
        digest: digest.to_owned(),
        tags: image.tags.clone(),
        pushed_at: image.pushed_at.into(),
    };
    observed(cloud, image, &scan, &report, &cloud.clock)
}

/// Closes findings at this time, if it has come.
fn close(mut findings: Vec<ObservedFinding>, closes_at: Moment, now: Moment) -> Vec<ObservedFinding> {
    if now >= closes_at {
        for finding in &mut findings {
            (finding.closed, finding.last_at) = (true, closes_at);
        }
    }
    findings
}

fn closed(cloud: &Cloud) -> Vec<ObservedFinding> {
    let now = cloud.clock.moment();
    let close_after = cloud.clock.scaled(UNTIL_CLOSED);
    let scans = cloud.store.read(|state| state.kept_closed(now).cloned().collect::<Vec<_>>());
    let findings = scans.into_iter().flat_map(|closed| {
        let Some(report) = cloud.scanner.report(&closed.digest, closed.scan.done.as_ref()) else { return Vec::new() };
        let image = Image {
            repository: closed.repository,
            digest: closed.digest,
            tags: closed.tags,
            pushed_at: closed.pushed_at,
        };
        close(observed(cloud, image, &closed.scan, &report, &cloud.clock), closed.closed_at + close_after, now)
    });
    findings.collect()
}

fn observed(cloud: &Cloud, image: Image, scan: &Scan, report: &Arc<Report>, clock: &Clock) -> Vec<ObservedFinding> {
    let at = timeline::first_findings(scan, clock).unwrap_or(scan.queued_at);
    let again = scan.done.as_ref().and_then(|done| done.rescanned_at).unwrap_or(at);
    let image = Arc::new(image);
    let region = &cloud.names.region;
    (0..report.findings.len())
        .map(|index| {
            let first_at = report.findings[index].since.map_or(at, |since| since.max(at));
            ObservedFinding {
                id: id(region, &image, &report.findings[index].key),
                report: Arc::clone(report),
                index,
                image: Arc::clone(&image),
                closed: false,
                suppressed: false,
                first_at,
                last_at: again.max(first_at),
            }
        })
        .collect()
}

fn id(region: &str, image: &Image, key: &str) -> String {
    let Image { repository, digest, .. } = image;
    let hash = Sha256::digest(format!("{ACCOUNT} {region} {repository} {digest} {key}"));
    hex::encode(&hash[..16])
}

fn sorted(mut findings: Vec<ObservedFinding>) -> Vec<ObservedFinding> {
    findings.sort_by(|a, b| a.weight().cmp(&b.weight()));
    findings
}
