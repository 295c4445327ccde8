//! `ListCoverage` and `ListCoverageStatistics`.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::{
    api::inspector2::{
        check,
        criteria::{Dates, EXACT, Numbers, Strings, check_count, check_strings, dates, numbers, strings},
        other_criteria::{self, Kind},
    },
    cloud::Cloud,
    config::ACCOUNT,
    coverage::{self, CoveredResource},
    paging,
    wire::error::{ApiError, ApiResult},
};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct List {
    max_results: Option<i64>,
    next_token: Option<String>,
    filter_criteria: Option<Criteria>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Statistics {
    filter_criteria: Option<Criteria>,
    group_by: Option<String>,
    next_token: Option<String>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Criteria {
    scan_status_code: Strings,
    scan_status_reason: Strings,
    account_id: Strings,
    resource_id: Strings,
    resource_type: Strings,
    scan_type: Strings,
    ecr_repository_name: Strings,
    ecr_image_tags: Strings,
    scan_mode: Strings,
    last_scanned_commit_id: Strings,
    last_scanned_at: Dates,
    image_pulled_at: Dates,
    ecr_image_last_in_use_at: Dates,
    ecr_image_in_use_count: Numbers,
    /// Criteria of properties that no image has.
    #[serde(flatten)]
    others: Map<String, Value>,
}

/// The criteria of properties that no image has, from Inspector's model in botocore 1.44.8.
const OTHERS: &[(&str, Kind)] = &[
    ("ec2InstanceTags", Kind::Map),
    ("lambdaFunctionName", Kind::Text),
    ("lambdaFunctionTags", Kind::Map),
    ("lambdaFunctionRuntime", Kind::Text),
    ("machineImageTags", Kind::Map),
    ("codeRepositoryProjectName", Kind::Text),
    ("codeRepositoryProviderType", Kind::Text),
    ("codeRepositoryProviderTypeVisibility", Kind::Text),
    ("cloudProvider", Kind::Text),
    ("cloudProviderAccountId", Kind::Text),
    ("cloudProviderRegion", Kind::Text),
    ("cloudVmInstanceTags", Kind::Map),
    ("cloudContainerImageTags", Kind::Text),
    ("cloudContainerRepositoryName", Kind::Text),
    ("cloudContainerRegistryName", Kind::Text),
    ("cloudServerlessFunctionName", Kind::Text),
    ("cloudServerlessFunctionRuntime", Kind::Text),
    ("cloudServerlessFunctionTags", Kind::Map),
    ("cloudProviderOrgId", Kind::Text),
];

/// The number of groups on a page of statistics.
const GROUPS: usize = 5;
const GROUP_BY: [&str; 9] = [
    "SCAN_STATUS_CODE",
    "SCAN_STATUS_REASON",
    "ACCOUNT_ID",
    "RESOURCE_TYPE",
    "ECR_REPOSITORY_NAME",
    "PROVIDER",
    "PROVIDER_ACCOUNT_ID",
    "PROVIDER_REGION",
    "PROVIDER_ORG_ID",
];

pub(super) async fn list(cloud: &Cloud, input: List) -> ApiResult {
    let size = check::page_size(input.max_results, 1..=200)?;
    let criteria = input.filter_criteria.unwrap_or_default();
    let query = format!("ListCoverage {criteria:?}");
    let rows = filtered_rows(cloud, &criteria).await?;
    let page = paging::page(rows, &query, input.next_token.as_deref(), size, |row| row.resource_id.clone())
        .map_err(check::next_token)?;
    let rows: Vec<_> = page.items.iter().map(CoveredResource::to_json).collect();
    Ok(json!({ "coveredResources": rows, "nextToken": page.next }))
}

/// Counts rows by group. A group's key is the common value of its rows, although the API model declares it otherwise.
pub(super) async fn statistics(cloud: &Cloud, input: Statistics) -> ApiResult {
    let criteria = input.filter_criteria.unwrap_or_default();
    let rows = filtered_rows(cloud, &criteria).await?;
    let Some(group_by) = input.group_by else {
        check::no_token(input.next_token.as_deref())?;
        return Ok(json!({ "totalCounts": rows.len() }));
    };
    check::one_of("groupBy", &group_by, &GROUP_BY)?;
    let mut groups: BTreeMap<String, usize> = BTreeMap::new();
    for row in &rows {
        if let Some(key) = group(row, &group_by, &cloud.names.region) {
            *groups.entry(key).or_default() += 1;
        }
    }
    let query = format!("ListCoverageStatistics {group_by} {criteria:?}");
    let groups: Vec<_> = groups.into_iter().collect();
    let page = paging::page(groups, &query, input.next_token.as_deref(), GROUPS, |(key, _)| key.clone())
        .map_err(check::next_token)?;
    let counts: Vec<_> = page.items.iter().map(|(key, count)| json!({ "groupKey": key, "count": count })).collect();
    Ok(json!({ "countsByGroup": counts, "totalCounts": rows.len(), "nextToken": page.next }))
}

async fn filtered_rows(cloud: &Cloud, criteria: &Criteria) -> Result<Vec<CoveredResource>, ApiError> {
    criteria.check()?;
    let rows = coverage::rows(cloud).await?;
    Ok(rows.into_iter().filter(|row| criteria.fits(row)).collect())
}

fn group(row: &CoveredResource, by: &str, region: &str) -> Option<String> {
    let key = match by {
        "SCAN_STATUS_CODE" => row.status(),
        "SCAN_STATUS_REASON" => row.reason,
        "ACCOUNT_ID" | "PROVIDER_ACCOUNT_ID" => ACCOUNT,
        "RESOURCE_TYPE" => row.resource_type,
        "ECR_REPOSITORY_NAME" => &row.repository,
        "PROVIDER" => "AWS",
        "PROVIDER_REGION" => region,
        _ => return None,
    };
    Some(key.to_owned())
}

impl Criteria {
    fn check(&self) -> Result<(), ApiError> {
        let text = [
            ("scanStatusCode", &self.scan_status_code),
            ("scanStatusReason", &self.scan_status_reason),
            ("accountId", &self.account_id),
            ("resourceId", &self.resource_id),
            ("resourceType", &self.resource_type),
            ("scanType", &self.scan_type),
            ("ecrRepositoryName", &self.ecr_repository_name),
            ("ecrImageTags", &self.ecr_image_tags),
            ("scanMode", &self.scan_mode),
            ("lastScannedCommitId", &self.last_scanned_commit_id),
        ];
        other_criteria::check(&self.others, OTHERS, EXACT)?;
        text.into_iter().try_for_each(|(name, filters)| check_strings(name, filters, EXACT))?;
        let times = [
            ("lastScannedAt", &self.last_scanned_at),
            ("imagePulledAt", &self.image_pulled_at),
            ("ecrImageLastInUseAt", &self.ecr_image_last_in_use_at),
        ];
        times.into_iter().try_for_each(|(name, filters)| check_count(name, filters.as_deref()))?;
        check_count("ecrImageInUseCount", self.ecr_image_in_use_count.as_deref())
    }

    fn fits(&self, row: &CoveredResource) -> bool {
        strings(&self.scan_status_code, [row.status()])
            && strings(&self.scan_status_reason, [row.reason])
            && strings(&self.account_id, [ACCOUNT])
            && strings(&self.resource_id, [row.resource_id.as_str()])
            && strings(&self.resource_type, [row.resource_type])
            && strings(&self.scan_type, ["PACKAGE"])
            && strings(&self.ecr_repository_name, [row.repository.as_str()])
            && strings(&self.ecr_image_tags, row.tags.iter().map(String::as_str))
            && strings(&self.scan_mode, None)
            && strings(&self.last_scanned_commit_id, None)
            && dates(&self.last_scanned_at, row.last_scanned_at)
            && dates(&self.image_pulled_at, row.pulled_at)
            && dates(&self.ecr_image_last_in_use_at, None)
            && numbers(&self.ecr_image_in_use_count, Some(0.0))
            && other_criteria::is_none(&self.others)
    }
}
