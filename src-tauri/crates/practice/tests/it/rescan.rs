//! The end of watching, on a practice clock that is moved forward: by push date, by pull date, and what moving leaves alone.

use std::time::Duration;

use aws_sdk_ecr::types::{ImageIdentifier, ScanFrequency, ScanStatus};
use aws_sdk_inspector2::types::{
    EcrConfiguration, EcrPullDateRescanDuration, EcrPullDateRescanMode, EcrRescanDuration,
};
use practice::{AdvanceError, Clock, Practice, PracticeConfig};
use reqwest::{Method, StatusCode};

use crate::support::{Cloud, Image, listed};

const DAY: Duration = Duration::from_hours(24);

/// The vulnerable image in a watched repository, completely scanned.
async fn scanned() -> Cloud {
    let cloud = Cloud::manual().await;
    cloud.watch("prod").await;
    cloud.create("prod").await;
    push(&cloud).await;
    cloud
}

async fn push(cloud: &Cloud) {
    cloud.push("prod", "latest", &Image::vulnerable()).await;
    cloud.practice.scanner_idle().await;
    cloud.advance(80);
}

async fn days(cloud: &Cloud, days: u32) -> Duration {
    cloud.practice.advance(days * DAY).await.unwrap()
}

async fn pull(cloud: &Cloud) {
    let pulled = cloud.send(Method::GET, "/v2/prod/manifests/latest", None).await;
    assert_eq!(pulled.status(), StatusCode::OK);
}

/// ECR's status, and how many findings it reports; `None` where it reports none at all.
async fn ecr(cloud: &Cloud) -> (ScanStatus, Option<usize>) {
    let id = ImageIdentifier::builder().image_tag("latest").build();
    let described = cloud.ecr.describe_image_scan_findings().repository_name("prod").image_id(id).max_results(1000);
    let described = described.send().await.unwrap();
    let status = described.image_scan_status().unwrap().status().unwrap().clone();
    // A scan without findings sends them empty, or leaves them out.
    let count = described.image_scan_findings().map(|findings| findings.enhanced_findings().len());
    (status, count.filter(|count| *count > 0))
}

/// The coverage of the image: code, reason, and whether it says when it was scanned.
async fn coverage(cloud: &Cloud) -> (String, String, bool) {
    let listed = cloud.inspector.list_coverage().send().await.unwrap();
    let image = listed.covered_resources().iter().find(|row| row.resource_type().as_str() == "AWS_ECR_CONTAINER_IMAGE");
    let (row, status) = (image.unwrap(), image.unwrap().scan_status().unwrap());
    (status.status_code().as_str().to_owned(), status.reason().as_str().to_owned(), row.last_scanned_at().is_some())
}

async fn configure(
    cloud: &Cloud,
    push: EcrRescanDuration,
    pull: EcrPullDateRescanDuration,
    mode: EcrPullDateRescanMode,
) {
    let configuration = EcrConfiguration::builder().rescan_duration(push).pull_date_rescan_duration(pull);
    let configuration = configuration.pull_date_rescan_mode(mode).build().unwrap();
    cloud.inspector.update_configuration().ecr_configuration(configuration).send().await.unwrap();
}

fn watched(cloud: &str, reason: &str) -> (String, String, bool) {
    (cloud.to_owned(), reason.to_owned(), true)
}

#[tokio::test]
async fn fourteen_days_after_the_push_the_findings_close_and_the_coverage_says_why() {
    let cloud = scanned().await;
    let (status, count) = ecr(&cloud).await;
    let all = count.unwrap();
    assert_eq!((status, listed(&cloud).await), (ScanStatus::Active, (all, 0)));
    assert_eq!(days(&cloud, 13).await, 13 * DAY);
    assert_eq!(
        (ecr(&cloud).await, coverage(&cloud).await),
        ((ScanStatus::Active, Some(all)), watched("ACTIVE", "SUCCESSFUL"))
    );
    assert_eq!(days(&cloud, 1).await, 14 * DAY);
    assert_eq!(ecr(&cloud).await, (ScanStatus::ScanEligibilityExpired, None));
    assert_eq!(coverage(&cloud).await, watched("INACTIVE", "SCAN_ELIGIBILITY_EXPIRED"));
    assert_eq!(listed(&cloud).await, (0, all));
    days(&cloud, 3).await;
    assert_eq!(listed(&cloud).await, (0, 0));
    assert_eq!(coverage(&cloud).await, watched("INACTIVE", "SCAN_ELIGIBILITY_EXPIRED"));
}

