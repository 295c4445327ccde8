//! Calls of the query protocol that have their form in the URL, as presigned ones do.

use http::{Method, request::Parts};

/// Whether a request has its form in the URL, which the query protocol allows.
pub(in crate::wire) fn is_query_in_url(request: &Parts) -> bool {
    let query = request.uri.query().unwrap_or_default();
    request.method == Method::GET
        && request.uri.path() == "/"
        && query.split('&').any(|pair| pair.starts_with("Action="))
        && query.split('&').any(|pair| pair.starts_with("Version="))
}

/// The operation that the URL names.
pub(super) fn action(request: &Parts) -> Option<String> {
    let mut pairs = url::form_urlencoded::parse(request.uri.query()?.as_bytes());
    pairs.find(|(key, _)| key == "Action").map(|(_, action)| action.into_owned())
}
