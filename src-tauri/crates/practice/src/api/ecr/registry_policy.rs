//! The registry's policy. That it is enforced is left to `permissions`.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    api::{
        ecr::{account::NoInput, repository_policy::validated},
        input,
    },
    cloud::Cloud,
    config::ACCOUNT,
    permissions::policy::ResourcePolicy,
    wire::error::{ApiError, ApiResult},
};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Put {
    policy_text: Option<String>,
}

/// Replaces the policy, also one that the practice cloud was started with.
pub(super) async fn put(cloud: &Cloud, input: Put) -> ApiResult {
    let text = input::required("policyText", input.policy_text)?;
    validated(&text, ResourcePolicy::Registry)?;
    replace(cloud, Some(text.clone())).await?;
    Ok(to_json(&text))
}

pub(super) async fn get(cloud: &Cloud, _: NoInput) -> ApiResult {
    current(cloud).map(|text| to_json(&text))
}

pub(super) async fn delete(cloud: &Cloud, _: NoInput) -> ApiResult {
    let text = current(cloud)?;
    replace(cloud, None).await?;
    Ok(to_json(&text))
}

fn current(cloud: &Cloud) -> Result<String, ApiError> {
    let put = cloud.store.read(|state| state.registry.policy.clone());
    let configured =
        || cloud.permissions.read(|settings| settings.registry.as_ref().map(|policy| policy.document().to_string()));
    put.or_else(configured).ok_or_else(|| {
        let message = format!("Registry policy does not exist in the registry with id '{ACCOUNT}'");
        ApiError::new("RegistryPolicyNotFoundException", message)
    })
}

async fn replace(cloud: &Cloud, text: Option<String>) -> Result<(), ApiError> {
    cloud
        .store
        .change(|state| {
            state.registry.policy = text;
            Ok::<_, ApiError>(())
        })
        .await?;
    cloud.permissions.change(|settings| settings.registry = None);
    Ok(())
}

fn to_json(text: &str) -> Value {
    json!({ "registryId": ACCOUNT, "policyText": text })
}
