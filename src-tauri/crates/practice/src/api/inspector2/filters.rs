//! The filters of findings that the account keeps: `CreateFilter`, `ListFilters`, `UpdateFilter`, `DeleteFilter`. Their tags are
//! in `tags`, and what they suppress in `suppression`.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    api::inspector2::{check, findings::filter::FilterCriteria, tags},
    cloud::Cloud,
    config::ACCOUNT,
    json::without_nulls,
    paging,
    state::{
        filters::{FilterAction, SavedFilter},
        inspector::Inspector,
    },
    wire::error::{ApiError, ApiResult},
};

/// The most filters of an account: our choice, since the quota that applies is not in Inspector's model.
const MOST: usize = 500;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Create {
    action: Option<String>,
    description: Option<String>,
    filter_criteria: Option<Value>,
    name: Option<String>,
    tags: Option<BTreeMap<String, String>>,
    reason: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct List {
    arns: Option<Vec<String>>,
    action: Option<String>,
    next_token: Option<String>,
    max_results: Option<i64>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Update {
    action: Option<String>,
    description: Option<String>,
    filter_criteria: Option<Value>,
    name: Option<String>,
    filter_arn: Option<String>,
    reason: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct Delete {
    arn: Option<String>,
}

/// Creates a filter. A second one of the same name is refused; the code is a choice.
pub(super) async fn create(cloud: &Cloud, input: Create) -> ApiResult {
    let action = action(&check::required("action", input.action)?)?;
    let criteria = criteria(check::required("filterCriteria", input.filter_criteria)?)?;
    let name = check::required("name", input.name)?;
    check_texts(Some(&name), input.description.as_deref(), input.reason.as_deref())?;
    let tags = input.tags.unwrap_or_default();
    tags::check(&tags)?;
    check_manager(cloud)?;
    let now = cloud.clock.moment();
    let id = uuid::Uuid::new_v4().simple().to_string()[..16].to_owned();
    let arn = cloud.names.filter_arn(&id);
    cloud
        .store
        .change(|state| {
            let filters = &mut state.inspector.filters;
            check_unused(filters, &name, None)?;
            if filters.len() >= MOST {
                let mut error = ApiError::new(
                    "ServiceQuotaExceededException",
                    format!("The account has {MOST} filters; delete one first."),
                );
                error.members.insert("resourceId".into(), ACCOUNT.into());
                return Err(error);
            }
            filters.insert(
                id,
                SavedFilter {
                    name,
                    action,
                    criteria,
                    description: input.description,
                    reason: input.reason,
                    tags,
                    created_at: now,
                    updated_at: now,
                },
            );
            Ok(())
        })
        .await?;
    Ok(json!({ "arn": arn }))
}

/// Lists the filters, the oldest first. ARNs of no filter select none.
pub(super) async fn list(cloud: &Cloud, input: List) -> ApiResult {
    let size = check::page_size(input.max_results, 1..=100)?;
    let wanted = input.action.as_deref().map(action).transpose()?;
    if let Some(arns) = &input.arns {
        arns.iter().try_for_each(|arn| check::text("arns", arn, 128))?;
    }
    let mut filters: Vec<(String, SavedFilter)> = cloud.store.read(|state| {
        let filters = state.inspector.filters.iter().map(|(id, filter)| (cloud.names.filter_arn(id), filter.clone()));
        filters
            .filter(|(arn, filter)| {
                wanted.is_none_or(|wanted| wanted == filter.action)
                    && input.arns.as_ref().is_none_or(|arns| arns.contains(arn))
            })
            .collect()
    });
    filters.sort_by(|(a, first), (b, second)| (first.created_at, a).cmp(&(second.created_at, b)));
    let query = format!("ListFilters {wanted:?} {:?}", input.arns);
    let page = paging::page(filters, &query, input.next_token.as_deref(), size, |(arn, _)| arn.clone())
        .map_err(check::next_token)?;
    let filters: Vec<_> = page.items.iter().map(|(arn, filter)| to_json(arn, filter)).collect();
    Ok(json!({ "filters": filters, "nextToken": page.next }))
}

/// Changes the members that the caller sends.
pub(super) async fn update(cloud: &Cloud, input: Update) -> ApiResult {
    let arn = check::required("filterArn", input.filter_arn)?;
    check::text("filterArn", &arn, 128)?;
    let action = input.action.as_deref().map(action).transpose()?;
    let criteria = input.filter_criteria.filter(|criteria| !criteria.is_null()).map(criteria).transpose()?;
    check_texts(input.name.as_deref(), input.description.as_deref(), input.reason.as_deref())?;
    check_manager(cloud)?;
    let now = cloud.clock.moment();
    cloud
        .store
        .change(|state| {
            let id = tags::existing(cloud, &state.inspector, &arn)?;
            if let Some(name) = &input.name {
                check_unused(&state.inspector.filters, name, Some(&id))?;
            }
            let filter = state.inspector.filters.get_mut(&id).ok_or_else(|| tags::not_found(&arn))?;
            filter.action = action.unwrap_or(filter.action);
            filter.updated_at = now;
            if let Some(criteria) = criteria {
                filter.criteria = criteria;
            }
            if let Some(name) = input.name {
                filter.name = name;
            }
            if input.description.is_some() {
                filter.description = input.description;
            }
            if input.reason.is_some() {
                filter.reason = input.reason;
            }
            Ok::<_, ApiError>(())
        })
        .await?;
    Ok(json!({ "arn": arn }))
}

/// Deletes a filter. What it suppressed is active again.
pub(super) async fn delete(cloud: &Cloud, input: Delete) -> ApiResult {
    let arn = check::required("arn", input.arn)?;
    check::text("arn", &arn, 128)?;
    check_manager(cloud)?;
    cloud
        .store
        .change(|state| {
            let id = tags::existing(cloud, &state.inspector, &arn)?;
            state.inspector.filters.remove(&id);
            Ok::<_, ApiError>(())
        })
        .await?;
    Ok(json!({ "arn": arn }))
}

/// The account's filters are deleted once Inspector is off for every resource type, as AWS documents it.
pub(super) fn forget_if_off(inspector: &mut Inspector) {
    if !inspector.is_on() {
        inspector.filters.clear();
    }
}

/// `Filter`
fn to_json(arn: &str, filter: &SavedFilter) -> Value {
    without_nulls(json!({
        "arn": arn,
        "ownerId": ACCOUNT,
        "name": filter.name,
        "criteria": filter.criteria,
        "action": filter.action.as_str(),
        "createdAt": filter.created_at.to_json(),
        "updatedAt": filter.updated_at.to_json(),
        "description": filter.description,
        "reason": filter.reason,
        "tags": filter.tags,
    }))
}

fn action(text: &str) -> Result<FilterAction, ApiError> {
    check::one_of("action", text, &FilterAction::NAMES)?;
    FilterAction::parse(text).ok_or_else(|| ApiError::internal("an action without its value"))
}

/// The criteria without null members, if they are valid.
fn criteria(value: Value) -> Result<Value, ApiError> {
    let parsed: FilterCriteria = serde_json::from_value(value.clone()).map_err(|error| ApiError::unreadable(&error))?;
    parsed.check()?;
    Ok(without_nulls(value))
}

fn check_texts(name: Option<&str>, description: Option<&str>, reason: Option<&str>) -> Result<(), ApiError> {
    [("name", name, 128), ("description", description, 512), ("reason", reason, 512)]
        .into_iter()
        .try_for_each(|(member, text, longest)| text.map_or(Ok(()), |text| check::text(member, text, longest)))
}

/// In an organization only the delegated administrator manages filters (Inspector user guide).
fn check_manager(cloud: &Cloud) -> Result<(), ApiError> {
    if cloud.permissions.read(|settings| settings.inspector_managed) {
        let message = "The delegated administrator of the organization manages the account's filters.";
        return Err(ApiError::new("AccessDeniedException", message));
    }
    Ok(())
}

fn check_unused(filters: &BTreeMap<String, SavedFilter>, name: &str, except: Option<&str>) -> Result<(), ApiError> {
    if filters.iter().any(|(id, filter)| filter.name == name && except != Some(id)) {
        return Err(ApiError::new("BadRequestException", format!("There is a filter with the name {name} already.")));
    }
    Ok(())
}
