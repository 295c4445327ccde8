//! The life cycle of scans, from a push to closed findings, on a manual clock.

use aws_sdk_ecr::operation::describe_image_scan_findings::DescribeImageScanFindingsOutput as Described;
use aws_sdk_ecr::types::{ImageIdentifier, ScanFrequency, ScanStatus, ScanType};
use aws_sdk_inspector2::types::{EcrConfiguration, EcrRescanDuration};

use crate::support::{Cloud, Image, OCI_INDEX, OCI_MANIFEST, code, index, listed};

const DAY: u64 = 24 * 3600;

fn latest() -> ImageIdentifier {
    ImageIdentifier::builder().image_tag("latest").build()
}

/// The vulnerable image, just pushed to a watched repository, and read by the scanner.
async fn pushed() -> Cloud {
    let cloud = Cloud::manual().await;
    cloud.watch("prod").await;
    cloud.create("prod").await;
    cloud.push("prod", "latest", &Image::vulnerable()).await;
    cloud.practice.scanner_idle().await;
    cloud
}

async fn describe(cloud: &Cloud) -> Result<Described, String> {
    let call = cloud.ecr.describe_image_scan_findings().repository_name("prod").image_id(latest()).max_results(1000);
    match call.send().await {
        Ok(described) => Ok(described),
        Err(error) => Err(code(Err::<(), _>(error))),
    }
}

async fn status(cloud: &Cloud) -> ScanStatus {
    describe(cloud).await.unwrap().image_scan_status().unwrap().status().unwrap().clone()
}

async fn count(cloud: &Cloud) -> usize {
    describe(cloud).await.unwrap().image_scan_findings().unwrap().enhanced_findings().len()
}

async fn reasons(cloud: &Cloud) -> Vec<String> {
    let coverage = cloud.inspector.list_coverage().send().await.unwrap();
    let images = coverage.covered_resources().iter().filter(|row| row.resource_type().as_str() != "AWS_ECR_REPOSITORY");
    images.map(|row| row.scan_status().unwrap().reason().as_str().to_owned()).collect()
}

#[tokio::test]
async fn a_pushed_image_is_unknown_then_pending_then_active_then_complete() {
    let cloud = pushed().await;
    assert_eq!(describe(&cloud).await.unwrap_err(), "ScanNotFoundException");
    cloud.advance(25);
    let pending = describe(&cloud).await.unwrap();
    let scan = pending.image_scan_status().unwrap();
    assert_eq!(scan.status(), Some(&ScanStatus::Pending));
    assert_eq!(scan.description(), Some("Pending start of the image scan."));
    assert!(pending.image_scan_findings().unwrap().enhanced_findings().is_empty());
    cloud.advance(15);
    assert_eq!((status(&cloud).await, count(&cloud).await), (ScanStatus::Active, 0));
    let mut counts = Vec::new();
    for wait in [15, 8, 8, 8, 600] {
        cloud.advance(wait);
        let described = describe(&cloud).await.unwrap();
        let findings = described.image_scan_findings().unwrap();
        let counted: i32 = findings.finding_severity_counts().unwrap().values().sum();
        assert_eq!(counted as usize, findings.enhanced_findings().len());
        assert_eq!(listed(&cloud).await, (findings.enhanced_findings().len(), 0));
        counts.push((findings.enhanced_findings().len(), findings.image_scan_completed_at().is_some()));
    }
    let all = counts[4].0;
    assert!(all > 8, "{counts:?}");
    assert!(counts.is_sorted() && counts[0].0 > 0 && counts[0].0 < all, "{counts:?}");
    assert_eq!(counts.iter().map(|(_, complete)| *complete).collect::<Vec<_>>(), [false, false, false, true, true]);
    assert_eq!(counts[3].0, all);
    let description = describe(&cloud).await.unwrap();
    let description = description.image_scan_status().unwrap().description();
    assert!(description.unwrap().starts_with("Continuous scan is selected for image. What was assessed: "));
}

#[tokio::test]
async fn each_page_of_findings_repeats_status_and_counts() {
    let cloud = pushed().await;
    cloud.advance(80);
    let all = count(&cloud).await;
    let call = cloud.ecr.describe_image_scan_findings().repository_name("prod").image_id(latest());
    let mut listed = 0;
    let mut pages = call.into_paginator().page_size(3).send();
    while let Some(page) = pages.next().await {
        let page = page.unwrap();
        assert_eq!(page.image_scan_status().unwrap().status(), Some(&ScanStatus::Active));
        let findings = page.image_scan_findings().unwrap();
        assert_eq!(findings.finding_severity_counts().unwrap().values().sum::<i32>() as usize, all);
        listed += findings.enhanced_findings().len();
    }
    assert_eq!(listed, all);
    for size in [0, 1001] {
        let call = cloud.ecr.describe_image_scan_findings().repository_name("prod").image_id(latest());
        assert_eq!(code(call.max_results(size).send().await), "InvalidParameterException");
    }
}