#[tokio::test]
async fn without_a_cluster_a_pull_does_not_count_as_a_use() {
    let cloud = scanned().await;
    days(&cloud, 13).await;
    pull(&cloud).await;
    days(&cloud, 1).await;
    assert_eq!(ecr(&cloud).await.0, ScanStatus::ScanEligibilityExpired);
    pull(&cloud).await;
    cloud.practice.scanner_idle().await;
    cloud.advance(80);
    assert_eq!(ecr(&cloud).await.0, ScanStatus::ScanEligibilityExpired);
    push(&cloud).await;
    assert_eq!(ecr(&cloud).await.0, ScanStatus::Active);
    assert_eq!(listed(&cloud).await.1, 0);
    days(&cloud, 13).await;
    assert_eq!(ecr(&cloud).await.0, ScanStatus::Active);
}

#[tokio::test]
async fn where_pulls_count_a_pull_prolongs_the_watching_and_renews_it() {
    let cloud = scanned().await;
    let mode = EcrPullDateRescanMode::LastPullDate;
    configure(&cloud, EcrRescanDuration::Days14, EcrPullDateRescanDuration::Days30, mode).await;
    days(&cloud, 13).await;
    pull(&cloud).await;
    days(&cloud, 29).await;
    let (status, count) = ecr(&cloud).await;
    assert_eq!((status, count.is_some()), (ScanStatus::Active, true));
    days(&cloud, 1).await;
    assert_eq!(ecr(&cloud).await, (ScanStatus::ScanEligibilityExpired, None));
    pull(&cloud).await;
    cloud.practice.scanner_idle().await;
    cloud.advance(80);
    assert_eq!(ecr(&cloud).await, (ScanStatus::Active, count));
}

#[tokio::test]
async fn a_push_in_time_prolongs_the_watching_without_another_scan() {
    let cloud = scanned().await;
    days(&cloud, 10).await;
    cloud.push("prod", "latest", &Image::vulnerable()).await;
    assert_eq!(ecr(&cloud).await.0, ScanStatus::Active);
    days(&cloud, 13).await;
    assert_eq!(ecr(&cloud).await.0, ScanStatus::Active);
    days(&cloud, 1).await;
    assert_eq!(ecr(&cloud).await.0, ScanStatus::ScanEligibilityExpired);
}

#[tokio::test]
async fn the_configured_durations_take_effect_and_longer_ones_revive_nothing() {
    let cloud = scanned().await;
    let in_use = EcrPullDateRescanMode::LastInUseAt;
    configure(&cloud, EcrRescanDuration::Lifetime, EcrPullDateRescanDuration::Days14, in_use.clone()).await;
    days(&cloud, 1000).await;
    assert_eq!(ecr(&cloud).await.0, ScanStatus::Active);
    configure(&cloud, EcrRescanDuration::Days180, EcrPullDateRescanDuration::Days14, in_use.clone()).await;
    assert_eq!(ecr(&cloud).await.0, ScanStatus::ScanEligibilityExpired);
    configure(&cloud, EcrRescanDuration::Lifetime, EcrPullDateRescanDuration::Days14, in_use).await;
    assert_eq!(ecr(&cloud).await.0, ScanStatus::ScanEligibilityExpired);
    // Nor do other rules.
    cloud.configure(&[(ScanFrequency::ScanOnPush, "prod")]).await;
    assert_eq!(ecr(&cloud).await.0, ScanStatus::ScanEligibilityExpired);
}

