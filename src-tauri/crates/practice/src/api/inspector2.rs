//! Inspector: which operation a path means, and what the operations have in common.

mod account;
mod aggregations;
mod check;
mod configuration;
mod coverage;
mod criteria;
mod findings;
mod permissions;

use super::{Reply, input::run};
use crate::{cloud::Cloud, wire::ApiError};

/// Paths and the operations behind them.
const PATHS: [(&str, &str); 14] = [
    ("/enable", "Enable"),
    ("/disable", "Disable"),
    ("/status/batch/get", "BatchGetAccountStatus"),
    ("/findings/list", "ListFindings"),
    ("/findings/aggregation/list", "ListFindingAggregations"),
    ("/findings/details/batch/get", "BatchGetFindingDetails"),
    ("/coverage/list", "ListCoverage"),
    ("/coverage/statistics/list", "ListCoverageStatistics"),
    ("/configuration/get", "GetConfiguration"),
    ("/configuration/update", "UpdateConfiguration"),
    ("/accountpermissions/list", "ListAccountPermissions"),
    ("/freetrialinfo/batchget", "BatchGetFreeTrialInfo"),
    ("/reporting/create", "CreateFindingsReport"),
    ("/sbomexport/create", "CreateSbomExport"),
];

/// The operations there are.
pub(crate) const OPERATIONS: &[&str] = &[
    "BatchGetAccountStatus",
    "BatchGetFindingDetails",
    "BatchGetFreeTrialInfo",
    "CreateFindingsReport",
    "CreateSbomExport",
    "Disable",
    "Enable",
    "GetConfiguration",
    "ListAccountPermissions",
    "ListCoverage",
    "ListCoverageStatistics",
    "ListFindingAggregations",
    "ListFindings",
    "UpdateConfiguration",
];

/// The operation that a path means.
pub(crate) fn operation(path: &str) -> Option<&'static str> {
    let path = path.strip_suffix('/').unwrap_or(path);
    PATHS.iter().find(|(known, _)| *known == path).map(|(_, operation)| *operation)
}

/// Runs the operation of this name.
pub(crate) async fn call(cloud: &Cloud, operation: &str, body: &[u8]) -> Reply {
    match operation {
        "BatchGetAccountStatus" => run(cloud, body, account::status).await,
        "BatchGetFindingDetails" => run(cloud, body, findings::details).await,
        "BatchGetFreeTrialInfo" => run(cloud, body, account::free_trial).await,
        "CreateFindingsReport" | "CreateSbomExport" => Err(no_buckets()),
        "Disable" => run(cloud, body, account::disable).await,
        "Enable" => run(cloud, body, account::enable).await,
        "GetConfiguration" => run(cloud, body, configuration::get).await,
        "ListAccountPermissions" => run(cloud, body, permissions::list).await,
        "ListCoverage" => run(cloud, body, coverage::list).await,
        "ListCoverageStatistics" => run(cloud, body, coverage::statistics).await,
        "ListFindingAggregations" => run(cloud, body, aggregations::list).await,
        "ListFindings" => run(cloud, body, findings::list).await,
        "UpdateConfiguration" => run(cloud, body, configuration::update).await,
        other => Err(ApiError::new("UnknownOperationException", format!("Inspector has no operation {other}."))),
    }
}

/// Reports are written to a bucket of S3, encrypted with a key of KMS; there is neither here.
fn no_buckets() -> ApiError {
    let text = "The practice cloud has no buckets to write a report to: list the findings and write them yourself.";
    ApiError::new("AccessDeniedException", text)
}
