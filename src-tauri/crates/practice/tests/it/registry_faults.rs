//! Every operation of both registries with every fault.

use reqwest::{Method, StatusCode};

use crate::support::{Cloud, Image, OCI_MANIFEST, digest};

struct Registry {
    service: &'static str,
    base: String,
    authorization: String,
}

const REFUSALS: [(&str, StatusCode); 5] = [
    ("throttle", StatusCode::TOO_MANY_REQUESTS),
    ("access-denied", StatusCode::FORBIDDEN),
    ("invalid-credentials", StatusCode::UNAUTHORIZED),
    ("server-error", StatusCode::INTERNAL_SERVER_ERROR),
    ("expired-token", StatusCode::FORBIDDEN),
];

/// Injects every fault into the operation once, and expects its effect on the request.
async fn expect_faults(cloud: &Cloud, registry: &Registry, operation: &str, method: &Method, path: &str) {
    let send = || {
        let request = cloud.http.request(method.clone(), format!("{}{path}", registry.base));
        let request = request.header("authorization", &registry.authorization).header("content-type", OCI_MANIFEST);
        async { request.send().await?.error_for_status_ref().map(|_| ()) }
    };
    let fault = |kind: &str| {
        let fault = format!("{}:{operation}={kind}*1", registry.service);
        cloud.practice.faults().add(fault.parse().unwrap());
        fault
    };
    for (kind, status) in REFUSALS {
        let fault = fault(kind);
        // public.ecr.aws has its own error for an expired token.
        let public = registry.service == "public" && kind == "expired-token";
        let status = if public { StatusCode::BAD_REQUEST } else { status };
        let refused = send().await.unwrap_err();
        assert_eq!(refused.status(), Some(status), "{fault}");
        assert!(cloud.practice.faults().list().is_empty(), "{fault}");
    }
    let fault = fault("cut");
    let request = cloud.http.request(method.clone(), format!("{}{path}", registry.base));
    let request = request.header("authorization", &registry.authorization).header("content-type", OCI_MANIFEST);
    let cut = async { request.send().await?.bytes().await };
    assert!(cut.await.is_err(), "{fault}");
    assert!(cloud.practice.faults().list().is_empty(), "{fault}");
}

#[tokio::test]
async fn every_operation_of_the_private_registry_has_its_faults() {
    let cloud = Cloud::start().await;
    cloud.create("app").await;
    let image = Image::plain(1);
    let (manifest, blob) = (cloud.push("app", "latest", &image).await, digest(&image.config));
    let registry = Registry {
        service: "registry",
        base: format!("{}/v2/", cloud.practice.endpoint()),
        authorization: cloud.authorization().await,
    };
    for (operation, method, path) in [
        ("Ping", Method::GET, String::new()),
        ("GetManifest", Method::GET, "app/manifests/latest".to_owned()),
        ("HeadManifest", Method::HEAD, "app/manifests/latest".to_owned()),
        ("PutManifest", Method::PUT, "app/manifests/other".to_owned()),
        ("GetBlob", Method::GET, format!("app/blobs/{blob}")),
        ("HeadBlob", Method::HEAD, format!("app/blobs/{blob}")),
        ("StartUpload", Method::POST, "app/blobs/uploads/".to_owned()),
        ("PatchUpload", Method::PATCH, "app/blobs/uploads/1".to_owned()),
        ("GetUpload", Method::GET, "app/blobs/uploads/1".to_owned()),
        ("PutBlob", Method::PUT, "app/blobs/uploads/1".to_owned()),
        ("CancelUpload", Method::DELETE, "app/blobs/uploads/1".to_owned()),
        ("ListTags", Method::GET, "app/tags/list".to_owned()),
        ("ListCatalog", Method::GET, "_catalog".to_owned()),
        ("ListReferrers", Method::GET, format!("app/referrers/{manifest}")),
        ("DeleteBlob", Method::DELETE, format!("app/blobs/{blob}")),
        ("DeleteManifest", Method::DELETE, format!("app/manifests/{manifest}")),
    ] {
        expect_faults(&cloud, &registry, operation, &method, &path).await;
    }
    // The last cut came after the operation.
    assert!(cloud.ecr.list_images().repository_name("app").send().await.unwrap().image_ids().is_empty());
}

#[tokio::test]
async fn every_operation_of_the_public_registry_has_its_faults() {
    let cloud = Cloud::start().await;
    let host = format!("http://{}", cloud.practice.public_addr());
    let token = cloud.http.get(format!("{host}/token/")).send().await.unwrap().bytes().await.unwrap();
    let token: serde_json::Value = serde_json::from_slice(&token).unwrap();
    let authorization = format!("Bearer {}", token["token"].as_str().unwrap());
    let registry = Registry { service: "public", base: format!("{host}/"), authorization };
    let index = practice_images::all()[0].index_digest;
    for (operation, method, path) in [
        ("Token", Method::GET, "token/".to_owned()),
        ("Ping", Method::GET, "v2/".to_owned()),
        ("GetManifest", Method::GET, "v2/docker/library/neo4j/manifests/4.4.0".to_owned()),
        ("HeadManifest", Method::HEAD, "v2/docker/library/neo4j/manifests/4.4.0".to_owned()),
        ("GetBlob", Method::GET, format!("v2/docker/library/neo4j/blobs/{index}")),
        ("HeadBlob", Method::HEAD, format!("v2/docker/library/neo4j/blobs/{index}")),
        ("ListTags", Method::GET, "v2/docker/library/neo4j/tags/list".to_owned()),
        ("ListCatalog", Method::GET, "v2/_catalog".to_owned()),
        ("ListReferrers", Method::GET, format!("v2/docker/library/neo4j/referrers/{index}")),
    ] {
        expect_faults(&cloud, &registry, operation, &method, &path).await;
    }
}
