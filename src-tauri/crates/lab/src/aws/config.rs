//! Builds the SDK's configuration from [`AwsAccess`]: endpoint, Region, network and time-outs. The sources of credentials are in
//! `sources`.

use std::time::Duration;

use aws_config::{
    BehaviorVersion, SdkConfig, environment::EnvironmentVariableRegionProvider, identity::IdentityCache, imds,
    meta::region::RegionProviderChain, provider_config::ProviderConfig, retry::RetryConfig, timeout::TimeoutConfig,
};
use aws_credential_types::{Credentials, provider::SharedCredentialsProvider};
use aws_sdk_sts::config::{AppName, Region};
use aws_smithy_http_client::Builder;
use aws_types::{os_shim_internal::Env, service_config::ServiceConfigKey};
use i18n::Message;

use super::{
    SignIn,
    files::{AwsFiles, alias},
    network::Network,
    profile, sources,
};
use crate::{
    model::{
        access::AwsAccess,
        code::Code,
        problem::{LabError, Problem},
    },
    shell_word::quote,
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

/// The name that the user agent of every call contains, as `app/imagelab`: the event history of an account shows by it which calls
/// the lab made.
pub(super) fn app_name() -> AppName {
    AppName::new("imagelab").expect("the name has valid characters only")
}

/// The time limits of a call whose result is useful, but not needed.
pub(super) fn optional_timeouts() -> TimeoutConfig {
    TimeoutConfig::builder()
        .connect_timeout(Duration::from_secs(3))
        .operation_attempt_timeout(Duration::from_secs(5))
        .operation_timeout(Duration::from_secs(10))
        .build()
}

/// How often such a call is tried.
pub(super) fn optional_retries() -> RetryConfig {
    RetryConfig::standard().with_max_attempts(2)
}

/// The limit for the EC2 metadata service. Off EC2 its address does not respond, and often does not even refuse the connection.
const METADATA_TIMEOUT: Duration = Duration::from_millis(500);

/// The limit for loading credentials. An SSO session or a helper program takes longer than reading a file.
const CREDENTIALS_TIMEOUT: Duration = Duration::from_secs(20);

/// The services whose endpoints can each be configured, as `AWS_ENDPOINT_URL_<SERVICE>` names them.
const SERVICES: [&str; 4] = ["STS", "ECR", "Inspector2", "IAM"];

/// The SDK's configuration, and what people are shown of it.
pub(super) struct Loaded {
    pub(super) sdk: SdkConfig,
    /// The endpoint that takes the place of AWS's own.
    pub(super) endpoint: Option<String>,
    pub(super) network: Network,
    /// How the user signs in; `None` with fixed keys.
    pub(super) sign_in: Option<SignIn>,
}

pub(super) async fn load(access: &AwsAccess) -> Result<Loaded, LabError> {
    match access {
        AwsAccess::Endpoint { url, region, access_key, secret_key } => Ok(Loaded {
            sdk: endpoint(url, region, Credentials::new(access_key, secret_key, None, None, "lab")),
            endpoint: Some(url.clone()),
            network: Network::default(),
            sign_in: None,
        }),
        AwsAccess::Profile { profile, region } => profiles(profile.as_deref(), region.as_deref()).await,
    }
}

/// Configures an explicit endpoint. Ignores the user's AWS files and environment, so that they cannot affect practice.
fn endpoint(url: &str, region: &str, credentials: Credentials) -> SdkConfig {
    SdkConfig::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new(region.to_owned()))
        .endpoint_url(url)
        .credentials_provider(SharedCredentialsProvider::new(credentials))
        .identity_cache(IdentityCache::no_cache())
        .retry_config(RetryConfig::standard())
        .timeout_config(timeouts())
        .http_client(Builder::new().build_http())
        .build()
}

