//! ECR: dispatches a call to its operation.

pub(crate) mod account;
mod authorization;
mod batch_images;
mod check;
mod creation_templates;
mod images;
mod layers;
mod lifecycle_policy;
mod list_images;
mod mutability;
mod pull_through_cache;
mod put_image;
mod registry_policy;
mod registry_scanning;
mod replication;
mod repositories;
mod repository_policy;
mod repository_scanning;
mod scan_findings;
mod start_scan;
mod storage_class;
mod stored;
mod tags;

use std::future::ready;

use crate::{
    api::input::run,
    cloud::Cloud,
    permissions::principal::Principal,
    service::Service,
    wire::error::{ApiError, ApiResult},
};

/// Runs the operation of this name.
pub(crate) async fn call(cloud: &Cloud, caller: &Principal, operation: &str, body: &[u8]) -> ApiResult {
    if let Some(result) = of_registry(cloud, caller, operation, body).await {
        return result;
    }
    if let Some(result) = of_repository(cloud, caller, operation, body).await {
        return result;
    }
    if let Some(result) = of_image(cloud, operation, body).await {
        return result;
    }
    Err(ApiError::absent(Service::Ecr, operation))
}

/// Operations on the registry and the account.
async fn of_registry(cloud: &Cloud, caller: &Principal, operation: &str, body: &[u8]) -> Option<ApiResult> {
    Some(match operation {
        "CreatePullThroughCacheRule" => run(cloud, body, pull_through_cache::create).await,
        "DeletePullThroughCacheRule" => run(cloud, body, pull_through_cache::delete).await,
        "DeleteRegistryPolicy" => run(cloud, body, registry_policy::delete).await,
        "DescribePullThroughCacheRules" => run(cloud, body, pull_through_cache::describe).await,
        "DescribeRegistry" => run(cloud, body, replication::describe_registry).await,
        "DescribeRepositoryCreationTemplates" => run(cloud, body, creation_templates::describe).await,
        "GetAccountSetting" => run(cloud, body, account::get_setting).await,
        "GetAuthorizationToken" => {
            run(cloud, body, |cloud, input| ready(authorization::get_token(cloud, caller, &input))).await
        }
        "GetRegistryPolicy" => run(cloud, body, registry_policy::get).await,
        "GetRegistryScanningConfiguration" => run(cloud, body, registry_scanning::get).await,
        "PutAccountSetting" => run(cloud, body, account::put_setting).await,
        "PutRegistryPolicy" => run(cloud, body, registry_policy::put).await,
        "PutRegistryScanningConfiguration" => run(cloud, body, registry_scanning::put).await,
        "PutReplicationConfiguration" => run(cloud, body, replication::put).await,
        "UpdatePullThroughCacheRule" => run(cloud, body, pull_through_cache::update).await,
        "ValidatePullThroughCacheRule" => run(cloud, body, pull_through_cache::validate).await,
        _ => return None,
    })
}

/// Operations on repositories and their settings.
async fn of_repository(cloud: &Cloud, caller: &Principal, operation: &str, body: &[u8]) -> Option<ApiResult> {
    Some(match operation {
        "BatchGetRepositoryScanningConfiguration" => run(cloud, body, repository_scanning::batch_get).await,
        "CreateRepository" => run(cloud, body, repositories::create).await,
        "DeleteLifecyclePolicy" => run(cloud, body, lifecycle_policy::delete).await,
        "DeleteRepository" => run(cloud, body, repositories::delete).await,
        "DeleteRepositoryPolicy" => run(cloud, body, repository_policy::delete).await,
        "DescribeRepositories" => run(cloud, body, repositories::describe).await,
        "GetLifecyclePolicy" => run(cloud, body, lifecycle_policy::get).await,
        "GetLifecyclePolicyPreview" => run(cloud, body, lifecycle_policy::get_preview).await,
        "GetRepositoryPolicy" => run(cloud, body, repository_policy::get).await,
        "ListTagsForResource" => run(cloud, body, tags::list).await,
        "PutImageScanningConfiguration" => run(cloud, body, repository_scanning::put).await,
        "PutImageTagMutability" => run(cloud, body, mutability::put).await,
        "PutLifecyclePolicy" => run(cloud, body, lifecycle_policy::put).await,
        "SetRepositoryPolicy" => run(cloud, body, |cloud, input| repository_policy::set(cloud, caller, input)).await,
        "StartLifecyclePolicyPreview" => run(cloud, body, lifecycle_policy::start_preview).await,
        "TagResource" => run(cloud, body, tags::tag).await,
        "UntagResource" => run(cloud, body, tags::untag).await,
        _ => return None,
    })
}

/// Operations on images and layers.
async fn of_image(cloud: &Cloud, operation: &str, body: &[u8]) -> Option<ApiResult> {
    Some(match operation {
        "BatchCheckLayerAvailability" => run(cloud, body, layers::check_availability).await,
        "BatchDeleteImage" => run(cloud, body, batch_images::delete).await,
        "BatchGetImage" => run(cloud, body, batch_images::get).await,
        "CompleteLayerUpload" => run(cloud, body, layers::complete).await,
        "DescribeImageReplicationStatus" => run(cloud, body, replication::status).await,
        "DescribeImageScanFindings" => run(cloud, body, scan_findings::describe).await,
        "DescribeImages" => run(cloud, body, images::describe).await,
        "GetDownloadUrlForLayer" => run(cloud, body, layers::download_url).await,
        "InitiateLayerUpload" => run(cloud, body, layers::initiate).await,
        "ListImages" => run(cloud, body, list_images::list).await,
        "PutImage" => run(cloud, body, put_image::put).await,
        "StartImageScan" => run(cloud, body, start_scan::start).await,
        "UpdateImageStorageClass" => run(cloud, body, storage_class::update).await,
        "UploadLayerPart" => run(cloud, body, layers::upload_part).await,
        _ => return None,
    })
}
