//! Activating and deactivating Inspector, and its activation status. A failure for one account is part of the response,
//! not an error.

use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::{
    api::inspector2::{check, filters},
    cloud::Cloud,
    config::ACCOUNT,
    lifecycle::reconcile::reconcile,
    moment::Moment,
    state::{
        State,
        inspector::{ActivationStatus, Inspector, ResourceType},
        scanning::{ScanType, Scanning},
    },
    timeline::{ACTIVATION, DEACTIVATION},
    wire::error::{ApiError, ApiResult},
};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Switch {
    account_ids: Option<Vec<String>>,
    resource_types: Option<Vec<String>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Accounts {
    account_ids: Option<Vec<String>>,
}

pub(super) async fn enable(cloud: &Cloud, input: Switch) -> ApiResult {
    let resources = check::required("resourceTypes", input.resource_types)?;
    check::length("resourceTypes", &resources, 1..=6)?;
    switch(cloud, input.account_ids, parse(&resources)?, true).await
}

/// Without resource types, deactivates all of them.
pub(super) async fn disable(cloud: &Cloud, input: Switch) -> ApiResult {
    let requested = input.resource_types.unwrap_or_default();
    check::length("resourceTypes", &requested, 0..=6)?;
    let resources = if requested.is_empty() { ResourceType::ALL.to_vec() } else { parse(&requested)? };
    switch(cloud, input.account_ids, resources, false).await
}

pub(super) async fn status(cloud: &Cloud, input: Accounts) -> ApiResult {
    let (ours, others) = check::accounts(input.account_ids)?;
    let now = cloud.clock.moment();
    let account = cloud.store.read(|state| {
        let inspector = &state.inspector;
        let states = ResourceType::ALL.map(|resource| {
            let status = inspector.activation(resource).status(now);
            (resource.member().to_owned(), json!({ "status": status.as_str() }))
        });
        let states: Map<String, Value> = states.into_iter().collect();
        json!({ "accountId": ACCOUNT, "state": { "status": overall(inspector, now).as_str() }, "resourceState": states })
    });
    let accounts: Vec<_> = ours.then_some(account).into_iter().collect();
    Ok(json!({ "accounts": accounts, "failedAccounts": foreign(&others) }))
}

/// The free trial lasts fifteen days from the first activation here; in AWS it depends on the account.
pub(super) async fn free_trial(cloud: &Cloud, input: Accounts) -> ApiResult {
    const DAYS: std::time::Duration = std::time::Duration::from_hours(15 * 24);
    let ids = check::required("accountIds", input.account_ids)?;
    check::length("accountIds", &ids, 1..=100)?;
    let (ours, others) = check::accounts(Some(ids))?;
    let now = cloud.clock.moment();
    let trial = |since: Moment| {
        let status = if now < since + DAYS { "ACTIVE" } else { "INACTIVE" };
        json!({ "type": "ECR", "start": since.to_json(), "end": (since + DAYS).to_json(), "status": status })
    };
    // Before the first activation there is no trial.
    let trials: Vec<_> = cloud.store.read(|state| state.inspector.since).map(trial).into_iter().collect();
    let accounts: Vec<_> = ours.then(|| json!({ "accountId": ACCOUNT, "freeTrialInfo": trials })).into_iter().collect();
    let failed = others.iter().map(|id| json!({ "accountId": id, "code": "ACCESS_DENIED", "message": NOT_OURS }));
    Ok(json!({ "accounts": accounts, "failedAccounts": failed.collect::<Vec<_>>() }))
}

const NOT_OURS: &str = "The account is not the caller's, and not a member of its organization.";

const MANAGED: &str = "The delegated administrator of the organization manages the account's scanning.";

async fn switch(cloud: &Cloud, accounts: Option<Vec<String>>, resources: Vec<ResourceType>, on: bool) -> ApiResult {
    let (ours, others) = check::accounts(accounts)?;
    let mut failed = foreign(&others);
    let mut accounts = Vec::new();
    if ours {
        match switch_ours(cloud, &resources, on).await? {
            Ok(account) => accounts.push(account),
            Err(refused) => failed.push(refused),
        }
        reconcile(cloud).await?;
    }
    Ok(json!({ "accounts": accounts, "failedAccounts": failed }))
}

async fn switch_ours(cloud: &Cloud, resources: &[ResourceType], on: bool) -> Result<Result<Value, Value>, ApiError> {
    if cloud.permissions.read(|settings| settings.inspector_managed) {
        // That it is this code is an assumption.
        return Ok(Err(json!({ "accountId": ACCOUNT, "errorCode": "ACCESS_DENIED", "errorMessage": MANAGED })));
    }
    let now = cloud.clock.moment();
    let complete_at = now + cloud.clock.scaled(if on { ACTIVATION } else { DEACTIVATION });
    cloud
        .store
        .change(|state| {
            if let Some((code, message)) = refusal(&state.inspector, resources, on, now) {
                let mut account = account(&state.inspector, now);
                account["errorCode"] = code.into();
                account["errorMessage"] = message.into();
                return Ok::<_, ApiError>(Err(account));
            }
            for resource in resources {
                if state.inspector.activation(*resource).is_on() != on {
                    state.inspector.switch(*resource, on, complete_at);
                }
            }
            if on {
                state.inspector.since.get_or_insert(now);
            }
            update_scanning(state, resources, on);
            filters::forget_if_off(&mut state.inspector);
            Ok(Ok(account(&state.inspector, now)))
        })
        .await
}

/// Updates the registry's configuration: activating Inspector for ECR selects enhanced scanning, deactivating it
/// selects basic scanning. That no rules are left is a choice: the documentation does not say what becomes of them.
fn update_scanning(state: &mut State, resources: &[ResourceType], on: bool) {
    if !resources.contains(&ResourceType::Ecr) {
        return;
    }
    match (on, state.scanning.scan_type) {
        (true, ScanType::Basic) => state.scanning = Scanning { scan_type: ScanType::Enhanced, rules: Vec::new() },
        (false, ScanType::Enhanced) => state.scanning = Scanning::default(),
        _ => {}
    }
}

/// The error code and message if the resource types cannot be switched.
fn refusal(
    inspector: &Inspector,
    resources: &[ResourceType],
    on: bool,
    now: Moment,
) -> Option<(&'static str, &'static str)> {
    let statuses = || resources.iter().map(|resource| inspector.activation(*resource).status(now));
    if on && statuses().any(|status| status == ActivationStatus::Disabling) {
        return Some(("DISABLE_IN_PROGRESS", "Scanning is being disabled for the account."));
    }
    if !on && statuses().any(|status| status == ActivationStatus::Enabling) {
        return Some(("ENABLE_IN_PROGRESS", "Scanning is being enabled for the account."));
    }
    if on && statuses().all(|status| status == ActivationStatus::Enabled) {
        return Some(("ALREADY_ENABLED", "Scanning is already enabled for the account."));
    }
    if on && statuses().all(|status| status == ActivationStatus::Enabling) {
        return Some(("ENABLE_IN_PROGRESS", "Scanning is being enabled for the account."));
    }
    None
}

/// `Account`
fn account(inspector: &Inspector, now: Moment) -> Value {
    let statuses = ResourceType::ALL
        .map(|resource| (resource.member().to_owned(), inspector.activation(resource).status(now).as_str().into()));
    let statuses: Map<String, Value> = statuses.into_iter().collect();
    json!({ "accountId": ACCOUNT, "status": overall(inspector, now).as_str(), "resourceStatus": statuses })
}

/// The account's status: the most active status of any resource type.
fn overall(inspector: &Inspector, now: Moment) -> ActivationStatus {
    let statuses = ResourceType::ALL.map(|resource| inspector.activation(resource).status(now));
    [ActivationStatus::Enabled, ActivationStatus::Enabling, ActivationStatus::Disabling]
        .into_iter()
        .find(|status| statuses.contains(status))
        .unwrap_or(ActivationStatus::Disabled)
}

fn foreign(ids: &[String]) -> Vec<Value> {
    let failed = |id: &String| json!({ "accountId": id, "errorCode": "ACCESS_DENIED", "errorMessage": NOT_OURS });
    ids.iter().map(failed).collect()
}

fn parse(names: &[String]) -> Result<Vec<ResourceType>, ApiError> {
    let parse = |text: &String| {
        ResourceType::parse(text).ok_or_else(|| {
            let allowed = ResourceType::ALL.map(ResourceType::as_str).join(", ");
            ApiError::field("resourceTypes", &format!("must be one of {allowed}"))
        })
    };
    names.iter().map(parse).collect()
}
