//! Aggregations of findings by a common property.

use std::collections::BTreeSet;

use aws_sdk_inspector2::types::{
    AggregationRequest, AggregationResponse, AggregationType, AwsEcrContainerAggregation, ImageLayerAggregation,
    PackageAggregation, RepositoryAggregation, RepositorySortBy, SortOrder, StringComparison, TitleAggregation,
};

use crate::{
    inspector_findings::{any, equals, filter, findings, scanned},
    support::{Cloud, Image, code},
};

async fn aggregate(
    cloud: &Cloud,
    by: AggregationType,
    request: Option<AggregationRequest>,
) -> Vec<AggregationResponse> {
    let mut all = Vec::new();
    let call = cloud.inspector.list_finding_aggregations().aggregation_type(by).set_aggregation_request(request);
    let mut pages = call.max_results(2).into_paginator().send();
    while let Some(page) = pages.next().await {
        all.extend(page.unwrap().responses.unwrap_or_default());
    }
    all
}

#[tokio::test]
async fn every_aggregation_counts_the_same_findings() {
    let cloud = scanned().await;
    let all = findings(&cloud, any()).await;
    let total = all.len() as i64;
    let critical = all.iter().filter(|finding| finding.severity().as_str() == "CRITICAL").count() as i64;

    let repositories = aggregate(&cloud, AggregationType::Repository, None).await;
    assert_eq!(repositories.len(), 2);
    let first = repositories[0].as_repository_aggregation().unwrap();
    assert_eq!(first.affected_images(), Some(1));
    let counts = first.severity_counts().unwrap();
    assert_eq!((counts.all(), counts.critical()), (Some(total / 2), Some(critical / 2)));

    let images = aggregate(&cloud, AggregationType::AwsEcrContainer, None).await;
    let image = images[0].as_aws_ecr_container_aggregation().unwrap();
    assert_eq!(image.image_sha(), Some(Image::vulnerable().digest().as_str()));
    assert_eq!(image.image_tags(), ["latest"]);

    let layers = aggregate(&cloud, AggregationType::ImageLayer, None).await;
    assert_eq!(layers.len(), 2);
    assert_eq!(layers[0].as_image_layer_aggregation().unwrap().layer_hash().len(), 71);

    let packages = aggregate(&cloud, AggregationType::Package, None).await;
    let names: BTreeSet<_> =
        packages.iter().map(|response| response.as_package_aggregation().unwrap().package_name()).collect();
    assert!(names.contains("org.apache.logging.log4j:log4j-core"), "{names:?}");

    let titles = aggregate(&cloud, AggregationType::Title, None).await;
    let sum: i64 = titles
        .iter()
        .map(|title| title.as_title_aggregation().unwrap().severity_counts().unwrap().all().unwrap())
        .sum();
    assert_eq!(sum, total);

    let account = aggregate(&cloud, AggregationType::Account, None).await;
    let account = account[0].as_account_aggregation().unwrap();
    assert_eq!(account.severity_counts().unwrap().all(), Some(total));
    assert!(account.fix_available_count().unwrap() > 0 && account.exploit_available_count().unwrap() > 0);
    let kinds = aggregate(&cloud, AggregationType::FindingType, None).await;
    assert_eq!(kinds[0].as_finding_type_aggregation().unwrap().severity_counts().unwrap().all(), Some(total));
    assert!(aggregate(&cloud, AggregationType::AwsEc2Instance, None).await.is_empty());
}

#[tokio::test]
async fn aggregations_are_filtered_and_sorted() {
    let cloud = scanned().await;
    let repository = |sort_by, order| {
        let request = RepositoryAggregation::builder().sort_by(sort_by).sort_order(order);
        AggregationRequest::RepositoryAggregation(request.build())
    };
    let names = async |request| {
        let responses = aggregate(&cloud, AggregationType::Repository, Some(request)).await;
        responses.iter().map(|r| r.as_repository_aggregation().unwrap().repository().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(names(repository(RepositorySortBy::AffectedImages, SortOrder::Asc)).await, ["prod-a", "prod-b"]);
    assert_eq!(names(repository(RepositorySortBy::Critical, SortOrder::Desc)).await, ["prod-b", "prod-a"]);
    let only = RepositoryAggregation::builder().repositories(equals("prod-b")).build();
    assert_eq!(names(AggregationRequest::RepositoryAggregation(only)).await, ["prod-b"]);

    let titles = TitleAggregation::builder().vulnerability_ids(equals("CVE-2021-44228")).build();
    let titles = aggregate(&cloud, AggregationType::Title, Some(AggregationRequest::TitleAggregation(titles))).await;
    let title = titles[0].as_title_aggregation().unwrap();
    assert_eq!((titles.len(), title.severity_counts().unwrap().all()), (1, Some(2)));
    assert_eq!(title.vulnerability_id(), Some("CVE-2021-44228"));

    let package = PackageAggregation::builder().package_names(filter(StringComparison::Prefix, "org.apache")).build();
    let packages =
        aggregate(&cloud, AggregationType::Package, Some(AggregationRequest::PackageAggregation(package))).await;
    assert!(!packages.is_empty());
    assert!(packages.iter().all(|p| p.as_package_aggregation().unwrap().package_name().starts_with("org.apache")));
    let layer = ImageLayerAggregation::builder().layer_hashes(equals("sha256:none")).build();
    let layers = aggregate(&cloud, AggregationType::ImageLayer, Some(AggregationRequest::ImageLayerAggregation(layer)));
    assert!(layers.await.is_empty());
    let images = AwsEcrContainerAggregation::builder().image_tags(equals("v1")).build();
    let images = AggregationRequest::AwsEcrContainerAggregation(images);
    assert!(aggregate(&cloud, AggregationType::AwsEcrContainer, Some(images)).await.is_empty());

    let list = || cloud.inspector.list_finding_aggregations();
    let other = repository(RepositorySortBy::All, SortOrder::Asc);
    let crossed = list().aggregation_type(AggregationType::Title).aggregation_request(other).send().await;
    assert_eq!(code(crossed), "ValidationException");
    assert_eq!(code(list().aggregation_type("MOON".into()).send().await), "ValidationException");
    assert_eq!(
        code(list().aggregation_type(AggregationType::Title).max_results(101).send().await),
        "ValidationException"
    );
}
