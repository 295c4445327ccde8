//! Inspector's activation, configuration and permissions.

use aws_sdk_ecr::types::{ImageIdentifier, ScanFrequency, ScanType};
use aws_sdk_inspector2::types::{
    EcrConfiguration, EcrPullDateRescanDuration, EcrPullDateRescanMode, EcrRescanDuration, ErrorCode, Operation,
    ResourceScanType, Service, Status,
};

use crate::support::{Cloud, Image, code};

async fn activation(cloud: &Cloud) -> (Status, Status) {
    let answer = cloud.inspector.batch_get_account_status().send().await.unwrap();
    let account = &answer.accounts()[0];
    let ecr = account.resource_state().unwrap().ecr().unwrap().status().clone();
    (account.state().unwrap().status().clone(), ecr)
}

#[tokio::test]
async fn enhanced_scanning_activates_inspector_after_a_while() {
    let cloud = Cloud::manual().await;
    assert_eq!(activation(&cloud).await, (Status::Disabled, Status::Disabled));
    cloud.configure(&[(ScanFrequency::ContinuousScan, "prod")]).await;
    assert_eq!(activation(&cloud).await, (Status::Enabling, Status::Enabling));
    cloud.advance(20);
    assert_eq!(activation(&cloud).await, (Status::Enabled, Status::Enabled));
    cloud.basic().await;
    assert_eq!(activation(&cloud).await.1, Status::Enabled);
}

#[tokio::test]
async fn enabling_and_disabling_change_the_registrys_configuration() {
    let cloud = Cloud::manual().await;
    let enable = || cloud.inspector.enable().resource_types(ResourceScanType::Ecr).send();
    let disable = || cloud.inspector.disable().resource_types(ResourceScanType::Ecr).send();
    let scan_type = || async {
        let got = cloud.ecr.get_registry_scanning_configuration().send().await.unwrap();
        got.scanning_configuration().unwrap().scan_type().unwrap().clone()
    };
    let answer = enable().await.unwrap();
    assert_eq!(answer.accounts()[0].resource_status().unwrap().ecr(), &Status::Enabling);
    assert_eq!(scan_type().await, ScanType::Enhanced);
    assert_eq!(enable().await.unwrap().failed_accounts()[0].error_code(), &ErrorCode::EnableInProgress);
    assert_eq!(disable().await.unwrap().failed_accounts()[0].error_code(), &ErrorCode::EnableInProgress);
    cloud.advance(20);
    assert_eq!(enable().await.unwrap().failed_accounts()[0].error_code(), &ErrorCode::AlreadyEnabled);
    let answer = disable().await.unwrap();
    assert_eq!(answer.accounts()[0].resource_status().unwrap().ecr(), &Status::Disabling);
    assert_eq!(scan_type().await, ScanType::Basic);
    assert_eq!(enable().await.unwrap().failed_accounts()[0].error_code(), &ErrorCode::DisableInProgress);
    cloud.advance(10);
    assert_eq!(activation(&cloud).await, (Status::Disabled, Status::Disabled));
}

#[tokio::test]
async fn what_inspector_found_is_inaccessible_once_its_scanning_of_ecr_is_off() {
    let cloud = Cloud::start().await;
    cloud.watch("prod").await;
    cloud.create("prod").await;
    cloud.push("prod", "latest", &Image::vulnerable()).await;
    cloud.practice.scanner_idle().await;
    let listed = || async { cloud.inspector.list_findings().send().await.unwrap().findings().len() };
    let latest = ImageIdentifier::builder().image_tag("latest").build();
    let describe = || cloud.ecr.describe_image_scan_findings().repository_name("prod").image_id(latest.clone()).send();
    assert!(listed().await > 0 && describe().await.is_ok());
    cloud.inspector.disable().resource_types(ResourceScanType::Ecr).send().await.unwrap();
    let configuration = cloud.ecr.get_registry_scanning_configuration().send().await.unwrap();
    assert_eq!(configuration.scanning_configuration().unwrap().scan_type(), Some(&ScanType::Basic));
    assert_eq!(listed().await, 0);
    assert_eq!(code(describe().await), "ScanNotFoundException");
}

