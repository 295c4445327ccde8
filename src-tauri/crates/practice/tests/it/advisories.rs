//! Imported advisories: which images they concern, and when.

use std::{ops::ControlFlow, path::PathBuf, time::Duration};

use aws_sdk_ecr::types::ScanFrequency;
use aws_sdk_inspector2::types::{
    CoverageFilterCriteria, CoverageStringComparison, CoverageStringFilter, CoveredResource,
    SearchVulnerabilitiesFilterCriteria,
};
use practice_images::{SyntheticJar, SyntheticLayer};
use testbed::images::debian_11;

use crate::support::{Cloud, Image, code, scan_status};

const DATE: &str = "2026-11-30";

fn database(cloud: &Cloud) -> PathBuf {
    cloud.dir.path().join("advisories.db")
}

/// Imports one advisory about a package, of all its versions.
fn import(cloud: &Cloud, id: &str, ecosystem: &str, package: &str) {
    let record = format!(
        r#"{{"id": "{id}", "modified": "2026-11-29T00:00:00Z", "summary": "A flaw", "affected": [{{"package":
        {{"ecosystem": "{ecosystem}", "name": "{package}"}}, "ranges": [{{"type": "ECOSYSTEM", "events":
        [{{"introduced": "0"}}]}}]}}]}}"#
    );
    let file = cloud.dir.path().join("record.json");
    std::fs::write(&file, record).unwrap();
    scanner::import(&[file], &database(cloud), DATE, &mut |_| ControlFlow::Continue(())).unwrap();
}

/// Debian 11 with old packages, and a library that the built-in catalogue does not have.
fn with_library(seed: u64) -> Image {
    let jar = SyntheticJar {
        path: "app/a.jar".into(),
        maven: vec!["org.example:library:1.0".to_owned().try_into().unwrap()],
        filler: 0,
    };
    Image::synthetic(seed, SyntheticLayer { jars: vec![jar], ..debian_11() })
}

/// The findings of an image: the ids of the vulnerabilities, and when each was first seen.
async fn findings(cloud: &Cloud, repository: &str) -> Vec<(String, f64)> {
    let id = aws_sdk_ecr::types::ImageIdentifier::builder().image_tag("latest").build();
    let described = cloud.ecr.describe_image_scan_findings().repository_name(repository).image_id(id);
    let mut pages = described.into_paginator().send();
    let mut listed = Vec::new();
    while let Some(page) = pages.next().await {
        let page = page.unwrap();
        for finding in page.image_scan_findings().map_or(&[][..], |findings| findings.enhanced_findings()) {
            let details = finding.package_vulnerability_details();
            let id = details.and_then(|details| details.vulnerability_id()).unwrap_or("end of life");
            listed.push((id.to_owned(), finding.first_observed_at().unwrap().as_secs_f64()));
        }
    }
    listed.sort_by(|a, b| a.0.cmp(&b.0));
    listed
}

/// Inspector's reason for the coverage of the repository's image.
async fn coverage_reason(cloud: &Cloud, repository: &str) -> String {
    let of_repository =
        CoverageStringFilter::builder().comparison(CoverageStringComparison::Equals).value(repository).build().unwrap();
    let criteria = CoverageFilterCriteria::builder().ecr_repository_name(of_repository).build();
    let listed = cloud.inspector.list_coverage().filter_criteria(criteria).send().await.unwrap();
    let image = |resource: &&CoveredResource| resource.resource_type().as_str() == "AWS_ECR_CONTAINER_IMAGE";
    let resource = listed.covered_resources().iter().find(image).unwrap();
    resource.scan_status().unwrap().reason().as_str().to_owned()
}

