//! Inspector's findings: listing, filtering, sorting and details.

use std::collections::BTreeSet;

use aws_sdk_inspector2::types::builders::FilterCriteriaBuilder;
use aws_sdk_inspector2::types::{
    DateFilter, EpssDetails, FilterCriteria, Finding, FindingDetailsErrorCode, NumberFilter, PackageFilter,
    PackageVulnerabilityDetails, SortCriteria, SortField, SortOrder, StringComparison, StringFilter,
};

use crate::support::{Cloud, Image, code};

pub(crate) fn filter(comparison: StringComparison, value: &str) -> StringFilter {
    StringFilter::builder().comparison(comparison).value(value).build().unwrap()
}

pub(crate) fn equals(value: &str) -> StringFilter {
    filter(StringComparison::Equals, value)
}

/// The vulnerable image in two watched repositories.
pub(crate) async fn scanned() -> Cloud {
    let cloud = Cloud::start().await;
    cloud.watch("prod").await;
    for name in ["prod-a", "prod-b"] {
        cloud.create(name).await;
        cloud.push(name, "latest", &Image::vulnerable()).await;
    }
    cloud.practice.scanner_idle().await;
    cloud
}

pub(crate) async fn findings(cloud: &Cloud, criteria: FilterCriteriaBuilder) -> Vec<Finding> {
    let mut all = Vec::new();
    let mut pages = cloud.inspector.list_findings().filter_criteria(criteria.build()).into_paginator().send();
    while let Some(page) = pages.next().await {
        all.extend(page.unwrap().findings.unwrap_or_default());
    }
    all
}

pub(crate) fn any() -> FilterCriteriaBuilder {
    FilterCriteria::builder()
}

fn vulnerability(finding: &Finding) -> Option<&str> {
    finding.package_vulnerability_details().map(PackageVulnerabilityDetails::vulnerability_id)
}

#[tokio::test]
async fn log4shell_is_reported_completely() {
    let cloud = scanned().await;
    let criteria = any().vulnerability_id(equals("CVE-2021-44228")).ecr_image_repository_name(equals("prod-a"));
    let matches = findings(&cloud, criteria).await;
    let [finding] = &matches[..] else { panic!("{matches:?}") };
    assert!(finding.finding_arn().starts_with("arn:aws:inspector2:ap-northeast-2:123456789012:finding/"));
    assert_eq!(finding.finding_arn().rsplit('/').next().unwrap().len(), 32);
    assert_eq!(finding.severity().as_str(), "CRITICAL");
    assert_eq!(finding.status().as_str(), "ACTIVE");
    assert_eq!(finding.inspector_score(), Some(10.0));
    assert!(finding.title().unwrap().starts_with("CVE-2021-44228 - "));
    assert_eq!(finding.fix_available().unwrap().as_str(), "YES");
    assert_eq!(finding.exploit_available().unwrap().as_str(), "YES");
    assert!(finding.epss().unwrap().score() > 0.9);
    let details = finding.package_vulnerability_details().unwrap();
    assert!(!details.reference_urls().is_empty() && !details.cvss().is_empty());
    let package = &details.vulnerable_packages()[0];
    assert_eq!(package.version(), "2.14.1");
    assert_eq!(package.package_manager().unwrap().as_str(), "JAR");
    assert!(package.file_path().unwrap().contains("logging.jar"));
    assert_eq!(package.source_layer_hash().unwrap().len(), 71);
    assert_eq!(package.fixed_in_version(), Some("2.15.0"));
    let resource = &finding.resources()[0];
    let image = resource.details().unwrap().aws_ecr_container_image().unwrap();
    assert_eq!(
        resource.id(),
        format!("arn:aws:ecr:ap-northeast-2:123456789012:repository/prod-a/{}", image.image_hash())
    );
    assert_eq!(image.image_hash(), Image::vulnerable().digest());
    assert_eq!(image.image_tags(), ["latest"]);
    assert_eq!(image.platform(), Some("DEBIAN_11"));
    assert_eq!(image.architecture(), Some("amd64"));
    assert_eq!(image.registry(), "123456789012");
}

