//! Listing repositories, page by page. The specification leaves this out; Docker Distribution and ECR have it.

use http::{StatusCode, request::Parts};
use serde_json::json;

use super::{
    paging::Page,
    response::{self, EndpointResult, Failure},
    service::{Registry, query},
};
use crate::hooks::{Action, Refusal};

/// The most names on one page, and their number if the client does not say how many.
const LIMIT: usize = 1000;

/// `GET /v2/_catalog?n=&last=`: the repositories that exist by the hooks.
pub(super) fn list(registry: &Registry, request: &Parts) -> EndpointResult {
    let limit = match query(request, "n").next() {
        Some(n) => n.parse().ok().filter(|n| *n <= LIMIT).ok_or_else(|| too_many(&n))?,
        None => LIMIT,
    };
    let names = registry.storage.repositories().into_iter();
    let existing = names.filter(|name| registry.hooks.repository(name, Action::Pull).is_ok());
    let page = Page::of(existing, Some(limit), "/v2/_catalog", request);
    let mut response = response::json(&json!({ "repositories": page.names }), "application/json");
    if let Some(link) = page.link {
        response::set(&mut response, [link]);
    }
    Ok(response)
}

fn too_many(n: &str) -> Failure {
    let message = format!("{n:?} is not a number of repositories up to {LIMIT}");
    Refusal::new(StatusCode::BAD_REQUEST, "PAGINATION_NUMBER_INVALID", message).into()
}
