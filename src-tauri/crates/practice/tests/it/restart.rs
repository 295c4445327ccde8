//! Restarts: the next process continues with the state of the previous one, and no two share a folder.

use std::time::Duration;

use aws_sdk_ecr::types::{ImageIdentifier, ImageTagMutability, ScanFrequency, ScanStatus};
use practice::{Clock, Practice, PracticeConfig, PracticeError};
use reqwest::StatusCode;

use crate::support::{Cloud, Image, code, entries};

#[tokio::test]
async fn everything_but_the_tokens_survives() {
    let cloud = Cloud::start().await;
    cloud.watch("prod").await;
    cloud.create("prod").await;
    cloud.push("prod", "latest", &Image::vulnerable()).await;
    let mutability = cloud.ecr.put_image_tag_mutability().repository_name("prod");
    mutability.image_tag_mutability(ImageTagMutability::Immutable).send().await.unwrap();
    cloud.practice.scanner_idle().await;
    let (credentials, token) = (cloud.practice.credentials(), cloud.authorization().await);
    let before = arns(&cloud).await;
    assert!(!before.is_empty());

    let cloud = cloud.restart().await;
    assert_eq!(cloud.practice.credentials(), credentials);
    assert_eq!(arns(&cloud).await, before);
    let described = cloud.ecr.describe_repositories().send().await.unwrap();
    assert_eq!(described.repositories()[0].image_tag_mutability(), Some(&ImageTagMutability::Immutable));
    let images = cloud.ecr.list_images().repository_name("prod").send().await.unwrap();
    assert_eq!(images.image_ids()[0].image_tag(), Some("latest"));
    let ping = cloud.http.get(format!("{}/v2/", cloud.practice.endpoint())).header("authorization", token);
    assert_eq!(ping.send().await.unwrap().status(), StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_scan_in_progress_continues() {
    let dir = tempfile::tempdir().unwrap();
    let (clock, control) = Clock::manual();
    let cloud = Cloud::open(dir, Some((clock.clone(), control.clone()))).await;
    cloud.watch("prod").await;
    cloud.create("prod").await;
    cloud.push("prod", "latest", &Image::vulnerable()).await;
    cloud.advance(30);
    assert_eq!(status(&cloud).await, ScanStatus::Pending);
    cloud.practice.shutdown().await;

    let cloud = Cloud::open(cloud.dir, Some((clock, control))).await;
    assert_eq!(status(&cloud).await, ScanStatus::Pending);
    cloud.practice.scanner_idle().await;
    cloud.advance(60);
    assert_eq!(status(&cloud).await, ScanStatus::Active);
    assert!(!arns(&cloud).await.is_empty());
}

#[tokio::test]
async fn a_lost_report_is_created_again() {
    let cloud = Cloud::start().await;
    cloud.watch("prod").await;
    cloud.create("prod").await;
    cloud.push("prod", "latest", &Image::vulnerable()).await;
    cloud.practice.scanner_idle().await;
    let before = arns(&cloud).await;
    let reports = cloud.dir.path().join("scans");
    assert_eq!(entries(&reports), 1);
    std::fs::remove_dir_all(&reports).unwrap();
    let cloud = cloud.restart().await;
    cloud.practice.scanner_idle().await;
    assert_eq!(arns(&cloud).await, before);
    assert_eq!(entries(&reports), 1);
}

#[tokio::test]
async fn two_processes_do_not_share_a_folder() {
    let cloud = Cloud::start().await;
    let second = Practice::start(PracticeConfig::new(cloud.dir.path())).await.unwrap_err();
    assert!(matches!(second, PracticeError::InUse(_)), "{second}");
    assert!(second.to_string().contains("another practice cloud"));
    let dir = cloud.dir;
    cloud.practice.shutdown().await;
    Practice::start(PracticeConfig::new(dir.path())).await.unwrap().shutdown().await;
}

#[tokio::test]
async fn a_folder_of_another_region_or_version_is_left_unchanged() {
    let cloud = Cloud::start().await;
    let dir = cloud.dir;
    cloud.practice.shutdown().await;
    let elsewhere = PracticeConfig { region: "us-east-1".into(), ..PracticeConfig::new(dir.path()) };
    let refused = Practice::start(elsewhere).await.unwrap_err();
    assert!(matches!(refused, PracticeError::OtherRegion { .. }), "{refused}");
    let nowhere = PracticeConfig { region: "Mars/1".into(), ..PracticeConfig::new(dir.path()) };
    assert!(matches!(Practice::start(nowhere).await.unwrap_err(), PracticeError::Region(_)));
    let state = dir.path().join("cloud.json");
    let text = std::fs::read_to_string(&state).unwrap().replace("\"version\": 1", "\"version\": 99");
    std::fs::write(&state, &text).unwrap();
    let refused = Practice::start(PracticeConfig::new(dir.path())).await.unwrap_err();
    assert!(matches!(refused, PracticeError::Damaged { .. }), "{refused}");
    assert_eq!(std::fs::read_to_string(&state).unwrap(), text);
}

#[tokio::test]
async fn a_partly_deleted_repository_does_not_reappear_with_its_images() {
    let cloud = Cloud::start().await;
    cloud.create("app").await;
    cloud.push("app", "latest", &Image::plain(1)).await;
    let dir = cloud.dir;
    cloud.practice.shutdown().await;
    // As if the process was killed between removing the repository and deleting its images.
    let state = dir.path().join("cloud.json");
    let mut json: serde_json::Value = serde_json::from_slice(&std::fs::read(&state).unwrap()).unwrap();
    json["repositories"].as_object_mut().unwrap().clear();
    std::fs::write(&state, json.to_string()).unwrap();
    let cloud = Cloud::open(dir, None).await;
    assert_eq!(code(cloud.ecr.list_images().repository_name("app").send().await), "RepositoryNotFoundException");
    cloud.create("app").await;
    assert!(cloud.ecr.list_images().repository_name("app").send().await.unwrap().image_ids().is_empty());
}

#[tokio::test]
async fn a_push_that_was_not_recorded_is_scanned_after_the_start() {
    let cloud = Cloud::start().await;
    cloud.watch("prod").await;
    cloud.create("prod").await;
    cloud.push("prod", "latest", &Image::vulnerable()).await;
    cloud.practice.scanner_idle().await;
    let before = arns(&cloud).await;
    let dir = cloud.dir;
    cloud.practice.shutdown().await;
    let state = dir.path().join("cloud.json");
    let mut json: serde_json::Value = serde_json::from_slice(&std::fs::read(&state).unwrap()).unwrap();
    json["repositories"]["prod"]["scans"].as_object_mut().unwrap().clear();
    std::fs::write(&state, json.to_string()).unwrap();
    let cloud = Cloud::open(dir, None).await;
    cloud.practice.scanner_idle().await;
    assert_eq!(arns(&cloud).await, before);
}

#[tokio::test]
async fn an_image_that_ended_two_processes_fails_with_a_reason() {
    for (attempts, expected) in [(1, ScanStatus::Active), (2, ScanStatus::Failed)] {
        let cloud = Cloud::start().await;
        cloud.watch("prod").await;
        cloud.create("prod").await;
        let digest = cloud.push("prod", "latest", &Image::vulnerable()).await;
        cloud.practice.scanner_idle().await;
        let dir = cloud.dir;
        cloud.practice.shutdown().await;
        // As if the process was killed during each of these attempts.
        let state = dir.path().join("cloud.json");
        let mut json: serde_json::Value = serde_json::from_slice(&std::fs::read(&state).unwrap()).unwrap();
        assert!(json.get("scanAttempts").is_none(), "an outcome ends the attempts");
        json["repositories"]["prod"]["scans"][&digest].as_object_mut().unwrap().remove("done");
        json["scanAttempts"] = serde_json::json!({ &digest: attempts });
        std::fs::write(&state, json.to_string()).unwrap();
        let cloud = Cloud::open(dir, None).await;
        cloud.practice.scanner_idle().await;
        assert_eq!(status(&cloud).await, expected);
        // The next start does not try again.
        let cloud = cloud.restart().await;
        cloud.practice.scanner_idle().await;
        assert_eq!(status(&cloud).await, expected);
    }
}

#[tokio::test]
async fn a_port_in_use_is_an_error() {
    let cloud = Cloud::start().await;
    let port = cloud.practice.registry_addr().rsplit(':').next().unwrap().parse().unwrap();
    let dir = tempfile::tempdir().unwrap();
    let refused = Practice::start(PracticeConfig { port, ..PracticeConfig::new(dir.path()) }).await.unwrap_err();
    assert!(matches!(refused, PracticeError::Listen { .. }), "{refused}");
}

#[tokio::test]
async fn a_clock_that_was_ahead_and_is_set_right_delays_nothing() {
    let (ahead, control) = Clock::manual();
    control.advance(Duration::from_hours(6));
    let cloud = Cloud::open(tempfile::tempdir().unwrap(), Some((ahead, control))).await;
    cloud.configure(&[(ScanFrequency::ContinuousScan, "prod")]).await;
    cloud.create("prod").await;
    cloud.push("prod", "latest", &Image::vulnerable()).await;
    cloud.practice.scanner_idle().await;
    assert_eq!(inspector(&cloud).await, "ENABLING");
    let dir = cloud.dir;
    cloud.practice.shutdown().await;

    let cloud = Cloud::open(dir, Some(Clock::manual())).await;
    assert_eq!(inspector(&cloud).await, "ENABLING");
    // As long as an activation takes, and then as long as a scan takes.
    cloud.advance(20);
    assert_eq!(inspector(&cloud).await, "ENABLED");
    cloud.practice.scanner_idle().await;
    cloud.advance(79);
    assert_eq!(status(&cloud).await, ScanStatus::Active);
    assert!(!arns(&cloud).await.is_empty());
}

#[tokio::test]
async fn a_repository_whose_folder_is_damaged_is_taken_out_and_the_others_are_served() {
    let cloud = Cloud::start().await;
    for name in ["broken", "whole"] {
        cloud.create(name).await;
        cloud.push(name, "latest", &Image::plain(1)).await;
    }
    let folders = cloud.dir.path().join("registry/repositories");
    let dir = cloud.dir;
    cloud.practice.shutdown().await;
    for entry in std::fs::read_dir(&folders).unwrap() {
        let state = entry.unwrap().path().join("state.json");
        if std::fs::read_to_string(&state).unwrap().contains("\"broken\"") {
            std::fs::write(&state, "{\"name\":").unwrap();
        }
    }
    let cloud = Cloud::open(dir, None).await;
    let [quarantined] = cloud.practice.quarantined() else { panic!("{:?}", cloud.practice.quarantined()) };
    assert_eq!(quarantined.repository, "broken");
    assert_eq!(std::fs::read_to_string(quarantined.folder.join("state.json")).unwrap(), "{\"name\":");
    assert_eq!(code(cloud.ecr.list_images().repository_name("broken").send().await), "RepositoryNotFoundException");
    assert_eq!(cloud.ecr.list_images().repository_name("whole").send().await.unwrap().image_ids().len(), 1);
    // The name is free again, and the next start has nothing to say.
    cloud.create("broken").await;
    cloud.push("broken", "latest", &Image::plain(1)).await;
    let cloud = cloud.restart().await;
    assert_eq!(cloud.practice.quarantined(), []);
    assert_eq!(cloud.ecr.list_images().repository_name("broken").send().await.unwrap().image_ids().len(), 1);
}

#[tokio::test]
async fn a_repository_whose_entry_is_damaged_is_taken_out_and_kept_aside() {
    let cloud = Cloud::start().await;
    for name in ["broken", "whole"] {
        cloud.create(name).await;
        cloud.push(name, "latest", &Image::plain(1)).await;
    }
    let dir = cloud.dir;
    cloud.practice.shutdown().await;
    let state = dir.path().join("cloud.json");
    let mut json: serde_json::Value = serde_json::from_slice(&std::fs::read(&state).unwrap()).unwrap();
    json["repositories"]["broken"]["createdAt"] = "never".into();
    std::fs::write(&state, json.to_string()).unwrap();
    let cloud = Cloud::open(dir, None).await;
    let names: Vec<_> = cloud.practice.quarantined().iter().map(|one| one.repository.as_str()).collect();
    assert_eq!(names, ["broken"]);
    assert_eq!(cloud.ecr.list_images().repository_name("whole").send().await.unwrap().image_ids().len(), 1);
    let kept = std::fs::read_dir(cloud.dir.path().join("quarantine")).unwrap().next().unwrap().unwrap().path();
    let kept: serde_json::Value = serde_json::from_slice(&std::fs::read(kept).unwrap()).unwrap();
    assert_eq!((&kept["name"], &kept["entry"]["createdAt"]), (&"broken".into(), &"never".into()));
}

#[tokio::test]
async fn a_damaged_cloud_can_be_deleted_unless_it_runs() {
    let cloud = Cloud::start().await;
    assert!(matches!(Practice::delete(cloud.dir.path()).unwrap_err(), PracticeError::InUse(_)));
    let dir = cloud.dir;
    cloud.practice.shutdown().await;
    std::fs::write(dir.path().join("cloud.json"), "{").unwrap();
    let refused = Practice::start(PracticeConfig::new(dir.path())).await.unwrap_err();
    assert!(matches!(refused, PracticeError::Damaged { .. }), "{refused}");
    Practice::delete(dir.path()).unwrap();
    Practice::start(PracticeConfig::new(dir.path())).await.unwrap().shutdown().await;
}

async fn inspector(cloud: &Cloud) -> String {
    let response = cloud.inspector.batch_get_account_status().send().await.unwrap();
    let state = response.accounts()[0].resource_state().unwrap().ecr().unwrap();
    state.status().as_str().to_owned()
}

async fn arns(cloud: &Cloud) -> Vec<String> {
    let mut arns = Vec::new();
    let mut pages = cloud.inspector.list_findings().into_paginator().send();
    while let Some(page) = pages.next().await {
        arns.extend(page.unwrap().findings().iter().map(|finding| finding.finding_arn().to_owned()));
    }
    arns
}

async fn status(cloud: &Cloud) -> ScanStatus {
    let id = ImageIdentifier::builder().image_tag("latest").build();
    let described = cloud.ecr.describe_image_scan_findings().repository_name("prod").image_id(id).send().await;
    described.unwrap().image_scan_status().unwrap().status().unwrap().clone()
}
