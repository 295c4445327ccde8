//! Pushing, pulling and deleting manifests.

use futures::stream;
use registry::{Digest, MANIFEST_LIMIT, media_types};
use reqwest::{Body, Method, StatusCode};
use serde_json::{Value, json};

use crate::support::{Image, OCI_INDEX, OCI_MANIFEST, Server, descriptor, error, header, index, refusal};

#[tokio::test]
async fn a_manifest_is_served_byte_for_byte_by_tag_and_digest() {
    let server = Server::start().await;
    let image = Image::new("one");
    server.push("a/b", "latest", &image).await;
    for reference in ["latest", image.digest.as_str()] {
        for method in [Method::HEAD, Method::GET] {
            let response = server.send(method.clone(), &format!("/v2/a/b/manifests/{reference}")).await;
            assert_eq!(response.status(), StatusCode::OK);
            assert_eq!(header(&response, "content-type"), OCI_MANIFEST);
            assert_eq!(header(&response, "content-length"), image.manifest.len().to_string());
            assert_eq!(header(&response, "docker-content-digest"), image.digest.as_str());
            assert_eq!(header(&response, "etag"), format!("\"{}\"", image.digest));
            let body = response.bytes().await.unwrap();
            assert_eq!(body, if method == Method::GET { image.manifest.clone() } else { Vec::new() });
        }
    }
    let request = server.request(Method::GET, "/v2/a/b/manifests/latest");
    let request = request.header("if-none-match", format!("\"{}\"", image.digest));
    assert_eq!(request.send().await.unwrap().status(), StatusCode::NOT_MODIFIED);
}

#[tokio::test]
async fn every_kind_of_manifest_keeps_its_media_type() {
    let server = Server::start().await;
    let image = Image::new("one");
    server.push("a", "latest", &image).await;
    let parsed: Value = serde_json::from_slice(&image.manifest).unwrap();
    for kind in [media_types::OCI_MANIFEST, media_types::DOCKER_MANIFEST, OCI_INDEX, media_types::DOCKER_LIST] {
        let mut document = if kind.contains("index") || kind.contains("list") {
            json!({ "schemaVersion": 2, "manifests": [descriptor(OCI_MANIFEST, &image.manifest)] })
        } else {
            parsed.clone()
        };
        document["mediaType"] = json!(kind);
        let put = server.put_manifest("a", "kind", document.to_string().as_bytes(), kind).await;
        assert_eq!(put.status(), StatusCode::CREATED, "{kind}");
        let digest = Digest::of(document.to_string().as_bytes());
        assert_eq!(header(&put, "location"), format!("/v2/a/manifests/{digest}"));
        assert_eq!(header(&put, "docker-content-digest"), digest.as_str());
        assert_eq!(header(&server.get("/v2/a/manifests/kind").await, "content-type"), kind);
    }
}

#[tokio::test]
async fn a_manifest_whose_blobs_are_missing_is_refused_naming_each() {
    let server = Server::start().await;
    let image = Image::new("one");
    server.push_blob("a", &image.blobs[1]).await;
    // Having them in another repository does not help.
    server.push("b", "latest", &image).await;
    let response = server.put_manifest("a", "latest", &image.manifest, OCI_MANIFEST).await;
    assert_eq!(response.status(), StatusCode::BAD_REQUEST);
    let body: Value = serde_json::from_slice(&response.bytes().await.unwrap()).unwrap();
    let named: Vec<_> =
        body["errors"].as_array().unwrap().iter().map(|e| (&e["code"], &e["detail"]["digest"])).collect();
    let code = json!("MANIFEST_BLOB_UNKNOWN");
    let (config, layer) = (json!(Digest::of(&image.blobs[0])), json!(Digest::of(&image.blobs[2])));
    assert_eq!(named, [(&code, &config), (&code, &layer)]);
    assert_eq!(refusal(server.get("/v2/a/manifests/latest").await).await, error(404, "MANIFEST_UNKNOWN"));
}

#[tokio::test]
async fn an_index_needs_its_members_first() {
    let server = Server::start().await;
    let (one, two) = (Image::new("one"), Image::new("two"));
    server.push("a", "one", &one).await;
    let both = index(&[&one, &two]);
    let response = server.put_manifest("a", "both", &both, OCI_INDEX).await;
    assert_eq!(refusal(response).await, error(400, "MANIFEST_BLOB_UNKNOWN"));
    server.push("a", "two", &two).await;
    assert_eq!(server.put_manifest("a", "both", &both, OCI_INDEX).await.status(), StatusCode::CREATED);
}

#[tokio::test]
async fn what_is_no_manifest_is_refused() {
    let server = Server::start().await;
    let image = Image::new("one");
    server.push("a", "latest", &image).await;
    let mut lying: Value = serde_json::from_slice(&image.manifest).unwrap();
    lying["layers"][0]["size"] = json!(1);
    let cases: [(&[u8], &str); 6] = [
        (b"", OCI_MANIFEST),
        (b"no json", OCI_MANIFEST),
        (b"{\"schemaVersion\":1}", "application/vnd.docker.distribution.manifest.v1+prettyjws"),
        (&image.manifest, OCI_INDEX),
        (&image.manifest, "text/plain"),
        (&lying.to_string().into_bytes(), OCI_MANIFEST),
    ];
    for (bytes, media_type) in cases {
        let response = server.put_manifest("a", "bad", bytes, media_type).await;
        assert_eq!(refusal(response).await, error(400, "MANIFEST_INVALID"), "{}", String::from_utf8_lossy(bytes));
    }
}

