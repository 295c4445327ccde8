//! Restarts: each setting, tag and image is afterwards what it was.

use aws_sdk_ecr::types::{
    ImageIdentifier, ImageScanningConfiguration, ImageTagMutability, ImageTagMutabilityExclusionFilter,
    ImageTagMutabilityExclusionFilterType as FilterType, RegistryScanningRule, ScanFrequency, ScanStatus, Tag,
};
use aws_sdk_inspector2::types::{
    EcrConfiguration, EcrRescanDuration, FilterAction, FilterCriteria, Status, StringComparison, StringFilter,
};
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

const POLICY: &str = r#"{"Version":"2012-10-17","Statement":[{"Sid":"a","Effect":"Allow","Principal":
    {"AWS":"arn:aws:iam::210987654321:root"},"Action":"ecr:ReplicateImage","Resource":"*"}]}"#;
const REPOSITORY_POLICY: &str = r#"{"Version":"2012-10-17","Statement":[{"Sid":"a","Effect":"Allow","Principal":
    {"AWS":"arn:aws:iam::210987654321:root"},"Action":"ecr:BatchGetImage"}]}"#;
const LIFECYCLE: &str = r#"{"rules":[{"rulePriority":1,"selection":{"tagStatus":"any","countType":"imageCountMoreThan",
    "countNumber":9},"action":{"type":"expire"}}]}"#;

/// Something that can be deleted, and whether it is there.
type Deletable = (&'static str, Result<(), String>);

/// What can be deleted, as the service reports it: there, or the code of the error that says that it is not.
async fn deletable(cloud: &Cloud) -> [Deletable; 5] {
    fn there<T: std::fmt::Debug, E>(result: Result<T, E>) -> Result<(), String>
    where
        E: aws_smithy_types::error::metadata::ProvideErrorMetadata,
    {
        result.map(drop).map_err(|error| error.code().unwrap_or("none").to_owned())
    }
    let ecr = &cloud.ecr;
    let filters = cloud.inspector.list_filters().send().await.unwrap();
    let rules = ecr.describe_pull_through_cache_rules().ecr_repository_prefixes("deleted").send();
    [
        ("lifecycle policy", there(ecr.get_lifecycle_policy().repository_name("app").send().await)),
        ("repository policy", there(ecr.get_repository_policy().repository_name("app").send().await)),
        ("registry policy", there(ecr.get_registry_policy().send().await)),
        ("rule of the cache", there(rules.await)),
        ("filter", if filters.filters().is_empty() { Err("none".to_owned()) } else { Ok(()) }),
    ]
}

/// Sets everything that [`deletable`] reads, and returns the ARN of the filter.
async fn set_deletable(cloud: &Cloud) -> String {
    let ecr = &cloud.ecr;
    ecr.put_lifecycle_policy().repository_name("app").lifecycle_policy_text(LIFECYCLE).send().await.unwrap();
    ecr.set_repository_policy().repository_name("app").policy_text(REPOSITORY_POLICY).send().await.unwrap();
    ecr.put_registry_policy().policy_text(POLICY).send().await.unwrap();
    for prefix in ["deleted", "changed"] {
        let create = ecr.create_pull_through_cache_rule().ecr_repository_prefix(prefix);
        let create = create.upstream_registry_url("registry-1.docker.io").credential_arn(secret("first"));
        create.send().await.unwrap();
    }
    let title = StringFilter::builder().comparison(StringComparison::Equals).value("a").build().unwrap();
    let create = cloud.inspector.create_filter().name("accepted").action(FilterAction::Suppress);
    let create = create.filter_criteria(FilterCriteria::builder().title(title).build());
    create.send().await.unwrap().arn().to_owned()
}

fn secret(name: &str) -> String {
    format!("arn:aws:secretsmanager:ap-northeast-2:123456789012:secret:ecr-pullthroughcache/{name}-AbCdEf")
}

#[tokio::test]
async fn what_was_deleted_or_changed_stays_so_after_a_restart() {
    let cloud = Cloud::start().await;
    cloud.watch("prod").await;
    cloud.create("app").await;
    let filter = set_deletable(&cloud).await;
    let there = |cloud: Cloud| async move {
        let read = deletable(&cloud).await;
        assert!(read.iter().all(|(_, there)| there.is_ok()), "{read:?}");
        cloud
    };
    let cloud = there(there(cloud).await.restart().await).await;

    let ecr = &cloud.ecr;
    ecr.delete_lifecycle_policy().repository_name("app").send().await.unwrap();
    ecr.delete_repository_policy().repository_name("app").send().await.unwrap();
    ecr.delete_registry_policy().send().await.unwrap();
    ecr.delete_pull_through_cache_rule().ecr_repository_prefix("deleted").send().await.unwrap();
    cloud.inspector.delete_filter().arn(filter).send().await.unwrap();
    let update = ecr.update_pull_through_cache_rule().ecr_repository_prefix("changed");
    let updated = update.credential_arn(secret("second")).send().await.unwrap();

    let gone = [
        ("lifecycle policy", "LifecyclePolicyNotFoundException"),
        ("repository policy", "RepositoryPolicyNotFoundException"),
        ("registry policy", "RegistryPolicyNotFoundException"),
        ("rule of the cache", "PullThroughCacheRuleNotFoundException"),
        ("filter", "none"),
    ];
    let gone = gone.map(|(what, code)| (what, Err(code.to_owned())));
    assert_eq!(deletable(&cloud).await, gone);
    let cloud = cloud.restart().await;
    assert_eq!(deletable(&cloud).await, gone);
    let described = cloud.ecr.describe_pull_through_cache_rules().send().await.unwrap();
    let [rule] = described.pull_through_cache_rules() else { panic!("{described:?}") };
    assert_eq!((rule.ecr_repository_prefix(), rule.credential_arn()), (Some("changed"), Some(&*secret("second"))));
    assert_eq!(rule.updated_at(), updated.updated_at());
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
