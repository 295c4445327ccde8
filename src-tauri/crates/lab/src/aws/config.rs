//! From [`AwsAccess`] to the SDK's configuration: where to find credentials and region, and how long to wait.

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

/// How long a call may take: to connect, for one attempt, and over all attempts with the waits between them.
fn timeouts() -> TimeoutConfig {
    TimeoutConfig::builder()
        .connect_timeout(Duration::from_secs(5))
        .read_timeout(Duration::from_secs(25))
        .operation_attempt_timeout(Duration::from_secs(30))
        .operation_timeout(Duration::from_secs(90))
        .build()
}

/// A machine that is no EC2 instance has nobody at the metadata service's address, and often not even a refusal.
const METADATA_PATIENCE: Duration = Duration::from_millis(500);

/// Logging in through a browser's session or a helper program can take longer than reading a file.
const CREDENTIALS_PATIENCE: Duration = Duration::from_secs(20);

pub(super) async fn load(access: &AwsAccess) -> Result<SdkConfig, LabError> {
    match access {
        AwsAccess::Endpoint { url, region, access_key, secret_key } => {
            Ok(endpoint(url, region, Credentials::new(access_key, secret_key, None, None, "lab")))
        }
        AwsAccess::Profile { profile, region } => profiles(profile.as_deref(), region.as_deref()).await,
    }
}

/// The user's own files and environment are not looked at: what is in them must not spoil practice.
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
        .connect_timeout(METADATA_PATIENCE)
        .read_timeout(METADATA_PATIENCE)
        .operation_attempt_timeout(METADATA_PATIENCE)
        .operation_timeout(METADATA_PATIENCE)
        .build();
    let region = match region {
        Some(region) => Region::new(region.to_owned()),
        None => find_region(profile, &provider, &metadata).await.ok_or_else(|| Problem::new(Code::NoRegion))?,
    };
    let provider = provider.with_region(Some(region.clone()));
    let mut loader = aws_config::defaults(BehaviorVersion::latest())
        .http_client(http)
        .region(region.clone())
        .identity_cache(IdentityCache::lazy().load_timeout(CREDENTIALS_PATIENCE).build())
        .retry_config(RetryConfig::standard())
        .timeout_config(timeouts());
    loader = match profile {
        // A profile that was asked for by name goes before keys in the environment, as with the `aws` command.
        Some(name) => loader.profile_name(name).credentials_provider(
            ProfileFileCredentialsProvider::builder().configure(&provider).profile_name(name).build(),
        ),
        None => loader.credentials_provider(
            DefaultCredentialsChain::builder().configure(provider).region(region).imds_client(metadata).build().await,
        ),
    };
    Ok(loader.load().await)
}

/// Where the `aws` command looks, in its order; a profile that was named goes before the environment.
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
