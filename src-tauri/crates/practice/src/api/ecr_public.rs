//! The API of the public registry: tokens for it.

use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::json;

use crate::{
    cloud::Cloud,
    permissions::principal::Principal,
    wire::error::{ApiError, ApiResult},
};

/// Runs the operation of this name.
pub(crate) fn call(cloud: &Cloud, caller: &Principal, operation: &str) -> ApiResult {
    match operation {
        "GetAuthorizationToken" => Ok(get_token(cloud, caller)),
        other => Err(ApiError::new(
            "UnknownOperationException",
            format!("The practice cloud's ECR Public has no operation {other}."),
        )),
    }
}

/// A password for `docker login public.ecr.aws`. Pulls there need none.
fn get_token(cloud: &Cloud, caller: &Principal) -> serde_json::Value {
    let (password, expires_at) = cloud.public_tokens.issue(caller.clone());
    json!({ "authorizationData": {
        "authorizationToken": STANDARD.encode(format!("AWS:{password}")),
        "expiresAt": expires_at.to_json(),
    } })
}
