//! The registry's scanning configuration: a single object that is replaced as a whole.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    api::{ecr::account::NoInput, input},
    cloud::Cloud,
    config::ACCOUNT,
    filters,
    lifecycle::reconcile::reconcile,
    rescan,
    state::{
        inspector::ResourceType,
        scanning::{Rule, ScanFrequency, ScanType, Scanning},
    },
    timeline::ACTIVATION,
    wire::error::{ApiError, ApiResult},
};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Put {
    scan_type: Option<String>,
    rules: Option<Vec<RuleInput>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RuleInput {
    scan_frequency: Option<String>,
    repository_filters: Option<Vec<FilterInput>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct FilterInput {
    filter: Option<String>,
    filter_type: Option<String>,
}

pub(super) async fn get(cloud: &Cloud, _: NoInput) -> ApiResult {
    let configuration = cloud.store.read(|state| to_json(&state.scanning));
    Ok(json!({ "registryId": ACCOUNT, "scanningConfiguration": configuration }))
}

/// Replaces the scan type and the rules; a member that is absent stays as it is. Enhanced scanning activates Inspector for
/// ECR; returning to basic scanning leaves it activated.
pub(super) async fn put(cloud: &Cloud, input: Put) -> ApiResult {
    let now = cloud.clock.moment();
    let active_at = now + cloud.clock.scaled(ACTIVATION);
    let response = cloud
        .store
        .change(|state| {
            let scanning = validated(input, &state.scanning)?;
            let response = json!({ "registryScanningConfiguration": to_json(&scanning) });
            // What has expired under the rules so far is not revived by others.
            rescan::expire(state, now);
            if scanning.scan_type == ScanType::Enhanced && !state.inspector.ecr().is_on() {
                state.inspector.switch(ResourceType::Ecr, true, active_at);
                state.inspector.since.get_or_insert(now);
            }
            state.scanning = scanning;
            Ok::<_, ApiError>(response)
        })
        .await?;
    reconcile(cloud).await?;
    Ok(response)
}

/// One filter of a rule, as it is sent.
pub(super) fn filter(filter: &str) -> Value {
    json!({ "filter": filter, "filterType": "WILDCARD" })
}

fn to_json(scanning: &Scanning) -> Value {
    let rule = |rule: &Rule| {
        let filters: Vec<_> = rule.filters.iter().map(|text| filter(text)).collect();
        json!({ "scanFrequency": rule.frequency.as_str(), "repositoryFilters": filters })
    };
    let rules: Vec<_> = scanning.rules.iter().map(rule).collect();
    json!({ "scanType": scanning.scan_type.as_str(), "rules": rules })
}

/// Validates the configuration. Without a scan type the current one is kept, without `rules` the current rules are: only an
/// empty list removes them.
fn validated(input: Put, current: &Scanning) -> Result<Scanning, ApiError> {
    let scan_type = match input.scan_type.as_deref() {
        None => current.scan_type,
        Some("BASIC") => ScanType::Basic,
        Some("ENHANCED") => ScanType::Enhanced,
        Some(_) => return Err(ApiError::parameter("scanType", "must satisfy enum value set: [BASIC, ENHANCED]")),
    };
    let Some(rules) = input.rules else { return kept(scan_type, current) };
    input::count("rules", &rules, 0..=2)?;
    let rules = rules.into_iter().map(|rule| validated_rule(rule, scan_type)).collect::<Result<Vec<Rule>, _>>()?;
    Ok(Scanning { scan_type, rules })
}

/// The current rules under this scan type, which must allow their frequencies.
fn kept(scan_type: ScanType, current: &Scanning) -> Result<Scanning, ApiError> {
    match current.rules.iter().find(|rule| !is_allowed(rule.frequency, scan_type)) {
        None => Ok(Scanning { scan_type, rules: current.rules.clone() }),
        Some(_) => Err(not_allowed(scan_type)),
    }
}

/// Whether a rule of this scan type can have this frequency.
fn is_allowed(frequency: ScanFrequency, scan_type: ScanType) -> bool {
    match frequency {
        ScanFrequency::ScanOnPush => true,
        ScanFrequency::ContinuousScan => scan_type == ScanType::Enhanced,
        ScanFrequency::Manual => false,
    }
}

fn not_allowed(scan_type: ScanType) -> ApiError {
    let message = format!("The scan frequency is not allowed in a rule of scan type {}", scan_type.as_str());
    ApiError::new("InvalidParameterException", message)
}

fn validated_rule(rule: RuleInput, scan_type: ScanType) -> Result<Rule, ApiError> {
    let frequency = match input::required("rules.scanFrequency", rule.scan_frequency)?.as_str() {
        "SCAN_ON_PUSH" => ScanFrequency::ScanOnPush,
        "CONTINUOUS_SCAN" => ScanFrequency::ContinuousScan,
        "MANUAL" => ScanFrequency::Manual,
        _ => {
            let allowed = "must satisfy enum value set: [SCAN_ON_PUSH, CONTINUOUS_SCAN, MANUAL]";
            return Err(ApiError::parameter("rules.scanFrequency", allowed));
        }
    };
    if !is_allowed(frequency, scan_type) {
        return Err(not_allowed(scan_type));
    }
    let filters = input::required("rules.repositoryFilters", rule.repository_filters)?;
    input::count("rules.repositoryFilters", &filters, 0..=100)?;
    let filters = filters.into_iter().map(validated_filter).collect::<Result<_, _>>()?;
    Ok(Rule { frequency, filters })
}

fn validated_filter(input: FilterInput) -> Result<String, ApiError> {
    let filter = input::required("filter", input.filter)?;
    if input::required("filterType", input.filter_type)? != "WILDCARD" {
        return Err(ApiError::parameter("filterType", "must satisfy enum value set: [WILDCARD]"));
    }
    if !filters::is_valid(&filter) {
        let pattern = "must satisfy regular expression '^[a-z0-9*](?:[._\\-/a-z0-9*]?[a-z0-9*]+)*$'";
        return Err(ApiError::parameter("filter", pattern));
    }
    Ok(filter)
}
