//! Reading what operations are given. Missing members are the operations' business: each service words that its way.

use std::{future::Future, ops::RangeInclusive};

use serde::{Deserialize, Deserializer, de::DeserializeOwned};

use crate::{
    cloud::Cloud,
    moment::Moment,
    wire::error::{ApiError, ApiResult},
};

/// Runs an operation on the JSON it was called with; no body is an empty object.
pub(super) async fn run<'a, I, F>(cloud: &'a Cloud, body: &[u8], operation: impl FnOnce(&'a Cloud, I) -> F) -> ApiResult
where
    I: DeserializeOwned,
    F: Future<Output = ApiResult>,
{
    let body = if body.is_empty() { b"{}" } else { body };
    let input = serde_json::from_slice(body).map_err(|error| ApiError::unreadable(&error))?;
    operation(cloud, input).await
}

/// Times come as seconds since 1970.
pub(super) fn seconds<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Moment>, D::Error> {
    let seconds = Option::<f64>::deserialize(deserializer)?;
    Ok(seconds.map(|seconds| Moment::default() + std::time::Duration::from_secs_f64(seconds.clamp(0.0, 1e11))))
}

/// ECR's page size.
pub(super) fn page_size(given: Option<i64>, default: usize) -> Result<usize, ApiError> {
    match given {
        None => Ok(default),
        Some(given) if (1..=1000).contains(&given) => Ok(given as usize),
        Some(_) => Err(ApiError::parameter("maxResults", "must be between 1 and 1000")),
    }
}

/// ECR's word on a list that is too short or too long.
pub(super) fn count<T>(name: &str, list: &[T], allowed: RangeInclusive<usize>) -> Result<(), ApiError> {
    if allowed.contains(&list.len()) {
        return Ok(());
    }
    let (low, high) = (allowed.start(), allowed.end());
    Err(ApiError::parameter(name, &format!("member must have length between {low} and {high}")))
}

/// ECR's word on what is missing.
pub(super) fn required<T>(name: &str, value: Option<T>) -> Result<T, ApiError> {
    value.ok_or_else(|| ApiError::parameter(name, "must not be null"))
}
