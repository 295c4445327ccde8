//! Inspector's input validation.

use std::ops::RangeInclusive;

use crate::{config::ACCOUNT, paging::BadToken, wire::error::ApiError};

/// Validates the page size, in the range that the API model allows; the default is its maximum.
pub(super) fn page_size(requested: Option<i64>, allowed: RangeInclusive<i64>) -> Result<usize, ApiError> {
    match requested {
        None => Ok(*allowed.end() as usize),
        Some(requested) if allowed.contains(&requested) => Ok(requested as usize),
        Some(_) => {
            let constraint = format!("must be between {} and {}", allowed.start(), allowed.end());
            Err(ApiError::field("maxResults", &constraint))
        }
    }
}

pub(super) fn next_token(_: BadToken) -> ApiError {
    ApiError::field("nextToken", "was not issued for this call")
}

/// Refuses any token: the list has one page.
pub(super) fn no_token(token: Option<&str>) -> Result<(), ApiError> {
    token.map_or(Ok(()), |_| Err(next_token(BadToken)))
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

/// Validates a text of 1 to `longest` characters.
pub(super) fn text(name: &str, text: &str, longest: usize) -> Result<(), ApiError> {
    if (1..=longest).contains(&text.chars().count()) {
        return Ok(());
    }
    Err(ApiError::field(name, &format!("must have between 1 and {longest} characters")))
}

/// Validates an account id: twelve digits.
pub(super) fn account(id: &str) -> Result<(), ApiError> {
    if redaction::is_account_id(id) {
        return Ok(());
    }
    Err(ApiError::field("accountIds", "must be twelve digits"))
}

/// Whether the practice account is among these accounts, and the other ones. Without any, the practice account is.
pub(super) fn accounts(ids: Option<Vec<String>>) -> Result<(bool, Vec<String>), ApiError> {
    let ids = ids.unwrap_or_default();
    length("accountIds", &ids, 0..=100)?;
    ids.iter().try_for_each(|id| account(id))?;
    let ours = ids.is_empty() || ids.iter().any(|id| id == ACCOUNT);
    Ok((ours, ids.into_iter().filter(|id| id != ACCOUNT).collect()))
}
