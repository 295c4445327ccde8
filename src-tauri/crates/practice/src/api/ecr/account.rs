//! The registry as a whole and the account's settings.

use serde::Deserialize;
use serde_json::json;

use crate::{
    api::input,
    cloud::Cloud,
    config::ACCOUNT,
    wire::error::{ApiError, ApiResult},
};

/// The account settings with their values, the default first. AWS does not document the default of `BLOB_MOUNTING`. It
/// is enabled here because the lab pushes one image twice to show that layers the registry has need not be sent again;
/// disabling it only sends them again.
const SETTINGS: [(&str, [&str; 2]); 3] = [
    ("BASIC_SCAN_TYPE_VERSION", ["AWS_NATIVE", "CLAIR"]),
    ("REGISTRY_POLICY_SCOPE", ["V2", "V1"]),
    (BLOB_MOUNTING, ["ENABLED", "DISABLED"]),
];
const BLOB_MOUNTING: &str = "BLOB_MOUNTING";

/// The input of operations without parameters.
#[derive(Deserialize)]
pub(super) struct NoInput {}

#[derive(Deserialize)]
pub(super) struct Setting {
    name: Option<String>,
    value: Option<String>,
}

pub(super) async fn describe_registry(_: &Cloud, _: NoInput) -> ApiResult {
    Ok(json!({ "registryId": ACCOUNT, "replicationConfiguration": { "rules": [] } }))
}

pub(super) async fn get_setting(cloud: &Cloud, input: Setting) -> ApiResult {
    let (name, values) = setting(input.name)?;
    let value = cloud.store.read(|state| state.account_settings.get(name).cloned());
    Ok(json!({ "name": name, "value": value.unwrap_or_else(|| values[0].to_owned()) }))
}

pub(super) async fn put_setting(cloud: &Cloud, input: Setting) -> ApiResult {
    let (name, values) = setting(input.name)?;
    let value = input::required("value", input.value)?;
    if !values.contains(&value.as_str()) {
        return Err(ApiError::parameter("value", &format!("must satisfy enum value set: [{}]", values.join(", "))));
    }
    cloud
        .store
        .change(|state| {
            state.account_settings.insert(name.to_owned(), value.clone());
            Ok::<_, ApiError>(())
        })
        .await?;
    Ok(json!({ "name": name, "value": value }))
}

/// Whether blobs can be mounted from one repository into another.
pub(crate) fn mounts_blobs(cloud: &Cloud) -> bool {
    cloud.store.read(|state| state.account_settings.get(BLOB_MOUNTING).is_none_or(|value| value == "ENABLED"))
}

fn setting(name: Option<String>) -> Result<(&'static str, [&'static str; 2]), ApiError> {
    let name = input::required("name", name)?;
    SETTINGS.into_iter().find(|(candidate, _)| *candidate == name).ok_or_else(|| {
        let names = SETTINGS.map(|(name, _)| name).join(", ");
        ApiError::parameter("name", &format!("must satisfy enum value set: [{names}]"))
    })
}
