//! How the registry's rules scan a repository.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    api::{
        ecr::{check, registry_scanning::filter, stored},
        input,
    },
    cloud::Cloud,
    config::ACCOUNT,
    state::{State, scanning::ScanFrequency},
    wire::error::ApiResult,
};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct BatchGet {
    repository_names: Option<Vec<String>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Put {
    registry_id: Option<String>,
    repository_name: Option<String>,
    image_scanning_configuration: Option<ImageScanning>,
}

#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ImageScanning {
    #[serde(default)]
    pub(super) scan_on_push: bool,
}

pub(super) async fn batch_get(cloud: &Cloud, input: BatchGet) -> ApiResult {
    let names = input::required("repositoryNames", input.repository_names)?;
    input::count("repositoryNames", &names, 1..=25)?;
    names.iter().try_for_each(|name| check::checked_name("repositoryNames", name))?;
    Ok(cloud.store.read(|state| {
        let (existing, missing): (Vec<_>, Vec<_>) =
            names.iter().partition(|name| state.repositories.contains_key(*name));
        let configurations: Vec<_> = existing.iter().map(|name| configuration(state, cloud, name)).collect();
        let failures: Vec<_> = missing.iter().map(|name| failure(name)).collect();
        json!({ "scanningConfigurations": configurations, "failures": failures })
    }))
}

/// Changes the repository's own, deprecated setting. Under enhanced scanning only the registry's rules apply.
pub(super) async fn put(cloud: &Cloud, input: Put) -> ApiResult {
    check::registry_id(input.registry_id.as_deref())?;
    let name = check::name(input.repository_name)?;
    let setting = input::required("imageScanningConfiguration", input.image_scanning_configuration)?;
    stored::change_repository(cloud, &name, |repository| {
        repository.scan_on_push = setting.scan_on_push;
        Ok(())
    })
    .await?;
    Ok(json!({
        "registryId": ACCOUNT,
        "repositoryName": name,
        "imageScanningConfiguration": { "scanOnPush": setting.scan_on_push },
    }))
}

fn configuration(state: &State, cloud: &Cloud, name: &str) -> Value {
    let applied = state.configured(name);
    let frequency = applied.as_ref().map_or(ScanFrequency::Manual, |(frequency, _)| *frequency);
    let filters: Vec<_> = applied.iter().flat_map(|(_, filters)| filters).map(|text| filter(text)).collect();
    // AWS does not document whether the flag reflects the rules; here it does.
    let own = state.repositories.get(name).is_some_and(|repository| repository.scan_on_push);
    json!({
        "repositoryArn": cloud.names.repository_arn(name),
        "repositoryName": name,
        "scanOnPush": own || frequency == ScanFrequency::ScanOnPush,
        "scanFrequency": frequency.as_str(),
        "appliedScanFilters": filters,
    })
}

fn failure(name: &str) -> Value {
    json!({
        "repositoryName": name,
        "failureCode": "REPOSITORY_NOT_FOUND",
        "failureReason": check::repository_not_found(name).message,
    })
}
