//! Which AWS account would be used: the profiles of the user's files, and the identity behind one of them.

use std::{path::Path, sync::Arc};

use aws_types::os_shim_internal::Env;
use serde::Serialize;

use crate::{
    advice::Advice,
    aws::{
        Aws,
        files::AwsFiles,
        network::Network,
        profile::{self, ProfileKind},
    },
    model::{
        access::AwsAccess,
        problem::{LabError, Problem},
    },
    transcript::{Entry, Record},
};

/// A profile of the user's AWS configuration.
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ProfileOption {
    /// Its name.
    pub name: String,
    /// The region that it names.
    pub region: Option<String>,
    /// Where its credentials come from.
    pub kind: ProfileKind,
    /// Why the lab cannot use it, if the files rule it out.
    pub problem: Option<Problem>,
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
    /// The endpoint that takes the place of AWS's own, if one is configured: it is not AWS.
    pub endpoint: Option<String>,
}

/// The profiles of the user's AWS configuration, `default` first, then by name. Reads the files that the `aws` command reads:
/// `AWS_CONFIG_FILE`, `AWS_SHARED_CREDENTIALS_FILE`, else `~/.aws`.
///
/// # Errors
///
/// Problem `profiles-unreadable` when a file exists and cannot be read.
pub async fn profiles() -> Result<Vec<ProfileOption>, LabError> {
    Ok(options(&AwsFiles::of_this_machine().await?))
}

fn options(files: &AwsFiles) -> Vec<ProfileOption> {
    let option = |name: String| {
        let profile = files.profile(&name)?;
        let region = profile.get("region").map(str::to_owned);
        Some(ProfileOption { kind: ProfileKind::of(profile), problem: profile::problem(files, &name), region, name })
    };
    files.profiles().into_iter().filter_map(option).collect()
}

/// The endpoint that takes the place of AWS's own, if the environment or the profile configures one. Sends nothing.
///
/// # Errors
///
/// Why the profile cannot be used, or there is no Region.
pub async fn custom_endpoint(access: &AwsAccess) -> Result<Option<String>, LabError> {
    Ok(Aws::connect(access, Arc::new(Unrecorded)).await?.endpoint().map(str::to_owned))
}

/// How other machines are reached, by the environment and the profile. Sends nothing.
///
/// # Errors
///
/// Why the user's AWS files cannot be read.
pub async fn network(access: &AwsAccess) -> Result<Network, LabError> {
    let AwsAccess::Profile { profile, .. } = access else { return Ok(Network::of_environment()) };
    let files = AwsFiles::of_this_machine().await?;
    Ok(Network::read(&Env::real(), files.profile(profile.as_deref().unwrap_or_else(|| files.selected()))))
}

/// The identity of a profile, or of the environment and the default profile. Needs no permission; changes nothing.
///
/// # Errors
///
/// Problem `no-region`, or why there are no credentials, or why AWS could not identify the caller.
pub async fn who_am_i(profile: Option<String>, region: Option<String>) -> Result<Caller, LabError> {
    let aws = Aws::connect(&AwsAccess::Profile { profile, region }, Arc::new(Unrecorded)).await?;
    let advice = Advice { sign_in: aws.sign_in(), engine: None, folder: Path::new("") };
    let identity = aws.identity().await.map_err(|error| advice.on_error(error))?;
    let (region, endpoint) = (aws.region().to_owned(), aws.endpoint().map(str::to_owned));
    Ok(Caller { account: identity.account, arn: identity.arn, region, endpoint })
}

/// Records nothing: there is no run, and so no transcript.
#[derive(Debug)]
pub(crate) struct Unrecorded;

impl Record for Unrecorded {
    fn record(&self, _: Entry) {}
}

#[cfg(test)]
mod tests {
    use aws_types::os_shim_internal::Fs;

    use super::*;
    use crate::model::code::Code;

    #[tokio::test]
    async fn profiles_come_from_both_files_the_default_first() {
        let fs = Fs::from_slice(&[
            ("/c", "[profile 회사]\nregion = ap-northeast-2\n[profile alone]\n[sso-session x]\nsso_region = a\n"),
            ("/k", "[default]\naws_access_key_id = a\naws_secret_access_key = b\n[회사]\naws_access_key_id = c\n"),
        ]);
        let env = Env::from_slice(&[("AWS_CONFIG_FILE", "/c"), ("AWS_SHARED_CREDENTIALS_FILE", "/k")]);
        let options = options(&AwsFiles::read(&fs, &env).await.unwrap());
        let shown = |option: &ProfileOption| {
            (
                option.name.clone(),
                option.region.clone(),
                option.kind,
                option.problem.as_ref().map(|problem| problem.code),
            )
        };
        assert_eq!(
            options.iter().map(shown).collect::<Vec<_>>(),
            [
                ("default".to_owned(), None, ProfileKind::Static, None),
                ("alone".to_owned(), None, ProfileKind::None, Some(Code::ProfileWithoutCredentials)),
                (
                    "회사".to_owned(),
                    Some("ap-northeast-2".to_owned()),
                    ProfileKind::Static,
                    Some(Code::ProfileIncomplete)
                ),
            ]
        );
    }
}
