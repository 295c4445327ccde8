//! `DescribeImages`: one element per digest.

use registry::ImageRecord;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    api::{
        ecr::check::{self, ImageId},
        input,
    },
    cloud::Cloud,
    config::ACCOUNT,
    json::without_nulls,
    moment::Moment,
    paging,
    state::image_lifecycle::ImageStatus,
    wire::error::{ApiError, ApiResult},
};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Describe {
    registry_id: Option<String>,
    repository_name: Option<String>,
    image_ids: Option<Vec<ImageId>>,
    next_token: Option<String>,
    max_results: Option<i64>,
    #[serde(default)]
    filter: Filter,
}

/// The filter of `ListImages` and `DescribeImages`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Filter {
    tag_status: Option<String>,
    image_status: Option<String>,
}

pub(super) async fn describe(cloud: &Cloud, input: Describe) -> ApiResult {
    check::registry_id(input.registry_id.as_deref())?;
    let name = check::name(input.repository_name)?;
    input.filter.check()?;
    cloud.store.read(|state| check::repository_exists(state, &name))?;
    let images = cloud.images(&name).await?;
    let details = |image: &ImageRecord| to_json(cloud, &name, image);
    if let Some(ids) = input.image_ids {
        input::count("imageIds", &ids, 1..=100)?;
        if input.next_token.is_some() || input.max_results.is_some() {
            return Err(ApiError::parameter("imageIds", "must not be used together with maxResults or nextToken"));
        }
        let mut matches: Vec<&ImageRecord> = Vec::new();
        for id in &ids {
            id.check()?;
            let image = id.find(&images).ok_or_else(|| check::image_not_found(id, &name))?;
            if !matches.contains(&image) {
                matches.push(image);
            }
        }
        return Ok(json!({ "imageDetails": matches.into_iter().map(details).collect::<Vec<_>>() }));
    }
    let size = input::page_size(input.max_results, 100)?;
    let query = format!("DescribeImages {name} {:?}", input.filter);
    let keeps = |image: &ImageRecord| {
        let status = cloud.image_status(&name, &image.digest);
        input.filter.keeps_status(status) && input.filter.keeps_tags(!image.tags.is_empty())
    };
    let filtered: Vec<_> = images.into_iter().filter(keeps).collect();
    let page = paging::page(filtered, &query, input.next_token.as_deref(), size, |image| image.digest.to_string())
        .map_err(check::next_token)?;
    let page_details: Vec<_> = page.items.iter().map(details).collect();
    Ok(without_nulls(json!({ "imageDetails": page_details, "nextToken": page.next })))
}

impl Filter {
    pub(super) fn check(&self) -> Result<(), ApiError> {
        let one_of = |name: &str, value: &Option<String>, allowed: &[&str]| match value {
            Some(value) if !allowed.contains(&value.as_str()) => {
                Err(ApiError::parameter(name, &format!("must satisfy enum value set: [{}]", allowed.join(", "))))
            }
            _ => Ok(()),
        };
        one_of("tagStatus", &self.tag_status, &["TAGGED", "UNTAGGED", "ANY"])?;
        one_of("imageStatus", &self.image_status, &["ACTIVE", "ARCHIVED", "ACTIVATING", "ANY"])
    }

    /// Whether an image of this status passes the filter: without one, only active images do.
    pub(super) fn keeps_status(&self, status: ImageStatus) -> bool {
        match self.image_status.as_deref() {
            None => status == ImageStatus::Active,
            Some(wanted) => wanted == "ANY" || wanted == status.as_str(),
        }
    }

    /// Whether an image with or without tags passes the filter.
    pub(super) fn keeps_tags(&self, tagged: bool) -> bool {
        match self.tag_status.as_deref() {
            Some("TAGGED") => tagged,
            Some("UNTAGGED") => !tagged,
            _ => true,
        }
    }
}

/// There is no scan status here, whatever the scan type; `DescribeImageScanFindings` has it.
fn to_json(cloud: &Cloud, repository: &str, image: &ImageRecord) -> Value {
    let status = cloud.image_status(repository, &image.digest);
    let archived = cloud.store.read(|state| state.repositories.get(repository)?.archive.get(image.digest.as_str()));
    let activated = archived.and_then(|archived| archived.activated_at).filter(|_| status == ImageStatus::Active);
    without_nulls(json!({
        "registryId": ACCOUNT,
        "repositoryName": repository,
        "imageDigest": image.digest,
        "imageTags": (!image.tags.is_empty()).then_some(&image.tags),
        "imageSizeInBytes": image.size,
        "imagePushedAt": Moment::from(image.pushed_at).to_json(),
        "imageManifestMediaType": image.media_type,
        "artifactMediaType": image.artifact_type,
        "lastRecordedPullTime": image.last_pulled_at.map(|at| Moment::from(at).to_json()),
        "subjectManifestDigest": image.subject,
        "imageStatus": status.as_str(),
        "lastArchivedAt": archived.map(|archived| archived.archived_at.to_json()),
        "lastActivatedAt": activated.map(Moment::to_json),
    }))
}