async fn profiles(profile: Option<&str>, region: Option<&str>) -> Result<Loaded, LabError> {
    let files = AwsFiles::of_this_machine().await?;
    let name = profile.unwrap_or_else(|| files.selected());
    ensure_usable(&files, name, profile.is_some())?;
    let network = Network::read(&Env::real(), files.profile(name));
    let http = network.http_client()?;
    let provider = ProviderConfig::default()
        .with_http_client(http.clone())
        .with_use_fips(Some(network.fips))
        .with_use_dual_stack(Some(network.dual_stack));
    let metadata = imds::Client::builder()
        .configure(&provider)
        .max_attempts(1)
        .connect_timeout(METADATA_TIMEOUT)
        .read_timeout(METADATA_TIMEOUT)
        .operation_attempt_timeout(METADATA_TIMEOUT)
        .operation_timeout(METADATA_TIMEOUT)
        .build();
    let own_region = files.profile(name).and_then(|profile| profile.get("region"));
    let region = match region {
        Some(region) => Region::new(region.to_owned()),
        None => find_region(profile.is_some(), own_region, &provider, &metadata)
            .await
            .ok_or_else(|| Problem::new(Code::NoRegion))?,
    };
    let provider = provider.with_region(Some(region.clone()));
    let credentials = match profile {
        // As in the `aws` command, an explicitly named profile takes precedence over keys in the environment.
        Some(name) => sources::of_profile(&files, name, &provider),
        None => sources::of_environment(&files, name, &provider, metadata),
    };
    let sdk = aws_config::defaults(BehaviorVersion::latest())
        .profile_files(files.sources())
        .profile_name(alias(name))
        .http_client(http)
        .region(region)
        .use_fips(network.fips)
        .use_dual_stack(network.dual_stack)
        .identity_cache(IdentityCache::lazy().load_timeout(CREDENTIALS_TIMEOUT).build())
        .retry_config(RetryConfig::standard())
        .timeout_config(timeouts())
        .credentials_provider(credentials)
        .load()
        .await;
    let sign_in = SignIn {
        option: if name == "default" { String::new() } else { format!(" --profile {}", quote(name)) },
        login: profile::login_command(&files, name),
    };
    Ok(Loaded { endpoint: custom_endpoint(&sdk)?, sdk, network, sign_in: Some(sign_in) })
}

/// A profile that is missing, or that the SDK could not use, is reported before a missing Region and before anything is sent.
fn ensure_usable(files: &AwsFiles, name: &str, is_named: bool) -> Result<(), LabError> {
    if files.profile(name).is_none() {
        if is_named || files.is_selected_by_environment() {
            let message = Message::new("profile-missing-named").with("profile", name);
            return Err(Problem { message, ..Problem::new(Code::ProfileMissing) }.into());
        }
        return Ok(());
    }
    match profile::problem(files, name) {
        // Other sources may have the credentials that the default profile does not have.
        Some(problem) if is_named || problem.code != Code::ProfileWithoutCredentials => {
            let keys = std::env::var_os("AWS_ACCESS_KEY_ID").is_some_and(|key| !key.is_empty());
            if keys && !is_named { Ok(()) } else { Err(problem.into()) }
        }
        _ => Ok(()),
    }
}

/// Resolves the Region in the order of the `aws` command: an explicitly named profile takes precedence over the environment.
async fn find_region(
    is_named: bool,
    own: Option<&str>,
    provider: &ProviderConfig,
    metadata: &imds::Client,
) -> Option<Region> {
    let own = own.map(|region| Region::new(region.to_owned()));
    let environment = EnvironmentVariableRegionProvider::new();
    let chain = if is_named {
        RegionProviderChain::first_try(own).or_else(environment)
    } else {
        RegionProviderChain::first_try(environment).or_else(own).or_else(
            imds::region::ImdsRegionProvider::builder().configure(provider).imds_client(metadata.clone()).build(),
        )
    };
    chain.region().await
}

