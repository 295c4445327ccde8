//! Listing tags.

use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::support::{Image, OCI_MANIFEST, Server, error, header, refusal};

async fn tagged(tags: &[&str]) -> Server {
    let server = Server::start().await;
    let image = Image::new("one");
    server.push("a/b", tags[0], &image).await;
    for tag in &tags[1..] {
        server.put_manifest("a/b", tag, &image.manifest, OCI_MANIFEST).await;
    }
    server
}

#[tokio::test]
async fn tags_are_listed_in_byte_order() {
    let server = tagged(&["b", "a", "B", "10", "9", "_"]).await;
    let listed = server.json("/v2/a/b/tags/list").await;
    assert_eq!(listed, json!({ "name": "a/b", "tags": ["10", "9", "B", "_", "a", "b"] }));
}

#[tokio::test]
async fn the_links_lead_through_all_pages() {
    let server = tagged(&["a", "b", "c", "d", "e"]).await;
    let mut path = "/v2/a/b/tags/list?n=2".to_owned();
    let mut pages = Vec::new();
    for _ in 0..10 {
        let response = server.get(&path).await;
        let link = response.headers().get("link").map(|link| link.to_str().unwrap().to_owned());
        let body: Value = serde_json::from_slice(&response.bytes().await.unwrap()).unwrap();
        pages.push(body["tags"].clone());
        let Some(link) = link else { break };
        let (next, rel) = link.strip_prefix('<').unwrap().split_once('>').unwrap();
        assert_eq!(rel, "; rel=\"next\"");
        path = next.to_owned();
    }
    assert_eq!(pages, [json!(["a", "b"]), json!(["c", "d"]), json!(["e"])]);
}

#[tokio::test]
async fn a_page_can_begin_anywhere_and_be_empty() {
    let server = tagged(&["a", "c"]).await;
    assert_eq!(server.json("/v2/a/b/tags/list?last=b").await["tags"], json!(["c"]));
    assert_eq!(server.json("/v2/a/b/tags/list?last=c&n=1").await["tags"], json!([]));
    let none = server.get("/v2/a/b/tags/list?n=0").await;
    assert!(none.headers().get("link").is_none());
    let exact = server.get("/v2/a/b/tags/list?n=2").await;
    assert!(exact.headers().get("link").is_none());
    let refused = server.get("/v2/a/b/tags/list?n=many").await;
    assert_eq!(refusal(refused).await, error(400, "PAGINATION_NUMBER_INVALID"));
}

#[tokio::test]
async fn a_repository_must_exist_to_have_no_tags() {
    let server = Server::start().await;
    assert_eq!(refusal(server.get("/v2/a/tags/list").await).await, error(404, "NAME_UNKNOWN"));
    server.storage.create_repository("a").await.unwrap();
    let response = server.get("/v2/a/tags/list").await;
    assert_eq!((response.status(), header(&response, "content-type")), (StatusCode::OK, "application/json".into()));
    assert_eq!(server.json("/v2/a/tags/list").await["tags"], json!([]));
}
