//! The filters that the account keeps: what they suppress, their tags, and each of their errors.

use std::collections::HashMap;

use aws_sdk_inspector2::types::{Filter, FilterAction, FilterCriteria, FindingStatus, StringComparison};

use crate::{
    inspector_findings::{any, equals, filter, findings, scanned},
    support::{Cloud, code},
};

const UNKNOWN: &str = "arn:aws:inspector2:ap-northeast-2:123456789012:owner/123456789012/filter/0000000000000000";

fn log4shell() -> FilterCriteria {
    any().vulnerability_id(equals("CVE-2021-44228")).build()
}

async fn create(cloud: &Cloud, name: &str, action: FilterAction, criteria: FilterCriteria) -> String {
    let create = cloud.inspector.create_filter().name(name).action(action).filter_criteria(criteria);
    create.send().await.unwrap().arn().to_owned()
}

async fn listed(cloud: &Cloud) -> Vec<Filter> {
    cloud.inspector.list_filters().send().await.unwrap().filters().to_vec()
}

/// How many findings of `CVE-2021-44228` have the status.
async fn count(cloud: &Cloud, status: &str) -> usize {
    let criteria = any().vulnerability_id(equals("CVE-2021-44228")).finding_status(equals(status));
    findings(cloud, criteria).await.len()
}

#[tokio::test]
async fn a_suppressed_finding_is_listed_but_not_active() {
    let cloud = scanned().await;
    let all = findings(&cloud, any()).await.len();
    let counted = || async {
        let list = cloud.inspector.list_finding_aggregations().aggregation_type("ACCOUNT".into()).send().await.unwrap();
        let account = list.responses.unwrap().remove(0);
        let counts = account.as_account_aggregation().unwrap().severity_counts().unwrap().all();
        usize::try_from(counts.unwrap()).unwrap()
    };
    assert_eq!((count(&cloud, "ACTIVE").await, counted().await), (2, all));
    let criteria = any().vulnerability_id(equals("CVE-2021-44228")).ecr_image_repository_name(equals("prod-a")).build();
    let arn = create(&cloud, "accepted", FilterAction::Suppress, criteria).await;
    assert_eq!((count(&cloud, "ACTIVE").await, count(&cloud, "SUPPRESSED").await, counted().await), (1, 1, all - 1));
    assert_eq!(findings(&cloud, any()).await.len(), all, "without a criterion of the status all are listed");

    // ECR reports it with the same status.
    let id = aws_sdk_ecr::types::ImageIdentifier::builder().image_tag("latest").build();
    let ecr = cloud.ecr.describe_image_scan_findings().repository_name("prod-a").image_id(id).send().await.unwrap();
    let suppressed = ecr.image_scan_findings().unwrap().enhanced_findings().iter();
    let suppressed: Vec<_> = suppressed.filter(|finding| finding.status() == Some("SUPPRESSED")).collect();
    assert_eq!(suppressed.len(), 1);
    assert!(suppressed[0].title().unwrap().starts_with("CVE-2021-44228"));

    let update = || cloud.inspector.update_filter().filter_arn(&arn);
    update().action(FilterAction::None).send().await.unwrap();
    assert_eq!(count(&cloud, "SUPPRESSED").await, 0);
    update().action(FilterAction::Suppress).filter_criteria(log4shell()).send().await.unwrap();
    assert_eq!((count(&cloud, "ACTIVE").await, count(&cloud, "SUPPRESSED").await), (0, 2));
    cloud.inspector.delete_filter().arn(&arn).send().await.unwrap();
    assert_eq!((count(&cloud, "ACTIVE").await, count(&cloud, "SUPPRESSED").await), (2, 0));
}

#[tokio::test]
async fn a_suppressed_finding_is_closed_with_its_image() {
    let cloud = scanned().await;
    create(&cloud, "accepted", FilterAction::Suppress, log4shell()).await;
    cloud.ecr.delete_repository().repository_name("prod-a").force(true).send().await.unwrap();
    assert_eq!(count(&cloud, "SUPPRESSED").await, 1);
    let criteria = any().vulnerability_id(equals("CVE-2021-44228")).finding_status(equals("SUPPRESSED"));
    let left = &findings(&cloud, criteria).await[0];
    assert_eq!(left.status(), &FindingStatus::Suppressed);
    let image = left.resources()[0].details().unwrap().aws_ecr_container_image().unwrap();
    assert_eq!(image.repository_name(), "prod-b");
}