/// The endpoint that takes the place of AWS's own, for every service that the lab calls.
///
/// # Errors
///
/// `endpoints-mixed`, if only some of the services have such an endpoint: a run that changes AWS must never pass for one that
/// changes a stand-in, nor the other way round.
fn custom_endpoint(sdk: &SdkConfig) -> Result<Option<String>, LabError> {
    let of_service = |service: &str| {
        let key =
            ServiceConfigKey::builder().service_id(service).env("AWS_ENDPOINT_URL").profile("endpoint_url").build();
        sdk.service_config()
            .and_then(|config| config.load_config(key.ok()?))
            .or_else(|| sdk.endpoint_url().map(ToOwned::to_owned))
            .filter(|url| !is_of_aws(url))
    };
    one_endpoint(SERVICES.map(|service| (service, of_service(service))))
}

fn one_endpoint(services: [(&str, Option<String>); SERVICES.len()]) -> Result<Option<String>, LabError> {
    let (custom, of_aws): (Vec<_>, Vec<_>) = services.into_iter().partition(|(_, endpoint)| endpoint.is_some());
    if custom.is_empty() || of_aws.is_empty() {
        return Ok(custom.into_iter().find_map(|(_, endpoint)| endpoint));
    }
    let names = |services: &[(&str, _)]| services.iter().map(|(service, _)| *service).collect::<Vec<_>>().join(", ");
    let (custom_names, aws_names) = (names(&custom), names(&of_aws));
    let endpoint = custom.into_iter().find_map(|(_, endpoint)| endpoint).unwrap_or_default();
    Err(Problem::new(Code::EndpointsMixed)
        .with("custom", custom_names)
        .with("endpoint", endpoint)
        .with("aws", aws_names)
        .into())
}

/// The domains of AWS's own endpoints, interface endpoints in a VPC among them.
const AWS_DOMAINS: [&str; 3] = [".amazonaws.com", ".amazonaws.com.cn", ".api.aws"];

/// Whether a configured endpoint is one of AWS, such as an interface endpoint in a VPC. What cannot be parsed is not.
fn is_of_aws(url: &str) -> bool {
    let host = url.parse::<http::Uri>().ok().and_then(|url| url.host().map(str::to_ascii_lowercase));
    host.is_some_and(|host| AWS_DOMAINS.iter().any(|domain| host.ends_with(domain)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const STAND_IN: &str = "http://127.0.0.1:4566";

    fn refusal(redirected: &[&str]) -> Option<Code> {
        match one_endpoint(services(redirected)) {
            Err(LabError::Problem(problem)) => Some(problem.code),
            _ => None,
        }
    }

    fn services(redirected: &[&str]) -> [(&'static str, Option<String>); SERVICES.len()] {
        SERVICES.map(|service| (service, redirected.contains(&service).then(|| STAND_IN.to_owned())))
    }

    #[test]
    fn an_endpoint_counts_as_custom_only_if_every_service_has_it() {
        assert_eq!(one_endpoint(services(&SERVICES)).unwrap().as_deref(), Some(STAND_IN));
        assert_eq!(one_endpoint(services(&[])).unwrap(), None);
        for redirected in SERVICES {
            assert_eq!(refusal(&[redirected]), Some(Code::EndpointsMixed), "{redirected}");
            let others: Vec<_> = SERVICES.into_iter().filter(|service| *service != redirected).collect();
            assert_eq!(refusal(&others), Some(Code::EndpointsMixed), "all but {redirected}");
        }
    }

    #[test]
    fn the_endpoints_of_a_vpc_are_those_of_aws() {
        for url in [
            "https://vpce-0123-abc.api.ecr.ap-northeast-2.vpce.amazonaws.com",
            "https://api.ecr.cn-north-1.AMAZONAWS.com.cn/",
            "https://ecr.ap-northeast-2.api.aws",
        ] {
            assert!(is_of_aws(url), "{url}");
        }
        for url in [STAND_IN, "https://amazonaws.com.example.org", "https://evil-amazonaws.com", "not a url"] {
            assert!(!is_of_aws(url), "{url}");
        }
    }
}
