//! Lifecycle policies: put, previewed, and applied on the practice clock.

use std::time::Duration;

use aws_sdk_ecr::types::{
    ImageActionType, ImageIdentifier, ImageStatus, ImageStatusFilter, LifecyclePolicyPreviewFilter,
    LifecyclePolicyPreviewStatus as Status, ListImagesFilter, TagStatus,
};
use serde_json::{Value, json};

use crate::support::{Cloud, Image, OCI_INDEX, OCI_MANIFEST, code, index, message};

const HOUR: u64 = 3600;
const DAY: u64 = 24 * HOUR;

fn rule(priority: u32, selection: &Value, action: &Value) -> Value {
    json!({ "rulePriority": priority, "description": "a rule of a test", "selection": selection, "action": action })
}

fn expire() -> Value {
    json!({ "type": "expire" })
}

fn archive() -> Value {
    json!({ "type": "transition", "targetStorageClass": "archive" })
}

fn untagged_for(days: u32) -> Value {
    json!({ "tagStatus": "untagged", "countType": "sinceImagePushed", "countUnit": "days", "countNumber": days })
}

fn newest(count: u32) -> Value {
    json!({ "tagStatus": "any", "countType": "imageCountMoreThan", "countNumber": count })
}

fn policy(rules: &[Value]) -> String {
    json!({ "rules": rules }).to_string()
}

impl Cloud {
    async fn put_lifecycle(&self, name: &str, text: &str) {
        self.ecr.put_lifecycle_policy().repository_name(name).lifecycle_policy_text(text).send().await.unwrap();
    }

    /// The tags of a repository's images with this status, and how many images have none.
    async fn tags(&self, name: &str, status: ImageStatusFilter) -> (Vec<String>, usize) {
        let filter = ListImagesFilter::builder().image_status(status).build();
        let listed = self.ecr.list_images().repository_name(name).filter(filter).send().await.unwrap();
        let ids = listed.image_ids();
        let mut tags: Vec<_> = ids.iter().filter_map(|id| id.image_tag().map(str::to_owned)).collect();
        tags.sort_unstable();
        (tags, ids.iter().filter(|id| id.image_tag().is_none()).count())
    }
}

#[tokio::test]
async fn a_policy_is_put_read_and_deleted() {
    let cloud = Cloud::start().await;
    cloud.create("app").await;
    let text = policy(&[rule(1, &untagged_for(14), &expire())]);
    let put =
        cloud.ecr.put_lifecycle_policy().repository_name("app").lifecycle_policy_text(&text).send().await.unwrap();
    assert_eq!((put.repository_name(), put.registry_id()), (Some("app"), Some("123456789012")));
    assert_eq!(put.lifecycle_policy_text(), Some(text.as_str()));

    let cloud = cloud.restart().await;
    let get = || cloud.ecr.get_lifecycle_policy().repository_name("app").send();
    assert_eq!(get().await.unwrap().lifecycle_policy_text(), Some(text.as_str()));
    let other = policy(&[rule(7, &newest(3), &expire())]);
    cloud.put_lifecycle("app", &other).await;
    assert_eq!(get().await.unwrap().lifecycle_policy_text(), Some(other.as_str()));
    let delete = || cloud.ecr.delete_lifecycle_policy().repository_name("app").send();
    assert_eq!(delete().await.unwrap().lifecycle_policy_text(), Some(other.as_str()));
    assert_eq!(code(delete().await), "LifecyclePolicyNotFoundException");
    assert_eq!(code(get().await), "LifecyclePolicyNotFoundException");
}

#[tokio::test]
async fn an_invalid_policy_is_refused_with_its_reason() {
    let cloud = Cloud::start().await;
    cloud.create("app").await;
    let put = |name: &str, text: &str| {
        cloud.ecr.put_lifecycle_policy().repository_name(name).lifecycle_policy_text(text).send()
    };
    let both = policy(&[rule(1, &newest(1), &expire()), rule(2, &untagged_for(1), &expire())]);
    let refused = message(put("app", &both).await);
    assert!(refused.contains("Lifecycle policy validation failure: a rule with the tagStatus any"), "{refused}");
    for text in ["{}", &"x".repeat(200), &" ".repeat(30_721)] {
        assert_eq!(code(put("app", text).await), "InvalidParameterException");
    }
    let valid = policy(&[rule(1, &newest(1), &expire())]);
    assert_eq!(code(put("nowhere", &valid).await), "RepositoryNotFoundException");
    let nowhere = cloud.ecr.get_lifecycle_policy().repository_name("nowhere").send().await;
    assert_eq!(code(nowhere), "RepositoryNotFoundException");
    let nowhere = cloud.ecr.delete_lifecycle_policy().repository_name("nowhere").send().await;
    assert_eq!(code(nowhere), "RepositoryNotFoundException");
    let none = cloud.ecr.get_lifecycle_policy().repository_name("app").send().await;
    assert_eq!(code(none), "LifecyclePolicyNotFoundException");
}

