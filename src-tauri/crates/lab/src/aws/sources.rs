//! Where credentials come from: the SDK's providers over the user's files, with the names that the SDK's parser ignores.

use aws_config::{
    ecs::EcsCredentialsProvider, environment::EnvironmentVariableCredentialsProvider, imds,
    meta::credentials::CredentialsProviderChain, profile::ProfileFileCredentialsProvider,
    provider_config::ProviderConfig, sso::SsoCredentialsProvider,
    web_identity_token::WebIdentityTokenCredentialsProvider,
};
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_sdk_sts::config::Region;

use super::files::{AwsFiles, alias};

/// A named profile's own credentials.
pub(super) fn of_profile(files: &AwsFiles, name: &str, provider: &ProviderConfig) -> SharedCredentialsProvider {
    match sso_with_alias(files, name, provider) {
        Some(sso) => SharedCredentialsProvider::new(sso),
        None => SharedCredentialsProvider::new(profile_file(files, name, provider)),
    }
}

/// The SDK's default chain: environment, profile, web identity, container, EC2 instance.
pub(super) fn of_environment(
    files: &AwsFiles,
    name: &str,
    provider: &ProviderConfig,
    metadata: imds::Client,
) -> SharedCredentialsProvider {
    let chain = CredentialsProviderChain::first_try("Environment", EnvironmentVariableCredentialsProvider::new())
        .or_else("Profile", of_profile(files, name, provider))
        .or_else("WebIdentityToken", WebIdentityTokenCredentialsProvider::builder().configure(provider).build())
        .or_else("EcsContainer", EcsCredentialsProvider::builder().configure(provider).build())
        .or_else(
            "Ec2InstanceMetadata",
            imds::credentials::ImdsCredentialsProvider::builder().configure(provider).imds_client(metadata).build(),
        );
    SharedCredentialsProvider::new(chain)
}

fn profile_file(files: &AwsFiles, name: &str, provider: &ProviderConfig) -> ProfileFileCredentialsProvider {
    ProfileFileCredentialsProvider::builder()
        .configure(provider)
        .profile_files(files.sources())
        .profile_name(alias(name))
        .build()
}

/// The provider of an `[sso-session]` that the SDK knows by an alias: the name of its token's file is a digest of the session's name.
fn sso_with_alias(files: &AwsFiles, name: &str, provider: &ProviderConfig) -> Option<SsoCredentialsProvider> {
    let profile = files.profile(name).filter(|profile| profile.get("role_arn").is_none())?;
    let session = files.referenced(profile, "sso_session").filter(|session| alias(session) != *session)?;
    let (start_url, region) = files.sso_session(&session)?;
    let mut builder = SsoCredentialsProvider::builder()
        .configure(provider)
        .account_id(profile.get("sso_account_id")?)
        .role_name(profile.get("sso_role_name")?)
        .region(Region::new(region?.to_owned()))
        .start_url(start_url?);
    builder.set_session_name(Some(session));
    Some(builder.build())
}
