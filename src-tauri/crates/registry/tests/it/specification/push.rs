//! "Push".

use registry::{AllowAll, Digest, Options};
use reqwest::{Method, Response, StatusCode};

use super::location;
use crate::support::{Image, OCI_INDEX, OCI_MANIFEST, Server, closing, error, header, index, refusal};

/// A blob was stored, and its location serves it.
async fn assert_created(server: &Server, response: Response, content: &[u8]) {
    assert_eq!(response.status(), StatusCode::CREATED);
    let blob = server.get(&location(&response)).await;
    assert_eq!(blob.status(), StatusCode::OK);
    assert_eq!(blob.bytes().await.unwrap(), content);
}

async fn patch(server: &Server, path: &str, range: &str, content: &str) -> Response {
    let request = server.request(Method::PATCH, path).header("content-type", "application/octet-stream");
    request.header("content-range", range).body(content.to_owned()).send().await.unwrap()
}

#[tokio::test]
async fn pushing_a_blob_monolithically_post_then_put() {
    let server = Server::start().await;
    let started = server.send(Method::POST, "/v2/app/blobs/uploads/").await;
    assert_eq!(started.status(), StatusCode::ACCEPTED);
    let put = server.request(Method::PUT, &closing(&location(&started), &Digest::of(b"content")));
    let put = put.header("content-type", "application/octet-stream").body("content").send().await.unwrap();
    assert_created(&server, put, b"content").await;
    // The location of one upload is not that of another.
    let again = server.send(Method::POST, "/v2/app/blobs/uploads/").await;
    assert_ne!(location(&again), location(&started));
}

#[tokio::test]
async fn pushing_a_blob_monolithically_single_post() {
    let server = Server::start().await;
    let path = format!("/v2/app/blobs/uploads/?digest={}", Digest::of(b"content"));
    let post = server.request(Method::POST, &path).header("content-type", "application/octet-stream");
    assert_created(&server, post.body("content").send().await.unwrap(), b"content").await;
    let wrong = server.request(Method::POST, &path).body("other content").send().await.unwrap();
    assert_eq!(refusal(wrong).await, error(400, "DIGEST_INVALID"));
}

#[tokio::test]
async fn pushing_a_blob_in_chunks() {
    let server = Server::start().await;
    let started = server.request(Method::POST, "/v2/app/blobs/uploads/").header("content-length", "0");
    let started = started.send().await.unwrap();
    assert_eq!(started.status(), StatusCode::ACCEPTED);
    let first = patch(&server, &location(&started), "0-3", "0123").await;
    assert_eq!((first.status(), header(&first, "range")), (StatusCode::ACCEPTED, "0-3".to_owned()));
    let status = server.get(&location(&first)).await;
    assert_eq!((status.status(), header(&status, "range")), (StatusCode::NO_CONTENT, "0-3".to_owned()));
    let early = patch(&server, &location(&status), "6-7", "67").await;
    assert_eq!(early.status(), StatusCode::RANGE_NOT_SATISFIABLE);
    let second = patch(&server, &location(&status), "4-5", "45").await;
    assert_eq!((second.status(), header(&second, "range")), (StatusCode::ACCEPTED, "0-5".to_owned()));
    let put = server.request(Method::PUT, &closing(&location(&second), &Digest::of(b"01234567")));
    let put = put.header("content-range", "6-7").header("content-type", "application/octet-stream").body("67");
    assert_created(&server, put.send().await.unwrap(), b"01234567").await;
}

#[tokio::test]
async fn cancel_a_blob_upload() {
    let server = Server::start().await;
    let upload = server.begin("app").await;
    assert_eq!(server.send(Method::DELETE, &upload).await.status(), StatusCode::NO_CONTENT);
    assert_eq!(refusal(server.get(&upload).await).await, error(404, "BLOB_UPLOAD_UNKNOWN"));
}

#[tokio::test]
async fn mounting_a_blob_from_another_repository() {
    let mounting = Server::with(AllowAll, Options { blob_mounting: true, ..Options::default() }).await;
    let digest = mounting.push_blob("from", b"content").await;
    let path = format!("/v2/to/blobs/uploads/?mount={digest}&from=from");
    assert_created(&mounting, mounting.send(Method::POST, &path).await, b"content").await;
    // What cannot be mounted becomes an upload.
    let absent = Digest::of(b"absent");
    let plain = Server::start().await;
    plain.push_blob("from", b"content").await;
    for (server, digest) in [(&mounting, &absent), (&plain, &digest)] {
        let started = server.send(Method::POST, &format!("/v2/to/blobs/uploads/?mount={digest}&from=from")).await;
        assert_eq!(started.status(), StatusCode::ACCEPTED);
        assert_eq!(server.get(&location(&started)).await.status(), StatusCode::NO_CONTENT);
    }
}

#[tokio::test]
async fn pushing_manifests() {
    let server = Server::start().await;
    let image = Image::new("one");
    for blob in &image.blobs {
        server.push_blob("app", blob).await;
    }
    for reference in ["latest", image.digest.as_str()] {
        let put = server.put_manifest("app", reference, &image.manifest, OCI_MANIFEST).await;
        assert_eq!(put.status(), StatusCode::CREATED);
        assert_eq!(header(&put, "docker-content-digest"), image.digest.as_str());
        let pulled = server.get(&location(&put)).await;
        assert_eq!(header(&pulled, "content-type"), OCI_MANIFEST);
        assert_eq!(pulled.bytes().await.unwrap(), image.manifest);
    }
    let list = index(&[&image]);
    assert_eq!(server.put_manifest("app", "list", &list, OCI_INDEX).await.status(), StatusCode::CREATED);
    let missing = Image::new("two");
    let refused = server.put_manifest("app", "two", &missing.manifest, OCI_MANIFEST).await;
    assert_eq!(refusal(refused).await, error(400, "MANIFEST_BLOB_UNKNOWN"));
    let wrong = server.put_manifest("app", Digest::of(b"other").as_str(), &image.manifest, OCI_MANIFEST).await;
    assert_eq!(refusal(wrong).await, error(400, "DIGEST_INVALID"));
}

#[tokio::test]
async fn pushing_manifests_with_subject() {
    let server = Server::start().await;
    let subject = Digest::of(b"pushed later, or never");
    let about = Image::about("about", Some(&subject));
    for blob in &about.blobs {
        server.push_blob("app", blob).await;
    }
    let put = server.put_manifest("app", about.digest.as_str(), &about.manifest, OCI_MANIFEST).await;
    assert_eq!((put.status(), header(&put, "oci-subject")), (StatusCode::CREATED, subject.to_string()));
    let referrers = server.json(&format!("/v2/app/referrers/{subject}")).await;
    assert_eq!(referrers["manifests"][0]["digest"], about.digest.as_str());
}
