//! The public registry: the practice images, read-only, for any caller.

use oci_client::{
    Client, Reference,
    client::{ClientConfig, ClientProtocol},
    secrets::RegistryAuth,
};
use reqwest::{Method, StatusCode};

use crate::support::Cloud;

#[tokio::test]
async fn a_client_pulls_the_practice_images_anonymously() {
    let cloud = Cloud::start().await;
    let addr = cloud.practice.public_addr();
    let client = Client::new(ClientConfig {
        protocol: ClientProtocol::HttpsExcept(vec![addr.clone()]),
        no_proxy: Some("127.0.0.1".to_owned()),
        ..ClientConfig::default()
    });
    let auth = RegistryAuth::Anonymous;
    for practice_image in practice_images::all() {
        let image: Reference = format!("{addr}/{}:{}", practice_image.repository, practice_image.tag).parse().unwrap();
        assert_eq!(client.fetch_manifest_digest(&image, &auth).await.unwrap(), practice_image.index_digest);
        let (manifest, _) = client.pull_image_manifest(&image, &auth).await.unwrap();
        assert!(manifest.layers.len() > 2);
        let config = &manifest.config;
        let mut bytes = Vec::new();
        client.pull_blob(&image, config, &mut bytes).await.unwrap();
        assert_eq!(bytes.len() as i64, config.size);
    }
}

#[tokio::test]
async fn the_challenge_leads_to_a_valid_token() {
    let cloud = Cloud::start().await;
    let base = format!("http://{}", cloud.practice.public_addr());
    let refused = cloud.http.get(format!("{base}/v2/")).send().await.unwrap();
    assert_eq!(refused.status(), StatusCode::UNAUTHORIZED);
    let challenge = refused.headers()["www-authenticate"].to_str().unwrap();
    assert_eq!(challenge, format!("Bearer realm=\"{base}/token/\",service=\"public.ecr.aws\",scope=\"aws\""));
    let token = bearer(&cloud, &base).await;
    let get = |token: String| cloud.http.get(format!("{base}/v2/")).bearer_auth(token).send();
    assert_eq!(get(token).await.unwrap().status(), StatusCode::OK);
    assert_eq!(get("made-up".into()).await.unwrap().status(), StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn an_expired_bearer_is_a_bad_request() {
    let cloud = Cloud::manual().await;
    let base = format!("http://{}", cloud.practice.public_addr());
    let token = bearer(&cloud, &base).await;
    cloud.advance(12 * 3600);
    let refused = cloud.http.get(format!("{base}/v2/")).bearer_auth(token).send().await.unwrap();
    assert_eq!(refused.status(), StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn tokens_are_valid_for_their_own_registry_only() {
    let cloud = Cloud::start().await;
    cloud.create("app").await;
    let base = format!("http://{}", cloud.practice.public_addr());
    let public_token = crate::support::basic(&bearer(&cloud, &base).await);
    let private = cloud.http.get(format!("{}/v2/", cloud.practice.endpoint()));
    let refused = private.header("authorization", public_token).send().await.unwrap();
    assert_eq!(refused.status(), StatusCode::UNAUTHORIZED);
    let own = cloud.authorization().await;
    let own = base64::Engine::decode(&base64::engine::general_purpose::STANDARD, &own["Basic ".len()..]).unwrap();
    let password = String::from_utf8(own).unwrap().split_once(':').unwrap().1.to_owned();
    let public = cloud.http.get(format!("{base}/v2/")).bearer_auth(password).send().await.unwrap();
    assert_eq!(public.status(), StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn the_public_registry_is_read_only() {
    let cloud = Cloud::start().await;
    let base = format!("http://{}", cloud.practice.public_addr());
    let token = bearer(&cloud, &base).await;
    for (method, path) in [(Method::POST, "mine/blobs/uploads/"), (Method::PUT, "mine/manifests/latest")] {
        let request = cloud.http.request(method, format!("{base}/v2/{path}")).bearer_auth(&token);
        assert_eq!(request.send().await.unwrap().status(), StatusCode::METHOD_NOT_ALLOWED);
    }
}

async fn bearer(cloud: &Cloud, base: &str) -> String {
    let url = format!("{base}/token/?service=public.ecr.aws&scope=aws");
    let text = cloud.http.get(url).send().await.unwrap().text().await.unwrap();
    let answer: serde_json::Value = serde_json::from_str(&text).unwrap();
    answer["token"].as_str().unwrap().to_owned()
}
