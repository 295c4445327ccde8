//! Inspector's coverage, and the reasons why a resource is not scanned.

use aws_sdk_ecr::types::ScanFrequency;
use aws_sdk_inspector2::types::{
    CoverageFilterCriteria, CoverageStringComparison, CoverageStringFilter, CoveredResource, GroupKey, ScanStatusCode,
};

use practice_images::{SyntheticJar, SyntheticLayer};
use testbed::images::debian_11;

use crate::support::{Cloud, Image, OCI_INDEX, OCI_MANIFEST, code, index};

fn equals(value: &str) -> CoverageStringFilter {
    CoverageStringFilter::builder().comparison(CoverageStringComparison::Equals).value(value).build().unwrap()
}

fn row(resource: &CoveredResource) -> (String, String, String) {
    let status = resource.scan_status().unwrap();
    let id = resource.resource_id().rsplit("repository/").next().unwrap();
    let id = id.split_once("/sha256").map_or(id.to_owned(), |(name, _)| format!("{name}/image"));
    (id, status.status_code().as_str().to_owned(), status.reason().as_str().to_owned())
}

async fn rows(cloud: &Cloud) -> Vec<(String, String, String)> {
    cloud.inspector.list_coverage().send().await.unwrap().covered_resources().iter().map(row).collect()
}

fn expected(rows: &[(&str, &str, &str)]) -> Vec<(String, String, String)> {
    rows.iter().map(|(id, code, reason)| ((*id).to_owned(), (*code).to_owned(), (*reason).to_owned())).collect()
}

#[tokio::test]
async fn the_lessons_repositories_have_the_expected_coverage() {
    let cloud = Cloud::manual().await;
    cloud.watch("prod").await;
    for name in ["eks-security-prod", "eks-security-sandbox", "eks-security-shared"] {
        cloud.create(name).await;
    }
    let image = Image::vulnerable();
    cloud.push("eks-security-prod", "latest", &image).await;
    cloud.push("eks-security-sandbox", "latest", &image).await;
    cloud.practice.scanner_idle().await;
    let with = |reason: &'static str| {
        expected(&[
            ("eks-security-prod", "ACTIVE", "SUCCESSFUL"),
            ("eks-security-prod/image", "ACTIVE", reason),
            ("eks-security-sandbox", "INACTIVE", "SCAN_FREQUENCY_MANUAL"),
            ("eks-security-sandbox/image", "INACTIVE", "SCAN_FREQUENCY_MANUAL"),
            ("eks-security-shared", "INACTIVE", "SCAN_FREQUENCY_MANUAL"),
        ])
    };
    assert_eq!(rows(&cloud).await, with("PENDING_INITIAL_SCAN"));
    cloud.advance(45);
    assert_eq!(rows(&cloud).await, with("SCAN_IN_PROGRESS"));
    cloud.advance(60);
    assert_eq!(rows(&cloud).await, with("SUCCESSFUL"));
    let all = cloud.inspector.list_coverage().send().await.unwrap();
    let [prod, image, ..] = all.covered_resources() else { panic!("{all:?}") };
    let repository = prod.resource_metadata().unwrap().ecr_repository().unwrap();
    assert_eq!(repository.name(), Some("eks-security-prod"));
    assert_eq!(repository.scan_frequency().unwrap().as_str(), "CONTINUOUS_SCAN");
    assert_eq!(image.resource_metadata().unwrap().ecr_image().unwrap().tags(), ["latest"]);
    assert!(image.last_scanned_at().is_some());
}

#[tokio::test]
async fn images_that_cannot_be_scanned_have_a_reason() {
    let cloud = Cloud::start().await;
    cloud.watch("prod").await;
    cloud.create("prod").await;
    let (image, broken) = (Image::vulnerable(), Image::of_layer(b"this is no archive at all, whatever it says"));
    cloud.push_blobs("prod", &image).await;
    cloud.put_manifest("prod", &image.digest(), OCI_MANIFEST, &image.manifest()).await;
    cloud.put_manifest("prod", "list", OCI_INDEX, &index(&[image.manifest()])).await;
    cloud.push("prod", "broken", &broken).await;
    cloud.practice.scanner_idle().await;
    let reason = async |tag: &str| {
        let criteria = CoverageFilterCriteria::builder().ecr_image_tags(equals(tag)).build();
        let coverage = cloud.inspector.list_coverage().filter_criteria(criteria).send().await.unwrap();
        row(&coverage.covered_resources()[0]).2
    };
    assert_eq!(reason("list").await, "UNSUPPORTED_MEDIA_TYPE");
    assert_eq!(reason("broken").await, "INVALID_ARTIFACT");
    for (tag, status) in [("list", "UNSUPPORTED_IMAGE"), ("broken", "FAILED")] {
        let id = aws_sdk_ecr::types::ImageIdentifier::builder().image_tag(tag).build();
        let described = cloud.ecr.describe_image_scan_findings().repository_name("prod").image_id(id).send().await;
        let described = described.unwrap();
        assert_eq!(described.image_scan_status().unwrap().status().unwrap().as_str(), status);
        assert!(!described.image_scan_status().unwrap().description().unwrap().is_empty());
        let findings = described.image_scan_findings().unwrap();
        assert!(findings.enhanced_findings.is_none() && findings.finding_severity_counts().is_none(), "{findings:?}");
    }
}