#[tokio::test]
async fn filters_are_listed_with_all_they_were_created_with_also_after_a_restart() {
    let cloud = Cloud::start().await;
    let created = cloud
        .inspector
        .create_filter()
        .name("accepted")
        .action(FilterAction::Suppress)
        .filter_criteria(log4shell())
        .description("Log4Shell")
        .reason("The lab needs it.")
        .tags("team", "a")
        .send()
        .await
        .unwrap();
    let arn = created.arn().to_owned();
    let id = arn.strip_prefix("arn:aws:inspector2:ap-northeast-2:123456789012:owner/123456789012/filter/").unwrap();
    assert_eq!(id.len(), 16);
    create(&cloud, "other", FilterAction::None, any().severity(equals("LOW")).build()).await;
    let before = listed(&cloud).await;
    let first = &before[0];
    assert_eq!((first.arn(), first.name(), first.owner_id()), (&*arn, "accepted", "123456789012"));
    assert_eq!((first.action(), first.criteria()), (&FilterAction::Suppress, Some(&log4shell())));
    assert_eq!((first.description(), first.reason()), (Some("Log4Shell"), Some("The lab needs it.")));
    assert_eq!(first.tags().unwrap()["team"], "a");
    assert_eq!(first.created_at(), first.updated_at());

    let cloud = cloud.restart().await;
    assert_eq!(listed(&cloud).await, before);
    let update = cloud.inspector.update_filter().filter_arn(&arn).name("renamed").description("d").reason("r");
    assert_eq!(update.send().await.unwrap().arn(), arn);
    let cloud = cloud.restart().await;
    let after = &listed(&cloud).await[0];
    assert_eq!((after.name(), after.description(), after.reason()), ("renamed", Some("d"), Some("r")));
    assert_eq!((after.action(), after.criteria()), (&FilterAction::Suppress, Some(&log4shell())));
    assert_eq!(after.created_at(), first.created_at());
    assert!(after.updated_at().as_secs_f64() >= first.updated_at().as_secs_f64());
}

#[tokio::test]
async fn filters_are_selected_and_listed_in_pages() {
    let cloud = Cloud::start().await;
    let mut arns = Vec::new();
    for number in 0..7 {
        let action = if number % 2 == 0 { FilterAction::Suppress } else { FilterAction::None };
        arns.push(create(&cloud, &format!("filter-{number}"), action, log4shell()).await);
    }
    let list = || cloud.inspector.list_filters();
    let mut names: Vec<_> = Vec::new();
    let mut pages = list().into_paginator().page_size(3).send();
    while let Some(page) = pages.next().await {
        names.extend(page.unwrap().filters.into_iter().map(|filter| filter.name));
    }
    names.sort();
    assert_eq!(names, (0..7).map(|number| format!("filter-{number}")).collect::<Vec<_>>());
    assert_eq!(list().action(FilterAction::Suppress).send().await.unwrap().filters().len(), 4);
    let some = list().arns(&arns[1]).arns(UNKNOWN).send().await.unwrap();
    assert_eq!(some.filters().iter().map(Filter::arn).collect::<Vec<_>>(), [&arns[1]]);
    for refused in [
        list().max_results(0).send().await,
        list().max_results(101).send().await,
        list().action(FilterAction::from("HIDE")).send().await,
        list().arns("").send().await,
        list().next_token("made-up").send().await,
    ] {
        assert_eq!(code(refused), "ValidationException");
    }
}

#[tokio::test]
async fn invalid_filters_are_refused() {
    let cloud = Cloud::start().await;
    let valid =
        || cloud.inspector.create_filter().name("a").action(FilterAction::Suppress).filter_criteria(log4shell());
    let refused_criteria = any().severity(filter(StringComparison::from("LIKE"), "HIGH")).build();
    for refused in [
        valid().set_name(None).send().await,
        valid().set_action(None).send().await,
        valid().set_filter_criteria(None).send().await,
        valid().name("").send().await,
        valid().name("n".repeat(129)).send().await,
        valid().description("").send().await,
        valid().description("d".repeat(513)).send().await,
        valid().reason("r".repeat(513)).send().await,
        valid().action(FilterAction::from("HIDE")).send().await,
        valid().filter_criteria(refused_criteria.clone()).send().await,
        valid().tags("k".repeat(129), "v").send().await,
        valid().tags("k", "v".repeat(257)).send().await,
    ] {
        assert_eq!(code(refused), "ValidationException");
    }
    assert_eq!(code(valid().tags("aws:team", "a").send().await), "BadRequestException");
    let many: HashMap<_, _> = (0..51).map(|number| (format!("key-{number}"), String::new())).collect();
    assert_eq!(code(valid().set_tags(Some(many)).send().await), "BadRequestException");
    assert!(listed(&cloud).await.is_empty());

    let arn = valid().send().await.unwrap().arn;
    assert_eq!(code(valid().send().await), "BadRequestException", "the name is in use");
    create(&cloud, "b", FilterAction::None, log4shell()).await;
    let update = || cloud.inspector.update_filter();
    assert_eq!(code(update().filter_arn(&arn).name("b").send().await), "BadRequestException");
    update().filter_arn(&arn).name("a").send().await.unwrap();
    assert_eq!(code(update().filter_arn(&arn).filter_criteria(refused_criteria).send().await), "ValidationException");
    assert_eq!(code(update().filter_arn("f".repeat(129)).send().await), "ValidationException");
    assert_eq!(code(update().send().await), "ValidationException");
    assert_eq!(code(update().filter_arn(UNKNOWN).send().await), "ResourceNotFoundException");
    assert_eq!(code(cloud.inspector.delete_filter().send().await), "ValidationException");
    let delete = |arn: &str| cloud.inspector.delete_filter().arn(arn).send();
    assert_eq!(delete(&arn).await.unwrap().arn(), arn);
    assert_eq!(code(delete(&arn).await), "ResourceNotFoundException");
    let statuses = delete(UNKNOWN).await.unwrap_err().raw_response().unwrap().status().as_u16();
    assert_eq!(statuses, 404);
}

