//! Repositories: resource tags, mutability, settings and tokens.

use aws_sdk_ecr::types::{
    EncryptionConfiguration, EncryptionType, ImageScanningConfiguration, ImageTagMutability,
    ImageTagMutabilityExclusionFilter, ImageTagMutabilityExclusionFilterType as FilterType, Tag,
};

use crate::support::{Cloud, Image, code, message};

fn tag(key: &str, value: &str) -> Tag {
    Tag::builder().key(key).value(value).build().unwrap()
}

fn exclusion(filter: &str) -> ImageTagMutabilityExclusionFilter {
    let builder = ImageTagMutabilityExclusionFilter::builder().filter_type(FilterType::Wildcard);
    builder.filter(filter).build().unwrap()
}

#[tokio::test]
async fn a_repository_is_created_described_and_deleted() {
    let cloud = Cloud::start().await;
    let created = cloud.ecr.create_repository().repository_name("team/app").tags(tag("run", "1")).send().await.unwrap();
    let repository = created.repository().unwrap();
    assert_eq!(repository.repository_arn(), Some("arn:aws:ecr:ap-northeast-2:123456789012:repository/team/app"));
    assert_eq!(repository.registry_id(), Some("123456789012"));
    assert_eq!(repository.repository_uri(), Some(format!("{}/team/app", cloud.practice.registry_addr()).as_str()));
    assert_eq!(repository.image_tag_mutability(), Some(&ImageTagMutability::Mutable));
    assert!(!repository.image_scanning_configuration().unwrap().scan_on_push());
    assert_eq!(repository.encryption_configuration().unwrap().encryption_type(), &EncryptionType::Aes256);
    assert!(repository.created_at().unwrap().secs() > 1_700_000_000);

    let described = cloud.ecr.describe_repositories().repository_names("team/app").send().await.unwrap();
    assert_eq!(described.repositories(), std::slice::from_ref(repository));
    let deleted = cloud.ecr.delete_repository().repository_name("team/app").send().await.unwrap();
    assert_eq!(deleted.repository(), Some(repository));
    let again = cloud.ecr.delete_repository().repository_name("team/app").send().await;
    assert_eq!(code(again), "RepositoryNotFoundException");
}

#[tokio::test]
async fn invalid_repositories_are_rejected_with_the_documented_errors() {
    let cloud = Cloud::start().await;
    let create = |name: &str| cloud.ecr.create_repository().repository_name(name);
    create("there").send().await.unwrap();
    let exists = create("there").send().await;
    assert_eq!(
        message(exists),
        "The repository with name 'there' already exists in the registry with id '123456789012'"
    );
    assert_eq!(code(create("there").send().await), "RepositoryAlreadyExistsException");
    for name in ["x", "Upper", "a//b", "-a", "a..b", &"a".repeat(257)] {
        assert_eq!(code(create(name).send().await), "InvalidParameterException", "{name}");
    }
    assert_eq!(code(cloud.ecr.create_repository().send().await), "InvalidParameterException");
    for name in ["a__b", "a---b", "a.b_c/d0"] {
        create(name).send().await.unwrap();
    }
    let many: Vec<_> = (0..51).map(|n| tag(&n.to_string(), "")).collect();
    assert_eq!(code(create("tagged").set_tags(Some(many)).send().await), "TooManyTagsException");
    let reserved = create("tagged").tags(tag("aws:own", "")).send().await;
    assert_eq!(code(reserved), "InvalidTagParameterException");
    let elsewhere = create("tagged").registry_id("210987654321").send().await;
    assert_eq!(code(elsewhere), "AccessDeniedException");
    assert_eq!(code(create("tagged").registry_id("me").send().await), "InvalidParameterException");
    let key = EncryptionConfiguration::builder().encryption_type(EncryptionType::from("ROT13")).build().unwrap();
    assert_eq!(code(create("tagged").encryption_configuration(key).send().await), "InvalidParameterException");
}

#[tokio::test]
async fn a_region_has_a_quota_of_a_hundred_thousand_repositories() {
    let cloud = Cloud::start().await;
    let dir = cloud.dir;
    cloud.practice.shutdown().await;
    let path = dir.path().join("cloud.json");
    let mut state: serde_json::Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
    let repositories = (0..100_000).map(|n| (format!("repo-{n}"), serde_json::json!({ "createdAt": 0 })));
    state["repositories"] = serde_json::Value::Object(repositories.collect());
    std::fs::write(&path, state.to_string()).unwrap();
    let cloud = Cloud::open(dir, None).await;
    let more = cloud.ecr.create_repository().repository_name("one-more").send().await;
    assert_eq!(code(more), "LimitExceededException");
    let there = cloud.ecr.create_repository().repository_name("repo-7").send().await;
    assert_eq!(code(there), "RepositoryAlreadyExistsException");
}