#[tokio::test]
async fn scanning_on_push_ends_as_complete() {
    let cloud = Cloud::manual().await;
    cloud.configure(&[(ScanFrequency::ScanOnPush, "prod")]).await;
    cloud.advance(20);
    cloud.create("prod").await;
    cloud.push("prod", "latest", &Image::vulnerable()).await;
    cloud.practice.scanner_idle().await;
    cloud.advance(80);
    let described = describe(&cloud).await.unwrap();
    let scan = described.image_scan_status().unwrap();
    assert_eq!(scan.status(), Some(&ScanStatus::Complete));
    assert!(scan.description().unwrap().starts_with("The scan was completed successfully. What was assessed: "));
    assert!(!described.image_scan_findings().unwrap().enhanced_findings().is_empty());
}

#[tokio::test]
async fn a_push_while_inspector_is_being_activated_waits_for_it() {
    let cloud = Cloud::manual().await;
    cloud.create("prod").await;
    cloud.configure(&[(ScanFrequency::ContinuousScan, "prod")]).await;
    cloud.push("prod", "latest", &Image::vulnerable()).await;
    cloud.practice.scanner_idle().await;
    cloud.advance(30);
    assert_eq!(describe(&cloud).await.unwrap_err(), "ScanNotFoundException");
    cloud.advance(15);
    assert_eq!(status(&cloud).await, ScanStatus::Pending);
}

#[tokio::test]
async fn existing_images_are_scanned_once_their_repository_is_watched_unless_they_are_old() {
    let cloud = Cloud::manual().await;
    cloud.create("prod").await;
    cloud.push("prod", "old", &Image::plain(1)).await;
    cloud.advance(15 * DAY);
    cloud.push("prod", "latest", &Image::vulnerable()).await;
    cloud.watch("prod").await;
    cloud.practice.scanner_idle().await;
    cloud.advance(80);
    assert!(count(&cloud).await > 0);
    let mut reasons = reasons(&cloud).await;
    reasons.sort();
    assert_eq!(reasons, ["SCAN_ELIGIBILITY_EXPIRED", "SUCCESSFUL"]);
    let old = ImageIdentifier::builder().image_tag("old").build();
    let described = cloud.ecr.describe_image_scan_findings().repository_name("prod").image_id(old).send().await;
    let described = described.unwrap();
    assert_eq!(described.image_scan_status().unwrap().status(), Some(&ScanStatus::ScanEligibilityExpired));
}

#[tokio::test]
async fn a_configuration_that_no_longer_matches_a_repository_closes_its_findings() {
    let cloud = pushed().await;
    cloud.advance(80);
    let all = count(&cloud).await;
    cloud.configure(&[(ScanFrequency::ContinuousScan, "other")]).await;
    assert_eq!(describe(&cloud).await.unwrap_err(), "ScanNotFoundException");
    assert_eq!(listed(&cloud).await, (all, 0));
    cloud.advance(15);
    assert_eq!(listed(&cloud).await, (0, all));
    assert_eq!(reasons(&cloud).await, ["SCAN_FREQUENCY_MANUAL"]);
    cloud.advance(3 * DAY - 15);
    assert_eq!(listed(&cloud).await, (0, 0));
    cloud.configure(&[(ScanFrequency::ContinuousScan, "prod")]).await;
    cloud.practice.scanner_idle().await;
    cloud.advance(80);
    assert_eq!(count(&cloud).await, all);
}

#[tokio::test]
async fn basic_scanning_hides_the_findings_of_enhanced_scanning_until_it_returns() {
    let cloud = pushed().await;
    cloud.advance(80);
    let before = describe(&cloud).await.unwrap();
    cloud.basic().await;
    assert_eq!(describe(&cloud).await.unwrap_err(), "ScanNotFoundException");
    assert_eq!(listed(&cloud).await, (0, 0));
    assert!(reasons(&cloud).await.is_empty());
    cloud.configure(&[(ScanFrequency::ContinuousScan, "prod")]).await;
    let after = describe(&cloud).await.unwrap();
    assert_eq!(after.image_scan_findings(), before.image_scan_findings());
}

#[tokio::test]
async fn deleting_an_image_closes_and_later_removes_its_findings() {
    let cloud = pushed().await;
    cloud.advance(80);
    let all = count(&cloud).await;
    cloud.ecr.batch_delete_image().repository_name("prod").image_ids(latest()).send().await.unwrap();
    assert_eq!(describe(&cloud).await.unwrap_err(), "ImageNotFoundException");
    assert_eq!(reasons(&cloud).await, ["RESOURCE_TERMINATED"]);
    cloud.advance(15);
    assert_eq!(listed(&cloud).await, (0, all));
    cloud.advance(3 * DAY - 16);
    assert_eq!(listed(&cloud).await, (0, all));
    assert_eq!(reasons(&cloud).await, ["RESOURCE_TERMINATED"]);
    cloud.advance(1);
    assert_eq!(listed(&cloud).await, (0, 0));
    assert!(reasons(&cloud).await.is_empty());
}