#[tokio::test]
async fn images_expire_on_the_practice_clock() {
    let cloud = Cloud::manual().await;
    cloud.watch("app").await;
    cloud.create("app").await;
    cloud.push("app", "latest", &Image::vulnerable()).await;
    cloud.push("app", "latest", &Image::plain(2)).await;
    cloud.practice.scanner_idle().await;
    cloud.advance(100);
    assert!(!cloud.inspector.list_findings().send().await.unwrap().findings().is_empty());
    cloud.put_lifecycle("app", &policy(&[rule(1, &untagged_for(14), &expire())])).await;
    let get = || cloud.ecr.get_lifecycle_policy().repository_name("app").send();
    assert!(get().await.unwrap().last_evaluated_at().is_none());

    cloud.advance(14 * DAY - 200);
    assert_eq!(cloud.tags("app", ImageStatusFilter::Active).await, (vec!["latest".to_owned()], 1));
    let evaluated = get().await.unwrap().last_evaluated_at().unwrap().secs();
    let now = cloud.practice.clock().now().duration_since(std::time::UNIX_EPOCH).unwrap();
    assert_eq!(evaluated, now.as_secs().cast_signed());

    cloud.advance(HOUR);
    assert_eq!(cloud.tags("app", ImageStatusFilter::Active).await, (vec!["latest".to_owned()], 0));
    let repository = cloud.ecr.describe_images().repository_name("app").send().await.unwrap();
    assert_eq!(repository.image_details().len(), 1);
    // Its findings close, as after any deletion.
    cloud.advance(15);
    let findings = cloud.inspector.list_findings().send().await.unwrap();
    assert!(findings.findings().iter().all(|finding| finding.status().as_str() == "CLOSED"));
}

#[tokio::test]
async fn a_registry_request_meets_what_has_expired() {
    let cloud = Cloud::manual().await;
    cloud.create("app").await;
    for seed in 1..=3 {
        cloud.push("app", &format!("v{seed}"), &Image::plain(seed)).await;
        cloud.advance(1);
    }
    cloud.put_lifecycle("app", &policy(&[rule(1, &newest(1), &expire())])).await;
    cloud.advance(HOUR);
    let get = async |tag: &str| {
        let path = format!("/v2/app/manifests/{tag}");
        cloud.send(reqwest::Method::GET, &path, None).await.status().as_u16()
    };
    assert_eq!([get("v1").await, get("v2").await, get("v3").await], [404, 404, 200]);
}

#[tokio::test]
async fn images_are_archived_and_expire_from_the_archive() {
    let cloud = Cloud::manual().await;
    cloud.create("app").await;
    cloud.push("app", "old", &Image::plain(1)).await;
    let unused = json!({ "tagStatus": "any", "countType": "sinceImagePulled", "countUnit": "days", "countNumber": 30 });
    let archived = json!({ "tagStatus": "any", "storageClass": "archive", "countType": "sinceImageTransitioned",
                           "countUnit": "days", "countNumber": 90 });
    let rules = [rule(1, &unused, &archive()), rule(2, &archived, &expire())];
    cloud.put_lifecycle("app", &policy(&rules)).await;
    cloud.advance(20 * DAY);
    cloud.send(reqwest::Method::GET, "/v2/app/manifests/old", None).await;
    cloud.advance(29 * DAY);
    assert_eq!(cloud.tags("app", ImageStatusFilter::Active).await.0, ["old"], "a pull counts");
    cloud.advance(2 * DAY);
    assert_eq!(cloud.tags("app", ImageStatusFilter::Archived).await.0, ["old"]);
    let pull = cloud.send(reqwest::Method::GET, "/v2/app/manifests/old", None).await;
    assert_eq!(pull.status().as_u16(), 404);
    cloud.advance(88 * DAY);
    assert_eq!(cloud.tags("app", ImageStatusFilter::Archived).await.0, ["old"]);
    cloud.advance(2 * DAY);
    assert_eq!(cloud.tags("app", ImageStatusFilter::Any).await.0, Vec::<String>::new());
}

