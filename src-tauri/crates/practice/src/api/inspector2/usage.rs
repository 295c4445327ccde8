//! `ListUsageTotals`: the scans of the last thirty days. What they would cost in AWS is left out: the practice cloud has no prices.

use serde::Deserialize;
use serde_json::json;

use crate::{
    api::inspector2::check,
    cloud::Cloud,
    config::ACCOUNT,
    paging,
    wire::error::{ApiError, ApiResult},
};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct List {
    max_results: Option<i64>,
    next_token: Option<String>,
    account_ids: Option<Vec<String>>,
}

/// Lists the totals of the practice account; those of an account that has never used Inspector are an empty list.
pub(super) async fn list(cloud: &Cloud, input: List) -> ApiResult {
    let size = check::page_size(input.max_results, 1..=500)?;
    if let Some(ids) = &input.account_ids {
        check::length("accountIds", ids, 1..=7000)?;
        ids.iter().try_for_each(|id| check::account(id))?;
        if let Some(other) = ids.iter().find(|id| *id != ACCOUNT) {
            return Err(ApiError::new("AccessDeniedException", format!("The account {other} is not the caller's.")));
        }
    }
    let now = cloud.clock.moment();
    let totals = cloud.store.read(|state| {
        state.inspector.since.map(|_| {
            let (initial, again) = state.inspector.usage.totals(now);
            [("ECR_INITIAL_SCAN", initial), ("ECR_RESCAN", again)]
        })
    });
    let total = totals.map(|totals| {
        let usage = totals.map(|(kind, total)| json!({ "type": kind, "total": total as f64, "cloudProvider": "AWS" }));
        json!({ "accountId": ACCOUNT, "usage": usage })
    });
    let query = format!("ListUsageTotals {:?}", input.account_ids);
    let page = paging::page(total.into_iter().collect(), &query, input.next_token.as_deref(), size, |_| ACCOUNT.into())
        .map_err(check::next_token)?;
    Ok(json!({ "totals": page.items, "nextToken": page.next }))
}
