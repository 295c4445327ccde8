//! `ListFindingAggregations`: counts active findings by a common property. Each element of the response has exactly one
//! member, named after the aggregation.

mod group;
mod kind;
mod request;

use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    api::inspector2::{
        aggregations::{
            group::groups,
            kind::{AGGREGATIONS, OTHER_RESOURCES},
        },
        check,
        criteria::{COMPARISONS, Strings, check_strings, strings},
    },
    cloud::Cloud,
    config::ACCOUNT,
    paging, suppression,
    wire::error::ApiResult,
};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct List {
    aggregation_type: Option<String>,
    next_token: Option<String>,
    max_results: Option<i64>,
    account_ids: Strings,
    aggregation_request: Option<serde_json::Map<String, Value>>,
}

pub(super) async fn list(cloud: &Cloud, input: List) -> ApiResult {
    let size = check::page_size(input.max_results, 1..=100)?;
    let requested = check::required("aggregationType", input.aggregation_type)?;
    check_strings("accountIds", &input.account_ids, COMPARISONS)?;
    let Some((_, member, aggregation)) = AGGREGATIONS.into_iter().find(|(name, _, _)| *name == requested) else {
        check::one_of(
            "aggregationType",
            &requested,
            &AGGREGATIONS.map(|(name, _, _)| name).into_iter().chain(OTHER_RESOURCES).collect::<Vec<_>>(),
        )?;
        check::no_token(input.next_token.as_deref())?;
        return Ok(json!({ "aggregationType": requested, "responses": [] }));
    };
    let request = request::parse(member, aggregation, input.aggregation_request.unwrap_or_default())?;
    request.check(aggregation)?;
    let mut findings = suppression::all(cloud).await?;
    findings.retain(|finding| {
        !finding.closed && !finding.suppressed && strings(&input.account_ids, [ACCOUNT]) && request.fits(cloud, finding)
    });
    let mut groups = groups(cloud, aggregation, &findings);
    groups.retain(|group| request.fits_group(aggregation, group));
    request.sort(&mut groups);
    let query = format!("ListFindingAggregations {requested} {request:?} {:?}", input.account_ids);
    let page = paging::page(groups, &query, input.next_token.as_deref(), size, |group| group.key.clone())
        .map_err(check::next_token)?;
    let responses: Vec<_> = page.items.into_iter().map(|group| json!({ member: group.into_json() })).collect();
    Ok(json!({ "aggregationType": requested, "responses": responses, "nextToken": page.next }))
}
