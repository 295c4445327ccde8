//! AWS as the lab sees it: the three clients, made from [`AwsAccess`], with every call recorded and every error told as
//! a [`crate::Problem`]. What the calls are for is left to the steps.

pub(crate) mod config;
pub(crate) mod convert;
pub(crate) mod credential;
pub(crate) mod detail;
pub(crate) mod errors;
pub(crate) mod operations;
pub(crate) mod record;

#[cfg(test)]
mod tests;

use self::{credential::RegistryCredential, errors::problem};
use crate::{
    model::{access::AwsAccess, problem::LabError},
    transcript::Recorder,
};

/// The three clients. Clones share their connections.
#[derive(Clone, Debug)]
pub(crate) struct Aws {
    /// Amazon ECR.
    pub(crate) ecr: aws_sdk_ecr::Client,
    /// Amazon Inspector.
    pub(crate) inspector: aws_sdk_inspector2::Client,
    /// AWS STS.
    pub(crate) sts: aws_sdk_sts::Client,
    region: String,
    endpoint: Option<String>,
}

/// Who asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Identity {
    /// The account's twelve digits.
    pub(crate) account: String,
    /// The user or the role's session.
    pub(crate) arn: String,
    /// Its unique id.
    pub(crate) user_id: String,
}

impl Aws {
    /// Clients for what `access` says. Sends nothing yet: credentials are looked for when the first call is made, so
    /// that it is that call which tells what is wrong with them.
    ///
    /// # Errors
    /// `no-region` when neither the access nor the user's configuration names one.
    pub(crate) async fn connect(access: &AwsAccess, recorder: Recorder) -> Result<Self, LabError> {
        let sdk = config::load(access).await?;
        let region = sdk.region().map(ToString::to_string).unwrap_or_default();
        let recording = record::Recording::new(recorder);
        Ok(Self {
            ecr: aws_sdk_ecr::Client::from_conf(
                aws_sdk_ecr::config::Builder::from(&sdk).interceptor(recording.clone()).build(),
            ),
            inspector: aws_sdk_inspector2::Client::from_conf(
                aws_sdk_inspector2::config::Builder::from(&sdk).interceptor(recording.clone()).build(),
            ),
            sts: aws_sdk_sts::Client::from_conf(
                aws_sdk_sts::config::Builder::from(&sdk).interceptor(recording).build(),
            ),
            region,
            endpoint: sdk.endpoint_url().map(ToOwned::to_owned),
        })
    }

    /// The region that calls go to.
    pub(crate) fn region(&self) -> &str {
        &self.region
    }

    /// The endpoint that takes the place of AWS's own, if one is configured.
    pub(crate) fn endpoint(&self) -> Option<&str> {
        self.endpoint.as_deref()
    }

    /// Who asks. Needs no permission.
    pub(crate) async fn identity(&self) -> Result<Identity, LabError> {
        let told = self.sts.get_caller_identity().send().await;
        let told = told.map_err(|error| problem("sts:GetCallerIdentity", error))?;
        Ok(Identity {
            account: told.account.unwrap_or_default(),
            arn: told.arn.unwrap_or_default(),
            user_id: told.user_id.unwrap_or_default(),
        })
    }

    /// A new credential for the private registries of this account and region.
    pub(crate) async fn credential(&self) -> Result<RegistryCredential, LabError> {
        credential::fetch(&self.ecr).await
    }
}
