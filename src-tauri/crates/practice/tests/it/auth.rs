//! Authentication: signatures, regions, web pages, and the caller's identity.

use aws_sdk_ecr::error::SdkError;
use practice::DEFAULT_REGION;
use reqwest::StatusCode;

use crate::support::{Cloud, code, message, sdk};

#[tokio::test]
async fn the_caller_is_the_practice_user() {
    let cloud = Cloud::start().await;
    let identity = cloud.sts.get_caller_identity().send().await.unwrap();
    assert_eq!(identity.account(), Some("123456789012"));
    assert_eq!(identity.arn(), Some("arn:aws:iam::123456789012:user/practice"));
    assert!(identity.user_id().unwrap().starts_with("AIDA"));
}

#[tokio::test]
async fn each_service_has_its_own_error_for_wrong_credentials() {
    let cloud = Cloud::start().await;
    let (key, secret) = cloud.practice.credentials();
    let cases = [
        (
            ("AKIAUNKNOWN", secret.as_str()),
            ["UnrecognizedClientException", "UnrecognizedClientException", "InvalidClientTokenId"],
        ),
        (
            (key.as_str(), "guessed"),
            ["InvalidSignatureException", "InvalidSignatureException", "SignatureDoesNotMatch"],
        ),
    ];
    for ((key, secret), [ecr, inspector, sts]) in cases {
        let sdk = sdk(&cloud.practice, &(key.to_owned(), secret.to_owned()), DEFAULT_REGION);
        assert_eq!(code(aws_sdk_ecr::Client::new(&sdk).describe_registry().send().await), ecr);
        assert_eq!(code(aws_sdk_inspector2::Client::new(&sdk).list_coverage().send().await), inspector);
        assert_eq!(code(aws_sdk_sts::Client::new(&sdk).get_caller_identity().send().await), sts);
    }
}

#[tokio::test]
async fn another_region_is_rejected() {
    let cloud = Cloud::start().await;
    let sdk = sdk(&cloud.practice, &cloud.practice.credentials(), "eu-west-1");
    let refused = aws_sdk_ecr::Client::new(&sdk).describe_registry().send().await;
    let text = message(refused);
    assert!(text.contains(DEFAULT_REGION) && text.contains("eu-west-1"), "{text}");
}

#[tokio::test]
async fn responses_have_a_request_id_and_the_date() {
    let cloud = Cloud::start().await;
    let answer = cloud.ecr.describe_registry().send().await.unwrap();
    assert_eq!(aws_sdk_ecr::operation::RequestId::request_id(&answer).unwrap().len(), 36);
    let refused = cloud.ecr.list_images().repository_name("nope").send().await.unwrap_err();
    let SdkError::ServiceError(refused) = refused else { panic!("{refused:?}") };
    assert_eq!(refused.raw().status().as_u16(), 400);
    assert!(refused.raw().headers().get("date").is_some());
    let refused = cloud.inspector.list_findings().max_results(0).send().await.unwrap_err();
    assert_eq!(refused.raw_response().unwrap().status().as_u16(), 400);
}

#[tokio::test]
async fn calls_without_a_signature_are_rejected() {
    let cloud = Cloud::start().await;
    let post = |path: &str| cloud.http.post(format!("{}{path}", cloud.practice.endpoint()));
    let target = "AmazonEC2ContainerRegistry_V20150921.DescribeRegistry";
    let ecr = post("/").header("x-amz-target", target).body("{}").send().await.unwrap();
    assert_eq!(ecr.status(), StatusCode::BAD_REQUEST);
    assert!(ecr.text().await.unwrap().contains("MissingAuthenticationTokenException"));
    let inspector = post("/findings/list").body("{}").send().await.unwrap();
    assert_eq!(inspector.status(), StatusCode::FORBIDDEN);
    let malformed = post("/").header("x-amz-target", target).header("authorization", "AWS4-HMAC-SHA256 nonsense");
    assert!(malformed.send().await.unwrap().text().await.unwrap().contains("IncompleteSignatureException"));
    let unknown = post("/no/such/path").send().await.unwrap();
    assert_eq!(unknown.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn each_service_has_its_own_error_for_a_malformed_body() {
    let cloud = Cloud::start().await;
    for body in ["{", "[]", "\"text\"", "{\"maxResults\": \"many\"}"] {
        let corrupt = move |request: &mut aws_sdk_ecr::config::http::HttpRequest| {
            *request.body_mut() = aws_smithy_types::body::SdkBody::from(body);
            request.headers_mut().remove("content-length");
        };
        let ecr = cloud.ecr.describe_repositories().customize().mutate_request(corrupt).send().await;
        assert_eq!(code(ecr), "SerializationException", "{body}");
        let inspector = cloud.inspector.list_findings().customize().mutate_request(corrupt).send().await.unwrap_err();
        let refused = inspector.into_service_error();
        assert!(refused.is_validation_exception(), "{body}: {refused:?}");
        let aws_sdk_inspector2::operation::list_findings::ListFindingsError::ValidationException(exception) = refused
        else {
            panic!("{refused:?}")
        };
        assert_eq!(exception.reason().as_str(), "CANNOT_PARSE");
    }
}

#[tokio::test]
async fn requests_from_web_pages_are_rejected() {
    let cloud = Cloud::start().await;
    for addr in [cloud.practice.registry_addr(), cloud.practice.public_addr()] {
        let get = || cloud.http.get(format!("http://{addr}/v2/"));
        assert_eq!(get().header("origin", "http://page.example").send().await.unwrap().status(), StatusCode::FORBIDDEN);
        assert_eq!(get().header("host", "page.example").send().await.unwrap().status(), StatusCode::FORBIDDEN);
        assert_eq!(get().send().await.unwrap().status(), StatusCode::UNAUTHORIZED);
        let name = cloud.practice.registry_name();
        assert_eq!(get().header("host", name).send().await.unwrap().status(), StatusCode::UNAUTHORIZED);
    }
}