/// Pushes images of which a scan assesses nothing, a part, or all, with the tags that say which.
async fn push_partly_assessed(cloud: &Cloud) {
    let alpine = SyntheticLayer {
        os_release: Some("ID=alpine\nVERSION_ID=3.19.1\nPRETTY_NAME=\"Alpine Linux v3.19\"\n".into()),
        ..SyntheticLayer::default()
    };
    let jars = |layer: SyntheticLayer| SyntheticLayer {
        jars: vec![SyntheticJar {
            path: "app/a.jar".into(),
            maven: vec!["org.example:unknown:1".to_owned().try_into().unwrap()],
            filler: 0,
        }],
        ..layer
    };
    for (tag, layer) in [
        ("scratch", SyntheticLayer { files: vec![("hello".into(), b"\x7fELF".to_vec())], ..Default::default() }),
        ("alpine", alpine.clone()),
        ("scratch-jar", jars(SyntheticLayer::default())),
        (
            "unknown-jar",
            jars(SyntheticLayer { os_release: Some("ID=example\nNAME=\"Example OS\"\n".into()), ..Default::default() }),
        ),
        ("alpine-jar", jars(alpine)),
        ("debian", debian_11()),
    ] {
        cloud.push("prod", tag, &Image::synthetic(0, layer)).await;
    }
}

#[tokio::test]
async fn a_scan_says_what_it_did_not_assess() {
    let cloud = Cloud::start().await;
    cloud.watch("prod").await;
    cloud.create("prod").await;
    push_partly_assessed(&cloud).await;
    cloud.practice.scanner_idle().await;
    let unknown = "Packages: 1 found, 0 known to the catalogue, 1 unknown to it.";
    for (tag, status, reason, text) in [
        ("scratch", "UNSUPPORTED_IMAGE", "UNSUPPORTED_OS", "no file identifies its operating system".to_owned()),
        ("alpine", "UNSUPPORTED_IMAGE", "UNSUPPORTED_OS", "\"Alpine Linux v3.19\" is not supported".to_owned()),
        (
            "unknown-jar",
            "UNSUPPORTED_IMAGE",
            "UNSUPPORTED_OS",
            format!(
                "The operating system \"Example OS\" is unknown: it is not supported. What was assessed: Operating system: not \
                 assessed (not in the catalogue: \"Example OS\"). {unknown}"
            ),
        ),
        (
            "scratch-jar",
            "ACTIVE",
            "SUCCESSFUL",
            format!("image. What was assessed: Operating system: not assessed (no file identifies it). {unknown}"),
        ),
        (
            "alpine-jar",
            "ACTIVE",
            "SUCCESSFUL",
            format!(
                "image. What was assessed: Operating system: not assessed (not in the catalogue: \"Alpine Linux v3.19\"). {unknown}"
            ),
        ),
        ("debian", "ACTIVE", "SUCCESSFUL", "which covers only the lab.".to_owned()),
    ] {
        let id = aws_sdk_ecr::types::ImageIdentifier::builder().image_tag(tag).build();
        let described = cloud.ecr.describe_image_scan_findings().repository_name("prod").image_id(id).send().await;
        let described = described.unwrap().image_scan_status().unwrap().clone();
        assert_eq!(described.status().unwrap().as_str(), status, "{tag}");
        assert!(described.description().unwrap().contains(&text), "{tag}: {described:?}");
        let criteria = CoverageFilterCriteria::builder().ecr_image_tags(equals(tag)).build();
        let coverage = cloud.inspector.list_coverage().filter_criteria(criteria).send().await.unwrap();
        assert_eq!(row(&coverage.covered_resources()[0]).2, reason, "{tag}");
    }
}

