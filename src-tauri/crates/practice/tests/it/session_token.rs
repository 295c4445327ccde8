//! Temporary credentials of the practice user.

use aws_sdk_sts::types::Credentials;
use practice::DEFAULT_REGION;

use crate::support::{Cloud, code, message, sdk};

/// The SDK's configuration with temporary credentials.
fn with(cloud: &Cloud, credentials: &Credentials) -> aws_config::SdkConfig {
    let (key, secret) = (credentials.access_key_id(), credentials.secret_access_key());
    let temporary =
        aws_sdk_sts::config::Credentials::new(key, secret, Some(credentials.session_token().into()), None, "test");
    let config = sdk(&cloud.practice, &cloud.practice.credentials(), DEFAULT_REGION).into_builder();
    config.credentials_provider(aws_sdk_sts::config::SharedCredentialsProvider::new(temporary)).build()
}

async fn issued(cloud: &Cloud, seconds: Option<i32>) -> Credentials {
    let issued = cloud.sts.get_session_token().set_duration_seconds(seconds).send().await.unwrap();
    issued.credentials().unwrap().clone()
}

#[tokio::test]
async fn temporary_credentials_are_the_practice_users_also_after_a_restart() {
    let cloud = Cloud::start().await;
    let credentials = issued(&cloud, None).await;
    assert!(credentials.access_key_id().starts_with("ASIA"));
    let cloud = cloud.restart().await;
    let config = with(&cloud, &credentials);
    let identity = aws_sdk_sts::Client::new(&config).get_caller_identity().send().await.unwrap();
    assert_eq!(identity.arn(), Some("arn:aws:iam::123456789012:user/practice"));
    assert!(aws_sdk_ecr::Client::new(&config).describe_repositories().send().await.is_ok());
    assert!(aws_sdk_inspector2::Client::new(&config).list_findings().send().await.is_ok());
    // What the user is denied, its session is denied too.
    let none = r#"{"Statement":[{"Effect":"Deny","Action":"ecr:*","Resource":"*"}]}"#;
    cloud.practice.permissions().change(|settings| settings.user = Some(none.parse().unwrap()));
    assert_eq!(code(aws_sdk_ecr::Client::new(&config).describe_repositories().send().await), "AccessDeniedException");
    assert!(cloud.sts.get_session_token().send().await.is_ok(), "it needs no permission");
}

#[tokio::test]
async fn temporary_credentials_cannot_call_iam_or_issue_others() {
    let cloud = Cloud::start().await;
    let config = with(&cloud, &issued(&cloud, None).await);
    let iam = aws_sdk_iam::Client::new(&config).list_account_aliases().send().await;
    assert_eq!(code(iam), "InvalidClientTokenId");
    let again = || aws_sdk_sts::Client::new(&config).get_session_token().send();
    assert_eq!(code(again().await), "AccessDenied");
    assert_eq!(message(again().await), "Cannot call GetSessionToken with session credentials");
}

#[tokio::test]
async fn temporary_credentials_expire_and_their_length_is_limited() {
    let cloud = Cloud::manual().await;
    let credentials = issued(&cloud, Some(900)).await;
    let now = cloud.practice.clock().now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs();
    assert_eq!(credentials.expiration().secs(), now.cast_signed() + 900);
    let sts = aws_sdk_sts::Client::new(&with(&cloud, &credentials));
    assert!(sts.get_caller_identity().send().await.is_ok());
    cloud.advance(900);
    assert_eq!(code(sts.get_caller_identity().send().await), "ExpiredToken");
    // Twelve hours are the default.
    let now = cloud.practice.clock().now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs();
    assert_eq!(issued(&cloud, None).await.expiration().secs(), now.cast_signed() + 43_200);
    for seconds in [899, 129_601] {
        let refused = cloud.sts.get_session_token().duration_seconds(seconds).send().await;
        assert_eq!(code(refused), "ValidationError");
    }
    assert!(cloud.sts.get_session_token().duration_seconds(129_600).send().await.is_ok());
}

#[tokio::test]
async fn the_practice_user_has_no_device_for_multi_factor_authentication() {
    let cloud = Cloud::start().await;
    let get = || cloud.sts.get_session_token();
    let device = get().serial_number("arn:aws:iam::123456789012:mfa/practice").token_code("123456").send().await;
    assert_eq!(code(device), "AccessDenied");
    assert_eq!(code(get().serial_number("short").token_code("123456").send().await), "ValidationError");
    assert_eq!(code(get().token_code("12345").send().await), "ValidationError");
    assert_eq!(code(get().token_code("12345a").send().await), "ValidationError");
}
