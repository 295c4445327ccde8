//! Injected faults, as clients receive them.

use std::time::Duration;

use aws_sdk_ecr::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_ecr::types::ImageIdentifier;
use reqwest::{Method, StatusCode};

use crate::support::{Cloud, Image, OCI_MANIFEST, code, message};

/// Ends a hung test.
const TIMEOUT: Duration = Duration::from_mins(1);
const POLL_INTERVAL: Duration = Duration::from_millis(1);

fn add(cloud: &Cloud, fault: &str) {
    cloud.practice.faults().add(fault.parse().unwrap());
}

#[tokio::test]
async fn each_service_has_its_own_error_for_a_fault() {
    let cloud = Cloud::start().await;
    let cases = [
        ("throttle", ["ThrottlingException", "ThrottlingException", "Throttling"]),
        ("access-denied", ["AccessDeniedException", "AccessDeniedException", "AccessDenied"]),
        ("expired-credentials", ["ExpiredTokenException", "ExpiredTokenException", "ExpiredToken"]),
        ("invalid-credentials", ["UnrecognizedClientException", "UnrecognizedClientException", "InvalidClientTokenId"]),
        ("server-error", ["ServerException", "InternalServerException", "InternalFailure"]),
    ];
    for (kind, [ecr, inspector, sts]) in cases {
        for service in ["ecr", "inspector2", "sts"] {
            add(&cloud, &format!("{service}:*={kind}*1"));
        }
        assert_eq!(code(cloud.ecr.describe_registry().send().await), ecr);
        assert_eq!(code(cloud.inspector.list_findings().send().await), inspector);
        assert_eq!(code(cloud.sts.get_caller_identity().send().await), sts);
        assert!(cloud.practice.faults().list().is_empty());
        cloud.ecr.describe_registry().send().await.unwrap();
    }
}

#[tokio::test]
async fn a_denial_names_the_user_and_the_action() {
    let cloud = Cloud::start().await;
    add(&cloud, "ecr:CreateRepository=access-denied");
    let text = message(cloud.ecr.create_repository().repository_name("app").send().await);
    assert!(
        text.contains("arn:aws:iam::123456789012:user/practice") && text.contains("ecr:CreateRepository"),
        "{text}"
    );
    cloud.ecr.describe_repositories().send().await.unwrap();
}

#[tokio::test]
async fn a_client_with_three_attempts_fails_after_three_throttled_ones() {
    let cloud = Cloud::start().await;
    let retry = aws_config::retry::RetryConfig::standard().with_initial_backoff(Duration::from_millis(1));
    let sdk = crate::support::sdk(&cloud.practice, &cloud.practice.credentials(), practice::DEFAULT_REGION)
        .into_builder()
        .retry_config(retry)
        .sleep_impl(aws_smithy_async())
        .build();
    let ecr = aws_sdk_ecr::Client::new(&sdk);
    add(&cloud, "ecr:DescribeRegistry=throttle*2");
    ecr.describe_registry().send().await.unwrap();
    add(&cloud, "ecr:DescribeRegistry=throttle*3");
    assert_eq!(code(ecr.describe_registry().send().await), "ThrottlingException");
}

fn aws_smithy_async() -> aws_sdk_ecr::config::SharedAsyncSleep {
    aws_sdk_ecr::config::SharedAsyncSleep::new(Tokio)
}

#[derive(Debug)]
struct Tokio;

impl aws_sdk_ecr::config::AsyncSleep for Tokio {
    fn sleep(&self, duration: Duration) -> aws_sdk_ecr::config::Sleep {
        aws_sdk_ecr::config::Sleep::new(tokio::time::sleep(duration))
    }
}

#[tokio::test]
async fn a_cut_comes_after_the_operation() {
    let cloud = Cloud::start().await;
    add(&cloud, "ecr:CreateRepository=cut*1");
    let cut = cloud.ecr.create_repository().repository_name("app").send().await.unwrap_err();
    assert!(!matches!(cut, SdkError::ServiceError(_)), "{cut:?}");
    assert_eq!(
        code(cloud.ecr.create_repository().repository_name("app").send().await),
        "RepositoryAlreadyExistsException"
    );
}

#[tokio::test]
async fn a_malformed_response_comes_after_the_operation() {
    let cloud = Cloud::start().await;
    add(&cloud, "ecr:CreateRepository=malformed*1");
    let malformed = cloud.ecr.create_repository().repository_name("app").send().await.unwrap_err();
    assert_eq!(malformed.code(), None, "{malformed:?}");
    assert_eq!(malformed.raw_response().unwrap().status().as_u16(), 200);
    cloud.ecr.delete_repository().repository_name("app").send().await.unwrap();
}

