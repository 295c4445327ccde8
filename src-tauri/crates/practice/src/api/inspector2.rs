//! Inspector: dispatches a call to its operation.

mod account;
mod aggregations;
mod check;
mod clusters;
mod configuration;
mod coverage;
mod criteria;
mod filters;
pub(crate) mod findings;
mod other_criteria;
mod permissions;
mod tags;
mod usage;
mod vulnerabilities;

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
        "CreateFilter" => run(cloud, body, filters::create).await,
        "DeleteFilter" => run(cloud, body, filters::delete).await,
        "Disable" => run(cloud, body, account::disable).await,
        "Enable" => run(cloud, body, account::enable).await,
        "GetClustersForImage" => run(cloud, body, clusters::get).await,
        "GetConfiguration" => run(cloud, body, configuration::get).await,
        "ListAccountPermissions" => run(cloud, body, permissions::list).await,
        "ListCoverage" => run(cloud, body, coverage::list).await,
        "ListCoverageStatistics" => run(cloud, body, coverage::statistics).await,
        "ListFilters" => run(cloud, body, filters::list).await,
        "ListFindingAggregations" => run(cloud, body, aggregations::list).await,
        "ListFindings" => run(cloud, body, findings::list).await,
        "ListTagsForResource" => run(cloud, body, tags::list).await,
        "ListUsageTotals" => run(cloud, body, usage::list).await,
        "SearchVulnerabilities" => run(cloud, body, vulnerabilities::search).await,
        "TagResource" => run(cloud, body, tags::tag).await,
        "UntagResource" => run(cloud, body, tags::untag).await,
        "UpdateConfiguration" => run(cloud, body, configuration::update).await,
        "UpdateFilter" => run(cloud, body, filters::update).await,
        other => Err(ApiError::absent(Service::Inspector2, other)),
    }
}