#[tokio::test]
async fn a_scan_on_push_does_not_expire() {
    let cloud = Cloud::manual().await;
    cloud.configure(&[(ScanFrequency::ScanOnPush, "prod")]).await;
    cloud.advance(20);
    cloud.create("prod").await;
    push(&cloud).await;
    days(&cloud, 100).await;
    let (status, count) = ecr(&cloud).await;
    assert_eq!((status, count.is_some()), (ScanStatus::Complete, true));
}

#[tokio::test]
async fn a_restart_keeps_how_far_the_clock_was_moved() {
    let cloud = scanned().await;
    days(&cloud, 15).await;
    let (clock, dir) = (cloud.practice.clock(), cloud.dir);
    let before = clock.now();
    cloud.practice.shutdown().await;
    assert_eq!(practice::stored_ahead(dir.path()).unwrap(), 15 * DAY);

    // A clock of its own, as another process has it, and without it the times are set right as they always are.
    let cloud = Cloud::open(dir, Some(Clock::manual())).await;
    assert_eq!(cloud.practice.clock().ahead(), 15 * DAY);
    assert!(cloud.practice.clock().now() >= before - Duration::from_mins(10));
    assert_eq!(ecr(&cloud).await, (ScanStatus::ScanEligibilityExpired, None));
    assert_eq!(days(&cloud, 1).await, 16 * DAY);
}

#[tokio::test]
async fn what_clients_compare_with_their_own_clock_is_not_moved() {
    let cloud = Cloud::start().await;
    cloud.create("app").await;
    let token = cloud.authorization().await;
    days(&cloud, 400).await;
    let ping = cloud.http.get(format!("{}/v2/", cloud.practice.endpoint())).header("authorization", token);
    assert_eq!(ping.send().await.unwrap().status(), StatusCode::OK);
    // Calls are signed with the time of this machine, and a new token ends twelve hours after it.
    let issued = cloud.ecr.get_authorization_token().send().await.unwrap();
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs();
    let lifetime = issued.authorization_data()[0].expires_at().unwrap().secs().cast_unsigned() - now;
    assert!((11 * 3600..=12 * 3600).contains(&lifetime), "{lifetime}");
    // What the cloud says of its own is on the practice clock.
    cloud.push("app", "latest", &Image::plain(1)).await;
    let described = cloud.ecr.describe_images().repository_name("app").send().await.unwrap();
    let pushed = described.image_details()[0].image_pushed_at().unwrap().secs().cast_unsigned();
    assert!((now + 399 * 24 * 3600..now + 401 * 24 * 3600).contains(&pushed), "{pushed}");
}

#[tokio::test]
async fn the_clock_never_moves_backward_or_too_far() {
    let cloud = Cloud::start().await;
    days(&cloud, 2).await;
    for by in [Duration::ZERO, Duration::from_millis(1), 3649 * DAY, Duration::MAX] {
        assert!(matches!(cloud.practice.advance(by).await, Err(AdvanceError::TooFar)), "{by:?}");
    }
    assert_eq!((cloud.practice.clock().ahead(), practice::stored_ahead(cloud.dir.path()).unwrap()), (2 * DAY, 2 * DAY));
}

#[tokio::test]
async fn a_cloud_that_does_not_run_is_moved_as_it_is_stored() {
    let dir = tempfile::tempdir().unwrap();
    assert_eq!(practice::stored_ahead(dir.path()).unwrap(), Duration::ZERO);
    assert_eq!(practice::advance(dir.path(), practice::DEFAULT_REGION, DAY).await.unwrap(), DAY);
    assert_eq!(practice::advance(dir.path(), practice::DEFAULT_REGION, 14 * DAY).await.unwrap(), 15 * DAY);
    let refused = practice::advance(dir.path(), "../elsewhere", DAY).await;
    assert!(matches!(refused, Err(AdvanceError::Practice(_))), "{refused:?}");
    let running = Practice::start(PracticeConfig::new(dir.path())).await.unwrap();
    assert_eq!(running.clock().ahead(), 15 * DAY);
    running.shutdown().await;
}
