//! The policies of repositories. That they are enforced is left to `permissions`.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    api::{
        ecr::{check, stored},
        input,
    },
    cloud::Cloud,
    config::ACCOUNT,
    permissions::{
        decision::locks_out,
        policy::{Policy, ResourcePolicy},
        principal::Principal,
    },
    state::repository::Repository,
    wire::error::{ApiError, ApiResult},
};

/// The input of operations on what a repository has one of.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct OfRepository {
    registry_id: Option<String>,
    repository_name: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Set {
    registry_id: Option<String>,
    repository_name: Option<String>,
    policy_text: Option<String>,
    #[serde(default)]
    force: bool,
}

impl OfRepository {
    /// The repository's name, if the input is valid.
    pub(super) fn checked_name(self) -> Result<String, ApiError> {
        check::registry_id(self.registry_id.as_deref())?;
        check::name(self.repository_name)
    }
}

pub(super) async fn set(cloud: &Cloud, caller: &Principal, input: Set) -> ApiResult {
    check::registry_id(input.registry_id.as_deref())?;
    let name = check::name(input.repository_name)?;
    cloud.store.read(|state| check::repository_exists(state, &name))?;
    let text = input::required("policyText", input.policy_text)?;
    let policy = validated(&text, ResourcePolicy::Repository)?;
    if !input.force && locks_out(cloud, caller, &policy, "ecr:SetRepositoryPolicy", &cloud.names.repository_arn(&name))
    {
        let reason = "The policy would prevent you from setting another one. Use force to set it nevertheless";
        return Err(ApiError::parameter("PolicyText", reason));
    }
    stored::change_repository(cloud, &name, |repository| {
        repository.policy = Some(text.clone());
        Ok(())
    })
    .await?;
    Ok(to_json(&name, &text))
}

pub(super) async fn get(cloud: &Cloud, input: OfRepository) -> ApiResult {
    let name = input.checked_name()?;
    cloud.store.read(|state| {
        let repository = stored::repository(state, &name)?;
        let text = repository.policy.as_ref().ok_or_else(|| not_found(&name))?;
        Ok(to_json(&name, text))
    })
}

pub(super) async fn delete(cloud: &Cloud, input: OfRepository) -> ApiResult {
    let name = input.checked_name()?;
    let take = |repository: &mut Repository| repository.policy.take().ok_or_else(|| not_found(&name));
    let text = stored::change_repository(cloud, &name, take).await?;
    Ok(to_json(&name, &text))
}

/// Parses and validates the policy of a repository or of the registry.
pub(super) fn validated(text: &str, of: ResourcePolicy) -> Result<Policy, ApiError> {
    if text.len() > 10_240 {
        return Err(ApiError::parameter("policyText", "must have length between 0 and 10240"));
    }
    let policy = text.parse::<Policy>().and_then(|policy| policy.check_as(of).map(|()| policy));
    policy.map_err(|error| {
        let what = match of {
            ResourcePolicy::Repository => "repository",
            ResourcePolicy::Registry => "registry",
        };
        ApiError::parameter("PolicyText", &format!("Invalid {what} policy provided ({error})"))
    })
}

fn to_json(name: &str, text: &str) -> Value {
    json!({ "registryId": ACCOUNT, "repositoryName": name, "policyText": text })
}

fn not_found(name: &str) -> ApiError {
    let message = format!(
        "Repository policy does not exist for the repository with name '{name}' in the registry with id '{ACCOUNT}'"
    );
    ApiError::new("RepositoryPolicyNotFoundException", message)
}
