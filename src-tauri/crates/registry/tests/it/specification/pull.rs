//! "Pull".

use registry::Digest;
use reqwest::{Method, StatusCode};

use crate::support::{Image, OCI_MANIFEST, Server, error, header, refusal};

#[tokio::test]
async fn pulling_manifests() {
    let server = Server::start().await;
    let image = Image::new("one");
    server.push("team/app", "latest", &image).await;
    for reference in ["latest", image.digest.as_str()] {
        let request = server.request(Method::GET, &format!("/v2/team/app/manifests/{reference}"));
        let response = request.header("accept", OCI_MANIFEST).send().await.unwrap();
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(header(&response, "content-type"), OCI_MANIFEST);
        assert_eq!(header(&response, "docker-content-digest"), image.digest.as_str());
        assert_eq!(response.bytes().await.unwrap(), image.manifest);
    }
    let missing = [Digest::of(b"absent").to_string(), "absent".to_owned()];
    for reference in missing {
        let response = server.get(&format!("/v2/team/app/manifests/{reference}")).await;
        assert_eq!(refusal(response).await, error(404, "MANIFEST_UNKNOWN"));
    }
}

#[tokio::test]
async fn pulling_blobs() {
    let server = Server::start().await;
    let digest = server.push_blob("app", b"0123456789").await;
    let path = format!("/v2/app/blobs/{digest}");
    let response = server.get(&path).await;
    assert_eq!(response.status(), StatusCode::OK);
    assert_eq!(header(&response, "docker-content-digest"), digest.as_str());
    assert_eq!(response.text().await.unwrap(), "0123456789");
    let part = server.request(Method::GET, &path).header("range", "bytes=3-5").send().await.unwrap();
    assert_eq!(part.status(), StatusCode::PARTIAL_CONTENT);
    assert_eq!(header(&part, "content-range"), "bytes 3-5/10");
    assert_eq!(part.text().await.unwrap(), "345");
    let beyond = server.request(Method::GET, &path).header("range", "bytes=10-").send().await.unwrap();
    assert_eq!(beyond.status(), StatusCode::RANGE_NOT_SATISFIABLE);
    let missing = server.get(&format!("/v2/app/blobs/{}", Digest::of(b"absent"))).await;
    assert_eq!(refusal(missing).await, error(404, "BLOB_UNKNOWN"));
}

#[tokio::test]
async fn checking_if_content_exists_in_the_registry() {
    let server = Server::start().await;
    let image = Image::new("one");
    server.push("app", "latest", &image).await;
    let layer = Digest::of(&image.blobs[1]);
    for (path, size, digest) in [
        ("manifests/latest".to_owned(), image.manifest.len(), &image.digest),
        (format!("manifests/{}", image.digest), image.manifest.len(), &image.digest),
        (format!("blobs/{layer}"), image.blobs[1].len(), &layer),
    ] {
        let response = server.send(Method::HEAD, &format!("/v2/app/{path}")).await;
        assert_eq!(response.status(), StatusCode::OK, "{path}");
        assert_eq!(header(&response, "content-length"), size.to_string(), "{path}");
        assert_eq!(header(&response, "docker-content-digest"), digest.as_str(), "{path}");
        assert_eq!(response.bytes().await.unwrap().len(), 0);
    }
    for path in ["manifests/absent".to_owned(), format!("blobs/{}", Digest::of(b"absent"))] {
        let response = server.send(Method::HEAD, &format!("/v2/app/{path}")).await;
        assert_eq!(response.status(), StatusCode::NOT_FOUND, "{path}");
    }
}
