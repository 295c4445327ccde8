//! Tags of repositories: key-value pairs, unrelated to image tags.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    api::{
        ecr::{
            check::{self, Tag},
            stored,
        },
        input,
    },
    cloud::Cloud,
    state::repository::Repository,
    wire::error::{ApiError, ApiResult},
};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Input {
    resource_arn: Option<String>,
    tags: Option<Vec<Tag>>,
    tag_keys: Option<Vec<String>>,
}

/// Adds and overwrites tags; others are kept.
pub(super) async fn tag(cloud: &Cloud, input: Input) -> ApiResult {
    let new = check::tags(input::required("tags", input.tags)?)?;
    change(cloud, input.resource_arn, |repository| {
        let mut tags = repository.tags.clone();
        tags.extend(new);
        check::tag_count(&tags)?;
        repository.tags = tags;
        Ok(())
    })
    .await
}

pub(super) async fn untag(cloud: &Cloud, input: Input) -> ApiResult {
    let keys = input::required("tagKeys", input.tag_keys)?;
    change(cloud, input.resource_arn, |repository| {
        repository.tags.retain(|key, _| !keys.contains(key));
        Ok(())
    })
    .await
}

pub(super) async fn list(cloud: &Cloud, input: Input) -> ApiResult {
    let name = repository(cloud, input.resource_arn)?;
    cloud.store.read(|state| {
        let repository = stored::repository(state, &name)?;
        let tags: Vec<_> = repository.tags.iter().map(|(key, value)| json!({ "Key": key, "Value": value })).collect();
        Ok(json!({ "tags": tags }))
    })
}

async fn change(
    cloud: &Cloud,
    arn: Option<String>,
    change: impl FnOnce(&mut Repository) -> Result<(), ApiError>,
) -> ApiResult {
    let name = repository(cloud, arn)?;
    stored::change_repository(cloud, &name, change).await?;
    Ok(Value::Object(serde_json::Map::new()))
}

fn repository(cloud: &Cloud, arn: Option<String>) -> Result<String, ApiError> {
    let arn = input::required("resourceArn", arn)?;
    let name = cloud.names.repository_of_arn(&arn).map(str::to_owned);
    name.ok_or_else(|| {
        let message = format!("Invalid parameter at 'resourceArn' failed to satisfy constraint: 'Invalid ARN' ({arn})");
        ApiError::new("InvalidParameterException", message)
    })
}