#[tokio::test]
async fn other_accounts_fail_one_by_one_and_invalid_requests_as_a_whole() {
    let cloud = Cloud::start().await;
    let enable = || cloud.inspector.enable();
    let ecr = ResourceScanType::Ecr;
    let mixed = enable().resource_types(ecr.clone()).account_ids("123456789012").account_ids("210987654321");
    let mixed = mixed.send().await.unwrap();
    assert_eq!(mixed.accounts().len(), 1);
    assert_eq!(mixed.failed_accounts()[0].account_id(), "210987654321");
    assert_eq!(mixed.failed_accounts()[0].error_code(), &ErrorCode::AccessDenied);
    assert_eq!(code(enable().send().await), "ValidationException");
    assert_eq!(code(enable().set_resource_types(Some(vec![])).send().await), "ValidationException");
    assert_eq!(code(enable().resource_types(ResourceScanType::from("S3")).send().await), "ValidationException");
    assert_eq!(code(enable().resource_types(ecr).account_ids("me").send().await), "ValidationException");
    assert_eq!(code(cloud.inspector.disable().resource_types("S3".into()).send().await), "ValidationException");
    let others = cloud.inspector.batch_get_account_status().account_ids("210987654321").send().await.unwrap();
    assert!(others.accounts().is_empty());
    assert_eq!(others.failed_accounts()[0].error_code(), &ErrorCode::AccessDenied);
    assert_eq!(code(cloud.inspector.batch_get_account_status().account_ids("me").send().await), "ValidationException");
}

#[tokio::test]
async fn the_free_trial_starts_with_the_first_activation() {
    let cloud = Cloud::manual().await;
    cloud.watch("prod").await;
    let trial = || cloud.inspector.batch_get_free_trial_info().account_ids("123456789012").send();
    let status = |answer: aws_sdk_inspector2::operation::batch_get_free_trial_info::BatchGetFreeTrialInfoOutput| {
        answer.accounts()[0].free_trial_info()[0].status().as_str().to_owned()
    };
    assert_eq!(status(trial().await.unwrap()), "ACTIVE");
    cloud.advance(16 * 24 * 3600);
    assert_eq!(status(trial().await.unwrap()), "INACTIVE");
}

#[tokio::test]
async fn the_rescan_duration_can_be_changed() {
    let cloud = Cloud::start().await;
    let state = || async {
        let got = cloud.inspector.get_configuration().send().await.unwrap();
        got.ecr_configuration().unwrap().rescan_duration_state().unwrap().clone()
    };
    let fresh = state().await;
    assert_eq!(fresh.rescan_duration(), Some(&EcrRescanDuration::Days14));
    assert_eq!(fresh.status().unwrap().as_str(), "SUCCESS");
    let configuration = EcrConfiguration::builder()
        .rescan_duration(EcrRescanDuration::Lifetime)
        .pull_date_rescan_duration(EcrPullDateRescanDuration::Days180)
        .pull_date_rescan_mode(EcrPullDateRescanMode::LastPullDate)
        .build()
        .unwrap();
    cloud.inspector.update_configuration().ecr_configuration(configuration).send().await.unwrap();
    let changed = state().await;
    assert_eq!(changed.rescan_duration(), Some(&EcrRescanDuration::Lifetime));
    assert_eq!(changed.pull_date_rescan_duration(), Some(&EcrPullDateRescanDuration::Days180));
    assert_eq!(changed.pull_date_rescan_mode(), Some(&EcrPullDateRescanMode::LastPullDate));
    assert!(changed.updated_at().is_some());

    let wrong = EcrConfiguration::builder().rescan_duration(EcrRescanDuration::from("DAYS_1")).build().unwrap();
    let refused = cloud.inspector.update_configuration().ecr_configuration(wrong).send().await;
    assert_eq!(code(refused), "ValidationException");
    assert_eq!(
        code(cloud.inspector.get_configuration().account_id("210987654321").send().await),
        "AccessDeniedException"
    );
}

#[tokio::test]
async fn the_caller_has_all_permissions_which_are_listed_in_pages() {
    let cloud = Cloud::start().await;
    let ecr = cloud.inspector.list_account_permissions().service(Service::Ecr).send().await.unwrap();
    assert_eq!(ecr.permissions().len(), 4);
    assert!(ecr.permissions().iter().any(|permission| permission.operation() == &Operation::EnableScanning));
    let mut all = 0;
    let mut pages = cloud.inspector.list_account_permissions().into_paginator().page_size(5).send();
    while let Some(page) = pages.next().await {
        all += page.unwrap().permissions().len();
    }
    assert_eq!(all, 12);
    let refused = cloud.inspector.list_account_permissions().service(Service::from("S3")).send().await;
    assert_eq!(code(refused), "ValidationException");
    let refused = cloud.inspector.list_account_permissions().max_results(0).send().await;
    assert_eq!(code(refused), "ValidationException");
}
