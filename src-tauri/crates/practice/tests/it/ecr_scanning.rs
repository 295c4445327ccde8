//! The scanning configuration, its effect on each repository, and the scans that ECR itself starts.

use aws_sdk_ecr::types::{
    ImageIdentifier, ImageScanningConfiguration, RegistryScanningRule, ScanFrequency, ScanStatus, ScanType,
    ScanningConfigurationFailureCode,
};

use practice_images::SyntheticLayer;
use testbed::aws::scanning_rule;

use crate::support::{Cloud, Image, OCI_INDEX, OCI_MANIFEST, code, index, message};

fn latest() -> ImageIdentifier {
    ImageIdentifier::builder().image_tag("latest").build()
}

#[tokio::test]
async fn a_put_replaces_the_whole_configuration() {
    let cloud = Cloud::start().await;
    let get = || async {
        let got = cloud.ecr.get_registry_scanning_configuration().send().await.unwrap();
        assert_eq!(got.registry_id(), Some("123456789012"));
        got.scanning_configuration().unwrap().clone()
    };
    let fresh = get().await;
    assert_eq!(fresh.scan_type(), Some(&ScanType::Basic));
    assert!(fresh.rules().is_empty());

    let put = cloud.ecr.put_registry_scanning_configuration().scan_type(ScanType::Enhanced);
    let rules =
        [scanning_rule(ScanFrequency::ContinuousScan, &["prod"]), scanning_rule(ScanFrequency::ScanOnPush, &["*"])];
    let answer = put.set_rules(Some(rules.to_vec())).send().await.unwrap();
    assert_eq!(answer.registry_scanning_configuration().unwrap().rules(), rules);
    assert_eq!(get().await.rules(), rules);
    cloud.configure(&[(ScanFrequency::ScanOnPush, "only")]).await;
    assert_eq!(get().await.rules(), [scanning_rule(ScanFrequency::ScanOnPush, &["only"])]);
}

#[tokio::test]
async fn without_rules_in_the_request_the_present_rules_stay_and_an_empty_list_removes_them() {
    let cloud = Cloud::start().await;
    let get = || async {
        let got = cloud.ecr.get_registry_scanning_configuration().send().await.unwrap();
        let configuration = got.scanning_configuration().unwrap();
        (configuration.scan_type().unwrap().clone(), configuration.rules().to_vec())
    };
    let put = |scan_type| cloud.ecr.put_registry_scanning_configuration().scan_type(scan_type);
    let on_push = [scanning_rule(ScanFrequency::ScanOnPush, &["legacy"])].to_vec();
    put(ScanType::Basic).set_rules(Some(on_push.clone())).send().await.unwrap();
    let answer = put(ScanType::Enhanced).send().await.unwrap();
    assert_eq!(answer.registry_scanning_configuration().unwrap().rules(), on_push);
    assert_eq!(get().await, (ScanType::Enhanced, on_push));
    let continuous = [scanning_rule(ScanFrequency::ContinuousScan, &["prod"])].to_vec();
    put(ScanType::Enhanced).set_rules(Some(continuous.clone())).send().await.unwrap();
    // A rule that the scan type does not allow cannot stay.
    assert_eq!(code(put(ScanType::Basic).send().await), "InvalidParameterException");
    assert_eq!(get().await, (ScanType::Enhanced, continuous));
    put(ScanType::Basic).set_rules(Some(Vec::new())).send().await.unwrap();
    assert_eq!(get().await, (ScanType::Basic, Vec::new()));
}

#[tokio::test]
async fn invalid_rules_change_nothing() {
    let cloud = Cloud::start().await;
    let put = |scan_type: ScanType, rules: Vec<RegistryScanningRule>| {
        cloud.ecr.put_registry_scanning_configuration().scan_type(scan_type).set_rules(Some(rules)).send()
    };
    let continuous = || scanning_rule(ScanFrequency::ContinuousScan, &["prod"]);
    let no_filters = RegistryScanningRule::builder().scan_frequency(ScanFrequency::ScanOnPush);
    let many = vec![scanning_rule(ScanFrequency::ScanOnPush, &["a"]).repository_filters()[0].clone(); 101];
    let refused = vec![
        put(ScanType::Basic, vec![continuous()]),
        put(ScanType::Enhanced, vec![scanning_rule(ScanFrequency::Manual, &["prod"])]),
        put(ScanType::Enhanced, vec![continuous(), continuous(), continuous()]),
        put(ScanType::Enhanced, vec![scanning_rule(ScanFrequency::ContinuousScan, &["Prod"])]),
        put(ScanType::Enhanced, vec![scanning_rule(ScanFrequency::ContinuousScan, &["-prod"])]),
        put(ScanType::Enhanced, vec![no_filters.set_repository_filters(Some(many)).build().unwrap()]),
        put(ScanType::from("SOMEHOW"), vec![]),
    ];
    for call in refused {
        assert_eq!(code(call.await), "InvalidParameterException");
    }
    let got = cloud.ecr.get_registry_scanning_configuration().send().await.unwrap();
    assert_eq!(got.scanning_configuration().unwrap().scan_type(), Some(&ScanType::Basic));
}

