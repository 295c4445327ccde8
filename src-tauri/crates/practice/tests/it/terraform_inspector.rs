//! The calls that Terraform's AWS provider makes for `aws_inspector2_enabler` and `aws_inspector2_filter`, in the order of its
//! source (internal/service/inspector2/enabler.go, filter.go and `tags_gen.go`).

use aws_sdk_inspector2::types::{Filter, FilterAction, ResourceScanType, Status};

use crate::{
    inspector_findings::{any, equals},
    support::{Cloud, code},
};

const ACCOUNT: &str = "123456789012";

/// The account's status, and that of each resource type.
async fn statuses(cloud: &Cloud) -> (Status, Vec<(ResourceScanType, Status)>) {
    let response = cloud.inspector.batch_get_account_status().account_ids(ACCOUNT).send().await.unwrap();
    assert!(response.failed_accounts().is_empty());
    let account = &response.accounts()[0];
    let resources = account.resource_state().unwrap();
    let of = |state: Option<&aws_sdk_inspector2::types::State>| state.unwrap().status().clone();
    let each = vec![
        (ResourceScanType::Ec2, of(resources.ec2())),
        (ResourceScanType::Ecr, of(resources.ecr())),
        (ResourceScanType::Lambda, of(resources.lambda())),
        (ResourceScanType::LambdaCode, of(resources.lambda_code())),
        (ResourceScanType::CodeRepository, of(resources.code_repository())),
    ];
    (account.state().unwrap().status().clone(), each)
}

/// Waits as the provider does: until nothing is changing any more.
async fn wait(cloud: &Cloud) -> (Status, Vec<(ResourceScanType, Status)>) {
    for _ in 0..30 {
        let (account, each) = statuses(cloud).await;
        let is_pending = |status: &Status| matches!(status, Status::Enabling | Status::Disabling | Status::Suspending);
        if !is_pending(&account) && !each.iter().any(|(_, status)| is_pending(status)) {
            return (account, each);
        }
        cloud.advance(10);
    }
    panic!("Inspector's status keeps changing");
}

async fn apply(cloud: &Cloud, types: &[ResourceScanType]) {
    let enable = cloud.inspector.enable().account_ids(ACCOUNT).set_resource_types(Some(types.to_vec()));
    let enabled = enable.client_token("terraform-20261130").send().await.unwrap();
    assert!(enabled.failed_accounts().is_empty(), "{:?}", enabled.failed_accounts());
    let (account, each) = wait(cloud).await;
    assert_eq!(account, Status::Enabled);
    let others: Vec<_> =
        each.into_iter().map(|(resource, _)| resource).filter(|other| !types.contains(other)).collect();
    let disable = cloud.inspector.disable().account_ids(ACCOUNT).set_resource_types(Some(others));
    assert!(disable.send().await.unwrap().failed_accounts().is_empty());
    let (_, each) = wait(cloud).await;
    for (resource, status) in each {
        let expected = if types.contains(&resource) { Status::Enabled } else { Status::Disabled };
        assert_eq!(status, expected, "{resource:?}");
    }
}

#[tokio::test]
async fn the_enabler_is_applied_changed_and_destroyed() {
    let cloud = Cloud::manual().await;
    apply(&cloud, &[ResourceScanType::Ecr, ResourceScanType::Ec2]).await;
    // A changed list: what is left out is disabled.
    cloud.inspector.enable().account_ids(ACCOUNT).resource_types(ResourceScanType::Ecr).send().await.unwrap();
    wait(&cloud).await;
    let rest = ["EC2", "LAMBDA", "LAMBDA_CODE", "CODE_REPOSITORY"].map(ResourceScanType::from).to_vec();
    let disable = cloud.inspector.disable().account_ids(ACCOUNT).set_resource_types(Some(rest)).send().await.unwrap();
    assert!(disable.failed_accounts().is_empty());
    let (_, each) = wait(&cloud).await;
    let enabled: Vec<_> = each.into_iter().filter(|(_, status)| *status == Status::Enabled).collect();
    assert_eq!(enabled, [(ResourceScanType::Ecr, Status::Enabled)]);
    let all = ResourceScanType::values().iter().map(|name| ResourceScanType::from(*name)).collect();
    let destroy = cloud.inspector.disable().account_ids(ACCOUNT).set_resource_types(Some(all)).send().await.unwrap();
    assert!(destroy.failed_accounts().is_empty());
    assert_eq!(wait(&cloud).await.0, Status::Disabled);
}

/// Reads a filter by its ARN, as every plan does.
async fn read(cloud: &Cloud, arn: &str) -> Option<Filter> {
    let filter = cloud.inspector.list_filters().arns(arn).send().await.unwrap().filters().first()?.clone();
    let tags = cloud.inspector.list_tags_for_resource().resource_arn(arn).send().await.unwrap();
    assert_eq!(filter.tags().cloned().unwrap_or_default(), tags.tags().cloned().unwrap_or_default());
    Some(filter)
}

#[tokio::test]
async fn a_filter_is_applied_changed_and_destroyed() {
    let cloud = Cloud::start().await;
    let create = cloud.inspector.create_filter().name("terraform-1").action(FilterAction::None).tags("key1", "value1");
    let criteria = any().aws_account_id(equals("111222333444")).build();
    let arn = create.filter_criteria(criteria.clone()).send().await.unwrap().arn;
    let created = read(&cloud, &arn).await.unwrap();
    assert_eq!((created.name(), created.criteria()), ("terraform-1", Some(&criteria)));
    assert_eq!((created.owner_id(), created.description(), created.reason()), (ACCOUNT, None, None));

    // Changed tags are written before the rest.
    cloud.inspector.untag_resource().resource_arn(&arn).tag_keys("key1").send().await.unwrap();
    cloud.inspector.tag_resource().resource_arn(&arn).tags("key2", "value2").send().await.unwrap();
    let update = cloud.inspector.update_filter().filter_arn(&arn).action(FilterAction::Suppress).reason("accepted");
    let changed = any().aws_account_id(equals("444333222111")).build();
    update.description("changed").filter_criteria(changed.clone()).send().await.unwrap();
    let updated = read(&cloud, &arn).await.unwrap();
    assert_eq!((updated.action(), updated.criteria()), (&FilterAction::Suppress, Some(&changed)));
    assert_eq!((updated.description(), updated.reason()), (Some("changed"), Some("accepted")));
    assert_eq!(updated.tags().unwrap().keys().collect::<Vec<_>>(), ["key2"]);

    cloud.inspector.delete_filter().arn(&arn).send().await.unwrap();
    assert!(cloud.inspector.list_filters().arns(&arn).send().await.unwrap().filters().is_empty());
    let again = cloud.inspector.delete_filter().arn(&arn).send().await;
    assert_eq!(code(again), "ResourceNotFoundException", "the provider takes it for done");
}
