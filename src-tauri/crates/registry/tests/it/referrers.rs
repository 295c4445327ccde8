//! Listing what is about an image.

use registry::Digest;
use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::support::{Image, OCI_INDEX, OCI_MANIFEST, Server, descriptor, error, header, refusal};

/// An artifact about `subject`.
async fn attach(server: &Server, subject: &Image, kind: &str) -> Digest {
    let empty = server.push_blob("a", b"{}").await;
    let manifest = json!({
        "schemaVersion": 2,
        "mediaType": OCI_MANIFEST,
        "artifactType": kind,
        "config": { "mediaType": "application/vnd.oci.empty.v1+json", "digest": empty, "size": 2 },
        "layers": [],
        "subject": descriptor(OCI_MANIFEST, &subject.manifest),
        "annotations": { "made-by": "a test" },
    });
    let bytes = manifest.to_string().into_bytes();
    let digest = Digest::of(&bytes);
    let response = server.put_manifest("a", digest.as_str(), &bytes, OCI_MANIFEST).await;
    assert_eq!(response.status(), StatusCode::CREATED);
    assert_eq!(header(&response, "oci-subject"), subject.digest.as_str());
    digest
}

fn digests(index: &Value) -> Vec<&str> {
    let mut digests: Vec<_> =
        index["manifests"].as_array().unwrap().iter().map(|m| m["digest"].as_str().unwrap()).collect();
    digests.sort_unstable();
    digests
}

#[tokio::test]
async fn what_is_about_an_image_is_listed_with_its_type_and_annotations() {
    let server = Server::start().await;
    let image = Image::new("subject");
    let sbom = attach(&server, &image, "application/sbom").await;
    let signature = attach(&server, &image, "application/signature").await;
    attach(&server, &Image::new("another"), "application/sbom").await;
    server.push("a", "about", &Image::about("image", Some(&image.digest))).await;
    let path = format!("/v2/a/referrers/{}", image.digest);

    assert_eq!(header(&server.get(&path).await, "content-type"), OCI_INDEX);
    assert_eq!(digests(&server.json(&path).await).len(), 3);

    let filtered = format!("{path}?artifactType=application/sbom");
    assert_eq!(header(&server.get(&filtered).await, "oci-filters-applied"), "artifactType");
    let listed = server.json(&filtered).await;
    assert_eq!(digests(&listed), [sbom.as_str()]);
    assert_eq!(listed["manifests"][0]["artifactType"], "application/sbom");
    assert_eq!(listed["manifests"][0]["annotations"], json!({ "made-by": "a test" }));
    let size = server.storage.manifest("a", &sbom.into()).await.unwrap().unwrap().bytes.len();
    assert_eq!(listed["manifests"][0]["size"], size);

    // Of an image that names no artifact type, its config's media type counts.
    let by_config = server.json(&format!("{path}?artifactType=application/vnd.oci.image.config.v1%2Bjson")).await;
    assert_eq!(digests(&by_config).len(), 1);
    server.storage.delete_manifest("a", &signature).await.unwrap();
    assert_eq!(digests(&server.json(&path).await).len(), 2);
}

#[tokio::test]
async fn nothing_about_nothing_is_an_empty_index() {
    let server = Server::start().await;
    let listed = server.json(&format!("/v2/nowhere/referrers/{}", Digest::of(b"absent"))).await;
    assert_eq!(listed, json!({ "schemaVersion": 2, "mediaType": OCI_INDEX, "manifests": [] }));
    assert_eq!(refusal(server.get("/v2/a/referrers/sha256:1").await).await, error(400, "DIGEST_INVALID"));
}
