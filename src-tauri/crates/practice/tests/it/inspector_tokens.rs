//! Tokens of pages: one that was altered, or issued for another call, is refused by every operation of Inspector that has pages.

use aws_sdk_inspector2::types::{AggregationType, FilterAction, GroupKey};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

use crate::{
    inspector_findings::{any, scanned},
    support::{Cloud, code},
};

/// The code of each operation with pages, called with this token.
async fn codes(cloud: &Cloud, token: &str) -> Vec<(&'static str, String)> {
    let inspector = &cloud.inspector;
    let aggregations =
        |kind: AggregationType| inspector.list_finding_aggregations().aggregation_type(kind).next_token(token);
    let statistics = || inspector.list_coverage_statistics().next_token(token);
    vec![
        ("ListFindings", code(inspector.list_findings().next_token(token).send().await)),
        ("ListCoverage", code(inspector.list_coverage().next_token(token).send().await)),
        ("ListCoverageStatistics", code(statistics().send().await)),
        ("ListCoverageStatistics by status", code(statistics().group_by(GroupKey::ScanStatusCode).send().await)),
        ("ListFindingAggregations", code(aggregations(AggregationType::Package).send().await)),
        ("ListFindingAggregations of AMIs", code(aggregations(AggregationType::Ami).send().await)),
        ("ListAccountPermissions", code(inspector.list_account_permissions().next_token(token).send().await)),
        ("ListFilters", code(inspector.list_filters().next_token(token).send().await)),
        ("ListUsageTotals", code(inspector.list_usage_totals().next_token(token).send().await)),
    ]
}

async fn assert_refused(cloud: &Cloud, token: &str) {
    for (operation, code) in codes(cloud, token).await {
        assert_eq!(code, "ValidationException", "{operation}");
    }
}

#[tokio::test]
async fn a_token_of_another_operation_is_refused_by_all() {
    let cloud = scanned().await;
    let ecr = cloud.ecr.describe_repositories().max_results(1).send().await.unwrap().next_token.unwrap();
    for token in [ecr.as_str(), "nonsense", "e30"] {
        assert_refused(&cloud, token).await;
    }
}

#[tokio::test]
async fn a_token_of_other_filters_or_of_altered_content_is_refused() {
    let cloud = scanned().await;
    let list = || cloud.inspector.list_findings().filter_criteria(any().build());
    let token = list().send().await.unwrap().next_token.unwrap();
    assert!(!list().next_token(&token).send().await.unwrap().findings().is_empty());
    let other = cloud
        .inspector
        .list_findings()
        .filter_criteria(any().severity(crate::inspector_findings::equals("LOW")).build());
    assert_eq!(code(other.next_token(&token).send().await), "ValidationException");

    let content = String::from_utf8(URL_SAFE_NO_PAD.decode(&token).unwrap()).unwrap();
    let altered = content.replacen("\"seen\":25", "\"seen\":5", 1);
    assert_ne!(altered, content);
    let altered = URL_SAFE_NO_PAD.encode(altered);
    assert_eq!(code(list().next_token(altered).send().await), "ValidationException");
}

#[tokio::test]
async fn a_token_of_filters_is_only_for_the_same_selection() {
    let cloud = Cloud::start().await;
    for number in 0..3 {
        let create = cloud.inspector.create_filter().name(format!("f{number}")).action(FilterAction::None);
        create.filter_criteria(any().build()).send().await.unwrap();
    }
    let list = || cloud.inspector.list_filters();
    let token = list().max_results(2).send().await.unwrap().next_token.unwrap();
    assert_eq!(list().next_token(&token).send().await.unwrap().filters().len(), 1);
    assert_eq!(code(list().action(FilterAction::None).next_token(&token).send().await), "ValidationException");
}
