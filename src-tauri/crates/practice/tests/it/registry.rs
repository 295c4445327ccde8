//! The private registry: ECR's errors and rules, as a third-party client meets them.

use aws_sdk_ecr::types::{EncryptionConfiguration, EncryptionType, ImageIdentifier, ImageTagMutability};
use oci_client::{
    Client, Reference,
    client::{ClientConfig, ClientProtocol, Config, ImageLayer},
    manifest::IMAGE_LAYER_MEDIA_TYPE,
    secrets::RegistryAuth,
};
use practice::Policy;
use reqwest::{Method, StatusCode};
use serde_json::json;

use crate::support::{Cloud, Image, OCI_INDEX, OCI_MANIFEST, basic, digest, index};

fn client(cloud: &Cloud) -> Client {
    Client::new(ClientConfig {
        protocol: ClientProtocol::HttpsExcept(vec![cloud.practice.registry_addr()]),
        no_proxy: Some("127.0.0.1".to_owned()),
        ..ClientConfig::default()
    })
}

fn reference(cloud: &Cloud, name: &str) -> Reference {
    format!("{}/{name}:latest", cloud.practice.registry_addr()).parse().unwrap()
}

async fn auth(cloud: &Cloud) -> RegistryAuth {
    use base64::Engine;
    let header = cloud.authorization().await;
    let decoded = base64::engine::general_purpose::STANDARD.decode(header.strip_prefix("Basic ").unwrap()).unwrap();
    let (user, password) = std::str::from_utf8(&decoded).unwrap().split_once(':').unwrap();
    RegistryAuth::Basic(user.to_owned(), password.to_owned())
}

#[tokio::test]
async fn an_image_makes_the_round_trip() {
    let cloud = Cloud::start().await;
    cloud.create("app").await;
    let (client, image, auth) = (client(&cloud), reference(&cloud, "app"), auth(&cloud).await);
    let layer = ImageLayer::new(vec![7; 9 << 20], IMAGE_LAYER_MEDIA_TYPE.to_owned(), None);
    let config = Config::oci_v1(b"{\"architecture\":\"amd64\",\"os\":\"linux\"}".to_vec(), None);
    client.push(&image, std::slice::from_ref(&layer), config, &auth, None).await.unwrap();
    let pulled = client.pull(&image, &auth, vec![IMAGE_LAYER_MEDIA_TYPE]).await.unwrap();
    assert_eq!(pulled.layers[0].data, layer.data);
    let described = cloud.ecr.describe_images().repository_name("app").send().await.unwrap();
    assert_eq!(described.image_details()[0].image_digest().map(str::to_owned), pulled.digest);
}

#[tokio::test]
async fn missing_credentials_are_refused_in_plain_text_with_a_basic_challenge() {
    let cloud = Cloud::start().await;
    let url = format!("{}/v2/", cloud.practice.endpoint());
    for authorization in [None, Some("Basic nonsense".to_owned()), Some(basic("guessed")), Some("Bearer x".to_owned())]
    {
        let request = cloud.http.get(&url);
        let request = match &authorization {
            Some(value) => request.header("authorization", value),
            None => request,
        };
        let refused = request.send().await.unwrap();
        assert_eq!(refused.status(), StatusCode::UNAUTHORIZED, "{authorization:?}");
        let challenge = refused.headers()["www-authenticate"].to_str().unwrap().to_owned();
        assert!(challenge.starts_with("Basic realm=\"") && challenge.ends_with(",service=\"ecr.amazonaws.com\""));
        assert_eq!(refused.headers()["docker-distribution-api-version"], "registry/2.0");
        assert_eq!(refused.headers()["content-type"], "text/plain; charset=utf-8");
        assert_eq!(refused.text().await.unwrap(), "Not Authorized\n");
    }
    assert_eq!(cloud.send(Method::GET, "/v2/", None).await.status(), StatusCode::OK);
}

#[tokio::test]
async fn a_token_expires_after_twelve_hours_and_others_stay_valid() {
    let cloud = Cloud::manual().await;
    let first = cloud.authorization().await;
    cloud.advance(6 * 3600);
    let second = cloud.authorization().await;
    let ping = |token: String| {
        cloud.http.get(format!("{}/v2/", cloud.practice.endpoint())).header("authorization", token).send()
    };
    assert_eq!(ping(first.clone()).await.unwrap().status(), StatusCode::OK);
    cloud.advance(6 * 3600);
    let refused = ping(first).await.unwrap();
    assert_eq!(refused.status(), StatusCode::FORBIDDEN);
    let text = refused.text().await.unwrap();
    assert!(text.contains("DENIED") && text.contains("Your authorization token has expired. Reauthenticate"), "{text}");
    assert_eq!(ping(second).await.unwrap().status(), StatusCode::OK);
}

#[tokio::test]
async fn missing_repositories_and_images_have_ecrs_messages() {
    let cloud = Cloud::start().await;
    cloud.create("app").await;
    let push = cloud.send(Method::POST, "/v2/nowhere/blobs/uploads/", None).await;
    assert_eq!(push.status(), StatusCode::NOT_FOUND);
    let text = push.text().await.unwrap();
    let expected = "The repository with name 'nowhere' does not exist in the registry with id '123456789012'";
    assert!(text.contains("NAME_UNKNOWN") && text.contains(expected), "{text}");
    let pull = cloud.send(Method::GET, "/v2/app/manifests/latest", None).await;
    assert_eq!(pull.status(), StatusCode::NOT_FOUND);
    let text = pull.text().await.unwrap();
    assert!(text.contains("MANIFEST_UNKNOWN") && text.contains("Requested image not found"), "{text}");
}

