//! Replication, and the rules of the pull-through cache.

use aws_sdk_ecr::types::{
    ImageIdentifier, ReplicationConfiguration, ReplicationDestination, ReplicationRule, ReplicationStatus,
    RepositoryFilter, RepositoryFilterType, UpstreamRegistry,
};

use crate::support::{Cloud, Image, code};

const OTHER: &str = "210987654321";
const SECRET: &str = "arn:aws:secretsmanager:ap-northeast-2:123456789012:secret:ecr-pullthroughcache/hub-AbCdEf";

fn destination(region: &str, registry: &str) -> ReplicationDestination {
    ReplicationDestination::builder().region(region).registry_id(registry).build().unwrap()
}

fn rule(prefixes: &[&str], destinations: Vec<ReplicationDestination>) -> ReplicationRule {
    let filter = |prefix: &&str| {
        RepositoryFilter::builder().filter(*prefix).filter_type(RepositoryFilterType::PrefixMatch).build().unwrap()
    };
    let filters: Vec<_> = prefixes.iter().map(filter).collect();
    let rule = ReplicationRule::builder().set_destinations(Some(destinations));
    rule.set_repository_filters((!filters.is_empty()).then_some(filters)).build().unwrap()
}

impl Cloud {
    async fn replicate(&self, rules: Vec<ReplicationRule>) -> Result<ReplicationConfiguration, String> {
        let configuration = ReplicationConfiguration::builder().set_rules(Some(rules)).build().unwrap();
        match self.ecr.put_replication_configuration().replication_configuration(configuration).send().await {
            Ok(put) => Ok(put.replication_configuration().unwrap().clone()),
            error => Err(code(error)),
        }
    }

    async fn rules(&self) -> Vec<ReplicationRule> {
        let registry = self.ecr.describe_registry().send().await.unwrap();
        registry.replication_configuration().unwrap().rules().to_vec()
    }

    async fn replication_status(&self, name: &str, tag: &str) -> Result<Vec<(String, ReplicationStatus)>, String> {
        let id = ImageIdentifier::builder().image_tag(tag).build();
        match self.ecr.describe_image_replication_status().repository_name(name).image_id(id).send().await {
            Ok(described) => Ok(described
                .replication_statuses()
                .iter()
                .map(|status| (status.region().unwrap().to_owned(), status.status().unwrap().clone()))
                .collect()),
            error => Err(code(error)),
        }
    }

    async fn create_rule(&self, prefix: &str, url: &str, secret: Option<&str>) -> Result<(), String> {
        let create = self.ecr.create_pull_through_cache_rule().ecr_repository_prefix(prefix).upstream_registry_url(url);
        let created = create.set_credential_arn(secret.map(str::to_owned)).send().await;
        created.map(drop).map_err(|error| code(Err::<(), _>(error)))
    }

    async fn prefixes(&self) -> Vec<String> {
        let rules = self.ecr.describe_pull_through_cache_rules().send().await.unwrap();
        rules.pull_through_cache_rules().iter().map(|rule| rule.ecr_repository_prefix().unwrap().to_owned()).collect()
    }
}

#[tokio::test]
async fn the_replication_is_put_and_described() {
    let cloud = Cloud::start().await;
    let rules = vec![
        rule(&["prod"], vec![destination("us-east-1", "123456789012"), destination("ap-northeast-2", OTHER)]),
        rule(&[], vec![destination("eu-west-1", "123456789012")]),
    ];
    let put = cloud.replicate(rules.clone()).await.unwrap();
    assert_eq!(put.rules(), rules);
    let cloud = cloud.restart().await;
    assert_eq!(cloud.rules().await, rules);
    for invalid in [
        rule(&[], vec![destination("ap-northeast-2", "123456789012")]),
        rule(&[], vec![destination("Mars", "123456789012")]),
        rule(&[], vec![destination("us-east-1", "me")]),
        rule(&["-x"], vec![destination("us-east-1", "123456789012")]),
        rule(&[], (0..26).map(|n| destination(&format!("region-{n}"), OTHER)).collect()),
    ] {
        assert_eq!(cloud.replicate(vec![invalid]).await.unwrap_err(), "InvalidParameterException");
    }
    let many = vec![rule(&[], vec![]); 26];
    assert_eq!(cloud.replicate(many).await.unwrap_err(), "InvalidParameterException");
    assert_eq!(cloud.rules().await, rules);
    cloud.replicate(vec![]).await.unwrap();
    assert_eq!(cloud.rules().await, []);
}

#[tokio::test]
async fn an_image_that_was_pushed_later_fails_to_reach_each_destination() {
    let cloud = Cloud::manual().await;
    for name in ["prod/app", "test/app"] {
        cloud.create(name).await;
        cloud.push(name, "before", &Image::plain(1)).await;
    }
    cloud.advance(1);
    cloud.replicate(vec![rule(&["prod"], vec![destination("us-east-1", "123456789012")])]).await.unwrap();
    cloud.advance(1);
    for name in ["prod/app", "test/app"] {
        cloud.push(name, "after", &Image::plain(2)).await;
    }
    let failed = vec![("us-east-1".to_owned(), ReplicationStatus::Failed)];
    assert_eq!(cloud.replication_status("prod/app", "after").await, Ok(failed));
    assert_eq!(cloud.replication_status("prod/app", "before").await, Ok(vec![]));
    assert_eq!(cloud.replication_status("test/app", "after").await, Ok(vec![]));
    assert_eq!(cloud.replication_status("nowhere", "after").await.unwrap_err(), "RepositoryNotFoundException");
    assert_eq!(cloud.replication_status("prod/app", "nope").await.unwrap_err(), "ImageNotFoundException");
}

