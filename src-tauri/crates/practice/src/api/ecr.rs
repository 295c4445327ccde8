//! ECR: dispatches a call to its operation.

pub(crate) mod account;
mod authorization;
mod batch_images;
mod check;
mod images;
mod list_images;
mod mutability;
mod policies;
mod put_image;
mod registry_scanning;
mod repositories;
mod repository_scanning;
mod scan_findings;
mod start_scan;
mod tags;

use std::future::ready;

use crate::{
    api::input::run,
    cloud::Cloud,
    permissions::principal::Principal,
    wire::error::{ApiError, ApiResult},
};

/// Runs the operation of this name.
pub(crate) async fn call(cloud: &Cloud, caller: &Principal, operation: &str, body: &[u8]) -> ApiResult {
    match operation {
        "BatchCheckLayerAvailability" => run(cloud, body, batch_images::check_layers).await,
        "BatchDeleteImage" => run(cloud, body, batch_images::delete).await,
        "BatchGetImage" => run(cloud, body, batch_images::get).await,
        "BatchGetRepositoryScanningConfiguration" => run(cloud, body, repository_scanning::batch_get).await,
        "CreateRepository" => run(cloud, body, repositories::create).await,
        "DeleteRepository" => run(cloud, body, repositories::delete).await,
        "DescribeImageScanFindings" => run(cloud, body, scan_findings::describe).await,
        "DescribeImages" => run(cloud, body, images::describe).await,
        "DescribePullThroughCacheRules" => run(cloud, body, policies::pull_through_cache_rules).await,
        "DescribeRegistry" => run(cloud, body, account::describe_registry).await,
        "DescribeRepositories" => run(cloud, body, repositories::describe).await,
        "DescribeRepositoryCreationTemplates" => run(cloud, body, policies::creation_templates).await,
        "GetAccountSetting" => run(cloud, body, account::get_setting).await,
        "GetAuthorizationToken" => {
            run(cloud, body, |cloud, input| ready(authorization::get_token(cloud, caller, &input))).await
        }
        "GetLifecyclePolicy" => run(cloud, body, policies::lifecycle).await,
        "GetRegistryPolicy" => run(cloud, body, policies::registry).await,
        "GetRegistryScanningConfiguration" => run(cloud, body, registry_scanning::get).await,
        "GetRepositoryPolicy" => run(cloud, body, policies::repository).await,
        "ListImages" => run(cloud, body, list_images::list).await,
        "ListTagsForResource" => run(cloud, body, tags::list).await,
        "PutAccountSetting" => run(cloud, body, account::put_setting).await,
        "PutImage" => run(cloud, body, put_image::put).await,
        "PutImageScanningConfiguration" => run(cloud, body, repository_scanning::put).await,
        "PutImageTagMutability" => run(cloud, body, mutability::put).await,
        "PutRegistryScanningConfiguration" => run(cloud, body, registry_scanning::put).await,
        "StartImageScan" => run(cloud, body, start_scan::start).await,
        "TagResource" => run(cloud, body, tags::tag).await,
        "UntagResource" => run(cloud, body, tags::untag).await,
        other => Err(ApiError::new(
            "UnknownOperationException",
            format!("The practice cloud's ECR has no operation {other}."),
        )),
    }
}
