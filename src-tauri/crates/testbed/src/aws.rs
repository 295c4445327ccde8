//! Clients of the AWS SDK for the practice cloud, or for another server on loopback.

use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_credential_types::{Credentials, provider::SharedCredentialsProvider};
use aws_sdk_ecr::types::{RegistryScanningRule, ScanFrequency, ScanningRepositoryFilter, ScanningRepositoryFilterType};
use practice::Practice;

/// The SDK's configuration for the AWS APIs at this endpoint, with `(access key, secret key)`.
pub fn sdk_config(endpoint: &str, (access_key, secret_key): (&str, &str), region: &str) -> SdkConfig {
    let credentials = Credentials::new(access_key, secret_key, None, None, "test");
    SdkConfig::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new(region.to_owned()))
        .endpoint_url(endpoint)
        .credentials_provider(SharedCredentialsProvider::new(credentials))
        .http_client(aws_smithy_http_client::Builder::new().build_http())
        .build()
}

/// The SDK's configuration for a practice cloud, with its own credentials and Region.
pub fn practice_sdk_config(practice: &Practice) -> SdkConfig {
    let (access_key, secret_key) = practice.credentials();
    sdk_config(&practice.endpoint(), (&access_key, &secret_key), practice.region())
}

/// A client of a practice cloud's ECR.
pub fn ecr(practice: &Practice) -> aws_sdk_ecr::Client {
    aws_sdk_ecr::Client::new(&practice_sdk_config(practice))
}

/// A client of a practice cloud's Inspector.
pub fn inspector(practice: &Practice) -> aws_sdk_inspector2::Client {
    aws_sdk_inspector2::Client::new(&practice_sdk_config(practice))
}

/// A rule of the registry's scanning configuration.
///
/// # Panics
///
/// If there are no filters.
pub fn scanning_rule(frequency: ScanFrequency, filters: &[&str]) -> RegistryScanningRule {
    let filter = |text: &&str| {
        let kind = ScanningRepositoryFilterType::Wildcard;
        ScanningRepositoryFilter::builder().filter(*text).filter_type(kind).build().expect("the filter is complete")
    };
    let filters = filters.iter().map(filter).collect();
    let rule = RegistryScanningRule::builder().scan_frequency(frequency).set_repository_filters(Some(filters));
    rule.build().expect("the rule is complete")
}

/// A new token for the private registry, in base64: `AWS:<password>`.
///
/// # Panics
///
/// If ECR does not return one.
pub async fn authorization_token(ecr: &aws_sdk_ecr::Client) -> String {
    let response = ecr.get_authorization_token().send().await.expect("ECR responds");
    let data = response.authorization_data.unwrap_or_default().into_iter().next();
    data.and_then(|data| data.authorization_token).expect("ECR returns a token")
}