#[tokio::test]
async fn images_from_before_scanning_on_push_are_not_scanned_until_a_push() {
    let cloud = Cloud::manual().await;
    cloud.create("app").await;
    cloud.push("app", "old", &Image::plain(1)).await;
    cloud.advance(60);
    cloud.configure(&[(ScanFrequency::ScanOnPush, "app")]).await;
    cloud.advance(60);
    cloud.push("app", "new", &Image::vulnerable()).await;
    cloud.practice.scanner_idle().await;
    cloud.advance(120);
    let mut reasons: Vec<_> = cloud
        .inspector
        .list_coverage()
        .send()
        .await
        .unwrap()
        .covered_resources()
        .iter()
        .filter(|resource| resource.resource_type().as_str() == "AWS_ECR_CONTAINER_IMAGE")
        .map(|resource| (resource.last_scanned_at().is_some(), row(resource).2))
        .collect();
    reasons.sort();
    let on_push = "SCAN_FREQUENCY_SCAN_ON_PUSH".to_owned();
    assert_eq!(reasons, [(false, on_push.clone()), (true, on_push)]);
}

#[tokio::test]
async fn coverage_is_filtered_and_paged() {
    let cloud = Cloud::start().await;
    cloud.watch("prod").await;
    for n in 0..4 {
        cloud.create(&format!("prod-{n}")).await;
        cloud.create(&format!("test-{n}")).await;
    }
    let list = || cloud.inspector.list_coverage();
    let criteria = CoverageFilterCriteria::builder().scan_status_code(equals("INACTIVE"));
    let criteria = criteria.resource_type(equals("AWS_ECR_REPOSITORY")).build();
    let mut names = Vec::new();
    let mut pages = list().filter_criteria(criteria.clone()).into_paginator().page_size(3).send();
    while let Some(page) = pages.next().await {
        names.extend(page.unwrap().covered_resources().iter().map(|resource| row(resource).0));
    }
    assert_eq!(names, ["test-0", "test-1", "test-2", "test-3"]);
    let first = list().filter_criteria(criteria).max_results(3).send().await.unwrap();
    assert_eq!(code(list().set_next_token(first.next_token).send().await), "ValidationException");
    let not = CoverageStringFilter::builder().comparison(CoverageStringComparison::NotEquals).value("prod-0");
    let criteria = CoverageFilterCriteria::builder().ecr_repository_name(not.build().unwrap()).build();
    assert_eq!(list().filter_criteria(criteria).send().await.unwrap().covered_resources().len(), 7);

    let prefix = CoverageStringFilter::builder().comparison("PREFIX".into()).value("p").build().unwrap();
    let criteria = CoverageFilterCriteria::builder().ecr_repository_name(prefix).build();
    assert_eq!(code(list().filter_criteria(criteria).send().await), "ValidationException");
    let criteria = CoverageFilterCriteria::builder().set_account_id(Some(vec![equals("1"); 11])).build();
    assert_eq!(code(list().filter_criteria(criteria).send().await), "ValidationException");
    assert_eq!(code(list().max_results(201).send().await), "ValidationException");
}

#[tokio::test]
async fn statistics_count_what_coverage_lists() {
    let cloud = Cloud::start().await;
    cloud.watch("prod").await;
    for name in ["prod-0", "prod-1", "aa", "bb", "cc", "dd", "ee"] {
        cloud.create(name).await;
    }
    let statistics = || cloud.inspector.list_coverage_statistics();
    assert_eq!(statistics().send().await.unwrap().total_counts(), 7);
    let by = statistics().group_by(GroupKey::ScanStatusCode).send().await.unwrap();
    let counts: Vec<_> =
        by.counts_by_group().iter().map(|c| (c.group_key().unwrap().as_str().to_owned(), c.count())).collect();
    assert_eq!(counts, [(ScanStatusCode::Active.as_str().to_owned(), 2), ("INACTIVE".into(), 5)]);
    let mut groups = 0;
    let mut pages = statistics().group_by(GroupKey::EcrRepositoryName).into_paginator().send();
    while let Some(page) = pages.next().await {
        groups += page.unwrap().counts_by_group().len();
    }
    assert_eq!(groups, 7);
    assert_eq!(code(statistics().group_by(GroupKey::from("MOON")).send().await), "ValidationException");
}

#[tokio::test]
async fn a_deactivated_inspector_covers_nothing() {
    let cloud = Cloud::manual().await;
    cloud.create("prod").await;
    assert!(rows(&cloud).await.is_empty());
    cloud.watch("prod").await;
    assert_eq!(rows(&cloud).await, expected(&[("prod", "ACTIVE", "SUCCESSFUL")]));
    cloud.inspector.disable().send().await.unwrap();
    assert_eq!(rows(&cloud).await, expected(&[("prod", "INACTIVE", "PENDING_DISABLE")]));
    cloud.advance(10);
    assert!(rows(&cloud).await.is_empty());
}
