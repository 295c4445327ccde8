//! `GetClustersForImage`: nothing runs images here, so no cluster has any. The empty list is an exception to the shape of the
//! response, whose least length is one; what AWS responds for an image that is not in use is not documented.

use serde::Deserialize;
use serde_json::json;

use crate::{
    api::inspector2::check,
    cloud::Cloud,
    wire::error::{ApiError, ApiResult},
};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Get {
    filter: Option<Criteria>,
    max_results: Option<i64>,
    next_token: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Criteria {
    resource_id: Option<String>,
}

pub(super) async fn get(_: &Cloud, input: Get) -> ApiResult {
    let filter = check::required("filter", input.filter)?;
    let id = check::required("filter.resourceId", filter.resource_id)?;
    if !is_image(&id) {
        return Err(ApiError::field("filter.resourceId", "must be the ARN of a repository or of an image in one"));
    }
    check::page_size(input.max_results, 1..=100)?;
    check::no_token(input.next_token.as_deref())?;
    Ok(json!({ "cluster": [] }))
}

/// `arn:.*:ecr:.*:\d{12}:repository\/[a-zA-Z0-9._\/-]+(\/sha256:[a-z0-9]{64})?`
fn is_image(id: &str) -> bool {
    let parts: Vec<&str> = id.splitn(6, ':').collect();
    let ["arn", _, "ecr", _, account, resource] = parts[..] else { return false };
    let Some(path) = resource.strip_prefix("repository/") else { return false };
    let (name, digest) = path.split_once("/sha256:").map_or((path, None), |(name, digest)| (name, Some(digest)));
    let is_name = |c: char| c.is_ascii_alphanumeric() || "._/-".contains(c);
    let is_digest = |hex: &str| hex.len() == 64 && hex.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
    redaction::is_account_id(account) && !name.is_empty() && name.chars().all(is_name) && digest.is_none_or(is_digest)
}
