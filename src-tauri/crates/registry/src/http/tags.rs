//! Listing tags, page by page.

use http::{StatusCode, request::Parts};
use serde_json::json;

use super::{
    paging::Page,
    response::{self, EndpointResult, Failure},
    service::{Registry, query},
};
use crate::hooks::Refusal;

/// `GET /v2/<name>/tags/list?n=&last=`
pub(super) async fn list(registry: &Registry, name: &str, request: &Parts) -> EndpointResult {
    let limit = query(request, "n").next().map(|n| n.parse().map_err(|_| not_a_number(&n))).transpose()?;
    let tags = registry.storage.tags(name).await?.into_iter().map(|(tag, _)| tag);
    let page = Page::of(tags, limit, &format!("/v2/{name}/tags/list"), request);
    let mut response = response::json(&json!({ "name": name, "tags": page.names }), "application/json");
    if let Some(link) = page.link {
        response::set(&mut response, [link]);
    }
    Ok(response)
}

fn not_a_number(n: &str) -> Failure {
    let message = format!("{n:?} is not a number of tags");
    Refusal::new(StatusCode::BAD_REQUEST, "PAGINATION_NUMBER_INVALID", message).into()
}