#[tokio::test]
async fn an_account_has_five_hundred_filters_at_most() {
    let cloud = Cloud::start().await;
    for number in 0..500 {
        create(&cloud, &format!("{number}"), FilterAction::None, log4shell()).await;
    }
    let create =
        cloud.inspector.create_filter().name("one more").action(FilterAction::None).filter_criteria(log4shell());
    let refused = create.send().await.unwrap_err();
    assert_eq!(refused.raw_response().unwrap().status().as_u16(), 402);
    let refused = refused.into_service_error();
    assert!(refused.is_service_quota_exceeded_exception(), "{refused:?}");
}

#[tokio::test]
async fn filters_are_the_delegated_administrators_and_go_when_inspector_is_off() {
    let cloud = Cloud::start().await;
    cloud.watch("prod").await;
    let arn = create(&cloud, "a", FilterAction::Suppress, log4shell()).await;
    cloud.practice.permissions().change(|settings| settings.inspector_managed = true);
    let another = cloud.inspector.create_filter().name("b").action(FilterAction::None).filter_criteria(log4shell());
    assert_eq!(code(another.send().await), "AccessDeniedException");
    let update = cloud.inspector.update_filter().filter_arn(&arn).name("b");
    assert_eq!(code(update.send().await), "AccessDeniedException");
    assert_eq!(code(cloud.inspector.delete_filter().arn(&arn).send().await), "AccessDeniedException");
    assert_eq!(listed(&cloud).await.len(), 1);
    cloud.practice.permissions().change(|settings| settings.inspector_managed = false);
    let disable = || cloud.inspector.disable().resource_types("ECR".into()).send();
    cloud.inspector.enable().resource_types("EC2".into()).send().await.unwrap();
    disable().await.unwrap();
    assert_eq!(listed(&cloud).await.len(), 1, "another resource type is still on");
    cloud.inspector.disable().send().await.unwrap();
    assert!(listed(&cloud).await.is_empty());
}

#[tokio::test]
async fn a_policy_can_allow_one_filter_only() {
    let cloud = Cloud::start().await;
    let (mine, other) = (
        create(&cloud, "a", FilterAction::None, log4shell()).await,
        create(&cloud, "b", FilterAction::None, log4shell()).await,
    );
    let policy = format!(r#"{{"Statement":[{{"Effect":"Allow","Action":"inspector2:*","Resource":"{mine}"}}]}}"#);
    cloud.practice.permissions().change(|settings| settings.user = Some(policy.parse().unwrap()));
    cloud.inspector.update_filter().filter_arn(&mine).name("c").send().await.unwrap();
    cloud.inspector.list_tags_for_resource().resource_arn(&mine).send().await.unwrap();
    assert_eq!(code(cloud.inspector.delete_filter().arn(&other).send().await), "AccessDeniedException");
    let tags = cloud.inspector.list_tags_for_resource().resource_arn(&other).send().await;
    assert_eq!(code(tags), "AccessDeniedException");
}

#[tokio::test]
async fn filters_have_tags() {
    let cloud = Cloud::start().await;
    let arn = create(&cloud, "a", FilterAction::None, log4shell()).await;
    let tag = |arn: &str, key: &str| cloud.inspector.tag_resource().resource_arn(arn).tags(key, "1").send();
    let untag = |arn: &str, key: &str| cloud.inspector.untag_resource().resource_arn(arn).tag_keys(key).send();
    tag(&arn, "team+x").await.unwrap();
    tag(&arn, "cost").await.unwrap();
    untag(&arn, "team+x").await.unwrap();
    untag(&arn, "absent").await.unwrap();
    let cloud = {
        assert_eq!(code(tag(UNKNOWN, "a").await), "ResourceNotFoundException");
        assert_eq!(code(untag(UNKNOWN, "a").await), "ResourceNotFoundException");
        assert_eq!(code(tag(&arn, "aws:a").await), "BadRequestException");
        assert_eq!(code(tag(&arn, &"k".repeat(129)).await), "ValidationException");
        for key in [&*"k".repeat(129), "aws:a", "a key"] {
            assert_eq!(code(untag(&arn, key).await), "ValidationException", "{key}");
        }
        cloud.restart().await
    };
    let list = |arn: &str| cloud.inspector.list_tags_for_resource().resource_arn(arn).send();
    assert_eq!(list(&arn).await.unwrap().tags().unwrap(), &HashMap::from([("cost".to_owned(), "1".to_owned())]));
    assert_eq!(code(list(UNKNOWN).await), "ResourceNotFoundException");
    let ecr = cloud.practice.registry_name();
    assert_eq!(code(list(&ecr).await), "ResourceNotFoundException");
    assert_eq!(code(list(&"a".repeat(1012)).await), "ValidationException");
}
