//! The registry's policy, and features that this registry does not have: policies of repositories, templates and caches. Scripts that check for them first get the
//! error or the empty list that says so.

use serde::Deserialize;
use serde_json::json;

use crate::{
    api::ecr::{account::NoInput, check},
    cloud::Cloud,
    config::ACCOUNT,
    wire::error::{ApiError, ApiResult},
};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct OfRepository {
    registry_id: Option<String>,
    repository_name: Option<String>,
}

pub(super) async fn repository(cloud: &Cloud, input: OfRepository) -> ApiResult {
    no_policy(cloud, input, "RepositoryPolicyNotFoundException", "Repository policy")
}

pub(super) async fn lifecycle(cloud: &Cloud, input: OfRepository) -> ApiResult {
    no_policy(cloud, input, "LifecyclePolicyNotFoundException", "Lifecycle policy")
}

pub(super) async fn registry(cloud: &Cloud, _: NoInput) -> ApiResult {
    let policy =
        cloud.permissions.read(|settings| settings.registry.as_ref().map(|policy| policy.document().to_string()));
    if let Some(policy) = policy {
        return Ok(json!({ "registryId": ACCOUNT, "policyText": policy }));
    }
    let message = format!("Registry policy does not exist in the registry with id '{ACCOUNT}'");
    Err(ApiError::new("RegistryPolicyNotFoundException", message))
}

pub(super) async fn pull_through_cache_rules(_: &Cloud, _: NoInput) -> ApiResult {
    Ok(json!({ "pullThroughCacheRules": [] }))
}

pub(super) async fn creation_templates(_: &Cloud, _: NoInput) -> ApiResult {
    Ok(json!({ "registryId": ACCOUNT, "repositoryCreationTemplates": [] }))
}

fn no_policy(cloud: &Cloud, input: OfRepository, code: &'static str, what: &str) -> ApiResult {
    check::registry_id(input.registry_id.as_deref())?;
    let name = check::name(input.repository_name)?;
    cloud.store.read(|state| check::repository_exists(state, &name))?;
    let message =
        format!("{what} does not exist for the repository with name '{name}' in the registry with id '{ACCOUNT}'");
    Err(ApiError::new(code, message))
}
