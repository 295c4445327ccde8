//! The tags of the account's filters, the only resources of Inspector here that have any.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::json;

use crate::{
    api::inspector2::check,
    cloud::Cloud,
    state::inspector::Inspector,
    wire::error::{ApiError, ApiResult},
};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct List {
    resource_arn: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Tag {
    resource_arn: Option<String>,
    tags: Option<BTreeMap<String, String>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Untag {
    resource_arn: Option<String>,
    tag_keys: Option<Vec<String>>,
}

/// AWS's general limit of tags of a resource; Inspector's model has none.
const MOST: usize = 50;
const LONGEST_ARN: usize = 1011;

pub(super) async fn list(cloud: &Cloud, input: List) -> ApiResult {
    let arn = resource(input.resource_arn)?;
    cloud.store.read(|state| {
        let id = existing(cloud, &state.inspector, &arn)?;
        Ok(json!({ "tags": state.inspector.filters[&id].tags }))
    })
}

pub(super) async fn tag(cloud: &Cloud, input: Tag) -> ApiResult {
    let arn = resource(input.resource_arn)?;
    let tags = check::required("tags", input.tags)?;
    check(&tags)?;
    change(cloud, &arn, |present| {
        let mut all = present.clone();
        all.extend(tags);
        check(&all)?;
        *present = all;
        Ok(())
    })
    .await
}

/// Removes tags. A key that no tag has is not an error.
pub(super) async fn untag(cloud: &Cloud, input: Untag) -> ApiResult {
    let arn = resource(input.resource_arn)?;
    let keys = check::required("tagKeys", input.tag_keys)?;
    check::length("tagKeys", &keys, 0..=50)?;
    keys.iter().try_for_each(|key| check_key(key))?;
    change(cloud, &arn, |tags| {
        for key in &keys {
            tags.remove(key);
        }
        Ok(())
    })
    .await
}

/// Validates tags.
pub(super) fn check(tags: &BTreeMap<String, String>) -> Result<(), ApiError> {
    for (key, value) in tags {
        check::text("tags", key, 128)?;
        if value.chars().count() > 256 {
            return Err(ApiError::field("tags", "must have values of at most 256 characters"));
        }
        if key.to_ascii_lowercase().starts_with("aws:") {
            return Err(ApiError::new("BadRequestException", format!("The tag {key} has the reserved prefix aws:.")));
        }
    }
    if tags.len() > MOST {
        return Err(ApiError::new("BadRequestException", format!("A resource has at most {MOST} tags.")));
    }
    Ok(())
}

/// `(?!aws:)[a-zA-Z+-=._:/]+`, as the model has it only for the keys of tags that are removed.
fn check_key(key: &str) -> Result<(), ApiError> {
    check::text("tagKeys", key, 128)?;
    let is_allowed = |c: char| c.is_ascii_alphabetic() || ('+'..='=').contains(&c) || c == '_';
    if key.chars().all(is_allowed) && !key.starts_with("aws:") {
        return Ok(());
    }
    Err(ApiError::field("tagKeys", "must satisfy the pattern (?!aws:)[a-zA-Z+-=._:/]+"))
}

/// The id of the filter with this ARN.
pub(super) fn existing(cloud: &Cloud, inspector: &Inspector, arn: &str) -> Result<String, ApiError> {
    let id = arn.strip_prefix(&cloud.names.filter_arn("")).filter(|id| inspector.filters.contains_key(*id));
    id.map(str::to_owned).ok_or_else(|| not_found(arn))
}

pub(super) fn not_found(arn: &str) -> ApiError {
    ApiError::new("ResourceNotFoundException", format!("There is no resource with the ARN {arn}."))
}

fn resource(arn: Option<String>) -> Result<String, ApiError> {
    let arn = check::required("resourceArn", arn)?;
    check::text("resourceArn", &arn, LONGEST_ARN)?;
    Ok(arn)
}

async fn change(
    cloud: &Cloud,
    arn: &str,
    change: impl FnOnce(&mut BTreeMap<String, String>) -> Result<(), ApiError>,
) -> ApiResult {
    cloud
        .store
        .change(|state| {
            let id = existing(cloud, &state.inspector, arn)?;
            let filter = state.inspector.filters.get_mut(&id).ok_or_else(|| not_found(arn))?;
            change(&mut filter.tags)
        })
        .await?;
    Ok(json!({}))
}
