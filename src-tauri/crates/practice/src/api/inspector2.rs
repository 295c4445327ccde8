//! Inspector: dispatches a call to its operation.

mod account;
mod aggregations;
mod check;
mod configuration;
mod coverage;
mod criteria;
pub(crate) mod findings;
mod other_criteria;
mod permissions;

use crate::{
    api::input::run,
    cloud::Cloud,
    service::Service,
    wire::error::{ApiError, ApiResult},
};

/// Runs the operation of this name.
pub(crate) async fn call(cloud: &Cloud, operation: &str, body: &[u8]) -> ApiResult {
    match operation {
        "BatchGetAccountStatus" => run(cloud, body, account::status).await,
        "BatchGetFindingDetails" => run(cloud, body, findings::details).await,
        "BatchGetFreeTrialInfo" => run(cloud, body, account::free_trial).await,
        "Disable" => run(cloud, body, account::disable).await,
        "Enable" => run(cloud, body, account::enable).await,
        "GetConfiguration" => run(cloud, body, configuration::get).await,
        "ListAccountPermissions" => run(cloud, body, permissions::list).await,
        "ListCoverage" => run(cloud, body, coverage::list).await,
        "ListCoverageStatistics" => run(cloud, body, coverage::statistics).await,
        "ListFindingAggregations" => run(cloud, body, aggregations::list).await,
        "ListFindings" => run(cloud, body, findings::list).await,
        "UpdateConfiguration" => run(cloud, body, configuration::update).await,
        other => Err(ApiError::absent(Service::Inspector2, other)),
    }
}
