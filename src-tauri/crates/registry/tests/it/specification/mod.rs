//! The requirements of the OCI distribution specification 1.1, in modules and tests that are named after its sections. Each asserts
//! what its section says a registry MUST do, and the SHOULDs that clients rely on.

mod content_discovery;
mod content_management;
mod errors;
mod official_suite;
mod pull;
mod push;

use reqwest::{Response, StatusCode, Url};

use crate::support::{Server, header};

/// The path and query of a location, which the specification allows to be absolute or relative.
fn location(response: &Response) -> String {
    let location = header(response, "location");
    match Url::parse(&location) {
        Ok(url) => url[url::Position::BeforePath..].to_owned(),
        Err(_) => location,
    }
}

#[tokio::test]
async fn determining_support() {
    let server = Server::start().await;
    assert_eq!(server.get("/v2/").await.status(), StatusCode::OK);
    assert_eq!(server.get("/").await.status(), StatusCode::NOT_FOUND);
}
