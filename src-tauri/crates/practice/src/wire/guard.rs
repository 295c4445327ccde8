//! Protection from web pages: the listeners are on loopback, which any page in a browser can reach.

use axum::response::Response;
use http::{
    StatusCode,
    header::{HOST, ORIGIN},
    request::Parts,
};

use crate::{names::Names, wire::response::plain_text};

/// The rejection of a request that comes from a web page: one with an `Origin`, or one to a host name that an attacker
/// has pointed at this machine (DNS rebinding). `None` for any other request.
pub(crate) fn reject_web_page(request: &Parts, names: &Names) -> Option<Response> {
    let host = request.headers.get(HOST).and_then(|host| host.to_str().ok());
    if request.headers.contains_key(ORIGIN) {
        return Some(plain_text(StatusCode::FORBIDDEN, "The practice cloud does not answer web pages.\n"));
    }
    if !host.is_some_and(|host| names.answers_to(host)) {
        return Some(plain_text(StatusCode::FORBIDDEN, "The practice cloud does not answer to this host name.\n"));
    }
    None
}
