//! Content by SHA-512, which the specification allows beside SHA-256.

use registry::{Algorithm, Digest, Storage};
use reqwest::{Method, StatusCode};
use serde_json::json;
use testbed::files::names_in;

use crate::support::{OCI_MANIFEST, Server, closing, error, header, refusal};

fn sha512(content: &[u8]) -> Digest {
    Digest::of_by(Algorithm::Sha512, content)
}

#[tokio::test]
async fn blobs_and_manifests_are_pushed_and_pulled_by_sha512() {
    let server = Server::start().await;
    let (config, layer) = (b"{}".as_slice(), b"a layer".repeat(400_000));
    // In one request, and in a stream that ends with the digest.
    let path = format!("/v2/a/blobs/uploads/?digest={}", sha512(config));
    let stored = server.request(Method::POST, &path).body(config).send().await.unwrap();
    assert_eq!(
        (stored.status(), header(&stored, "docker-content-digest")),
        (StatusCode::CREATED, sha512(config).to_string())
    );
    let location = server.begin("a").await;
    let sent = server.request(Method::PATCH, &location).body(layer.clone()).send().await.unwrap();
    let stored = server.send(Method::PUT, &closing(&header(&sent, "location"), &sha512(&layer))).await;
    assert_eq!(stored.status(), StatusCode::CREATED);
    let wrong = format!("/v2/a/blobs/uploads/?digest={}", sha512(b"other"));
    let refused = server.request(Method::POST, &wrong).body(config).send().await.unwrap();
    assert_eq!(refusal(refused).await, error(400, "DIGEST_INVALID"));
    let short = format!("/v2/a/blobs/sha512:{}", "0".repeat(64));
    assert_eq!(refusal(server.get(&short).await).await, error(400, "DIGEST_INVALID"));

    let entry =
        |content: &[u8]| json!({ "mediaType": "application/x", "digest": sha512(content), "size": content.len() });
    let manifest = json!({
        "schemaVersion": 2, "mediaType": OCI_MANIFEST, "config": entry(config), "layers": [entry(&layer)],
    })
    .to_string();
    let digest = sha512(manifest.as_bytes());
    let put = server.put_manifest("a", &format!("{digest}?tag=one"), manifest.as_bytes(), OCI_MANIFEST).await;
    assert_eq!((put.status(), header(&put, "docker-content-digest")), (StatusCode::CREATED, digest.to_string()));
    for reference in [digest.as_str(), "one"] {
        let pulled = server.get(&format!("/v2/a/manifests/{reference}")).await;
        assert_eq!(header(&pulled, "docker-content-digest"), digest.as_str());
        assert_eq!(pulled.text().await.unwrap(), manifest);
    }
    let refused = server.put_manifest("a", sha512(b"other").as_str(), manifest.as_bytes(), OCI_MANIFEST).await;
    assert_eq!(refusal(refused).await, error(400, "DIGEST_INVALID"));

    // They survive a restart, and go with their repository.
    let reopened = Storage::open(server.dir.path()).await.unwrap();
    assert_eq!(reopened.blob_size("a", &sha512(&layer)), Some(layer.len() as u64));
    assert_eq!(reopened.images("a").await.unwrap()[0].digest, digest);
    assert_eq!(names_in(&server.dir.path().join("blobs/sha512")).len(), 3);
    reopened.delete_repository("a").await.unwrap();
    assert_eq!(names_in(&server.dir.path().join("blobs/sha512")), Vec::<String>::new());
}

#[tokio::test]
async fn dockers_schema_1_is_refused_with_a_sentence_of_its_own() {
    let server = Server::start().await;
    let manifest = json!({ "schemaVersion": 1, "name": "a", "tag": "1", "fsLayers": [], "signatures": [] }).to_string();
    let media_type = "application/vnd.docker.distribution.manifest.v1+prettyjws";
    let refused = server.put_manifest("a", "1", manifest.as_bytes(), media_type).await;
    let body = refused.text().await.unwrap();
    assert!(body.contains("MANIFEST_INVALID") && body.contains("schema 1 is not stored here"), "{body}");
}