#[tokio::test]
async fn settings_made_at_creation_are_kept() {
    let cloud = Cloud::start().await;
    let encryption =
        EncryptionConfiguration::builder().encryption_type(EncryptionType::Kms).kms_key("alias/own").build().unwrap();
    let created = cloud
        .ecr
        .create_repository()
        .repository_name("kept")
        .image_tag_mutability(ImageTagMutability::ImmutableWithExclusion)
        .image_tag_mutability_exclusion_filters(exclusion("dev-*"))
        .image_scanning_configuration(ImageScanningConfiguration::builder().scan_on_push(true).build())
        .encryption_configuration(encryption)
        .send()
        .await
        .unwrap();
    let repository = created.repository().unwrap();
    assert_eq!(repository.image_tag_mutability_exclusion_filters()[0].filter(), "dev-*");
    assert!(repository.image_scanning_configuration().unwrap().scan_on_push());
    assert_eq!(repository.encryption_configuration().unwrap().kms_key(), Some("alias/own"));
}

#[tokio::test]
async fn repositories_are_listed_in_pages() {
    let cloud = Cloud::start().await;
    for n in 0..7 {
        cloud.create(&format!("repo-{n}")).await;
    }
    let mut names = Vec::new();
    let mut pages = cloud.ecr.describe_repositories().into_paginator().page_size(3).send();
    let mut sizes = Vec::new();
    while let Some(page) = pages.next().await {
        let page = page.unwrap();
        sizes.push(page.repositories().len());
        names.extend(page.repositories().iter().map(|r| r.repository_name().unwrap().to_owned()));
    }
    assert_eq!(sizes, [3, 3, 1]);
    assert_eq!(names, (0..7).map(|n| format!("repo-{n}")).collect::<Vec<_>>());
}

#[tokio::test]
async fn invalid_requests_to_describe_repositories_are_rejected() {
    let cloud = Cloud::start().await;
    cloud.create("here").await;
    let describe = || cloud.ecr.describe_repositories();
    let one_unknown = describe().repository_names("here").repository_names("nope").send().await;
    assert_eq!(code(one_unknown), "RepositoryNotFoundException");
    for size in [0, 1001] {
        assert_eq!(code(describe().max_results(size).send().await), "InvalidParameterException");
    }
    assert_eq!(code(describe().next_token("made-up").send().await), "InvalidParameterException");
    let both = describe().repository_names("here").max_results(5).send().await;
    assert_eq!(code(both), "InvalidParameterException");
    let names = (0..101).map(|n| format!("repo-{n}")).collect();
    assert_eq!(code(describe().set_repository_names(Some(names)).send().await), "InvalidParameterException");
}

#[tokio::test]
async fn a_repository_with_images_is_deleted_only_by_force() {
    let cloud = Cloud::start().await;
    cloud.create("full").await;
    cloud.push("full", "latest", &Image::plain(1)).await;
    let refused = cloud.ecr.delete_repository().repository_name("full").send().await;
    assert_eq!(code(refused), "RepositoryNotEmptyException");
    cloud.ecr.delete_repository().repository_name("full").force(true).send().await.unwrap();
    cloud.create("full").await;
    let images = cloud.ecr.describe_images().repository_name("full").send().await.unwrap();
    assert!(images.image_details().is_empty());
}

#[tokio::test]
async fn tags_of_a_repository_are_added_overwritten_and_removed() {
    let cloud = Cloud::start().await;
    cloud.create("tagged").await;
    let arn = "arn:aws:ecr:ap-northeast-2:123456789012:repository/tagged";
    let put = |key: &str, value: &str| cloud.ecr.tag_resource().resource_arn(arn).tags(tag(key, value)).send();
    put("a", "1").await.unwrap();
    put("b", "2").await.unwrap();
    put("a", "3").await.unwrap();
    let list = || cloud.ecr.list_tags_for_resource().resource_arn(arn).send();
    assert_eq!(list().await.unwrap().tags(), [tag("a", "3"), tag("b", "2")]);
    cloud.ecr.untag_resource().resource_arn(arn).tag_keys("a").send().await.unwrap();
    assert_eq!(list().await.unwrap().tags(), [tag("b", "2")]);

    let many = (0..50).map(|n| tag(&n.to_string(), "")).collect();
    let refused = cloud.ecr.tag_resource().resource_arn(arn).set_tags(Some(many)).send().await;
    assert_eq!(code(refused), "TooManyTagsException");
    assert_eq!(list().await.unwrap().tags().len(), 1);
    assert_eq!(code(put("", "x").await), "InvalidTagParameterException");
    assert_eq!(code(put(&"k".repeat(129), "x").await), "InvalidTagParameterException");
    assert_eq!(code(put("k", &"v".repeat(257)).await), "InvalidTagParameterException");
    let nowhere = cloud.ecr.list_tags_for_resource().resource_arn(format!("{arn}-not")).send().await;
    assert_eq!(code(nowhere), "RepositoryNotFoundException");
    let foreign = "arn:aws:ecr:us-east-1:123456789012:repository/tagged";
    assert_eq!(
        code(cloud.ecr.untag_resource().resource_arn(foreign).tag_keys("a").send().await),
        "InvalidParameterException"
    );
}

