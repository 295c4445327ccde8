//! Which AWS account would be used: the profiles of the user's files, and the identity behind one of them.

use std::sync::Arc;

use aws_runtime::env_config::file::EnvConfigFiles;
use aws_types::os_shim_internal::{Env, Fs};
use serde::Serialize;

use crate::{
    aws::Aws,
    model::{access::AwsAccess, problem::LabError},
    transcript::{Entry, Record},
};

/// A profile of the user's AWS configuration.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ProfileOption {
    /// Its name.
    pub name: String,
    /// The region that it names.
    pub region: Option<String>,
}

/// The identity that calls are made with.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Caller {
    /// The account's twelve digits.
    pub account: String,
    /// The user or the role's session.
    pub arn: String,
    /// The region that calls would go to.
    pub region: String,
}

/// The profiles of the user's AWS configuration, `default` first, then by name. Reads the files that the `aws` command reads:
/// `AWS_CONFIG_FILE`, `AWS_SHARED_CREDENTIALS_FILE`, else `~/.aws`. A missing or unreadable file has none.
pub async fn profiles() -> Vec<ProfileOption> {
    named(&Fs::real(), &Env::real()).await
}

async fn named(fs: &Fs, env: &Env) -> Vec<ProfileOption> {
    let set = match aws_config::profile::load(fs, env, &EnvConfigFiles::default(), None).await {
        Ok(set) => set,
        Err(error) => {
            tracing::warn!(%error, "the AWS configuration cannot be read");
            return Vec::new();
        }
    };
    let option = |name: &str| ProfileOption {
        name: name.to_owned(),
        region: set.get_profile(name).and_then(|profile| profile.get("region")).map(str::to_owned),
    };
    let mut options: Vec<_> = set.profiles().map(option).collect();
    options.sort_by(|a, b| (a.name != "default", &a.name).cmp(&(b.name != "default", &b.name)));
    options
}

/// The identity of a profile, or of the environment and the default profile. Needs no permission; changes nothing.
///
/// # Errors
///
/// Problem `no-region`, or why there are no credentials, or why AWS could not identify the caller.
pub async fn who_am_i(profile: Option<String>, region: Option<String>) -> Result<Caller, LabError> {
    let aws = Aws::connect(&AwsAccess::Profile { profile, region }, Arc::new(Unrecorded)).await?;
    let identity = aws.identity().await?;
    Ok(Caller { account: identity.account, arn: identity.arn, region: aws.region().to_owned() })
}

/// Records nothing: there is no run yet, and so no transcript.
#[derive(Debug)]
struct Unrecorded;

impl Record for Unrecorded {
    fn record(&self, _: Entry) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn profiles_come_from_both_files_the_default_first() {
        let fs = Fs::from_slice(&[
            ("/c", "[profile work]\nregion = ap-northeast-2\n[profile alone]\n[sso-session x]\nsso_region = a\n"),
            ("/k", "[default]\naws_access_key_id = a\naws_secret_access_key = b\n[work]\naws_access_key_id = c\n"),
        ]);
        let env = Env::from_slice(&[("AWS_CONFIG_FILE", "/c"), ("AWS_SHARED_CREDENTIALS_FILE", "/k")]);
        let option = |name: &str, region: Option<&str>| ProfileOption {
            name: name.to_owned(),
            region: region.map(str::to_owned),
        };
        assert_eq!(
            named(&fs, &env).await,
            [option("default", None), option("alone", None), option("work", Some("ap-northeast-2"))]
        );
    }

    #[tokio::test]
    async fn without_files_there_are_no_profiles() {
        let env = Env::from_slice(&[("AWS_CONFIG_FILE", "/c"), ("AWS_SHARED_CREDENTIALS_FILE", "/k")]);
        assert_eq!(named(&Fs::from_slice(&[]), &env).await, []);
    }
}
