//! "Content Management".

use registry::Digest;
use reqwest::{Method, StatusCode};
use serde_json::json;

use crate::support::{Image, Server};

#[tokio::test]
async fn deleting_tags() {
    let server = Server::start().await;
    let image = Image::new("one");
    server.push("app", "latest", &image).await;
    let path = |reference: &str| format!("/v2/app/manifests/{reference}");
    assert_eq!(server.send(Method::DELETE, &path("latest")).await.status(), StatusCode::ACCEPTED);
    assert_eq!(server.get(&path("latest")).await.status(), StatusCode::NOT_FOUND);
    assert_eq!(server.send(Method::DELETE, &path("latest")).await.status(), StatusCode::NOT_FOUND);
    assert_eq!(server.json("/v2/app/tags/list").await["tags"], json!([]));
}

#[tokio::test]
async fn deleting_manifests() {
    let server = Server::start().await;
    let image = Image::new("one");
    let about = Image::about("about", Some(&image.digest));
    server.push("app", "latest", &image).await;
    server.push("app", "about", &about).await;
    let path = |reference: &str| format!("/v2/app/manifests/{reference}");
    assert_eq!(server.send(Method::DELETE, &path(about.digest.as_str())).await.status(), StatusCode::ACCEPTED);
    for reference in [about.digest.as_str(), "about"] {
        assert_eq!(server.get(&path(reference)).await.status(), StatusCode::NOT_FOUND);
    }
    let referrers = server.json(&format!("/v2/app/referrers/{}", image.digest)).await;
    assert_eq!(referrers["manifests"], json!([]));
    assert_eq!(server.get(&path("latest")).await.status(), StatusCode::OK);
    let again = server.send(Method::DELETE, &path(about.digest.as_str())).await;
    assert_eq!(again.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn deleting_blobs() {
    let server = Server::start().await;
    let digest = server.push_blob("app", b"content").await;
    let path = format!("/v2/app/blobs/{digest}");
    assert_eq!(server.send(Method::DELETE, &path).await.status(), StatusCode::ACCEPTED);
    assert_eq!(server.get(&path).await.status(), StatusCode::NOT_FOUND);
    let absent = server.send(Method::DELETE, &format!("/v2/app/blobs/{}", Digest::of(b"absent"))).await;
    assert_eq!(absent.status(), StatusCode::NOT_FOUND);
}