#[tokio::test]
async fn a_slow_response_waits_on_the_clock() {
    let cloud = Cloud::manual().await;
    let clock = cloud.practice.clock();
    add(&cloud, "ecr:DescribeRegistry=slow:60s*1");
    let start = clock.now();
    let request = tokio::spawn(cloud.ecr.describe_registry().send());
    // The wait may start after any of these steps, so the clock is advanced until the response arrives.
    let advance = async {
        while !request.is_finished() {
            cloud.advance(1);
            tokio::time::sleep(POLL_INTERVAL).await;
        }
    };
    tokio::time::timeout(TIMEOUT, advance).await.expect("the response should arrive as the clock advances");
    request.await.unwrap().unwrap();
    assert!(clock.now() >= start + Duration::from_mins(1));
}

#[tokio::test]
async fn the_registrys_faults_have_the_registrys_errors() {
    let cloud = Cloud::start().await;
    cloud.create("app").await;
    let image = Image::plain(1);
    cloud.push("app", "latest", &image).await;
    let cases = [
        ("registry:PutManifest=throttle*1", StatusCode::TOO_MANY_REQUESTS, "TOOMANYREQUESTS"),
        ("registry:PutManifest=access-denied*1", StatusCode::FORBIDDEN, "ecr:PutImage"),
        ("registry:*=expired-token*1", StatusCode::FORBIDDEN, "Your authorization token has expired"),
        ("registry:*=invalid-credentials*1", StatusCode::UNAUTHORIZED, "Not Authorized"),
        ("registry:PutManifest=server-error*1", StatusCode::INTERNAL_SERVER_ERROR, "UNKNOWN"),
        ("registry:PutManifest=malformed*1", StatusCode::CREATED, "cut off here"),
    ];
    for (fault, status, text) in cases {
        add(&cloud, fault);
        let response = cloud.send(Method::PUT, "/v2/app/manifests/v1", Some((OCI_MANIFEST, image.manifest()))).await;
        assert_eq!(response.status(), status, "{fault}");
        let body = response.text().await.unwrap();
        assert!(body.contains(text), "{fault}: {body}");
    }
    let tagged = ImageIdentifier::builder().image_tag("v1").build();
    cloud.ecr.describe_images().repository_name("app").image_ids(tagged).send().await.unwrap();
}

#[tokio::test]
async fn a_blob_is_cut_in_the_middle() {
    let cloud = Cloud::start().await;
    cloud.create("app").await;
    let image = Image::of_layer(&vec![9; 1 << 20]);
    cloud.push("app", "latest", &image).await;
    add(&cloud, "registry:GetBlob=cut*1");
    let url = format!("/v2/app/blobs/{}", crate::support::digest(&image.layers[0].1));
    let response = cloud.send(Method::GET, &url, None).await;
    assert_eq!(response.headers()["content-length"], "1048576");
    assert!(response.bytes().await.is_err());
    let whole = cloud.send(Method::GET, &url, None).await.bytes().await.unwrap();
    assert_eq!(whole.len(), 1 << 20);
}

#[tokio::test]
async fn the_public_registry_has_faults_of_its_own() {
    let cloud = Cloud::start().await;
    let base = format!("http://{}", cloud.practice.public_addr());
    add(&cloud, "public:Token=server-error*1");
    let token = || cloud.http.get(format!("{base}/token/")).send();
    assert_eq!(token().await.unwrap().status(), StatusCode::INTERNAL_SERVER_ERROR);
    assert_eq!(token().await.unwrap().status(), StatusCode::OK);
    let body = token().await.unwrap().bytes().await.unwrap();
    let bearer = serde_json::from_slice::<serde_json::Value>(&body).unwrap()["token"].as_str().unwrap().to_owned();
    add(&cloud, "public:Ping=expired-token*1");
    let ping = || cloud.http.get(format!("{base}/v2/"));
    // A request without a token cannot have an expired one.
    assert_eq!(ping().send().await.unwrap().status(), StatusCode::UNAUTHORIZED);
    assert_eq!(ping().bearer_auth(&bearer).send().await.unwrap().status(), StatusCode::BAD_REQUEST);
    assert_eq!(ping().bearer_auth(&bearer).send().await.unwrap().status(), StatusCode::OK);
}

#[tokio::test]
async fn a_fault_lasts_for_its_duration_on_the_clock() {
    let cloud = Cloud::manual().await;
    add(&cloud, "ecr:*=server-error@30s");
    assert_eq!(code(cloud.ecr.describe_registry().send().await), "ServerException");
    cloud.advance(30);
    cloud.ecr.describe_registry().send().await.unwrap();
}