#[tokio::test]
async fn one_long_move_of_the_clock_does_what_many_short_ones_do() {
    let cloud = Cloud::manual().await;
    cloud.create("app").await;
    cloud.push("app", "old", &Image::plain(1)).await;
    let pushed = json!({ "tagStatus": "any", "countType": "sinceImagePushed", "countUnit": "days", "countNumber": 30 });
    let archived = json!({ "tagStatus": "any", "storageClass": "archive", "countType": "sinceImageTransitioned",
                           "countUnit": "days", "countNumber": 90 });
    cloud.put_lifecycle("app", &policy(&[rule(1, &pushed, &archive()), rule(2, &archived, &expire())])).await;
    cloud.advance(40 * DAY);
    let described = describe(&cloud, "old").await.unwrap();
    assert_eq!(described.image_status(), Some(&ImageStatus::Archived));
    let pushed_at = described.image_pushed_at().unwrap().secs();
    let archived_after = Duration::from_secs((described.last_archived_at().unwrap().secs() - pushed_at).unsigned_abs());
    assert!(
        (Duration::from_hours(30 * 24)..Duration::from_hours(31 * 24)).contains(&archived_after),
        "{archived_after:?}"
    );
    cloud.advance(85 * DAY);
    assert_eq!(describe(&cloud, "old").await.unwrap_err(), "ImageNotFoundException");
}

async fn describe(cloud: &Cloud, tag: &str) -> Result<aws_sdk_ecr::types::ImageDetail, String> {
    let id = ImageIdentifier::builder().image_tag(tag).build();
    let described = cloud.ecr.describe_images().repository_name("app").image_ids(id).send().await;
    match described {
        Ok(described) => Ok(described.image_details()[0].clone()),
        error => Err(code(error)),
    }
}

#[tokio::test]
async fn an_index_goes_before_its_members() {
    let cloud = Cloud::manual().await;
    cloud.create("app").await;
    let image = Image::plain(1);
    cloud.push_blobs("app", &image).await;
    cloud.put_manifest("app", &image.digest(), OCI_MANIFEST, &image.manifest()).await;
    cloud.put_manifest("app", "list", OCI_INDEX, &index(&[image.manifest()])).await;
    let age = json!({ "tagStatus": "any", "countType": "sinceImagePushed", "countUnit": "days", "countNumber": 1 });
    cloud.put_lifecycle("app", &policy(&[rule(1, &age, &expire())])).await;
    cloud.advance(DAY);
    assert_eq!(cloud.tags("app", ImageStatusFilter::Active).await, (vec![], 1));
    cloud.advance(DAY);
    assert_eq!(cloud.tags("app", ImageStatusFilter::Active).await, (vec![], 0));
}