#[tokio::test]
async fn an_immutable_tag_cannot_be_pushed_again_even_with_the_same_image() {
    let cloud = Cloud::start().await;
    cloud.create("app").await;
    let image = Image::plain(1);
    cloud.push("app", "latest", &image).await;
    let mutability = cloud.ecr.put_image_tag_mutability().repository_name("app");
    mutability.image_tag_mutability(ImageTagMutability::Immutable).send().await.unwrap();
    let again = cloud.send(Method::PUT, "/v2/app/manifests/latest", Some((OCI_MANIFEST, image.manifest()))).await;
    assert_eq!(again.status(), StatusCode::BAD_REQUEST);
    let text = again.text().await.unwrap();
    assert!(text.contains("TAG_INVALID") && text.contains("'latest' already exists in the 'app' repository"), "{text}");
    cloud.push("app", "other", &image).await;
}

#[tokio::test]
async fn blobs_are_mounted_only_if_the_account_enables_it() {
    let cloud = Cloud::start().await;
    cloud.create("from").await;
    cloud.create("to").await;
    let image = Image::plain(1);
    cloud.push("from", "latest", &image).await;
    let layer = digest(&image.layers[0].1);
    let url = format!("/v2/to/blobs/uploads/?mount={layer}&from=from");
    let put = |value: &str| cloud.ecr.put_account_setting().name("BLOB_MOUNTING").value(value).send();
    assert_eq!(
        cloud.send(Method::POST, &url, None).await.status(),
        StatusCode::ACCEPTED,
        "disabled until it is enabled"
    );
    put("ENABLED").await.unwrap();
    // Nothing is mounted that the client does not ask for.
    let head = cloud.send(Method::HEAD, &format!("/v2/to/blobs/{layer}"), None).await;
    assert_eq!(head.status(), StatusCode::NOT_FOUND);
    assert_eq!(cloud.send(Method::POST, "/v2/to/blobs/uploads/", None).await.status(), StatusCode::ACCEPTED);
    assert_eq!(cloud.send(Method::POST, &url, None).await.status(), StatusCode::CREATED);
    put("DISABLED").await.unwrap();
    let config = digest(&image.config);
    let url = format!("/v2/to/blobs/uploads/?mount={config}&from=from");
    assert_eq!(cloud.send(Method::POST, &url, None).await.status(), StatusCode::ACCEPTED);
}

#[tokio::test]
async fn a_mount_needs_the_permission_on_its_source_and_the_same_encryption() {
    let cloud = Cloud::start().await;
    cloud.ecr.put_account_setting().name("BLOB_MOUNTING").value("ENABLED").send().await.unwrap();
    cloud.create("from").await;
    cloud.create("to").await;
    let key = EncryptionConfiguration::builder().encryption_type(EncryptionType::Kms).build().unwrap();
    cloud.ecr.create_repository().repository_name("other-key").encryption_configuration(key).send().await.unwrap();
    let image = Image::plain(1);
    cloud.push("from", "latest", &image).await;
    let layer = digest(&image.layers[0].1);
    let mount = async |to: &str| {
        let url = format!("/v2/{to}/blobs/uploads/?mount={layer}&from=from");
        cloud.send(Method::POST, &url, None).await.status()
    };
    assert_eq!(mount("other-key").await, StatusCode::ACCEPTED);
    let policy = |denied: &str| {
        let deny = json!({ "Effect": "Deny", "Action": denied, "Resource": "*" });
        let statements = json!([{ "Effect": "Allow", "Action": "*", "Resource": "*" }, deny]);
        Policy::try_from(json!({ "Statement": statements })).unwrap()
    };
    let limit = |policy| cloud.practice.permissions().change(|settings| settings.user = policy);
    limit(Some(policy("ecr:GetDownloadUrlForLayer")));
    assert_eq!(mount("to").await, StatusCode::ACCEPTED);
    limit(None);
    assert_eq!(mount("to").await, StatusCode::CREATED);
}

#[tokio::test]
async fn an_index_is_pushed_after_its_members() {
    let cloud = Cloud::start().await;
    cloud.create("app").await;
    let image = Image::plain(1);
    let list = index(&[image.manifest()]);
    let early = cloud.send(Method::PUT, "/v2/app/manifests/latest", Some((OCI_INDEX, list.clone()))).await;
    assert_eq!(early.status(), StatusCode::BAD_REQUEST);
    cloud.push_blobs("app", &image).await;
    cloud.put_manifest("app", &image.digest(), OCI_MANIFEST, &image.manifest()).await;
    cloud.put_manifest("app", "latest", OCI_INDEX, &list).await;
    let tag = ImageIdentifier::builder().image_tag("latest").build();
    let described = cloud.ecr.describe_images().repository_name("app").image_ids(tag).send().await.unwrap();
    assert_eq!(described.image_details()[0].image_manifest_media_type(), Some(OCI_INDEX));
}

#[tokio::test]
async fn a_deletion_through_the_registry_reaches_ecr_and_inspector() {
    let cloud = Cloud::manual().await;
    cloud.watch("prod").await;
    cloud.create("prod").await;
    let digest = cloud.push("prod", "latest", &Image::vulnerable()).await;
    cloud.practice.scanner_idle().await;
    cloud.advance(80);
    let deleted = cloud.send(Method::DELETE, &format!("/v2/prod/manifests/{digest}"), None).await;
    assert_eq!(deleted.status(), StatusCode::ACCEPTED);
    assert!(cloud.ecr.list_images().repository_name("prod").send().await.unwrap().image_ids().is_empty());
    cloud.advance(15);
    let findings = cloud.inspector.list_findings().send().await.unwrap();
    assert!(!findings.findings().is_empty());
    assert!(findings.findings().iter().all(|finding| finding.status().as_str() == "CLOSED"));
}