#[tokio::test]
async fn a_reference_must_fit() {
    let server = Server::start().await;
    let image = Image::new("one");
    server.push("a", "latest", &image).await;
    let wrong = Digest::of(b"something else");
    for (reference, code) in
        [(wrong.as_str(), "DIGEST_INVALID"), ("sha256:00", "DIGEST_INVALID"), ("-bad", "TAG_INVALID")]
    {
        let response = server.put_manifest("a", reference, &image.manifest, OCI_MANIFEST).await;
        assert_eq!(refusal(response).await, error(400, code));
    }
    let response = server.get("/v2/a/manifests/-bad").await;
    assert_eq!(refusal(response).await, error(404, "MANIFEST_UNKNOWN"));
    let response = server.put_manifest("Not-A-Name", "latest", &image.manifest, OCI_MANIFEST).await;
    assert_eq!(refusal(response).await, error(400, "NAME_INVALID"));
}

#[tokio::test]
async fn a_manifest_may_have_four_mebibytes_and_no_more() {
    let server = Server::start().await;
    let frame = index(&[]).len() + ",\"annotations\":{\"padding\":\"\"}".len();
    let padded = |length: usize| {
        let text = String::from_utf8(index(&[])).unwrap();
        let padding = "x".repeat(length - frame);
        format!("{},\"annotations\":{{\"padding\":\"{padding}\"}}}}", text.strip_suffix('}').unwrap())
    };
    let fits = padded(MANIFEST_LIMIT);
    assert_eq!(fits.len(), MANIFEST_LIMIT);
    assert_eq!(server.put_manifest("a", "fits", fits.as_bytes(), OCI_INDEX).await.status(), StatusCode::CREATED);
    assert_eq!(server.get("/v2/a/manifests/fits").await.bytes().await.unwrap(), fits);

    let bursts = padded(MANIFEST_LIMIT + 1);
    let response = server.put_manifest("a", "bursts", bursts.as_bytes(), OCI_INDEX).await;
    assert_eq!(refusal(response).await, error(413, "MANIFEST_INVALID"));
    let pieces: Vec<_> = bursts.into_bytes().chunks(1 << 16).map(|c| Ok::<_, std::io::Error>(c.to_vec())).collect();
    let request = server.request(Method::PUT, "/v2/a/manifests/bursts").header("content-type", OCI_INDEX);
    let response = request.body(Body::wrap_stream(stream::iter(pieces))).send().await.unwrap();
    assert_eq!(refusal(response).await, error(413, "MANIFEST_INVALID"));
}

#[tokio::test]
async fn a_manifest_put_by_digest_may_bring_its_tags() {
    let server = Server::start().await;
    let image = Image::new("one");
    server.push("a", "first", &image).await;
    let reference = format!("{}?tag=second&tag=third", image.digest);
    let response = server.put_manifest("a", &reference, &image.manifest, OCI_MANIFEST).await;
    let tags: Vec<_> = response.headers().get_all("oci-tag").iter().collect();
    assert_eq!(tags, ["second", "third"]);
    assert_eq!(server.storage.images("a").await.unwrap()[0].tags, ["first", "second", "third"]);
}

#[tokio::test]
async fn deleting_a_tag_leaves_the_manifest_and_deleting_the_manifest_leaves_no_tag() {
    let server = Server::start().await;
    let image = Image::new("one");
    server.push("a", "one", &image).await;
    server.push("a", "uno", &image).await;
    let path = |reference: &str| format!("/v2/a/manifests/{reference}");
    assert_eq!(server.send(Method::DELETE, &path("one")).await.status(), StatusCode::ACCEPTED);
    assert_eq!(refusal(server.get(&path("one")).await).await, error(404, "MANIFEST_UNKNOWN"));
    assert_eq!(server.get(&path("uno")).await.status(), StatusCode::OK);
    let digest = path(image.digest.as_str());
    assert_eq!(server.send(Method::DELETE, &digest).await.status(), StatusCode::ACCEPTED);
    assert_eq!(refusal(server.get(&path("uno")).await).await, error(404, "MANIFEST_UNKNOWN"));
    assert_eq!(refusal(server.send(Method::DELETE, &digest).await).await, error(404, "MANIFEST_UNKNOWN"));
    // Its layers stay, for pushes in progress that have seen them.
    assert_eq!(server.put_manifest("a", "again", &image.manifest, OCI_MANIFEST).await.status(), StatusCode::CREATED);
}

#[tokio::test]
async fn methods_and_paths_outside_the_specification_are_refused() {
    let server = Server::start().await;
    let digest = Digest::of(b"");
    for (method, path) in [
        (Method::POST, "/v2/".to_owned()),
        (Method::PUT, format!("/v2/a/blobs/{digest}")),
        (Method::GET, "/v2/a/blobs/uploads/".to_owned()),
        (Method::POST, "/v2/a/manifests/latest".to_owned()),
        (Method::DELETE, "/v2/a/tags/list".to_owned()),
        (Method::PUT, format!("/v2/a/referrers/{digest}")),
    ] {
        let response = server.send(method, &path).await;
        assert!(!header(&response, "allow").is_empty());
        assert_eq!(refusal(response).await, error(405, "UNSUPPORTED"), "{path}");
    }
    assert_eq!(refusal(server.get("/v2/nothing/here").await).await, error(404, "UNSUPPORTED"));
    for path in ["/v2/", "/v2"] {
        let response = server.get(path).await;
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(header(&response, "docker-distribution-api-version"), "registry/2.0");
    }
}