#[tokio::test]
async fn a_preview_says_what_a_policy_would_do_and_does_nothing() {
    let cloud = Cloud::manual().await;
    cloud.create("app").await;
    for seed in 1..=5 {
        cloud.push("app", &format!("v{seed}"), &Image::plain(seed)).await;
        cloud.advance(1);
    }
    let untagged = cloud.push("app", "v5", &Image::plain(6)).await;
    cloud.advance(2 * DAY);
    let start = |text: Option<String>| {
        cloud.ecr.start_lifecycle_policy_preview().repository_name("app").set_lifecycle_policy_text(text).send()
    };
    let get = || cloud.ecr.get_lifecycle_policy_preview().repository_name("app");
    assert_eq!(code(get().send().await), "LifecyclePolicyPreviewNotFoundException");
    assert_eq!(code(start(None).await), "LifecyclePolicyNotFoundException");
    assert_eq!(code(start(Some("{}".to_owned())).await), "InvalidParameterException");
    let old =
        json!({ "tagStatus": "tagged", "tagPrefixList": ["v"], "countType": "imageCountMoreThan", "countNumber": 1 });
    let text = policy(&[rule(1, &old, &archive()), rule(2, &untagged_for(1), &expire())]);
    let started = start(Some(text.clone())).await.unwrap();
    assert_eq!((started.status(), started.lifecycle_policy_text()), (Some(&Status::InProgress), Some(text.as_str())));
    assert_eq!(code(start(Some(text.clone())).await), "LifecyclePolicyPreviewInProgressException");
    let early = get().send().await.unwrap();
    assert_eq!((early.status(), early.preview_results().len()), (Some(&Status::InProgress), 0));
    assert!(early.summary().is_none());

    cloud.advance(10);
    let done = get().send().await.unwrap();
    assert_eq!((done.status(), done.lifecycle_policy_text()), (Some(&Status::Complete), Some(text.as_str())));
    let actions: Vec<_> = done
        .preview_results()
        .iter()
        .map(|result| {
            let kind = result.action().unwrap().r#type().unwrap().clone();
            (result.image_tags().first().cloned(), kind, result.applied_rule_priority().unwrap())
        })
        .collect();
    let tag = |text: &str| Some(text.to_owned());
    let transition = ImageActionType::Transition;
    assert_eq!(
        actions,
        [
            (tag("v1"), transition.clone(), 1),
            (tag("v2"), transition.clone(), 1),
            (tag("v3"), transition.clone(), 1),
            (tag("v4"), transition, 1),
            (None, ImageActionType::Expire, 2),
        ]
    );
    let summary = done.summary().unwrap();
    assert_eq!(summary.expiring_image_total_count(), Some(1));
    assert_eq!(summary.transitioning_image_total_counts()[0].image_total_count(), Some(4));
    assert_ne!(done.preview_results()[4].image_digest(), Some(untagged.as_str()), "that one has the tag now");
    assert_eq!(cloud.tags("app", ImageStatusFilter::Any).await.1, 1);
}

#[tokio::test]
async fn the_results_of_a_preview_are_paged_filtered_and_survive_a_restart() {
    let cloud = Cloud::start().await;
    cloud.create("app").await;
    for seed in 1..=5 {
        cloud.push("app", &format!("v{seed}"), &Image::plain(seed)).await;
    }
    cloud.push("app", "v5", &Image::plain(6)).await;
    let text = policy(&[rule(1, &newest(1), &expire())]);
    let start = cloud.ecr.start_lifecycle_policy_preview().repository_name("app");
    start.lifecycle_policy_text(&text).send().await.unwrap();
    let cloud = cloud.restart().await;
    let get = || cloud.ecr.get_lifecycle_policy_preview().repository_name("app");
    let (mut sizes, mut total, mut pages) = (Vec::new(), 0, get().into_paginator().page_size(2).send());
    while let Some(page) = pages.next().await {
        let page = page.unwrap();
        sizes.push(page.preview_results().len());
        total += page.preview_results().len();
        assert_eq!(page.summary().unwrap().expiring_image_total_count(), Some(5));
    }
    assert_eq!((sizes, total), (vec![2, 2, 1], 5));
    let untagged = LifecyclePolicyPreviewFilter::builder().tag_status(TagStatus::Untagged).build();
    assert_eq!(get().filter(untagged).send().await.unwrap().preview_results().len(), 1);
    let id = |tag: &str| ImageIdentifier::builder().image_tag(tag).build();
    let named = get().image_ids(id("v1")).image_ids(id("nope")).send().await.unwrap();
    assert_eq!(named.preview_results()[0].image_tags(), ["v1"]);
    assert_eq!(named.preview_results().len(), 1);
    assert_eq!(code(get().image_ids(id("v1")).max_results(1).send().await), "InvalidParameterException");
    assert_eq!(code(get().max_results(101).send().await), "InvalidParameterException");
    let token = cloud.ecr.list_images().repository_name("app").max_results(1).send().await.unwrap();
    let foreign = get().next_token(token.next_token().unwrap()).send().await;
    assert_eq!(code(foreign), "InvalidParameterException");
    let nowhere = cloud.ecr.get_lifecycle_policy_preview().repository_name("nowhere").send().await;
    assert_eq!(code(nowhere), "RepositoryNotFoundException");
    let nowhere = cloud.ecr.start_lifecycle_policy_preview().repository_name("nowhere").send().await;
    assert_eq!(code(nowhere), "RepositoryNotFoundException");
}
