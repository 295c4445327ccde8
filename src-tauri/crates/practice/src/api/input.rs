//! Deserializing the input of operations, and ECR's validation of it. Inspector's validation is in its `check`, since
//! each service has its own error messages.

use std::{future::Future, ops::RangeInclusive};

use serde::{Deserialize, Deserializer, de::DeserializeOwned};

use crate::{
    cloud::Cloud,
    moment::Moment,
    wire::error::{ApiError, ApiResult},
};

/// Runs an operation on the JSON of the call; an empty body counts as an empty object.
pub(super) async fn run<'a, I, F>(cloud: &'a Cloud, body: &[u8], operation: impl FnOnce(&'a Cloud, I) -> F) -> ApiResult
where
    I: DeserializeOwned,
    F: Future<Output = ApiResult>,
{
    let body = if body.is_empty() { b"{}" } else { body };
    let input = serde_json::from_slice(body).map_err(|error| ApiError::unreadable(&error))?;
    operation(cloud, input).await
}

/// Deserializes a time, which clients send as seconds since 1970.
pub(super) fn seconds<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Moment>, D::Error> {
    let seconds = Option::<f64>::deserialize(deserializer)?;
    Ok(seconds.map(|seconds| Moment::default() + std::time::Duration::from_secs_f64(seconds.clamp(0.0, 1e11))))
}

/// Validates ECR's page size.
pub(super) fn page_size(requested: Option<i64>, default: usize) -> Result<usize, ApiError> {
    match requested {
        None => Ok(default),
        Some(requested) if (1..=1000).contains(&requested) => Ok(requested as usize),
        Some(_) => Err(ApiError::parameter("maxResults", "must be between 1 and 1000")),
    }
}

/// Validates the length of a list, with ECR's error.
pub(super) fn count<T>(name: &str, list: &[T], allowed: RangeInclusive<usize>) -> Result<(), ApiError> {
    if allowed.contains(&list.len()) {
        return Ok(());
    }
    let (low, high) = (allowed.start(), allowed.end());
    Err(ApiError::parameter(name, &format!("member must have length between {low} and {high}")))
}

/// Requires a member, with ECR's error if it is missing.
pub(super) fn required<T>(name: &str, value: Option<T>) -> Result<T, ApiError> {
    value.ok_or_else(|| ApiError::parameter(name, "must not be null"))
}
