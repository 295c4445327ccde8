//! The AWS clients, built from [`AwsAccess`]. Every call is recorded, and every error becomes a [`crate::Problem`]. Which calls
//! to make is left to `cloud` and the steps.

pub(crate) mod config;
pub(crate) mod convert;
pub(crate) mod credential;
pub(crate) mod detail;
pub(crate) mod errors;
pub(crate) mod files;
pub(crate) mod network;
pub(crate) mod operations;
pub(crate) mod permissions;
pub(crate) mod profile;
pub(crate) mod recording;
pub(crate) mod sources;

#[cfg(test)]
mod tests;

use self::{credential::RegistryCredential, errors::problem, network::Network};
use crate::{
    model::{access::AwsAccess, problem::LabError},
    transcript::Recorder,
};

/// The AWS clients. Clones share their connections.
#[derive(Clone, Debug)]
pub(crate) struct Aws {
    /// Amazon ECR.
    pub(crate) ecr: aws_sdk_ecr::Client,
    /// Amazon Inspector.
    pub(crate) inspector: aws_sdk_inspector2::Client,
    /// AWS IAM. What it reads is never required.
    pub(crate) iam: aws_sdk_iam::Client,
    /// AWS STS.
    pub(crate) sts: aws_sdk_sts::Client,
    region: String,
    endpoint: Option<String>,
    network: Network,
    sign_in: Option<SignIn>,
}

/// How the user signs in to the profile in use, for the commands that people are shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SignIn {
    /// ` --profile 'a name'`, or nothing for the default profile.
    pub(crate) option: String,
    /// The command that signs in again, if there is one for this kind of profile.
    pub(crate) login: Option<String>,
}

/// The identity that AWS sees: the caller's account and principal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Identity {
    /// The account id, twelve digits.
    pub(crate) account: String,
    /// The ARN of the user or of the assumed role's session.
    pub(crate) arn: String,
    /// The principal's unique id.
    pub(crate) user_id: String,
}

impl Aws {
    /// Builds the clients for `access`. Sends nothing: credentials are loaded on the first call, which then reports what is wrong
    /// with them.
    ///
    /// # Errors
    /// `no-region` when neither the access nor the user's configuration names one.
    pub(crate) async fn connect(access: &AwsAccess, recorder: Recorder) -> Result<Self, LabError> {
        let config::Loaded { sdk, endpoint, network, sign_in } = config::load(access).await?;
        let region = sdk.region().map(ToString::to_string).unwrap_or_default();
        let interceptor = recording::RecordingInterceptor::new(recorder);
        let sdk = sdk.to_builder().app_name(config::app_name()).build();
        Ok(Self {
            ecr: aws_sdk_ecr::Client::from_conf(
                aws_sdk_ecr::config::Builder::from(&sdk).interceptor(interceptor.clone()).build(),
            ),
            inspector: aws_sdk_inspector2::Client::from_conf(
                aws_sdk_inspector2::config::Builder::from(&sdk).interceptor(interceptor.clone()).build(),
            ),
            iam: aws_sdk_iam::Client::from_conf(
                aws_sdk_iam::config::Builder::from(&sdk)
                    .interceptor(interceptor.clone())
                    .timeout_config(config::optional_timeouts())
                    .retry_config(config::optional_retries())
                    .build(),
            ),
            sts: aws_sdk_sts::Client::from_conf(
                aws_sdk_sts::config::Builder::from(&sdk).interceptor(interceptor).build(),
            ),
            region,
            endpoint,
            network,
            sign_in,
        })
    }

    /// The Region that the clients call.
    pub(crate) fn region(&self) -> &str {
        &self.region
    }

    /// The endpoint that takes the place of AWS's own, if one is configured.
    pub(crate) fn endpoint(&self) -> Option<&str> {
        self.endpoint.as_deref()
    }

    /// How the user signs in; `None` with fixed keys.
    pub(crate) fn sign_in(&self) -> Option<&SignIn> {
        self.sign_in.as_ref()
    }

    /// How AWS is reached from this network.
    pub(crate) fn network(&self) -> &Network {
        &self.network
    }

    /// The caller's identity. Needs no permission.
    pub(crate) async fn identity(&self) -> Result<Identity, LabError> {
        let response = self.sts.get_caller_identity().send().await;
        let response = response.map_err(|error| problem("sts:GetCallerIdentity", error))?;
        Ok(Identity {
            account: response.account.unwrap_or_default(),
            arn: response.arn.unwrap_or_default(),
            user_id: response.user_id.unwrap_or_default(),
        })
    }

    /// Fetches a new credential for the private registry of this account and Region.
    pub(crate) async fn credential(&self) -> Result<RegistryCredential, LabError> {
        credential::fetch(&self.ecr).await
    }
}