#[tokio::test]
async fn a_rule_of_the_cache_is_created_updated_and_deleted() {
    let cloud = Cloud::start().await;
    let create = cloud.ecr.create_pull_through_cache_rule().ecr_repository_prefix("hub");
    let create = create.upstream_registry_url("registry-1.docker.io").credential_arn(SECRET).send().await.unwrap();
    assert_eq!(create.upstream_registry(), Some(&UpstreamRegistry::DockerHub));
    assert_eq!((create.upstream_repository_prefix(), create.registry_id()), (Some("ROOT"), Some("123456789012")));
    assert_eq!(
        cloud.create_rule("hub", "public.ecr.aws", None).await.unwrap_err(),
        "PullThroughCacheRuleAlreadyExistsException"
    );

    let cloud = cloud.restart().await;
    let described = cloud.ecr.describe_pull_through_cache_rules().ecr_repository_prefixes("hub").send().await.unwrap();
    assert_eq!(described.pull_through_cache_rules()[0].credential_arn(), Some(SECRET));
    let other = SECRET.replace("hub", "other");
    let update = |prefix: &str, arn: &str| {
        cloud.ecr.update_pull_through_cache_rule().ecr_repository_prefix(prefix).credential_arn(arn).send()
    };
    let updated = update("hub", &other).await.unwrap();
    assert_eq!(updated.credential_arn(), Some(other.as_str()));
    assert!(updated.updated_at().is_some());
    assert_eq!(code(update("hub", "arn:aws:iam::1:role/x").await), "InvalidParameterException");
    assert_eq!(code(update("nope", SECRET).await), "PullThroughCacheRuleNotFoundException");
    let deleted = cloud.ecr.delete_pull_through_cache_rule().ecr_repository_prefix("hub").send().await.unwrap();
    assert_eq!(deleted.upstream_registry_url(), Some("registry-1.docker.io"));
    let again = cloud.ecr.delete_pull_through_cache_rule().ecr_repository_prefix("hub").send().await;
    assert_eq!(code(again), "PullThroughCacheRuleNotFoundException");
}

#[tokio::test]
async fn a_rule_of_the_cache_needs_a_known_registry_and_its_credentials() {
    let cloud = Cloud::start().await;
    for (prefix, url, secret, error) in [
        ("hub", "example.invalid", None, "UnsupportedUpstreamRegistryException"),
        ("hub", ".azurecr.io", Some(SECRET), "UnsupportedUpstreamRegistryException"),
        ("hub", "registry-1.docker.io", None, "InvalidParameterException"),
        ("hub", "ghcr.io", Some("secret"), "InvalidParameterException"),
        ("x", "public.ecr.aws", None, "InvalidParameterException"),
        ("Upper", "public.ecr.aws", None, "InvalidParameterException"),
        (&"a".repeat(31), "public.ecr.aws", None, "InvalidParameterException"),
    ] {
        assert_eq!(cloud.create_rule(prefix, url, secret).await.unwrap_err(), error, "{prefix} {url}");
    }
    let named =
        cloud.ecr.create_pull_through_cache_rule().ecr_repository_prefix("hub").upstream_registry_url("quay.io");
    assert_eq!(code(named.upstream_registry(UpstreamRegistry::K8s).send().await), "InvalidParameterException");
    assert!(cloud.prefixes().await.is_empty());
}

#[tokio::test]
async fn the_rules_of_the_cache_are_listed_in_pages_up_to_their_quota() {
    let cloud = Cloud::start().await;
    for n in 0..50 {
        cloud.create_rule(&format!("rule-{n:02}"), "public.ecr.aws", None).await.unwrap();
    }
    assert_eq!(cloud.create_rule("one-more", "quay.io", None).await.unwrap_err(), "LimitExceededException");
    assert_eq!(cloud.prefixes().await.len(), 50);
    let mut pages = cloud.ecr.describe_pull_through_cache_rules().into_paginator().page_size(20).send();
    let mut sizes = Vec::new();
    while let Some(page) = pages.next().await {
        sizes.push(page.unwrap().pull_through_cache_rules().len());
    }
    assert_eq!(sizes, [20, 20, 10]);
    let describe = || cloud.ecr.describe_pull_through_cache_rules();
    let unknown = describe().ecr_repository_prefixes("rule-01").ecr_repository_prefixes("nope").send().await;
    assert_eq!(code(unknown), "PullThroughCacheRuleNotFoundException");
    assert_eq!(code(describe().next_token("made-up").send().await), "InvalidParameterException");
    assert_eq!(code(describe().max_results(1001).send().await), "InvalidParameterException");
}

#[tokio::test]
async fn a_rule_whose_secret_cannot_be_read_is_not_said_to_be_valid() {
    let cloud = Cloud::start().await;
    cloud.create_rule("public", "public.ecr.aws", None).await.unwrap();
    cloud.create_rule("hub", "registry-1.docker.io", Some(SECRET)).await.unwrap();
    let validate = |prefix: &str| cloud.ecr.validate_pull_through_cache_rule().ecr_repository_prefix(prefix).send();
    let public = validate("public").await.unwrap();
    assert!(public.is_valid() && public.failure().is_none());
    let hub = validate("hub").await.unwrap();
    assert!(!hub.is_valid());
    assert!(hub.failure().unwrap().contains("no Secrets Manager"));
    assert_eq!(code(validate("nope").await), "PullThroughCacheRuleNotFoundException");
}
