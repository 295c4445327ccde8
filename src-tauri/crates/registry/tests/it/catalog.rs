//! Listing repositories.

use registry::{Action, Hooks, Options, Refusal};
use reqwest::{Method, StatusCode};
use serde_json::json;

use crate::support::{Server, error, header, refusal};

async fn create(server: &Server, names: &[&str]) {
    for name in names {
        server.storage.create_repository(name).await.unwrap();
    }
}

#[tokio::test]
async fn repositories_are_listed_page_by_page() {
    let server = Server::start().await;
    assert_eq!(server.json("/v2/_catalog").await, json!({ "repositories": [] }));
    create(&server, &["b", "a/b", "a", "c"]).await;
    assert_eq!(server.json("/v2/_catalog").await, json!({ "repositories": ["a", "a/b", "b", "c"] }));
    let first = server.get("/v2/_catalog?n=2").await;
    assert_eq!(header(&first, "link"), "</v2/_catalog?last=a%2Fb&n=2>; rel=\"next\"");
    let last = server.get("/v2/_catalog?last=a%2Fb&n=2").await;
    assert!(last.headers().get("link").is_none());
    assert_eq!(last.json::<serde_json::Value>().await.unwrap(), json!({ "repositories": ["b", "c"] }));
    assert_eq!(server.json("/v2/_catalog?n=1000").await["repositories"].as_array().unwrap().len(), 4);
    for n in ["1001", "-1", "many"] {
        let refused = server.get(&format!("/v2/_catalog?n={n}")).await;
        assert_eq!(refusal(refused).await, error(400, "PAGINATION_NUMBER_INVALID"));
    }
    assert_eq!(server.send(Method::POST, "/v2/_catalog").await.status(), StatusCode::METHOD_NOT_ALLOWED);
}

/// Hides one repository.
struct Hiding;

impl Hooks for Hiding {
    fn repository(&self, name: &str, _: Action) -> Result<(), Refusal> {
        if name == "hidden" { Err(Refusal::new(StatusCode::NOT_FOUND, "NAME_UNKNOWN", "no")) } else { Ok(()) }
    }
}

#[tokio::test]
async fn a_repository_that_does_not_exist_for_the_owner_is_not_listed() {
    let server = Server::with(Hiding, Options::default()).await;
    create(&server, &["hidden", "shown"]).await;
    assert_eq!(server.json("/v2/_catalog").await, json!({ "repositories": ["shown"] }));
}