#[tokio::test]
async fn a_page_has_at_most_25_findings_and_the_pages_have_each_once() {
    let cloud = scanned().await;
    let first = cloud.inspector.list_findings().max_results(100).send().await.unwrap();
    assert_eq!(first.findings().len(), 25);
    let all = findings(&cloud, any()).await;
    let arns: BTreeSet<_> = all.iter().map(Finding::finding_arn).collect();
    assert_eq!(arns.len(), all.len());
    let of = async |name: &str| findings(&cloud, any().ecr_image_repository_name(equals(name))).await.len();
    assert_eq!(of("prod-a").await + of("prod-b").await, all.len());
    let criteria = any().severity(equals("LOW")).build();
    let other = cloud.inspector.list_findings().filter_criteria(criteria).set_next_token(first.next_token).send().await;
    assert_eq!(code(other), "ValidationException");
}

#[tokio::test]
async fn each_filter_selects_its_findings() {
    let cloud = scanned().await;
    let all = findings(&cloud, any()).await.len();
    let count = async |criteria: FilterCriteriaBuilder| findings(&cloud, criteria).await.len();
    let digest = Image::vulnerable().digest();
    let arn = "arn:aws:ecr:ap-northeast-2:123456789012:repository/prod-a";
    let package = |name: &str, path: &str| {
        let filter = PackageFilter::builder().name(equals(name));
        filter.file_path(self::filter(StringComparison::Prefix, path)).build()
    };
    let score = |lower: f64, upper: f64| NumberFilter::builder().lower_inclusive(lower).upper_inclusive(upper).build();
    let since =
        |seconds: i64| DateFilter::builder().start_inclusive(aws_smithy_types::DateTime::from_secs(seconds)).build();
    for (what, criteria, expected) in vec![
        ("every status", any().finding_status(equals("ACTIVE")), all),
        ("closed", any().finding_status(equals("CLOSED")), 0),
        ("account", any().aws_account_id(equals("123456789012")), all),
        ("type", any().finding_type(equals("NETWORK_REACHABILITY")), 0),
        ("hash", any().ecr_image_hash(equals(&digest)), all),
        ("tag", any().ecr_image_tags(equals("latest")), all),
        ("other tag", any().ecr_image_tags(equals("v1")), 0),
        ("registry", any().ecr_image_registry(equals("123456789012")), all),
        ("architecture", any().ecr_image_architecture(equals("arm64")), 0),
        ("resource type", any().resource_type(equals("AWS_EC2_INSTANCE")), 0),
        ("resource", any().resource_id(filter(StringComparison::Prefix, arn)), all / 2),
        (
            "not that repository",
            any().ecr_image_repository_name(filter(StringComparison::NotEquals, "prod-a")),
            all / 2,
        ),
        ("either", any().ecr_image_repository_name(equals("prod-a")).ecr_image_repository_name(equals("prod-b")), all),
        ("both", any().ecr_image_repository_name(equals("prod-a")).finding_status(equals("CLOSED")), 0),
        ("title", any().title(filter(StringComparison::Prefix, "CVE-2021-44228")), 2),
        ("ten", any().vulnerability_id(equals("CVE-2021-44228")).inspector_score(score(10.0, 10.0)), 2),
        ("likely", any().vulnerability_id(equals("CVE-2021-44228")).epss_score(score(0.9, 1.0)), 2),
        ("unlikely", any().vulnerability_id(equals("CVE-2021-44228")).epss_score(score(0.0, 0.1)), 0),
        ("pushed", any().ecr_image_pushed_at(since(1_700_000_000)), all),
        ("observed later", any().first_observed_at(since(4_000_000_000)), 0),
        ("in use", any().ecr_image_in_use_count(score(1.0, 9.0)), 0),
        ("of a VPC", any().ec2_instance_vpc_id(equals("vpc-1")), 0),
        (
            "package",
            any()
                .vulnerability_id(equals("CVE-2021-44228"))
                .vulnerable_packages(package("org.apache.logging.log4j:log4j-core", "app/")),
            2,
        ),
        ("package elsewhere", any().vulnerable_packages(package("org.apache.logging.log4j:log4j-core", "opt/")), 0),
    ] {
        assert_eq!(count(criteria).await, expected, "{what}");
    }
    let fixed = count(any().fix_available(equals("YES"))).await;
    let unfixed = count(any().fix_available(filter(StringComparison::NotEquals, "YES"))).await;
    assert_eq!(fixed + unfixed, all);
    let one = findings(&cloud, any().vulnerability_id(equals("CVE-2021-44228"))).await[0].finding_arn().to_owned();
    assert_eq!(count(any().finding_arn(equals(&one))).await, 1);
}

