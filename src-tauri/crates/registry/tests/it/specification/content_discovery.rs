//! "Content Discovery".

use registry::Digest;
use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::support::{Image, OCI_INDEX, OCI_MANIFEST, Server, error, header, refusal};

#[tokio::test]
async fn listing_tags() {
    let server = Server::start().await;
    let image = Image::new("one");
    for tag in ["c", "a", "d", "b"] {
        server.push("team/app", tag, &image).await;
    }
    let path = "/v2/team/app/tags/list";
    assert_eq!(server.json(path).await, json!({ "name": "team/app", "tags": ["a", "b", "c", "d"] }));
    let page = server.get(&format!("{path}?n=2")).await;
    assert!(header(&page, "link").ends_with("; rel=\"next\""));
    let body: Value = serde_json::from_slice(&page.bytes().await.unwrap()).unwrap();
    assert_eq!(body["tags"], json!(["a", "b"]));
    assert_eq!(server.json(&format!("{path}?n=2&last=b")).await["tags"], json!(["c", "d"]));
    let none = server.get(&format!("{path}?n=0")).await;
    assert!(none.headers().get("link").is_none());
    let body: Value = serde_json::from_slice(&none.bytes().await.unwrap()).unwrap();
    assert_eq!(body["tags"], json!([]));
    assert_eq!(refusal(server.get("/v2/nowhere/tags/list").await).await, error(404, "NAME_UNKNOWN"));
}

#[tokio::test]
async fn listing_referrers() {
    let server = Server::start().await;
    let image = Image::new("one");
    server.push("app", "latest", &image).await;
    let about = Image::about("about", Some(&image.digest));
    server.push("app", "about", &about).await;
    let path = format!("/v2/app/referrers/{}", image.digest);
    let response = server.get(&path).await;
    assert_eq!((response.status(), header(&response, "content-type")), (StatusCode::OK, OCI_INDEX.to_owned()));
    let listed = server.json(&path).await;
    assert_eq!((&listed["schemaVersion"], &listed["mediaType"]), (&json!(2), &json!(OCI_INDEX)));
    let [descriptor] = &listed["manifests"].as_array().unwrap()[..] else { panic!("{listed}") };
    // Of an image, the type is that of its configuration.
    for (member, expected) in [
        ("mediaType", json!(OCI_MANIFEST)),
        ("digest", json!(about.digest)),
        ("size", json!(about.manifest.len())),
        ("artifactType", json!("application/vnd.oci.image.config.v1+json")),
    ] {
        assert_eq!(descriptor[member], expected, "{listed}");
    }
    let filtered = server.get(&format!("{path}?artifactType=application/none")).await;
    assert_eq!(header(&filtered, "oci-filters-applied"), "artifactType");
    let body: Value = serde_json::from_slice(&filtered.bytes().await.unwrap()).unwrap();
    assert_eq!(body["manifests"], json!([]));
    let unknown = server.get(&format!("/v2/app/referrers/{}", Digest::of(b"absent"))).await;
    assert_eq!((unknown.status(), header(&unknown, "content-type")), (StatusCode::OK, OCI_INDEX.to_owned()));
    assert_eq!(server.get("/v2/app/referrers/sha256:1").await.status(), StatusCode::BAD_REQUEST);
}