#[tokio::test]
async fn each_repository_has_its_frequency_and_the_matching_filters() {
    let cloud = Cloud::start().await;
    cloud.watch("prod").await;
    for name in ["eks-security-prod", "eks-security-sandbox"] {
        cloud.create(name).await;
    }
    let names = ["eks-security-prod", "eks-security-sandbox", "never-made"].map(str::to_owned).to_vec();
    let batch = |names: Vec<String>| {
        cloud.ecr.batch_get_repository_scanning_configuration().set_repository_names(Some(names)).send()
    };
    let got = batch(names).await.unwrap();
    let [prod, sandbox] = got.scanning_configurations() else { panic!("{got:?}") };
    assert_eq!(prod.scan_frequency(), Some(&ScanFrequency::ContinuousScan));
    assert_eq!(prod.applied_scan_filters()[0].filter(), "prod");
    assert_eq!(sandbox.scan_frequency(), Some(&ScanFrequency::Manual));
    assert!(sandbox.applied_scan_filters().is_empty() && !sandbox.scan_on_push());
    assert_eq!(got.failures()[0].repository_name(), Some("never-made"));
    assert_eq!(got.failures()[0].failure_code(), Some(&ScanningConfigurationFailureCode::RepositoryNotFound));
    let many = (0..26).map(|n| format!("repo-{n}")).collect();
    assert_eq!(code(batch(many).await), "InvalidParameterException");
    assert_eq!(code(batch(vec![]).await), "InvalidParameterException");
}

#[tokio::test]
async fn a_new_configuration_applies_to_every_repository_at_once() {
    let cloud = Cloud::start().await;
    for name in ["app-prod", "app-test"] {
        cloud.create(name).await;
    }
    let frequencies = || async {
        let names = ["app-prod", "app-test"].map(str::to_owned).to_vec();
        let batch = cloud.ecr.batch_get_repository_scanning_configuration().set_repository_names(Some(names));
        let got = batch.send().await.unwrap();
        got.scanning_configurations().iter().map(|c| c.scan_frequency().unwrap().clone()).collect::<Vec<_>>()
    };
    assert_eq!(frequencies().await, [ScanFrequency::Manual, ScanFrequency::Manual]);
    cloud.configure(&[(ScanFrequency::ScanOnPush, "app*"), (ScanFrequency::ContinuousScan, "prod")]).await;
    assert_eq!(frequencies().await, [ScanFrequency::ContinuousScan, ScanFrequency::ScanOnPush]);
    let everything = cloud.ecr.put_registry_scanning_configuration().scan_type(ScanType::Enhanced);
    everything.set_rules(Some(Vec::new())).send().await.unwrap();
    assert_eq!(frequencies().await, [ScanFrequency::ContinuousScan, ScanFrequency::ContinuousScan]);
    cloud.basic().await;
    assert_eq!(frequencies().await, [ScanFrequency::Manual, ScanFrequency::Manual]);
}

#[tokio::test]
async fn an_unwatched_image_has_no_scan() {
    let cloud = Cloud::start().await;
    cloud.watch("prod").await;
    cloud.create("sandbox").await;
    cloud.push("sandbox", "latest", &Image::vulnerable()).await;
    cloud.practice.scanner_idle().await;
    let describe = |name: &str, id| cloud.ecr.describe_image_scan_findings().repository_name(name).image_id(id).send();
    let text = message(describe("sandbox", latest()).await);
    assert!(text.starts_with("Image scan does not exist for the image with") && text.contains("sandbox"), "{text}");
    assert_eq!(code(describe("sandbox", latest()).await), "ScanNotFoundException");
    let nope = ImageIdentifier::builder().image_tag("nope").build();
    assert_eq!(code(describe("sandbox", nope).await), "ImageNotFoundException");
    assert_eq!(code(describe("nowhere", latest()).await), "RepositoryNotFoundException");
    let neither = ImageIdentifier::builder().build();
    assert_eq!(code(describe("sandbox", neither).await), "InvalidParameterException");
}

#[tokio::test]
async fn scans_cannot_be_started_manually_under_enhanced_scanning() {
    let cloud = Cloud::start().await;
    cloud.watch("prod").await;
    cloud.create("sandbox").await;
    cloud.push("sandbox", "latest", &Image::plain(1)).await;
    let refused = cloud.ecr.start_image_scan().repository_name("sandbox").image_id(latest()).send().await;
    assert_eq!(message(refused), "This feature is disabled");
}

