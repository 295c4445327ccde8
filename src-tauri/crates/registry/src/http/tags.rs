//! Listing tags, page by page.

use http::{StatusCode, header::LINK, request::Parts};
use serde_json::json;
use url::form_urlencoded::byte_serialize;

use super::{
    response::{self, EndpointResult, Failure},
    service::{Registry, query},
};
use crate::hooks::Refusal;

/// `GET /v2/<name>/tags/list?n=&last=`
pub(super) async fn list(registry: &Registry, name: &str, request: &Parts) -> EndpointResult {
    let limit = query(request, "n").next().map(|n| n.parse().map_err(|_| not_a_number(&n))).transpose()?;
    let last = query(request, "last").next();
    let all = registry.storage.tags(name).await?;
    let mut tags: Vec<_> = all.into_iter().map(|(tag, _)| tag).filter(|tag| Some(tag) > last.as_ref()).collect();
    let cut = limit.is_some_and(|limit: usize| limit < tags.len());
    tags.truncate(limit.unwrap_or(usize::MAX));
    let mut response = response::json(&json!({ "name": name, "tags": tags }), "application/json");
    if let (true, Some(limit), Some(last)) = (cut, limit, tags.last()) {
        let last: String = byte_serialize(last.as_bytes()).collect();
        response::set(&mut response, [(LINK, format!("</v2/{name}/tags/list?last={last}&n={limit}>; rel=\"next\""))]);
    }
    Ok(response)
}

fn not_a_number(n: &str) -> Failure {
    let message = format!("{n:?} is not a number of tags");
    Refusal::new(StatusCode::BAD_REQUEST, "PAGINATION_NUMBER_INVALID", message).into()
}
