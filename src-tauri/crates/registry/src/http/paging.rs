//! Sorted names, page by page: the end of one page is where the next one begins.

use http::{HeaderName, header::LINK, request::Parts};
use url::form_urlencoded::byte_serialize;

use super::service::query;

/// One page of sorted names.
pub(super) struct Page {
    pub(super) names: Vec<String>,
    /// The link to the next page; none on the last.
    pub(super) link: Option<(HeaderName, String)>,
}

impl Page {
    /// The first `limit` names after the query's `last`. `path` is where the next page is requested.
    pub(super) fn of(names: impl Iterator<Item = String>, limit: Option<usize>, path: &str, request: &Parts) -> Self {
        let last = query(request, "last").next();
        let mut names: Vec<_> = names.filter(|name| Some(name) > last.as_ref()).collect();
        let cut = limit.is_some_and(|limit| limit < names.len());
        names.truncate(limit.unwrap_or(usize::MAX));
        let next = |limit: usize, last: &String| {
            let last: String = byte_serialize(last.as_bytes()).collect();
            (LINK, format!("<{path}?last={last}&n={limit}>; rel=\"next\""))
        };
        let link = limit.zip(names.last()).filter(|_| cut).map(|(limit, last)| next(limit, last));
        Self { names, link }
    }
}
