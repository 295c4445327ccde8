//! Criteria that Inspector does not have, or that the practice cloud cannot apply: one that is ignored would select everything.
//! And members that this SDK does not know yet.

use std::sync::Arc;

use aws_sdk_inspector2::{
    config::{
        ConfigBag, Intercept, RuntimeComponents, http::HttpRequest,
        interceptors::AfterDeserializationInterceptorContextRef,
    },
    error::BoxError,
    types::AggregationType,
};
use aws_smithy_types::{body::SdkBody, error::metadata::ProvideErrorMetadata};
use parking_lot::Mutex;
use serde_json::{Value, json};

use crate::{
    inspector_findings::{any, equals, findings, scanned},
    support::{Cloud, code},
};

/// Replaces the body of a request before it is signed: this SDK cannot send every member.
fn with_body(body: &Value) -> impl Fn(&mut HttpRequest) + Send + Sync + 'static {
    let body = body.to_string();
    move |request| {
        *request.body_mut() = SdkBody::from(body.as_str());
        request.headers_mut().remove("content-length");
    }
}

/// The code and the message of `ListFindings` with these criteria.
async fn listed(cloud: &Cloud, criteria: Value) -> (String, String) {
    let body = json!({ "filterCriteria": criteria });
    let refused =
        cloud.inspector.list_findings().customize().mutate_request(with_body(&body)).send().await.unwrap_err();
    (refused.code().unwrap().to_owned(), refused.message().unwrap().to_owned())
}

fn text(value: &str) -> Value {
    json!({ "comparison": "EQUALS", "value": value })
}

#[tokio::test]
async fn a_criterion_that_cannot_be_applied_is_refused_by_name() {
    let cloud = Cloud::start().await;
    let package = |filter: Value| json!({ "vulnerablePackages": [filter] });
    for (criteria, name) in [
        (
            package(json!({ "purlQualifier": { "comparison": "EQUALS", "key": "distro", "value": "debian-11" } })),
            "purlQualifier",
        ),
        (package(json!({ "purlQualifier": { "comparison": "EQUALS", "key": "colour" } })), "purlQualifier.key"),
        (package(json!({ "purlQualifier": { "comparison": "PREFIX", "key": "arch" } })), "purlQualifier.comparison"),
        (package(json!({ "runtimeReachability": text("REACHABLE") })), "vulnerablePackages.runtimeReachability"),
        (package(json!({ "runtimeReachability": text("SOMETIMES") })), "runtimeReachability.value"),
        (
            package(json!({ "runtimeReachabilityReason": text("PROCESS_OBSERVED_IN_EC2_RUNTIME") })),
            "vulnerablePackages.runtimeReachabilityReason",
        ),
        (
            package(json!({ "runtimeReachabilityReason": { "comparison": "EQUALS" } })),
            "runtimeReachabilityReason.value",
        ),
        (package(json!({ "purl": text("pkg:deb/debian/openssl") })), "purl"),
        (json!({ "moonPhase": [text("FULL")] }), "moonPhase"),
        (json!({ "severity": [{ "comparison": "EQUALS", "value": "HIGH", "ignoreCase": true }] }), "ignoreCase"),
        (json!({ "portRange": [{ "beginInclusive": 70_000 }] }), "portRange"),
        (json!({ "lambdaFunctionName": [{ "comparison": "LIKE", "value": "a" }] }), "lambdaFunctionName"),
        (json!({ "resourceTags": [{ "comparison": "EQUALS" }] }), "resourceTags"),
    ] {
        let (code, message) = listed(&cloud, criteria.clone()).await;
        assert_eq!(code, "ValidationException", "{criteria}");
        assert!(message.contains(name), "{criteria}: {message}");
    }
}

#[tokio::test]
async fn criteria_of_other_resources_are_accepted_and_select_no_image() {
    let cloud = scanned().await;
    for criteria in [
        json!({ "portRange": [{ "beginInclusive": 1, "endInclusive": 1024 }] }),
        json!({ "lambdaFunctionLastModifiedAt": [{ "startInclusive": 0 }] }),
        json!({ "cloudImageInUseCount": [{ "lowerInclusive": 0 }] }),
        json!({ "resourceTags": [{ "comparison": "EQUALS", "key": "team", "value": "a" }] }),
        json!({ "vulnerablePackages": [{ "sourceLambdaLayerArn": text("arn:aws:lambda:x") }] }),
    ] {
        let body = json!({ "filterCriteria": criteria });
        let listed = cloud.inspector.list_findings().customize().mutate_request(with_body(&body)).send().await.unwrap();
        assert!(listed.findings().is_empty(), "{body}");
    }
    let nothing = json!({ "filterCriteria": { "portRange": null }, "nextToken": null });
    let listed = cloud.inspector.list_findings().customize().mutate_request(with_body(&nothing)).send().await.unwrap();
    assert_eq!(listed.findings().len(), 25, "a null criterion is none");
}

