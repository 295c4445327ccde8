//! The account's settings.

use serde::Deserialize;
use serde_json::json;

use crate::{
    api::input,
    cloud::Cloud,
    wire::error::{ApiError, ApiResult},
};

/// The account settings with the values that the API model lists, the default first. That `BLOB_MOUNTING` is disabled until
/// a user enables it is inferred: the user guide has one enable it.
const SETTINGS: [Setting; 3] = [
    Setting { name: "BASIC_SCAN_TYPE_VERSION", values: &["AWS_NATIVE"] },
    Setting { name: "REGISTRY_POLICY_SCOPE", values: &["V2"] },
    BLOB_MOUNTING,
];
const BLOB_MOUNTING: Setting = Setting { name: "BLOB_MOUNTING", values: &["DISABLED", ENABLED] };
const ENABLED: &str = "ENABLED";

/// A setting of the account.
struct Setting {
    name: &'static str,
    /// The first one is the default.
    values: &'static [&'static str],
}

/// The input of operations without parameters.
#[derive(Deserialize)]
pub(super) struct NoInput {}

#[derive(Deserialize)]
pub(super) struct Input {
    name: Option<String>,
    value: Option<String>,
}

pub(super) async fn get_setting(cloud: &Cloud, input: Input) -> ApiResult {
    let setting = setting(input.name)?;
    Ok(json!({ "name": setting.name, "value": value(cloud, &setting) }))
}

pub(super) async fn put_setting(cloud: &Cloud, input: Input) -> ApiResult {
    let Setting { name, values } = setting(input.name)?;
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
    value(cloud, &BLOB_MOUNTING) == ENABLED
}

/// The value in force. One that was stored by an earlier version, and is no longer allowed, does not count.
fn value(cloud: &Cloud, setting: &Setting) -> &'static str {
    let stored = cloud.store.read(|state| state.account_settings.get(setting.name).cloned());
    let allowed = setting.values.iter().find(|value| Some(**value) == stored.as_deref());
    allowed.copied().unwrap_or(setting.values[0])
}

fn setting(name: Option<String>) -> Result<Setting, ApiError> {
    let name = input::required("name", name)?;
    SETTINGS.into_iter().find(|candidate| candidate.name == name).ok_or_else(|| {
        let names = SETTINGS.map(|setting| setting.name).join(", ");
        ApiError::parameter("name", &format!("must satisfy enum value set: [{names}]"))
    })
}
