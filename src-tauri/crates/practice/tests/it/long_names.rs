//! Repository names of 256 characters, the most that ECR allows, and tokens of pages.

use aws_sdk_ecr::types::{ImageIdentifier, ImageTagMutability, ScanStatus, Tag};
use reqwest::{Method, StatusCode};

use crate::support::{Cloud, Image, code};

/// In two forms: one component, and many.
fn names() -> [String; 2] {
    let name = format!("prod-{}", "a".repeat(251));
    let path = format!("prod/{}b", "a/".repeat(125));
    assert_eq!([name.len(), path.len()], [256, 256]);
    [name, path]
}

fn latest() -> ImageIdentifier {
    ImageIdentifier::builder().image_tag("latest").build()
}

#[tokio::test]
async fn a_name_of_256_characters_works_everywhere_and_after_a_restart() {
    let mut cloud = Cloud::start().await;
    cloud.watch("prod*").await;
    for name in names() {
        let created = cloud.ecr.create_repository().repository_name(&name).send().await.unwrap();
        let arn = created.repository().unwrap().repository_arn().unwrap().to_owned();
        cloud.push(&name, "latest", &Image::vulnerable()).await;
        cloud.practice.scanner_idle().await;
        let tag = Tag::builder().key("run").value("1").build().unwrap();
        cloud.ecr.tag_resource().resource_arn(&arn).tags(tag).send().await.unwrap();
        let mutability = cloud.ecr.put_image_tag_mutability().repository_name(&name);
        mutability.image_tag_mutability(ImageTagMutability::Immutable).send().await.unwrap();

        cloud = cloud.restart().await;
        let described = cloud.ecr.describe_repositories().repository_names(&name).send().await.unwrap();
        assert_eq!(described.repositories()[0].image_tag_mutability(), Some(&ImageTagMutability::Immutable));
        assert_eq!(cloud.ecr.list_tags_for_resource().resource_arn(&arn).send().await.unwrap().tags().len(), 1);
        let frequency = cloud.ecr.batch_get_repository_scanning_configuration().repository_names(&name).send().await;
        assert_eq!(frequency.unwrap().scanning_configurations().len(), 1);
        let pulled = cloud.send(Method::GET, &format!("/v2/{name}/manifests/latest"), None).await;
        assert_eq!(pulled.status(), StatusCode::OK);
        let got = cloud.ecr.batch_get_image().repository_name(&name).image_ids(latest()).send().await.unwrap();
        assert_eq!(got.images().len(), 1);
        let scan = cloud.ecr.describe_image_scan_findings().repository_name(&name).image_id(latest()).send().await;
        assert_eq!(scan.unwrap().image_scan_status().unwrap().status(), Some(&ScanStatus::Active));
        let covered = cloud.inspector.list_coverage().send().await.unwrap();
        assert!(covered.covered_resources().iter().any(|row| row.resource_id() == arn));
        assert!(!cloud.inspector.list_findings().send().await.unwrap().findings().is_empty());
        cloud.ecr.delete_repository().repository_name(&name).force(true).send().await.unwrap();
    }
    let longer = "a".repeat(257);
    assert_eq!(code(cloud.ecr.create_repository().repository_name(&longer).send().await), "InvalidParameterException");
    let path = format!("/v2/{longer}/tags/list");
    assert_eq!(cloud.send(Method::GET, &path, None).await.status(), StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_token_is_valid_for_the_operation_that_issued_it_and_unaltered() {
    let cloud = Cloud::start().await;
    for name in ["one", "two"] {
        cloud.create(name).await;
        cloud.push(name, "a", &Image::plain(1)).await;
        cloud.push(name, "b", &Image::plain(2)).await;
    }
    let repositories = cloud.ecr.describe_repositories().max_results(1).send().await.unwrap();
    let images = cloud.ecr.describe_images().repository_name("one").max_results(1).send().await.unwrap();
    let (of_repositories, of_images) = (repositories.next_token().unwrap(), images.next_token().unwrap());
    let describe = |token: &str| cloud.ecr.describe_repositories().max_results(1).next_token(token).send();
    assert_eq!(describe(of_repositories).await.unwrap().repositories()[0].repository_name(), Some("two"));
    let mut changed = of_repositories.to_owned();
    let last = changed.pop().unwrap();
    changed.push(if last == 'A' { 'B' } else { 'A' });
    for token in [of_images, &changed, &format!("{of_repositories}x"), "made-up"] {
        assert_eq!(code(describe(token).await), "InvalidParameterException", "{token}");
    }
    let images =
        |name: &str| cloud.ecr.describe_images().repository_name(name).max_results(1).next_token(of_images).send();
    images("one").await.unwrap();
    assert_eq!(code(images("two").await), "InvalidParameterException");
    let listed = cloud.ecr.list_images().repository_name("one").next_token(of_images).send().await;
    assert_eq!(code(listed), "InvalidParameterException");
    let rules = cloud.ecr.describe_pull_through_cache_rules().next_token(of_images).send().await;
    assert_eq!(code(rules), "InvalidParameterException");
    let templates = cloud.ecr.describe_repository_creation_templates().next_token(of_images).send().await;
    assert_eq!(code(templates), "InvalidParameterException");
}
