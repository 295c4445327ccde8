//! Builds the SDK's configuration from [`AwsAccess`]: the sources of credentials and Region, and the time-outs.

use std::time::Duration;

use aws_config::{
    BehaviorVersion, SdkConfig,
    default_provider::credentials::DefaultCredentialsChain,
    environment::EnvironmentVariableRegionProvider,
    identity::IdentityCache,
    imds,
    meta::region::RegionProviderChain,
    profile::{ProfileFileCredentialsProvider, ProfileFileRegionProvider},
    provider_config::ProviderConfig,
    retry::RetryConfig,
    timeout::TimeoutConfig,
};
use aws_credential_types::{Credentials, provider::SharedCredentialsProvider};
use aws_sdk_sts::config::{Region, SharedHttpClient};
use aws_smithy_http_client::{
    Builder,
    tls::{Provider, rustls_provider::CryptoMode},
};

use crate::model::{
    access::AwsAccess,
    code::Code,
    problem::{LabError, Problem},
};

/// The time limits of a call: to connect, for one attempt, and for all attempts including the waits between them.
fn timeouts() -> TimeoutConfig {
    TimeoutConfig::builder()
        .connect_timeout(Duration::from_secs(5))
        .read_timeout(Duration::from_secs(25))
        .operation_attempt_timeout(Duration::from_secs(30))
        .operation_timeout(Duration::from_secs(90))
        .build()
}

/// The limit for the EC2 metadata service. Off EC2 its address does not respond, and often does not even refuse the connection.
const METADATA_TIMEOUT: Duration = Duration::from_millis(500);

/// The limit for loading credentials. An SSO session or a helper program takes longer than reading a file.
const CREDENTIALS_TIMEOUT: Duration = Duration::from_secs(20);

pub(super) async fn load(access: &AwsAccess) -> Result<SdkConfig, LabError> {
    match access {
        AwsAccess::Endpoint { url, region, access_key, secret_key } => {
            Ok(endpoint(url, region, Credentials::new(access_key, secret_key, None, None, "lab")))
        }
        AwsAccess::Profile { profile, region } => profiles(profile.as_deref(), region.as_deref()).await,
    }
}

/// Configures an explicit endpoint. Ignores the user's AWS files and environment, so that they cannot affect practice.
fn endpoint(url: &str, region: &str, credentials: Credentials) -> SdkConfig {
    let http = if url.starts_with("https:") { https() } else { Builder::new().build_http() };
    SdkConfig::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new(region.to_owned()))
        .endpoint_url(url)
        .credentials_provider(SharedCredentialsProvider::new(credentials))
        .identity_cache(IdentityCache::no_cache())
        .retry_config(RetryConfig::standard())
        .timeout_config(timeouts())
        .http_client(http)
        .build()
}

async fn profiles(profile: Option<&str>, region: Option<&str>) -> Result<SdkConfig, LabError> {
    let http = https();
    let provider = ProviderConfig::default().with_http_client(http.clone());
    let metadata = imds::Client::builder()
        .configure(&provider)
        .max_attempts(1)
        .connect_timeout(METADATA_TIMEOUT)
        .read_timeout(METADATA_TIMEOUT)
        .operation_attempt_timeout(METADATA_TIMEOUT)
        .operation_timeout(METADATA_TIMEOUT)
        .build();
    let region = match region {
        Some(region) => Region::new(region.to_owned()),
        None => find_region(profile, &provider, &metadata).await.ok_or_else(|| Problem::new(Code::NoRegion))?,
    };
    let provider = provider.with_region(Some(region.clone()));
    let mut loader = aws_config::defaults(BehaviorVersion::latest())
        .http_client(http)
        .region(region.clone())
        .identity_cache(IdentityCache::lazy().load_timeout(CREDENTIALS_TIMEOUT).build())
        .retry_config(RetryConfig::standard())
        .timeout_config(timeouts());
    loader = match profile {
        // As in the `aws` command, an explicitly named profile takes precedence over keys in the environment.
        Some(name) => loader.profile_name(name).credentials_provider(
            ProfileFileCredentialsProvider::builder().configure(&provider).profile_name(name).build(),
        ),
        None => loader.credentials_provider(
            DefaultCredentialsChain::builder().configure(provider).region(region).imds_client(metadata).build().await,
        ),
    };
    Ok(loader.load().await)
}

/// Resolves the Region in the order of the `aws` command: an explicitly named profile takes precedence over the environment.
async fn find_region(profile: Option<&str>, provider: &ProviderConfig, metadata: &imds::Client) -> Option<Region> {
    let chain = match profile {
        Some(name) => RegionProviderChain::first_try(
            ProfileFileRegionProvider::builder().configure(provider).profile_name(name).build(),
        )
        .or_else(EnvironmentVariableRegionProvider::new()),
        None => RegionProviderChain::first_try(EnvironmentVariableRegionProvider::new())
            .or_else(ProfileFileRegionProvider::builder().configure(provider).build())
            .or_else(
                imds::region::ImdsRegionProvider::builder().configure(provider).imds_client(metadata.clone()).build(),
            ),
    };
    chain.region().await
}

fn https() -> SharedHttpClient {
    Builder::new().tls_provider(Provider::Rustls(CryptoMode::Ring)).build_https()
}
