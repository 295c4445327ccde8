//! Restarts: each setting, tag and image is afterwards what it was.

use aws_sdk_ecr::types::{
    ImageIdentifier, ImageScanningConfiguration, ImageTagMutability, ImageTagMutabilityExclusionFilter,
    ImageTagMutabilityExclusionFilterType as FilterType, RegistryScanningRule, ScanFrequency, ScanStatus, Tag,
};
use aws_sdk_inspector2::types::{EcrConfiguration, EcrRescanDuration, Status};
use testbed::images::debian_11;

use crate::support::{Cloud, Image};

const ARN: &str = "arn:aws:ecr:ap-northeast-2:123456789012:repository/app";

fn tag(key: &str) -> Tag {
    Tag::builder().key(key).value("1").build().unwrap()
}

fn by_tag(tag: &str) -> ImageIdentifier {
    ImageIdentifier::builder().image_tag(tag).build()
}

/// Creates the repository `app`, and changes each of its settings.
async fn change_repository(cloud: &Cloud) {
    let ecr = &cloud.ecr;
    ecr.create_repository().repository_name("app").tags(tag("created")).send().await.unwrap();
    ecr.tag_resource().resource_arn(ARN).tags(tag("added")).tags(tag("removed")).send().await.unwrap();
    ecr.untag_resource().resource_arn(ARN).tag_keys("removed").send().await.unwrap();
    let on_push = ImageScanningConfiguration::builder().scan_on_push(true).build();
    let put = ecr.put_image_scanning_configuration().repository_name("app");
    put.image_scanning_configuration(on_push).send().await.unwrap();
    let filter = ImageTagMutabilityExclusionFilter::builder().filter_type(FilterType::Wildcard).filter("dev-*");
    let put = ecr.put_image_tag_mutability().repository_name("app");
    let put = put.image_tag_mutability(ImageTagMutability::ImmutableWithExclusion);
    put.image_tag_mutability_exclusion_filters(filter.build().unwrap()).send().await.unwrap();
}

/// Pushes an image, gives it another tag, and deletes a third one.
async fn change_images(cloud: &Cloud) {
    let image = Image::plain(1);
    cloud.push("app", "pushed", &image).await;
    cloud.push("app", "deleted", &Image::plain(2)).await;
    let manifest = String::from_utf8(image.manifest()).unwrap();
    let put = cloud.ecr.put_image().repository_name("app").image_manifest(manifest).image_tag("put");
    put.send().await.unwrap();
    let delete = cloud.ecr.batch_delete_image().repository_name("app").image_ids(by_tag("deleted"));
    delete.send().await.unwrap();
}

async fn change_account(cloud: &Cloud) -> String {
    let get = || cloud.ecr.get_account_setting().name("BLOB_MOUNTING").send();
    let other = if get().await.unwrap().value() == Some("ENABLED") { "DISABLED" } else { "ENABLED" };
    cloud.ecr.put_account_setting().name("BLOB_MOUNTING").value(other).send().await.unwrap();
    cloud.configure(&[(ScanFrequency::ScanOnPush, "app"), (ScanFrequency::ContinuousScan, "prod")]).await;
    let rescan = EcrConfiguration::builder().rescan_duration(EcrRescanDuration::Days60).build().unwrap();
    cloud.inspector.update_configuration().ecr_configuration(rescan).send().await.unwrap();
    other.to_owned()
}

async fn rules(cloud: &Cloud) -> Vec<RegistryScanningRule> {
    let got = cloud.ecr.get_registry_scanning_configuration().send().await.unwrap();
    got.scanning_configuration().unwrap().rules().to_vec()
}

#[tokio::test]
async fn every_setting_survives_a_restart() {
    let cloud = Cloud::start().await;
    change_repository(&cloud).await;
    change_images(&cloud).await;
    let mounting = change_account(&cloud).await;
    let before = rules(&cloud).await;
    let described = cloud.ecr.describe_repositories().send().await.unwrap();

    let cloud = cloud.restart().await;
    let again = cloud.ecr.describe_repositories().send().await.unwrap();
    let [repository] = again.repositories() else { panic!("{again:?}") };
    assert!(repository.image_scanning_configuration().unwrap().scan_on_push());
    assert_eq!(repository.image_tag_mutability(), Some(&ImageTagMutability::ImmutableWithExclusion));
    assert_eq!(repository.image_tag_mutability_exclusion_filters()[0].filter(), "dev-*");
    assert_eq!(repository.created_at(), described.repositories()[0].created_at());
    let tags = cloud.ecr.list_tags_for_resource().resource_arn(ARN).send().await.unwrap();
    let mut keys: Vec<_> = tags.tags().iter().map(Tag::key).collect();
    keys.sort_unstable();
    assert_eq!(keys, ["added", "created"]);
    let images = cloud.ecr.describe_images().repository_name("app").send().await.unwrap();
    let [image] = images.image_details() else { panic!("{images:?}") };
    assert_eq!(image.image_tags(), ["pushed", "put"]);

    assert_eq!(rules(&cloud).await, before);
    assert_eq!(before.len(), 2);
    let setting = cloud.ecr.get_account_setting().name("BLOB_MOUNTING").send().await.unwrap();
    assert_eq!(setting.value(), Some(mounting.as_str()));
    let configuration = cloud.inspector.get_configuration().send().await.unwrap();
    let rescan = configuration.ecr_configuration().unwrap().rescan_duration_state().unwrap();
    assert_eq!(rescan.rescan_duration(), Some(&EcrRescanDuration::Days60));
    let status = cloud.inspector.batch_get_account_status().send().await.unwrap();
    assert_eq!(status.accounts()[0].resource_state().unwrap().ecr().unwrap().status(), &Status::Enabled);
}

#[tokio::test]
async fn a_basic_scan_survives_a_restart() {
    let cloud = Cloud::start().await;
    cloud.create("app").await;
    cloud.push("app", "latest", &Image::synthetic(0, debian_11())).await;
    let start = |cloud: &Cloud| cloud.ecr.start_image_scan().repository_name("app").image_id(by_tag("latest")).send();
    start(&cloud).await.unwrap();
    cloud.practice.scanner_idle().await;
    let findings = async |cloud: &Cloud| {
        let describe = cloud.ecr.describe_image_scan_findings().repository_name("app").image_id(by_tag("latest"));
        let described = describe.send().await.unwrap();
        assert_eq!(described.image_scan_status().unwrap().status(), Some(&ScanStatus::Complete));
        described.image_scan_findings().unwrap().findings().to_vec()
    };
    let before = findings(&cloud).await;
    assert!(!before.is_empty());
    let cloud = cloud.restart().await;
    assert_eq!(findings(&cloud).await, before);
    // It counts as the one of the day.
    assert_eq!(crate::support::code(start(&cloud).await), "LimitExceededException");
}
