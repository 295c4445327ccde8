//! Tokens for the registry.

use base64::{Engine, engine::general_purpose::STANDARD};
use serde::Deserialize;
use serde_json::json;

use crate::{
    api::{ecr::check, input},
    cloud::Cloud,
    permissions::principal::Principal,
    wire::error::ApiResult,
};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Input {
    registry_ids: Option<Vec<String>>,
}

/// Every call issues a new token; earlier ones stay valid.
pub(super) fn get_token(cloud: &Cloud, caller: &Principal, input: &Input) -> ApiResult {
    if let Some(ids) = &input.registry_ids {
        input::count("registryIds", ids, 1..=10)?;
        ids.iter().try_for_each(|id| check::registry_id(Some(id)))?;
    }
    let (password, expires_at) = cloud.tokens.issue(caller.clone());
    Ok(json!({ "authorizationData": [{
        "authorizationToken": STANDARD.encode(format!("AWS:{password}")),
        "expiresAt": expires_at.to_json(),
        "proxyEndpoint": cloud.names.proxy_endpoint(),
    }] }))
}
