//! The calls that Terraform's AWS provider makes for its resources of ECR, in the order of its source
//! (hashicorp/terraform-provider-aws, `internal/service/ecr`): create, read, update, read again, delete, and what it expects
//! once a resource is gone.

use aws_sdk_ecr::types::{
    EncryptionConfiguration, EncryptionType, ImageScanningConfiguration, ImageTagMutability, ScanFrequency, ScanType,
    Tag,
};
use serde_json::json;
use testbed::aws::scanning_rule;

use crate::support::{Cloud, Image, code};

const REGISTRY: &str = "123456789012";

fn tag(key: &str, value: &str) -> Tag {
    Tag::builder().key(key).value(value).build().unwrap()
}

/// `findRepositoryByName`, and the tags by `listTags`.
async fn read_repository(cloud: &Cloud, name: &str) -> Result<(aws_sdk_ecr::types::Repository, Vec<Tag>), String> {
    let described = match cloud.ecr.describe_repositories().repository_names(name).send().await {
        Ok(described) => described.repositories()[0].clone(),
        error => return Err(code(error)),
    };
    let tags =
        cloud.ecr.list_tags_for_resource().resource_arn(described.repository_arn().unwrap()).send().await.unwrap();
    Ok((described, tags.tags().to_vec()))
}

#[tokio::test]
async fn aws_ecr_repository() {
    let cloud = Cloud::start().await;
    let encryption = EncryptionConfiguration::builder().encryption_type(EncryptionType::Aes256).build().unwrap();
    let create = cloud.ecr.create_repository().repository_name("app").tags(tag("team", "red"));
    let create = create.image_tag_mutability(ImageTagMutability::Mutable).encryption_configuration(encryption);
    let scanning = |on| ImageScanningConfiguration::builder().scan_on_push(on).build();
    create.image_scanning_configuration(scanning(false)).send().await.unwrap();
    let (repository, tags) = read_repository(&cloud, "app").await.unwrap();
    assert_eq!((repository.registry_id(), tags), (Some(REGISTRY), vec![tag("team", "red")]));

    let mutability = cloud.ecr.put_image_tag_mutability().repository_name("app").registry_id(REGISTRY);
    mutability.image_tag_mutability(ImageTagMutability::Immutable).send().await.unwrap();
    let put = cloud.ecr.put_image_scanning_configuration().repository_name("app").registry_id(REGISTRY);
    put.image_scanning_configuration(scanning(true)).send().await.unwrap();
    let arn = repository.repository_arn().unwrap();
    cloud.ecr.untag_resource().resource_arn(arn).tag_keys("team").send().await.unwrap();
    cloud.ecr.tag_resource().resource_arn(arn).tags(tag("team", "blue")).send().await.unwrap();
    let (repository, tags) = read_repository(&cloud, "app").await.unwrap();
    assert_eq!(repository.image_tag_mutability(), Some(&ImageTagMutability::Immutable));
    assert!(repository.image_scanning_configuration().unwrap().scan_on_push());
    assert_eq!(tags, [tag("team", "blue")]);

    cloud.push("app", "latest", &Image::plain(1)).await;
    // With force_delete.
    cloud.ecr.delete_repository().repository_name("app").registry_id(REGISTRY).force(true).send().await.unwrap();
    assert_eq!(read_repository(&cloud, "app").await.unwrap_err(), "RepositoryNotFoundException");
    let again = cloud.ecr.delete_repository().repository_name("app").registry_id(REGISTRY).force(true).send().await;
    assert_eq!(code(again), "RepositoryNotFoundException");
}

#[tokio::test]
async fn aws_ecr_lifecycle_policy() {
    let cloud = Cloud::start().await;
    cloud.create("app").await;
    // As `structure.NormalizeJsonString` writes it: members by name, no spaces.
    let policy = json!({ "rules": [{
        "action": { "type": "expire" }, "description": "Expire images older than 14 days", "rulePriority": 1,
        "selection": { "countNumber": 14, "countType": "sinceImagePushed", "countUnit": "days", "tagStatus": "untagged" },
    }] });
    let put = cloud.ecr.put_lifecycle_policy().repository_name("app").lifecycle_policy_text(policy.to_string());
    let put = put.send().await.unwrap();
    assert_eq!((put.repository_name(), put.registry_id()), (Some("app"), Some(REGISTRY)));
    let read = || cloud.ecr.get_lifecycle_policy().repository_name("app").send();
    let text = read().await.unwrap().lifecycle_policy_text().unwrap().to_owned();
    assert_eq!(serde_json::from_str::<serde_json::Value>(&text).unwrap(), policy);
    let delete = || cloud.ecr.delete_lifecycle_policy().repository_name("app").send();
    delete().await.unwrap();
    assert_eq!(code(read().await), "LifecyclePolicyNotFoundException");
    assert_eq!(code(delete().await), "LifecyclePolicyNotFoundException");
    cloud.ecr.delete_repository().repository_name("app").send().await.unwrap();
    assert_eq!(code(delete().await), "RepositoryNotFoundException");
}