#[tokio::test]
async fn a_basic_scan_runs_once_a_day_and_covers_only_the_operating_system() {
    let cloud = Cloud::manual().await;
    cloud.create("app").await;
    cloud.push("app", "latest", &Image::vulnerable()).await;
    let start = |id| cloud.ecr.start_image_scan().repository_name("app").image_id(id).send();
    let started = start(latest()).await.unwrap();
    assert_eq!(started.image_scan_status().unwrap().status(), Some(&ScanStatus::InProgress));
    let describe = || cloud.ecr.describe_image_scan_findings().repository_name("app").image_id(latest()).send();
    cloud.practice.scanner_idle().await;
    assert_eq!(describe().await.unwrap().image_scan_status().unwrap().status(), Some(&ScanStatus::InProgress));
    cloud.advance(20);
    let done = describe().await.unwrap();
    assert_eq!(done.image_scan_status().unwrap().status(), Some(&ScanStatus::Complete));
    let findings = done.image_scan_findings().unwrap();
    assert!(findings.image_scan_completed_at().is_some() && findings.enhanced_findings().is_empty());
    assert!(!findings.findings().is_empty());
    assert!(findings.findings().iter().all(|finding| finding.name() != Some("CVE-2021-44228")));
    let counted: i32 = findings.finding_severity_counts().unwrap().values().sum();
    assert_eq!(counted as usize, findings.findings().len());
    let images = cloud.ecr.describe_images().repository_name("app").send().await.unwrap();
    let details = &images.image_details()[0];
    assert!(details.image_scan_status().is_none() && details.image_scan_findings_summary().is_none());

    assert_eq!(code(start(latest()).await), "LimitExceededException");
    cloud.advance(24 * 3600);
    start(latest()).await.unwrap();
    let nope = ImageIdentifier::builder().image_tag("nope").build();
    assert_eq!(code(start(nope).await), "ImageNotFoundException");
    let nowhere = cloud.ecr.start_image_scan().repository_name("nowhere").image_id(latest()).send().await;
    assert_eq!(code(nowhere), "RepositoryNotFoundException");
}

#[tokio::test]
async fn a_basic_scan_of_an_image_that_it_cannot_read_has_failed() {
    let cloud = Cloud::start().await;
    cloud.create("app").await;
    let jar = testbed::images::log4j("2.14.1");
    let with_jar = Image::synthetic(0, SyntheticLayer { jars: vec![jar], ..Default::default() });
    let unsupported = "UnsupportedImageError: The operating system and/or package manager are not supported.";
    for (tag, image) in [("jar", with_jar), ("scratch", Image::plain(1)), ("broken", Image::of_layer(b"no archive"))] {
        cloud.push("app", tag, &image).await;
        let id = ImageIdentifier::builder().image_tag(tag).build();
        cloud.ecr.start_image_scan().repository_name("app").image_id(id.clone()).send().await.unwrap();
        cloud.practice.scanner_idle().await;
        let described = cloud.ecr.describe_image_scan_findings().repository_name("app").image_id(id).send().await;
        let described = described.unwrap();
        let status = described.image_scan_status().unwrap();
        assert_eq!(status.status(), Some(&ScanStatus::Failed), "{tag}");
        assert_eq!(status.description() == Some(unsupported), tag != "broken", "{tag}: {:?}", status.description());
        // There, and empty: not a list of findings, and no counts.
        let findings = described.image_scan_findings().unwrap();
        assert!(findings.findings.is_none() && findings.finding_severity_counts().is_none(), "{findings:?}");
    }
}

#[tokio::test]
async fn an_index_cannot_be_scanned_manually() {
    let cloud = Cloud::start().await;
    cloud.create("app").await;
    let image = Image::plain(1);
    cloud.push_blobs("app", &image).await;
    cloud.put_manifest("app", &image.digest(), OCI_MANIFEST, &image.manifest()).await;
    cloud.put_manifest("app", "latest", OCI_INDEX, &index(&[image.manifest()])).await;
    let refused = cloud.ecr.start_image_scan().repository_name("app").image_id(latest()).send().await;
    assert_eq!(code(refused), "UnsupportedImageTypeException");
}

#[tokio::test]
async fn a_push_starts_a_basic_scan_if_a_rule_or_the_repository_says_so() {
    let cloud = Cloud::start().await;
    for name in ["by-rule", "by-itself", "unscanned"] {
        cloud.create(name).await;
    }
    let put = cloud.ecr.put_registry_scanning_configuration().scan_type(ScanType::Basic);
    put.rules(scanning_rule(ScanFrequency::ScanOnPush, &["rule"])).send().await.unwrap();
    let setting = ImageScanningConfiguration::builder().scan_on_push(true).build();
    let own = cloud.ecr.put_image_scanning_configuration().repository_name("by-itself");
    let own = own.image_scanning_configuration(setting).send().await.unwrap();
    assert!(own.image_scanning_configuration().unwrap().scan_on_push());
    for (name, scanned) in [("by-rule", true), ("by-itself", true), ("unscanned", false)] {
        cloud.push(name, "latest", &Image::vulnerable()).await;
        cloud.practice.scanner_idle().await;
        let described = cloud.ecr.describe_image_scan_findings().repository_name(name).image_id(latest()).send().await;
        assert_eq!(described.is_ok(), scanned, "{name}");
    }
}