#[tokio::test]
async fn coverage_and_aggregations_refuse_unknown_criteria_too() {
    let cloud = scanned().await;
    let coverage = async |criteria: Value| {
        let body = json!({ "filterCriteria": criteria });
        cloud.inspector.list_coverage().customize().mutate_request(with_body(&body)).send().await
    };
    assert_eq!(code(coverage(json!({ "moonPhase": [text("FULL")] })).await), "ValidationException");
    assert_eq!(code(coverage(json!({ "ec2InstanceTags": [{ "comparison": "EQUALS" }] })).await), "ValidationException");
    let functions = coverage(json!({ "lambdaFunctionName": [text("a")] })).await.unwrap();
    assert!(functions.covered_resources().is_empty());
    assert!(!coverage(json!({})).await.unwrap().covered_resources().is_empty());

    let aggregated = async |request: Value| {
        let body = json!({ "aggregationType": "REPOSITORY", "aggregationRequest": request });
        let list = cloud.inspector.list_finding_aggregations().aggregation_type(AggregationType::Repository);
        list.customize().mutate_request(with_body(&body)).send().await
    };
    let of_package = json!({ "repositoryAggregation": { "packageNames": [text("openssl")] } });
    let refused = aggregated(of_package).await.unwrap_err();
    assert_eq!(refused.code(), Some("ValidationException"));
    assert!(refused.message().unwrap().contains("aggregationRequest.repositoryAggregation.packageNames"));
    let allowed = aggregated(json!({ "repositoryAggregation": { "repositories": [text("prod-a")] } })).await.unwrap();
    assert_eq!(allowed.responses().len(), 1);
}

#[tokio::test]
async fn an_unknown_member_beside_the_criteria_is_refused() {
    let cloud = Cloud::start().await;
    let body = json!({ "filterCriterias": { "severity": [text("HIGH")] } });
    let refused =
        cloud.inspector.list_findings().customize().mutate_request(with_body(&body)).send().await.unwrap_err();
    assert_eq!(refused.code(), Some("ValidationException"));
    assert!(refused.message().unwrap().contains("filterCriterias"));
}

/// Keeps the body of the response.
#[derive(Clone, Debug, Default)]
struct ResponseBody(Arc<Mutex<Vec<u8>>>);

impl Intercept for ResponseBody {
    fn name(&self) -> &'static str {
        "ResponseBody"
    }

    fn read_after_deserialization(
        &self,
        context: &AfterDeserializationInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        *self.0.lock() = context.response().body().bytes().unwrap_or_default().to_vec();
        Ok(())
    }
}

#[tokio::test]
async fn what_is_not_known_of_a_package_is_null() {
    let cloud = scanned().await;
    let body = ResponseBody::default();
    let criteria = any().vulnerability_id(equals("CVE-2021-44228")).build();
    let list = cloud.inspector.list_findings().filter_criteria(criteria).customize();
    list.interceptor(body.clone()).send().await.unwrap();
    let sent: Value = serde_json::from_slice(&body.0.lock()).unwrap();
    let package = sent["findings"][0]["packageVulnerabilityDetails"]["vulnerablePackages"][0].as_object().unwrap();
    for member in ["purl", "runtimeReachability", "runtimeReachabilityReason"] {
        assert_eq!(package.get(member), Some(&Value::Null), "{member}");
    }
}

#[tokio::test]
async fn a_system_past_its_end_of_life_has_inspectors_title_and_id() {
    let cloud = scanned().await;
    let of_image = any().vulnerability_id(equals("IN-DISCONTINUED-001")).ecr_image_repository_name(equals("prod-a"));
    let matches = findings(&cloud, of_image).await;
    let [finding] = &matches[..] else { panic!("{matches:?}") };
    assert_eq!((finding.title(), finding.severity().as_str()), (Some("Platform End Of Life"), "CRITICAL"));
    let details = finding.package_vulnerability_details().unwrap();
    assert_eq!(details.vulnerability_id(), "IN-DISCONTINUED-001");
    assert!(!details.source().is_empty() && details.vulnerable_packages().is_empty());
    assert!(finding.description().contains("Debian 11"), "{}", finding.description());
    // ECR reports the same finding.
    let id = aws_sdk_ecr::types::ImageIdentifier::builder().image_tag("latest").build();
    let ecr = cloud.ecr.describe_image_scan_findings().repository_name("prod-a").image_id(id).send().await.unwrap();
    let same = ecr.image_scan_findings().unwrap().enhanced_findings();
    let same = same.iter().find(|other| other.finding_arn() == Some(finding.finding_arn())).unwrap();
    assert_eq!(same.title(), Some("Platform End Of Life"));
    assert_eq!(same.package_vulnerability_details().unwrap().vulnerability_id(), Some("IN-DISCONTINUED-001"));
}