#[tokio::test]
async fn aws_ecr_repository_policy() {
    let cloud = Cloud::start().await;
    cloud.create("app").await;
    let policy = |action: &str| {
        json!({ "Version": "2008-10-17",
                "Statement": [{ "Sid": "new policy", "Effect": "Allow", "Principal": "*", "Action": [action] }] })
    };
    let read = || cloud.ecr.get_repository_policy().repository_name("app").send();
    for action in ["ecr:GetDownloadUrlForLayer", "ecr:BatchGetImage"] {
        let set = cloud.ecr.set_repository_policy().repository_name("app").policy_text(policy(action).to_string());
        assert_eq!(set.send().await.unwrap().repository_name(), Some("app"));
        let text = read().await.unwrap().policy_text().unwrap().to_owned();
        assert_eq!(serde_json::from_str::<serde_json::Value>(&text).unwrap(), policy(action));
    }
    let delete = || cloud.ecr.delete_repository_policy().repository_name("app").registry_id(REGISTRY).send();
    delete().await.unwrap();
    assert_eq!(code(read().await), "RepositoryPolicyNotFoundException");
    assert_eq!(code(delete().await), "RepositoryPolicyNotFoundException");
}

#[tokio::test]
async fn aws_ecr_registry_policy() {
    let cloud = Cloud::start().await;
    let policy = json!({ "Version": "2012-10-17", "Statement": [{
        "Sid": "testpolicy", "Effect": "Allow", "Principal": { "AWS": "arn:aws:iam::210987654321:root" },
        "Action": ["ecr:ReplicateImage"], "Resource": ["arn:aws:ecr:ap-northeast-2:123456789012:repository/*"],
    }] });
    let put = cloud.ecr.put_registry_policy().policy_text(policy.to_string()).send().await.unwrap();
    assert_eq!(put.registry_id(), Some(REGISTRY));
    let text = cloud.ecr.get_registry_policy().send().await.unwrap().policy_text().unwrap().to_owned();
    assert_eq!(serde_json::from_str::<serde_json::Value>(&text).unwrap(), policy);
    cloud.ecr.delete_registry_policy().send().await.unwrap();
    assert_eq!(code(cloud.ecr.get_registry_policy().send().await), "RegistryPolicyNotFoundException");
    assert_eq!(code(cloud.ecr.delete_registry_policy().send().await), "RegistryPolicyNotFoundException");
}

#[tokio::test]
async fn aws_ecr_registry_scanning_configuration() {
    let cloud = Cloud::start().await;
    let read = || cloud.ecr.get_registry_scanning_configuration().send();
    for rules in [
        vec![scanning_rule(ScanFrequency::ScanOnPush, &["example"])],
        vec![
            scanning_rule(ScanFrequency::ScanOnPush, &["example", "*"]),
            scanning_rule(ScanFrequency::ContinuousScan, &["prod"]),
        ],
    ] {
        let put = cloud.ecr.put_registry_scanning_configuration().scan_type(ScanType::Enhanced);
        put.set_rules(Some(rules.clone())).send().await.unwrap();
        let current = read().await.unwrap();
        assert_eq!(current.registry_id(), Some(REGISTRY));
        assert_eq!(current.scanning_configuration().unwrap().rules(), rules);
    }
    let delete = cloud.ecr.put_registry_scanning_configuration().scan_type(ScanType::Basic);
    delete.set_rules(Some(Vec::new())).send().await.unwrap();
    let current = read().await.unwrap();
    let configuration = current.scanning_configuration().unwrap();
    assert_eq!((configuration.scan_type(), configuration.rules().len()), (Some(&ScanType::Basic), 0));
}