#[tokio::test]
async fn an_image_that_is_pushed_again_has_its_findings_once() {
    let cloud = pushed().await;
    cloud.advance(80);
    let all = count(&cloud).await;
    cloud.ecr.batch_delete_image().repository_name("prod").image_ids(latest()).send().await.unwrap();
    cloud.advance(DAY);
    assert_eq!(listed(&cloud).await, (0, all));
    cloud.push("prod", "latest", &Image::vulnerable()).await;
    cloud.practice.scanner_idle().await;
    cloud.advance(80);
    assert_eq!(listed(&cloud).await, (all, 0));
    assert_eq!(reasons(&cloud).await, ["SUCCESSFUL"]);
    // One that is pushed to where nothing is scanned is not deleted either.
    cloud.ecr.batch_delete_image().repository_name("prod").image_ids(latest()).send().await.unwrap();
    cloud.configure(&[(ScanFrequency::ContinuousScan, "other")]).await;
    cloud.push("prod", "latest", &Image::vulnerable()).await;
    cloud.advance(15);
    assert_eq!(reasons(&cloud).await, ["SCAN_FREQUENCY_MANUAL"]);
    assert_eq!(listed(&cloud).await, (0, all));
}

#[tokio::test]
async fn deleting_a_repository_closes_its_findings() {
    let cloud = pushed().await;
    cloud.advance(80);
    let all = count(&cloud).await;
    cloud.ecr.delete_repository().repository_name("prod").force(true).send().await.unwrap();
    cloud.advance(15);
    assert_eq!(listed(&cloud).await, (0, all));
    cloud.create("prod").await;
    cloud.push("prod", "latest", &Image::vulnerable()).await;
    cloud.practice.scanner_idle().await;
    cloud.advance(80);
    assert_eq!(count(&cloud).await, all);
}

#[tokio::test]
async fn an_old_image_expires_and_a_push_renews_it() {
    let cloud = pushed().await;
    cloud.advance(14 * DAY - 1);
    assert_eq!(status(&cloud).await, ScanStatus::Active);
    cloud.advance(1);
    assert_eq!(status(&cloud).await, ScanStatus::ScanEligibilityExpired);
    assert_eq!(reasons(&cloud).await, ["SCAN_ELIGIBILITY_EXPIRED"]);
    // A longer duration does not renew it.
    let longer = EcrConfiguration::builder().rescan_duration(EcrRescanDuration::Days180).build().unwrap();
    cloud.inspector.update_configuration().ecr_configuration(longer).send().await.unwrap();
    assert_eq!(status(&cloud).await, ScanStatus::ScanEligibilityExpired);
    cloud.push("prod", "latest", &Image::vulnerable()).await;
    cloud.practice.scanner_idle().await;
    cloud.advance(80);
    assert_eq!(status(&cloud).await, ScanStatus::Active);
    assert!(count(&cloud).await > 0);
}

#[tokio::test]
async fn the_members_of_an_index_are_scanned_and_the_index_is_not() {
    let cloud = Cloud::manual().await;
    cloud.watch("prod").await;
    cloud.create("prod").await;
    let image = Image::vulnerable();
    cloud.push_blobs("prod", &image).await;
    cloud.put_manifest("prod", &image.digest(), OCI_MANIFEST, &image.manifest()).await;
    cloud.put_manifest("prod", "latest", OCI_INDEX, &index(&[image.manifest()])).await;
    cloud.practice.scanner_idle().await;
    cloud.advance(80);
    let described = describe(&cloud).await.unwrap();
    let scan = described.image_scan_status().unwrap();
    assert_eq!(scan.status(), Some(&ScanStatus::UnsupportedImage));
    assert!(scan.description().unwrap().contains(OCI_INDEX), "{scan:?}");
    let child = ImageIdentifier::builder().image_digest(image.digest()).build();
    let described = cloud.ecr.describe_image_scan_findings().repository_name("prod").image_id(child).send().await;
    assert!(!described.unwrap().image_scan_findings().unwrap().enhanced_findings().is_empty());
}

#[tokio::test]
async fn a_moved_tag_leaves_the_old_image_watched() {
    let cloud = pushed().await;
    let old = Image::vulnerable().digest();
    cloud.push("prod", "latest", &Image::plain(1)).await;
    cloud.practice.scanner_idle().await;
    cloud.advance(80);
    let id = ImageIdentifier::builder().image_digest(old).build();
    let described = cloud.ecr.describe_image_scan_findings().repository_name("prod").image_id(id).send().await.unwrap();
    assert!(!described.image_scan_findings().unwrap().enhanced_findings().is_empty());
    let findings = cloud.inspector.list_findings().send().await.unwrap();
    let image = findings.findings()[0].resources()[0].details().unwrap().aws_ecr_container_image().unwrap();
    assert!(image.image_tags().is_empty());
}

#[tokio::test]
async fn findings_keep_their_arns_through_a_new_configuration() {
    let cloud = pushed().await;
    cloud.advance(80);
    let arns = async || {
        let described = describe(&cloud).await.unwrap();
        let findings = described.image_scan_findings().unwrap().enhanced_findings().to_vec();
        findings.iter().map(|finding| finding.finding_arn().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let before = arns().await;
    let everything = cloud.ecr.put_registry_scanning_configuration().scan_type(ScanType::Enhanced);
    everything.set_rules(Some(Vec::new())).send().await.unwrap();
    assert_eq!(arns().await, before);
}
