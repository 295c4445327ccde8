//! Users' data: data folders that version 0.1.0 wrote are opened, and their runs are continued.

use practice::{Practice, PracticeConfig, Speed};
use serde_json::Value;
use testbed::{aws::ecr, temp_dir::temp_dir};
use whole_lab_tests::{Imagelab, unpack_data_folder};

const VERSION: &str = "0.1.0";
const PROD: &str = "eks-security-prod";
const SANDBOX: &str = "eks-security-sandbox";
const SHARED: &str = "eks-security-shared";
/// The manifest of the vulnerable image for `linux/amd64`.
const VULNERABLE: &str = "sha256:c07cd8e9812e14152fe7a01d721d376cf097381e66c335d03c9db9f16037f7a3";
/// The manifest of the patched image for `linux/amd64`.
const PATCHED: &str = "sha256:befb9bfa072acd579b1dbf9b443394b79f6b264122f36da7b9030486e6f3a278";

fn with_data_folder(name: &str) -> Imagelab {
    let imagelab = Imagelab::new();
    unpack_data_folder(VERSION, name, imagelab.data());
    imagelab
}

/// The state of each step, in order.
fn states(status: &Value) -> Vec<&str> {
    let steps = status["steps"].as_array().expect("a run has steps");
    steps.iter().map(|step| step["state"].as_str().expect("a step has a state")).collect()
}

/// Resumes the run, which must finish and restore what existed before it.
fn resume_to_the_end(imagelab: &Imagelab, run: &str) {
    let outcome =
        imagelab.run(&["resume", "--speed", "instant", "--json", "--yes"]).succeeded("imagelab resume").json();
    assert_eq!((&outcome["run"], &outcome["ok"]), (&run.into(), &true.into()), "{outcome:#}");
    assert_eq!(outcome["repositories"][PROD]["digest"], VULNERABLE);
    assert_eq!(
        (&outcome["repositories"][PROD]["log4shell"], &outcome["repositories"][PROD]["findings"]["total"]),
        (&true.into(), &200.into())
    );
    assert_eq!(outcome["comparison"]["log4shell_fixed"], true);
    assert_eq!(outcome["receipt"]["restored"], true);
    let deleted = outcome["receipt"]["deleted"].to_string();
    assert!([PROD, SANDBOX, SHARED].iter().all(|name| deleted.contains(name)), "{deleted}");
    let status = imagelab.run(&["status", "--json"]).succeeded("imagelab status").json();
    assert_eq!(status["finished"], true, "{status:#}");
}

#[test]
fn a_run_started_in_the_terminal_is_continued() {
    let imagelab = with_data_folder("run-in-progress-cli");
    let status = imagelab.run(&["status", "--json"]).succeeded("imagelab status").json();
    assert_eq!(
        (&status["mode"], &status["engine"], &status["account"]),
        (&"practice".into(), &"builtin".into(), &"123456789012".into())
    );
    assert_eq!(states(&status), ["done", "done", "done", "done", "running", "pending", "pending"]);
    resume_to_the_end(&imagelab, status["run"].as_str().expect("a run has an id"));
}

#[test]
fn a_run_started_in_the_window_is_continued() {
    let imagelab = with_data_folder("run-in-progress-window");
    let status = imagelab.run(&["status", "--json"]).succeeded("imagelab status").json();
    assert_eq!(
        (&status["mode"], &status["engine"], &status["finished"]),
        (&"practice".into(), &"builtin".into(), &false.into())
    );
    assert_eq!(states(&status), ["done", "done", "done", "done", "pending", "pending", "pending"]);
    resume_to_the_end(&imagelab, status["run"].as_str().expect("a run has an id"));
}

#[test]
fn a_finished_run_is_read_and_another_one_starts() {
    let imagelab = with_data_folder("run-finished");
    let status = imagelab.run(&["status", "--json"]).succeeded("imagelab status").json();
    assert_eq!((&status["finished"], states(&status)), (&true.into(), vec!["done"; 7]));
    let findings_of = |image: &[&str]| {
        let arguments = [&["findings", "--format", "json", "--repository", PROD], image].concat();
        let export = imagelab.run(&arguments).succeeded("imagelab findings").json();
        export["findings"].as_array().expect("an export has findings").clone()
    };
    let has_log4shell =
        |findings: &[Value]| findings.iter().any(|finding| finding["vulnerability"]["id"] == "CVE-2021-44228");
    // The patched image is the newest one.
    let (newest, vulnerable) = (findings_of(&[]), findings_of(&["--tag", "latest"]));
    assert_eq!((newest.len(), has_log4shell(&newest)), (58, false));
    assert_eq!((vulnerable.len(), has_log4shell(&vulnerable)), (200, true));
    let again = imagelab.run(&["rehearse", "--speed", "instant", "--engine", "builtin", "--json", "--yes"]);
    let again = again.succeeded("imagelab rehearse").json();
    assert_eq!(again["ok"], true);
    assert_ne!(again["run"], status["run"]);
}

#[tokio::test]
async fn a_practice_cloud_keeps_its_repositories_images_and_findings() {
    let folder = temp_dir();
    unpack_data_folder(VERSION, "practice-with-images", folder.path());
    let config =
        PracticeConfig { speed: Speed::Instant, ..PracticeConfig::new(folder.path().join("practice/ap-northeast-2")) };
    let practice = Practice::start(config).await.expect("the cloud starts on the folder");
    let ecr = ecr(&practice);
    let repositories = ecr.describe_repositories().send().await.expect("the cloud answers");
    let mut names: Vec<_> =
        repositories.repositories().iter().filter_map(|repository| repository.repository_name()).collect();
    names.sort_unstable();
    assert_eq!(names, [PROD, SANDBOX, SHARED]);
    let tags = ecr
        .list_tags_for_resource()
        .resource_arn(repositories.repositories()[0].repository_arn().expect("repositories have ARNs"));
    let tags = tags.send().await.expect("the cloud answers");
    assert!(tags.tags().iter().any(|tag| tag.key() == "imagelab:run"), "{tags:?}");
    for (repository, expected) in [(PROD, vec![PATCHED, VULNERABLE]), (SANDBOX, vec![VULNERABLE]), (SHARED, vec![])] {
        let images = ecr.describe_images().repository_name(repository).send().await.expect("the cloud answers");
        let mut digests: Vec<_> = images.image_details().iter().filter_map(|image| image.image_digest()).collect();
        digests.sort_unstable();
        assert_eq!(digests, expected, "{repository}");
    }
    // The catalogue has grown since: the images are scanned again.
    practice.scanner_idle().await;
    let image = aws_sdk_ecr::types::ImageIdentifier::builder().image_digest(VULNERABLE).build();
    let scan = ecr.describe_image_scan_findings().repository_name(PROD).image_id(image).into_paginator().send();
    let pages = scan.try_collect().await.expect("the image was scanned");
    let findings =
        pages.iter().filter_map(|page| page.image_scan_findings()).map(|findings| findings.enhanced_findings().len());
    assert_eq!(findings.sum::<usize>(), 200);
    practice.shutdown().await;
}
