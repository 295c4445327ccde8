//! Inspector: dispatches a call to its operation.

mod account;
mod aggregations;
mod check;
mod configuration;
mod coverage;
mod criteria;
mod findings;
mod permissions;

use crate::{
    api::input::run,
    cloud::Cloud,
    wire::error::{ApiError, ApiResult},
};

/// Runs the operation of this name.
pub(crate) async fn call(cloud: &Cloud, operation: &str, body: &[u8]) -> ApiResult {
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

/// Reports are written to an S3 bucket, encrypted with a KMS key; the practice cloud has neither.
fn no_buckets() -> ApiError {
    let text = "The practice cloud has no buckets to write a report to: list the findings and write them yourself.";
    ApiError::new("AccessDeniedException", text)
}
