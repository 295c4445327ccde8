//! The findings there are at this moment: what the reports say, as far as the clock has let it arrive, of the images that
//! are watched; and those of images that were, closed, for a while.

use std::{sync::Arc, time::Duration};

use registry::ImageRecord;
use sha2::{Digest, Sha256};

use crate::{
    clock::Clock,
    cloud::Cloud,
    config::ACCOUNT,
    moment::Moment,
    scan::report::{Finding, Report},
    state::{State, inspector::Rescan, repository::Scan, scanning::ScanFrequency},
    timeline::{self, Phase, UNTIL_CLOSED},
    wire::error::ApiError,
};

/// One finding of one image.
#[derive(Clone, Debug)]
pub(crate) struct ObservedFinding {
    report: Arc<Report>,
    index: usize,
    /// The 32 hex digits that end its ARN: the same for the same finding, always.
    pub(crate) id: String,
    pub(crate) image: Arc<Image>,
    pub(crate) closed: bool,
    pub(crate) first_at: Moment,
    pub(crate) last_at: Moment,
}

/// The image a finding is of.
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
        if self.closed { "CLOSED" } else { "ACTIVE" }
    }

    /// Worst first; what is equally bad by score and name.
    fn weight(&self) -> (usize, std::cmp::Reverse<u64>, &str, &str) {
        let found = self.finding();
        let score = (found.score().unwrap_or(0.0) * 10.0) as u64;
        (severity_rank(&found.severity), std::cmp::Reverse(score), &found.title, &self.id)
    }
}

/// The severities, worst first.
pub(crate) const SEVERITIES: [&str; 6] = ["CRITICAL", "HIGH", "MEDIUM", "LOW", "INFORMATIONAL", "UNTRIAGED"];

pub(crate) fn severity_rank(severity: &str) -> usize {
    SEVERITIES.iter().position(|known| *known == severity).unwrap_or(SEVERITIES.len())
}

/// All findings, of all images.
pub(crate) async fn all(cloud: &Cloud) -> Result<Vec<ObservedFinding>, ApiError> {
    let images = cloud.all_images().await?;
    let mut all = Vec::new();
    for (repository, images) in &images {
        for image in images {
            if let Some((_, phase)) = scan_phase(cloud, repository, image) {
                all.extend(of_image(cloud, repository, image, &phase));
            }
        }
    }
    all.extend(closed(cloud));
    Ok(sorted(all))
}

/// How often an image is scanned, and where its scan stands. `None` if it is not watched or was never queued.
pub(crate) fn scan_phase(cloud: &Cloud, repository: &str, image: &ImageRecord) -> Option<(ScanFrequency, Phase)> {
    let now = cloud.clock.moment();
    cloud.store.read(|state| {
        let (frequency, _) = state.watch(repository)?;
        let scan = state.repositories.get(repository)?.scans.get(image.digest.as_str())?;
        if is_expired(scan, frequency, image, &state.inspector.rescan, now) {
            return Some((frequency, Phase::Expired));
        }
        Some((frequency, Phase::of(scan, &cloud.clock, now)))
    })
}

/// The findings of an image that have arrived.
pub(crate) fn of_image(cloud: &Cloud, repository: &str, image: &ImageRecord, phase: &Phase) -> Vec<ObservedFinding> {
    let digest = image.digest.as_str();
    let scan = cloud.store.read(|state| state.repositories.get(repository)?.scans.get(digest).cloned());
    let Some((scan, report)) = scan.zip(cloud.scanner.report(digest)) else { return Vec::new() };
    let image = Image {
        repository: repository.to_owned(),
        digest: digest.to_owned(),
        tags: image.tags.clone(),
        pushed_at: image.pushed_at.into(),
    };
    let mut findings = observed(cloud, image, &scan, &report, &cloud.clock);
    // In the order of their ids, so that each batch has something of everything.
    findings.sort_by(|a, b| a.id.cmp(&b.id));
    findings.truncate(phase.visible(report.findings.len()));
    sorted(findings)
}

/// Which images have grown too old by now, by the rules that stand.
pub(crate) fn expire(state: &mut State, images: &std::collections::BTreeMap<String, Vec<ImageRecord>>, now: Moment) {
    let rescan = state.inspector.rescan.clone();
    for (name, images) in images {
        let Some((frequency, _)) = state.watch(name) else { continue };
        let Some(known) = state.repositories.get_mut(name) else { continue };
        for image in images {
            if let Some(scan) = known.scans.get_mut(image.digest.as_str())
                && is_expired(scan, frequency, image, &rescan, now)
            {
                scan.expired_at.get_or_insert(now);
            }
        }
    }
}

/// Continuous scanning ends when both the push and, where pulls count, the last pull are too long ago.
fn is_expired(scan: &Scan, frequency: ScanFrequency, image: &ImageRecord, rescan: &Rescan, now: Moment) -> bool {
    if scan.expired_at.is_some() {
        return true;
    }
    let over = |since: Moment, days: Option<Duration>| days.is_some_and(|days| now >= since + days);
    let pushed = Moment::from(image.pushed_at).max(scan.queued_at);
    let pulled = image.last_pulled_at.filter(|_| rescan.pull_mode == "LAST_PULL_DATE").map(Moment::from);
    frequency == ScanFrequency::ContinuousScan
        && over(pushed, days(&rescan.push_duration))
        && pulled.is_none_or(|pulled| over(pulled, days(&rescan.pull_duration)))
}

/// `DAYS_14`; `None` for `LIFETIME`.
fn days(text: &str) -> Option<Duration> {
    let days: u64 = text.strip_prefix("DAYS_")?.parse().ok()?;
    Some(Duration::from_hours(24 * days))
}

fn closed(cloud: &Cloud) -> Vec<ObservedFinding> {
    let now = cloud.clock.moment();
    let shut_after = cloud.clock.scaled(UNTIL_CLOSED);
    let forgotten_after = cloud.clock.scaled(timeline::UNTIL_FORGOTTEN);
    let scans = cloud.store.read(|state| state.closed.clone());
    let kept = scans.into_iter().filter(|closed| now < closed.closed_at + forgotten_after);
    kept.flat_map(|closed| {
        let Some(report) = cloud.scanner.report(&closed.digest) else { return Vec::new() };
        let image = Image {
            repository: closed.repository,
            digest: closed.digest,
            tags: closed.tags,
            pushed_at: closed.pushed_at,
        };
        let shut_at = closed.closed_at + shut_after;
        let mut findings = observed(cloud, image, &closed.scan, &report, &cloud.clock);
        if now >= shut_at {
            for finding in &mut findings {
                (finding.closed, finding.last_at) = (true, shut_at);
            }
        }
        findings
    })
    .collect()
}

fn observed(cloud: &Cloud, image: Image, scan: &Scan, report: &Arc<Report>, clock: &Clock) -> Vec<ObservedFinding> {
    let at = timeline::first_findings(scan, clock).unwrap_or(scan.queued_at);
    let image = Arc::new(image);
    let region = &cloud.names.region;
    (0..report.findings.len())
        .map(|index| ObservedFinding {
            id: id(region, &image, &report.findings[index].key),
            report: Arc::clone(report),
            index,
            image: Arc::clone(&image),
            closed: false,
            first_at: at,
            last_at: at,
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
