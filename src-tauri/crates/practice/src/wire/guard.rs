//! The refusals of web pages: the listeners are on loopback, which any page in a browser can reach.

use axum::response::Response;
use http::{StatusCode, request::Parts};
use local_server::Refused;

use crate::{names::Names, wire::response::plain_text};

/// The rejection of a request that comes from a web page; `None` for any other request.
pub(crate) fn reject_web_page(request: &Parts, names: &Names) -> Option<Response> {
    let refused = local_server::reject_web_page(&request.headers, |host| names.answers_to(host)).err()?;
    let text = match refused {
        Refused::WebPage => "The practice cloud does not answer web pages.\n",
        Refused::HostName => "The practice cloud does not answer to this host name.\n",
    };
    Some(plain_text(StatusCode::FORBIDDEN, text))
}
