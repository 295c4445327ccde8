//! `ListFindings` and `BatchGetFindingDetails`.

pub(crate) mod filter;
mod package_filter;
mod sort;

use serde::Deserialize;
use serde_json::json;

use crate::{
    api::inspector2::{
        check,
        findings::{filter::FilterCriteria, sort::SortCriteria},
    },
    cloud::Cloud,
    observe::ObservedFinding,
    paging, suppression,
    view::inspector,
    wire::error::ApiResult,
};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct List {
    max_results: Option<i64>,
    next_token: Option<String>,
    filter_criteria: Option<FilterCriteria>,
    sort_criteria: Option<SortCriteria>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Details {
    finding_arns: Option<Vec<String>>,
}

/// The largest page, even if the caller asks for more.
const PAGE: usize = 25;

/// Lists findings of every status unless a filter selects one: AWS documents no default.
pub(super) async fn list(cloud: &Cloud, input: List) -> ApiResult {
    let size = check::page_size(input.max_results, 1..=100)?.min(PAGE);
    let criteria = input.filter_criteria.unwrap_or_default();
    criteria.check()?;
    let query = format!("ListFindings {criteria:?} {:?}", input.sort_criteria);
    let mut findings = suppression::all(cloud).await?;
    findings.retain(|finding| criteria.fits(cloud, finding));
    if let Some(order) = &input.sort_criteria {
        order.sort(&mut findings)?;
    }
    let page = paging::page(findings, &query, input.next_token.as_deref(), size, |finding| finding.id.clone())
        .map_err(check::next_token)?;
    let findings: Vec<_> = page.items.iter().map(|finding| inspector::finding(cloud, finding)).collect();
    Ok(json!({ "findings": findings, "nextToken": page.next }))
}

pub(super) async fn details(cloud: &Cloud, input: Details) -> ApiResult {
    let arns = check::required("findingArns", input.finding_arns)?;
    check::length("findingArns", &arns, 1..=10)?;
    let findings = suppression::all(cloud).await?;
    let of_arn = |arn: &str| -> Option<&ObservedFinding> {
        let id = arn.strip_prefix(&cloud.names.finding_arn(""))?;
        findings.iter().find(|finding| finding.id == id)
    };
    let (mut details, mut errors) = (Vec::new(), Vec::new());
    for arn in &arns {
        if !(1..=100).contains(&arn.len()) || !arn.starts_with("arn:aws") {
            errors.push(failure(arn, "INVALID_INPUT", "This is not the ARN of a finding."));
            continue;
        }
        match of_arn(arn) {
            Some(finding) => details.push(inspector::details(cloud, finding)),
            None => errors.push(failure(arn, "FINDING_DETAILS_NOT_FOUND", "There is no finding of this ARN.")),
        }
    }
    Ok(json!({ "findingDetails": details, "errors": errors }))
}

fn failure(arn: &str, code: &str, message: &str) -> serde_json::Value {
    json!({ "findingArn": arn, "errorCode": code, "errorMessage": message })
}
