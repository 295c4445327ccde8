//! What Inspector checks of what it is given.

use std::ops::RangeInclusive;

use crate::{config::ACCOUNT, paging::BadToken, wire::error::ApiError};

/// A page size within what the model allows; the default is the most.
pub(super) fn page_size(given: Option<i64>, allowed: RangeInclusive<i64>) -> Result<usize, ApiError> {
    match given {
        None => Ok(*allowed.end() as usize),
        Some(given) if allowed.contains(&given) => Ok(given as usize),
        Some(_) => {
            let constraint = format!("must be between {} and {}", allowed.start(), allowed.end());
            Err(ApiError::field("maxResults", &constraint))
        }
    }
}

pub(super) fn next_token(_: BadToken) -> ApiError {
    ApiError::field("nextToken", "was not given out for this call")
}

pub(super) fn required<T>(name: &str, value: Option<T>) -> Result<T, ApiError> {
    value.ok_or_else(|| ApiError::field(name, "must not be null"))
}

pub(super) fn one_of(name: &str, value: &str, allowed: &[&str]) -> Result<(), ApiError> {
    if allowed.contains(&value) {
        return Ok(());
    }
    Err(ApiError::field(name, &format!("must be one of {}", allowed.join(", "))))
}

pub(super) fn length<T>(name: &str, list: &[T], allowed: RangeInclusive<usize>) -> Result<(), ApiError> {
    if allowed.contains(&list.len()) {
        return Ok(());
    }
    let constraint = format!("must have between {} and {} members", allowed.start(), allowed.end());
    Err(ApiError::field(name, &constraint))
}

/// Twelve digits.
pub(super) fn account(id: &str) -> Result<(), ApiError> {
    if id.len() == 12 && id.bytes().all(|b| b.is_ascii_digit()) {
        return Ok(());
    }
    Err(ApiError::field("accountIds", "must be twelve digits"))
}

/// Splits accounts into whether ours is among them, and the others. Without any, ours is meant.
pub(super) fn accounts(ids: Option<Vec<String>>) -> Result<(bool, Vec<String>), ApiError> {
    let ids = ids.unwrap_or_default();
    length("accountIds", &ids, 0..=100)?;
    ids.iter().try_for_each(|id| account(id))?;
    let ours = ids.is_empty() || ids.iter().any(|id| id == ACCOUNT);
    Ok((ours, ids.into_iter().filter(|id| id != ACCOUNT).collect()))
}