#[tokio::test]
async fn mutability_is_changed_as_a_whole() {
    let cloud = Cloud::start().await;
    cloud.create("fixed").await;
    let put =
        |mutability| cloud.ecr.put_image_tag_mutability().repository_name("fixed").image_tag_mutability(mutability);
    let answer = put(ImageTagMutability::Immutable).send().await.unwrap();
    assert_eq!(answer.image_tag_mutability(), Some(&ImageTagMutability::Immutable));
    let with = put(ImageTagMutability::MutableWithExclusion);
    let answer = with.image_tag_mutability_exclusion_filters(exclusion("v*")).send().await.unwrap();
    assert_eq!(answer.image_tag_mutability_exclusion_filters()[0].filter(), "v*");
    let described = cloud.ecr.describe_repositories().send().await.unwrap();
    assert_eq!(described.repositories()[0].image_tag_mutability(), Some(&ImageTagMutability::MutableWithExclusion));

    let refused =
        [
            put(ImageTagMutability::ImmutableWithExclusion),
            put(ImageTagMutability::Mutable).image_tag_mutability_exclusion_filters(exclusion("v*")),
            put(ImageTagMutability::MutableWithExclusion).image_tag_mutability_exclusion_filters(exclusion("a/b")),
            put(ImageTagMutability::MutableWithExclusion).image_tag_mutability_exclusion_filters(exclusion("*a*b*")),
            put(ImageTagMutability::MutableWithExclusion)
                .set_image_tag_mutability_exclusion_filters(Some(vec![exclusion("v"); 6])),
            put(ImageTagMutability::from("SOMETIMES")),
        ];
    for call in refused {
        assert_eq!(code(call.send().await), "InvalidParameterException");
    }
    let nowhere = cloud.ecr.put_image_tag_mutability().repository_name("nowhere");
    let nowhere = nowhere.image_tag_mutability(ImageTagMutability::Mutable).send().await;
    assert_eq!(code(nowhere), "RepositoryNotFoundException");
}

#[tokio::test]
async fn the_registry_and_the_account_describe_themselves() {
    let cloud = Cloud::start().await;
    let registry = cloud.ecr.describe_registry().send().await.unwrap();
    assert_eq!(registry.registry_id(), Some("123456789012"));
    assert!(registry.replication_configuration().unwrap().rules().is_empty());

    let get = || cloud.ecr.get_account_setting().name("BLOB_MOUNTING").send();
    assert_eq!(get().await.unwrap().value(), Some("DISABLED"));
    let put_setting = |name: &str, value: &str| cloud.ecr.put_account_setting().name(name).value(value).send();
    let put = |value: &str| put_setting("BLOB_MOUNTING", value);
    assert_eq!(put("ENABLED").await.unwrap().value(), Some("ENABLED"));
    assert_eq!(get().await.unwrap().value(), Some("ENABLED"));
    assert_eq!(code(put("MAYBE").await), "InvalidParameterException");
    assert_eq!(put_setting("BASIC_SCAN_TYPE_VERSION", "AWS_NATIVE").await.unwrap().value(), Some("AWS_NATIVE"));
    assert_eq!(code(put_setting("BASIC_SCAN_TYPE_VERSION", "CLAIR").await), "InvalidParameterException");
    assert_eq!(code(put_setting("REGISTRY_POLICY_SCOPE", "V1").await), "InvalidParameterException");
    assert_eq!(code(cloud.ecr.get_account_setting().name("NOPE").send().await), "InvalidParameterException");

    cloud.create("bare").await;
    let repository = cloud.ecr.get_repository_policy().repository_name("bare").send().await;
    assert_eq!(code(repository), "RepositoryPolicyNotFoundException");
    let lifecycle = cloud.ecr.get_lifecycle_policy().repository_name("bare").send().await;
    assert_eq!(code(lifecycle), "LifecyclePolicyNotFoundException");
    assert_eq!(code(cloud.ecr.get_registry_policy().send().await), "RegistryPolicyNotFoundException");
    let rules = cloud.ecr.describe_pull_through_cache_rules().send().await.unwrap();
    assert!(rules.pull_through_cache_rules().is_empty());
    let templates = cloud.ecr.describe_repository_creation_templates().send().await.unwrap();
    assert!(templates.repository_creation_templates().is_empty());
}

#[tokio::test]
async fn a_token_has_its_endpoint_and_its_expiry() {
    let cloud = Cloud::manual().await;
    let token = || cloud.ecr.get_authorization_token().send();
    let (first, second) = (token().await.unwrap(), token().await.unwrap());
    let first = &first.authorization_data()[0];
    assert_ne!(first.authorization_token(), second.authorization_data()[0].authorization_token());
    assert_eq!(first.proxy_endpoint(), Some(cloud.practice.endpoint().as_str()));
    let now = cloud.practice.clock().now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs();
    assert_eq!(first.expires_at().unwrap().secs(), now.cast_signed() + 12 * 3600);
    let ids = vec!["123456789012".to_owned(); 11];
    #[expect(deprecated, reason = "old scripts still send it")]
    let many = cloud.ecr.get_authorization_token().set_registry_ids(Some(ids)).send().await;
    assert_eq!(code(many), "InvalidParameterException");
}