/// Waits until the findings of the image meet the condition.
async fn wait_for(cloud: &Cloud, repository: &str, is_met: impl Fn(&[(String, f64)]) -> bool) -> Vec<(String, f64)> {
    let waited = async {
        loop {
            let listed = findings(cloud, repository).await;
            if is_met(&listed) {
                return listed;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    tokio::time::timeout(testbed::wait::TIMEOUT, waited).await.unwrap()
}

fn has(listed: &[(String, f64)], id: &str) -> bool {
    listed.iter().any(|(listed, _)| listed == id)
}

#[tokio::test]
async fn after_an_import_images_scanned_continuously_are_scanned_again_and_others_are_not() {
    let cloud = Cloud::start().await;
    cloud.configure(&[(ScanFrequency::ContinuousScan, "prod"), (ScanFrequency::ScanOnPush, "push")]).await;
    for name in ["prod", "push", "push-later"] {
        cloud.create(name).await;
    }
    for name in ["prod", "push"] {
        cloud.push(name, "latest", &with_library(1)).await;
    }
    cloud.practice.scanner_idle().await;
    let (before, on_push) = (findings(&cloud, "prod").await, findings(&cloud, "push").await);
    assert!(!before.is_empty() && before.len() == on_push.len());
    assert!(scan_status(&cloud, "prod", "latest").await.1.ends_with("which covers only the lab."));

    import(&cloud, "CVE-2026-0001", "Maven", "org.example:library");
    let after = wait_for(&cloud, "prod", |listed| has(listed, "CVE-2026-0001")).await;
    let (new, kept): (Vec<_>, Vec<_>) = after.into_iter().partition(|(id, _)| id == "CVE-2026-0001");
    assert_eq!(kept, before, "they are still the same");
    assert!(new[0].1 > before[0].1, "it is seen since the import");
    let (status, description) = scan_status(&cloud, "prod", "latest").await;
    assert_eq!(status, "ACTIVE");
    assert!(description.ends_with("and 1 entries of advisories imported on 2026-11-30."), "{description}");
    assert!(description.contains("Packages: 4 found, 4 known to the catalogue, 0 unknown to it."), "{description}");
    assert!(!has(&findings(&cloud, "push").await, "CVE-2026-0001"));
    cloud.push("push-later", "latest", &with_library(1)).await;
    cloud.practice.scanner_idle().await;
    assert!(has(&findings(&cloud, "push-later").await, "CVE-2026-0001"), "it was pushed after the import");

    let cloud = cloud.restart().await;
    cloud.practice.scanner_idle().await;
    let listed = findings(&cloud, "prod").await;
    assert_eq!((listed.len(), has(&listed, "CVE-2026-0001")), (before.len() + 1, true));
    assert_eq!(findings(&cloud, "push").await, on_push);
    std::fs::remove_file(database(&cloud)).unwrap();
    let listed = wait_for(&cloud, "prod", |listed| !has(listed, "CVE-2026-0001")).await;
    assert_eq!(listed, before);
}

#[tokio::test]
async fn an_image_of_a_system_that_is_imported_later_is_scanned() {
    let cloud = Cloud::start().await;
    cloud.watch("prod").await;
    cloud.create("prod").await;
    let apk = "P:libcrypto3\nV:3.1.4-r1\no:openssl\n\n";
    let layer = SyntheticLayer {
        os_release: Some("ID=alpine\nVERSION_ID=3.19.1\nPRETTY_NAME=\"Alpine Linux v3.19\"\n".into()),
        files: vec![("lib/apk/db/installed".into(), apk.into())],
        ..SyntheticLayer::default()
    };
    cloud.push("prod", "latest", &Image::synthetic(0, layer)).await;
    cloud.practice.scanner_idle().await;
    assert_eq!(scan_status(&cloud, "prod", "latest").await.0, "UNSUPPORTED_IMAGE");
    import(&cloud, "CVE-2026-0002", "Alpine:v3.19", "openssl");
    let listed = wait_for(&cloud, "prod", |listed| !listed.is_empty()).await;
    assert!(has(&listed, "CVE-2026-0002"), "{listed:?}");
    let (status, description) = scan_status(&cloud, "prod", "latest").await;
    assert_eq!(status, "ACTIVE");
    assert!(description.contains("Operating system: assessed (\"Alpine Linux v3.19\")."), "{description}");
}

#[tokio::test]
async fn advisories_that_cannot_be_read_fail_a_scan_and_leave_former_results() {
    let cloud = Cloud::start().await;
    cloud.watch("prod").await;
    for name in ["prod", "prod-later"] {
        cloud.create(name).await;
    }
    cloud.push("prod", "latest", &with_library(1)).await;
    cloud.practice.scanner_idle().await;
    let before = findings(&cloud, "prod").await;
    std::fs::write(database(&cloud), b"no database").unwrap();
    cloud.push("prod-later", "latest", &with_library(2)).await;
    cloud.practice.scanner_idle().await;
    let (status, description) = scan_status(&cloud, "prod-later", "latest").await;
    assert_eq!(status, "FAILED");
    assert!(description.starts_with("The imported advisories cannot be read"), "{description}");
    assert_eq!(coverage_reason(&cloud, "prod-later").await, "INTERNAL_ERROR", "the image is not to blame");
    assert_eq!(findings(&cloud, "prod").await, before);
    std::fs::remove_file(database(&cloud)).unwrap();
    let listed = wait_for(&cloud, "prod-later", |listed| !listed.is_empty()).await;
    assert_eq!(listed.len(), before.len());
}

#[tokio::test]
async fn a_vulnerability_that_is_imported_is_found_by_its_id() {
    let cloud = Cloud::start().await;
    let search = async |id: &str| {
        let by_id = SearchVulnerabilitiesFilterCriteria::builder().vulnerability_ids(id).build().unwrap();
        cloud.inspector.search_vulnerabilities().filter_criteria(by_id).send().await
    };
    let matches = async |id: &str| search(id).await.unwrap().vulnerabilities().to_vec();
    assert!(matches("CVE-2026-0001").await.is_empty());
    import(&cloud, "CVE-2026-0001", "Maven", "org.example:library");
    let [imported] = &matches("CVE-2026-0001").await[..] else { panic!("it was imported") };
    assert_eq!((imported.id(), imported.description()), ("CVE-2026-0001", Some("A flaw")));
    assert!(imported.cvss3().is_none() && imported.epss().is_none(), "what the record does not state is left out");
    assert!(matches("CVE-2026-0002").await.is_empty());
    // What the built-in catalogue knows of one stays.
    let built_in = matches("CVE-2021-44228").await;
    import(&cloud, "CVE-2021-44228", "Maven", "org.example:library");
    let with_import = matches("CVE-2021-44228").await;
    assert_eq!((with_import.len(), with_import[0].description()), (1, built_in[0].description()));
    std::fs::write(database(&cloud), b"no database").unwrap();
    assert_eq!(code(search("CVE-2021-44228").await), "InternalServerException", "it may be in what cannot be read");
}