#[tokio::test]
async fn findings_are_sorted_as_requested() {
    let cloud = scanned().await;
    let sorted = async |field: SortField, order: SortOrder| {
        let criteria = SortCriteria::builder().field(field).sort_order(order).build().unwrap();
        let mut all = Vec::new();
        let mut pages = cloud.inspector.list_findings().sort_criteria(criteria).into_paginator().send();
        while let Some(page) = pages.next().await {
            all.extend(page.unwrap().findings.unwrap_or_default());
        }
        all
    };
    let rank = |finding: &Finding| {
        ["CRITICAL", "HIGH", "MEDIUM", "LOW", "INFORMATIONAL", "UNTRIAGED"]
            .iter()
            .position(|severity| *severity == finding.severity().as_str())
            .unwrap()
    };
    assert!(sorted(SortField::Severity, SortOrder::Desc).await.is_sorted_by_key(rank));
    assert!(
        sorted(SortField::Severity, SortOrder::Asc).await.is_sorted_by_key(|finding| std::cmp::Reverse(rank(finding)))
    );
    let scores = sorted(SortField::InspectorScore, SortOrder::Desc).await;
    assert!(scores.is_sorted_by(|a, b| a.inspector_score().unwrap_or(-1.0) >= b.inspector_score().unwrap_or(-1.0)));
    let epss = |finding: &Finding| finding.epss().map_or(-1.0, EpssDetails::score);
    assert!(sorted(SortField::EpssScore, SortOrder::Asc).await.is_sorted_by(|a, b| epss(a) <= epss(b)));
    let by_id = sorted(SortField::VulnerabilityId, SortOrder::Asc).await;
    assert!(by_id.is_sorted_by_key(|finding| vulnerability(finding).map(str::to_owned)));
    let repository = |finding: &Finding| {
        finding.resources()[0].details().unwrap().aws_ecr_container_image().unwrap().repository_name().to_owned()
    };
    assert!(sorted(SortField::EcrImageRepositoryName, SortOrder::Asc).await.is_sorted_by_key(repository));
}

#[tokio::test]
async fn invalid_requests_are_rejected() {
    let cloud = Cloud::start().await;
    let list = || cloud.inspector.list_findings();
    for size in [0, 101] {
        assert_eq!(code(list().max_results(size).send().await), "ValidationException");
    }
    let refused = [
        any().severity(filter(StringComparison::from("LIKE"), "HIGH")),
        any().severity(equals("")),
        any().title(equals(&"t".repeat(1025))),
        any().set_severity(Some(vec![])),
        any().set_severity(Some(vec![equals("HIGH"); 11])),
        any().vulnerable_packages(PackageFilter::builder().name(filter(StringComparison::from("LIKE"), "x")).build()),
    ];
    for criteria in refused {
        assert_eq!(code(list().filter_criteria(criteria.build()).send().await), "ValidationException");
    }
    let order = SortCriteria::builder().field(SortField::from("MOON")).sort_order(SortOrder::Asc).build().unwrap();
    assert_eq!(code(list().sort_criteria(order).send().await), "ValidationException");
    assert_eq!(code(list().next_token("made-up").send().await), "ValidationException");
    let many = vec!["arn:aws:x".to_owned(); 11];
    let details = cloud.inspector.batch_get_finding_details().set_finding_arns(Some(many)).send().await;
    assert_eq!(code(details), "ValidationException");
    let none = list().send().await.unwrap();
    assert!(none.findings().is_empty() && none.next_token().is_none());
}

#[tokio::test]
async fn each_arn_has_details_or_an_error() {
    let cloud = scanned().await;
    let matches = findings(&cloud, any().vulnerability_id(equals("CVE-2021-44228"))).await;
    let unknown = "arn:aws:inspector2:ap-northeast-2:123456789012:finding/00000000000000000000000000000000";
    let answer = cloud
        .inspector
        .batch_get_finding_details()
        .finding_arns(matches[0].finding_arn())
        .finding_arns(unknown)
        .finding_arns("nonsense")
        .send()
        .await
        .unwrap();
    let [details] = answer.finding_details() else { panic!("{answer:?}") };
    assert_eq!(details.finding_arn(), Some(matches[0].finding_arn()));
    assert!(details.cwes().iter().any(|cwe| cwe == "CWE-502"), "{details:?}");
    assert!(details.epss_score().unwrap() > 0.9);
    // 2021-12-10, when CISA added it to its catalogue.
    assert_eq!(details.cisa_data().unwrap().date_added().unwrap().secs(), 1_639_094_400);
    let codes: Vec<_> = answer.errors().iter().map(|error| error.error_code().clone()).collect();
    assert_eq!(codes, [FindingDetailsErrorCode::FindingDetailsNotFound, FindingDetailsErrorCode::InvalidInput]);
}
