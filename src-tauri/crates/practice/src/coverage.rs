//! Inspector's coverage: a row for each repository and each image, with the reason why it is scanned or not.

use std::collections::BTreeMap;

use registry::ImageRecord;
use serde_json::{Value, json};

use crate::{
    cloud::Cloud,
    config::ACCOUNT,
    moment::Moment,
    observe,
    state::{
        inspector::ActivationStatus,
        repository::{ClosedScan, ScanOutcome, UnsupportedReason},
        scanning::{ScanFrequency, ScanType},
    },
    timeline::Phase,
    wire::error::ApiError,
};

/// A repository or an image in the coverage.
#[derive(Clone, Debug)]
pub(crate) struct CoveredResource {
    pub(crate) resource_type: &'static str,
    pub(crate) resource_id: String,
    pub(crate) repository: String,
    pub(crate) tags: Vec<String>,
    pub(crate) active: bool,
    pub(crate) reason: &'static str,
    pub(crate) last_scanned_at: Option<Moment>,
    pub(crate) pulled_at: Option<Moment>,
    frequency: ScanFrequency,
}

const REPOSITORY: &str = "AWS_ECR_REPOSITORY";
const IMAGE: &str = "AWS_ECR_CONTAINER_IMAGE";

/// All rows, ordered by resource id. Empty if Inspector is not the registry's scanner.
pub(crate) async fn rows(cloud: &Cloud) -> Result<Vec<CoveredResource>, ApiError> {
    let now = cloud.clock.moment();
    let (scan_type, inspector) =
        cloud.store.read(|state| (state.scanning.scan_type, state.inspector.ecr().status(now)));
    let disabling = inspector == ActivationStatus::Disabling;
    if inspector == ActivationStatus::Disabled || (scan_type == ScanType::Basic && !disabling) {
        return Ok(Vec::new());
    }
    let mut rows = Vec::new();
    let images = cloud.all_images().await?;
    for (name, images) in &images {
        let frequency = cloud.store.read(|state| state.watch(name)).map(|(frequency, _)| frequency);
        rows.push(repository(cloud, name, frequency));
        rows.extend(images.iter().map(|record| image(cloud, name, record, frequency)));
    }
    rows.extend(terminated(cloud, &images, now));
    if disabling {
        for row in &mut rows {
            (row.active, row.reason) = (false, "PENDING_DISABLE");
        }
    }
    rows.sort_by(|a, b| a.resource_id.cmp(&b.resource_id));
    Ok(rows)
}

impl CoveredResource {
    pub(crate) fn status(&self) -> &'static str {
        if self.active { "ACTIVE" } else { "INACTIVE" }
    }

    /// An element of `ListCoverage`.
    pub(crate) fn to_json(&self) -> Value {
        let metadata = if self.resource_type == REPOSITORY {
            json!({ "ecrRepository": { "name": self.repository, "scanFrequency": self.frequency.as_str() } })
        } else {
            let mut image = json!({ "tags": self.tags });
            if let Some(at) = self.pulled_at {
                image["imagePulledAt"] = at.to_json();
            }
            json!({ "ecrImage": image })
        };
        let mut row = json!({
            "resourceType": self.resource_type,
            "resourceId": self.resource_id,
            "accountId": ACCOUNT,
            "scanType": "PACKAGE",
            "scanStatus": { "statusCode": self.status(), "reason": self.reason },
            "resourceMetadata": metadata,
        });
        if let Some(at) = self.last_scanned_at {
            row["lastScannedAt"] = at.to_json();
        }
        row
    }
}

fn repository(cloud: &Cloud, name: &str, frequency: Option<ScanFrequency>) -> CoveredResource {
    CoveredResource {
        resource_type: REPOSITORY,
        resource_id: cloud.names.repository_arn(name),
        repository: name.to_owned(),
        tags: Vec::new(),
        active: frequency.is_some(),
        reason: if frequency.is_some() { "SUCCESSFUL" } else { "SCAN_FREQUENCY_MANUAL" },
        last_scanned_at: None,
        pulled_at: None,
        frequency: frequency.unwrap_or(ScanFrequency::Manual),
    }
}

fn image(cloud: &Cloud, name: &str, image: &ImageRecord, frequency: Option<ScanFrequency>) -> CoveredResource {
    let phase = observe::scan_phase(cloud, name, image).map(|(_, phase)| phase);
    let (active, reason, last_scanned_at) = match (frequency, phase) {
        _ if !cloud.is_active(name, &image.digest) => (false, "IMAGE_ARCHIVED", None),
        (None, _) => (false, "SCAN_FREQUENCY_MANUAL", None),
        // Pushed before the repository was scanned on push.
        (Some(_), None) => (false, "SCAN_FREQUENCY_SCAN_ON_PUSH", None),
        (Some(_), Some(Phase::Unknown | Phase::Pending)) => (true, "PENDING_INITIAL_SCAN", None),
        (Some(_), Some(Phase::Arriving { .. })) => (true, "SCAN_IN_PROGRESS", None),
        (Some(ScanFrequency::ContinuousScan), Some(Phase::Complete { at })) => (true, "SUCCESSFUL", Some(at)),
        // Scanned only once.
        (Some(_), Some(Phase::Complete { at })) => (false, "SCAN_FREQUENCY_SCAN_ON_PUSH", Some(at)),
        (Some(_), Some(Phase::Expired { scanned_at, .. })) => (false, "SCAN_ELIGIBILITY_EXPIRED", scanned_at),
        (Some(_), Some(Phase::Stopped { outcome, .. })) => match outcome {
            ScanOutcome::Unsupported { reason: UnsupportedReason::MediaType, .. } => {
                (false, "UNSUPPORTED_MEDIA_TYPE", None)
            }
            ScanOutcome::Unsupported { reason: UnsupportedReason::System, .. } => (false, "UNSUPPORTED_OS", None),
            ScanOutcome::Failed { .. } => (false, "INVALID_ARTIFACT", None),
            // A scan that has findings does not stop.
            ScanOutcome::InternalError { .. } | ScanOutcome::Scanned => (false, "INTERNAL_ERROR", None),
        },
    };
    CoveredResource {
        resource_type: IMAGE,
        resource_id: cloud.names.image_arn(name, image.digest.as_str()),
        repository: name.to_owned(),
        tags: image.tags.clone(),
        active,
        reason,
        last_scanned_at,
        pulled_at: image.last_pulled_at.map(Moment::from),
        frequency: frequency.unwrap_or(ScanFrequency::Manual),
    }
}

/// Deleted images, for as long as their findings are kept. `images` are those that are there: one that was pushed again is not deleted.
fn terminated(cloud: &Cloud, images: &BTreeMap<String, Vec<ImageRecord>>, now: Moment) -> Vec<CoveredResource> {
    let closed = cloud.store.read(|state| state.kept_closed(now).cloned().collect::<Vec<_>>());
    let is_there = |closed: &ClosedScan| {
        let images = images.get(&closed.repository).map_or(&[][..], Vec::as_slice);
        images.iter().any(|image| image.digest.as_str() == closed.digest)
    };
    closed
        .into_iter()
        .filter(|closed| closed.terminated && !is_there(closed))
        .map(|closed| CoveredResource {
            resource_type: IMAGE,
            resource_id: cloud.names.image_arn(&closed.repository, &closed.digest),
            repository: closed.repository,
            tags: closed.tags,
            active: false,
            reason: "RESOURCE_TERMINATED",
            last_scanned_at: closed.scan.done.map(|done| done.at),
            pulled_at: None,
            frequency: ScanFrequency::Manual,
        })
        .collect()
}
