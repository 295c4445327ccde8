//! Operations that the practice cloud does not have, through the SDK, as signed requests of other services, and with the AWS
//! CLI: each client reads the same sentence in the format of its own protocol.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use aws_sdk_ecr::{config::retry::RetryConfig, error::SdkError};
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use practice::DEFAULT_REGION;
use reqwest::{Method, RequestBuilder, StatusCode};

use crate::{
    shell::Shell,
    support::{Cloud, sdk},
};

fn sentence(operation: &str, service: &str) -> String {
    format!(
        "The practice cloud does not have the operation {operation} of {service}. It has a part of ECR, Inspector, IAM and STS."
    )
}

/// Asserts that a call of the SDK was refused as absent.
fn assert_absent<T, E>(
    outcome: Result<T, SdkError<E, aws_sdk_ecr::config::http::HttpResponse>>,
    operation: &str,
    service: &str,
) where
    T: std::fmt::Debug,
    E: ProvideErrorMetadata + std::fmt::Debug,
    SdkError<E, aws_sdk_ecr::config::http::HttpResponse>: ProvideErrorMetadata,
{
    let refused = outcome.unwrap_err();
    assert_eq!(refused.raw_response().unwrap().status().as_u16(), 501, "{operation}");
    assert_eq!(refused.code(), Some("NotImplemented"), "{operation}");
    assert_eq!(refused.message(), Some(&*sentence(operation, service)));
}

#[tokio::test]
async fn the_sdk_reads_which_operation_is_absent() {
    let cloud = Cloud::start().await;
    let template =
        cloud.ecr.create_repository_creation_template().prefix("a").applied_for("REPLICATION".into()).send().await;
    assert_absent(template, "CreateRepositoryCreationTemplate", "ecr");
    assert_absent(cloud.inspector.list_members().send().await, "ListMembers", "inspector2");
    let key = cloud.inspector.get_encryption_key().scan_type("PACKAGE".into()).resource_type("CODE_REPOSITORY".into());
    assert_absent(key.send().await, "GetEncryptionKey", "inspector2");
    assert_absent(cloud.iam.list_users().send().await, "ListUsers", "iam");
    assert_absent(cloud.sts.get_federation_token().name("a").send().await, "GetFederationToken", "sts");
}

#[tokio::test]
async fn reports_and_exports_are_absent() {
    let cloud = Cloud::start().await;
    let inspector = &cloud.inspector;
    let bucket =
        || aws_sdk_inspector2::types::Destination::builder().bucket_name("b").kms_key_arn("k").build().unwrap();
    let absent = "inspector2";
    let report = inspector.create_findings_report().report_format("CSV".into()).s3_destination(bucket());
    assert_absent(report.send().await, "CreateFindingsReport", absent);
    assert_absent(
        inspector.get_findings_report_status().report_id("r").send().await,
        "GetFindingsReportStatus",
        absent,
    );
    assert_absent(inspector.cancel_findings_report().report_id("r").send().await, "CancelFindingsReport", absent);
    let export = inspector.create_sbom_export().report_format("SPDX_2_3".into()).s3_destination(bucket());
    assert_absent(export.send().await, "CreateSbomExport", absent);
    assert_absent(inspector.get_sbom_export().report_id("r").send().await, "GetSbomExport", absent);
    assert_absent(inspector.cancel_sbom_export().report_id("r").send().await, "CancelSbomExport", absent);
}

#[tokio::test]
async fn no_sdk_retries_an_absent_operation_or_is_denied_it_first() {
    let cloud = Cloud::start().await;
    cloud.practice.permissions().change(|settings| settings.user = Some(r#"{"Statement":[]}"#.parse().unwrap()));
    let (access_key, _) = cloud.practice.credentials();
    let wrong = sdk(&cloud.practice, &(access_key, "guessed".to_owned()), "eu-west-1");
    let with_retries =
        |config: aws_config::SdkConfig| config.into_builder().retry_config(RetryConfig::standard()).build();
    for config in [sdk(&cloud.practice, &cloud.practice.credentials(), DEFAULT_REGION), wrong] {
        let requests = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&requests);
        let inspector = aws_sdk_inspector2::Client::new(&with_retries(config));
        let call = inspector.list_members().customize().mutate_request(move |_| {
            count.fetch_add(1, Ordering::Relaxed);
        });
        assert_absent(call.send().await, "ListMembers", "inspector2");
        assert_eq!(requests.load(Ordering::Relaxed), 1);
    }
}

/// A request that is signed for a service; the signature itself is not verified.
fn signed(cloud: &Cloud, service: &str, method: Method, path: &str) -> RequestBuilder {
    let (access_key, _) = cloud.practice.credentials();
    let scope = format!("{access_key}/20261130/us-east-1/{service}/aws4_request");
    cloud
        .http
        .request(method, format!("{}{path}", cloud.practice.endpoint()))
        .header("x-amz-date", "20261130T000000Z")
        .header("authorization", format!("AWS4-HMAC-SHA256 Credential={scope}, SignedHeaders=host, Signature=00"))
}

async fn refused(request: RequestBuilder, content_type: &str) -> String {
    let response = request.send().await.unwrap();
    assert_eq!(response.status(), StatusCode::NOT_IMPLEMENTED);
    assert_eq!(response.headers()["content-type"], content_type);
    assert_eq!(response.headers()["x-amzn-requestid"].len(), 36);
    String::from_utf8_lossy(&response.bytes().await.unwrap()).into_owned()
}

#[tokio::test]
async fn requests_of_other_json_services_are_refused_in_their_format() {
    let cloud = Cloud::start().await;
    let post = |service: &str, path: &str| signed(&cloud, service, Method::POST, path);
    for (service, target, operation) in [
        ("kms", "TrentService.ListKeys", "ListKeys"),
        ("ecr-public", "SpencerFrontendService.DescribeImages", "DescribeImages"),
        ("ecr", "AmazonEC2ContainerRegistry_V20150921.NoSuchOperation", "NoSuchOperation"),
        ("cloudtrail", "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.LookupEvents", "LookupEvents"),
    ] {
        let text =
            refused(post(service, "/").header("x-amz-target", target).body("{}"), "application/x-amz-json-1.1").await;
        let body: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(body, serde_json::json!({ "__type": "NotImplemented", "message": sentence(operation, service) }));
    }
    let get = |service: &str, path: &str| signed(&cloud, service, Method::GET, path);
    for (service, request, operation) in [
        ("lambda", get("lambda", "/2015-03-31/functions/"), "GET /2015-03-31/functions"),
        ("eks", get("eks", "/tags/arn%3Aaws%3Aeks"), "GET /tags/arn%3Aaws%3Aeks"),
        // The paths of the registry and of Inspector belong to other services too.
        ("apigateway", get("apigateway", "/v2/apis"), "GET /v2/apis"),
        ("macie2", post("macie2", "/findings/list"), "POST /findings/list"),
    ] {
        let text = refused(request, "application/json").await;
        let body: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(body, serde_json::json!({ "message": sentence(operation, service) }));
    }
    let metrics = post("monitoring", "/service/GraniteServiceVersion20100801/operation/ListMetrics");
    let text = refused(metrics.header("smithy-protocol", "rpc-v2-cbor").body(vec![0xa0]), "application/cbor").await;
    assert!(text.contains("f__typenNotImplemented") && text.contains(&sentence("ListMetrics", "monitoring")), "{text}");
}

#[tokio::test]
async fn requests_of_other_xml_services_are_refused_in_their_format() {
    let cloud = Cloud::start().await;
    let form = |service: &str, body: &'static str| {
        let request = signed(&cloud, service, Method::POST, "/");
        request.header("content-type", "application/x-www-form-urlencoded; charset=utf-8").body(body)
    };
    let error = |operation: &str, service: &str| {
        format!("<Code>NotImplemented</Code>\n    <Message>{}</Message>", sentence(operation, service))
    };
    let stacks = refused(form("cloudformation", "Action=ListStacks&Version=2010-05-15"), "text/xml").await;
    assert!(
        stacks.starts_with("<ErrorResponse>") && stacks.contains(&error("ListStacks", "cloudformation")),
        "{stacks}"
    );
    // The same form as one of IAM, but signed for another service; and IAM's with a version that it does not have.
    let role = refused(form("rds", "Action=GetRole&Version=2010-05-08"), "text/xml").await;
    assert!(role.contains(&error("GetRole", "rds")), "{role}");
    let other = refused(form("iam", "Action=GetRole&Version=2020-01-01"), "text/xml").await;
    assert!(other.contains(&error("GetRole", "iam")), "{other}");
    let presigned = signed(&cloud, "sts", Method::GET, "/?Action=GetCallerIdentity&Version=2011-06-15");
    let presigned = refused(presigned, "text/xml").await;
    assert!(presigned.contains(&error("GetCallerIdentity as a GET request", "sts")), "{presigned}");

    let vpcs = refused(form("ec2", "Action=DescribeVpcs&Version=2016-11-15"), "text/xml").await;
    let expected = sentence("DescribeVpcs", "ec2");
    let expected = format!("<Response><Errors><Error><Code>NotImplemented</Code><Message>{expected}</Message>");
    assert!(vpcs.contains(&expected), "{vpcs}");

    let buckets = refused(signed(&cloud, "s3", Method::GET, "/"), "application/xml").await;
    let expected = format!("<Error><Code>NotImplemented</Code><Message>{}</Message>", sentence("ListBuckets", "s3"));
    assert!(buckets.contains(&expected), "{buckets}");
    let unsigned = cloud.http.get(format!("{}/bucket?list-type=2", cloud.practice.endpoint()));
    let unsigned =
        refused(unsigned.header("user-agent", "aws-cli/1.46.3 md/Botocore#1.43.62"), "application/xml").await;
    assert!(unsigned.contains(&sentence("ListObjectsV2", "s3")), "{unsigned}");
    let token = cloud.http.post(format!("{}/token", cloud.practice.endpoint())).header("user-agent", "aws-cli/1.46.3");
    let token = refused(token.header("content-type", "application/json").body("{}"), "application/json").await;
    assert!(token.contains("POST /token"), "{token}");
    let zones = refused(signed(&cloud, "route53", Method::GET, "/2013-04-01/hostedzone"), "text/xml").await;
    assert!(zones.contains(&error("GET /2013-04-01/hostedzone", "route53")), "{zones}");
}

/// A name in a request cannot become part of the response's structure.
#[tokio::test]
async fn names_of_absent_operations_are_escaped_and_shortened() {
    let cloud = Cloud::start().await;
    let form = signed(&cloud, "ec2", Method::POST, "/").header("content-type", "application/x-www-form-urlencoded");
    let text = refused(form.body("Action=%3CCode%3E%0A%01Ok&Version=1"), "text/xml").await;
    assert!(text.contains("the operation &lt;Code&gt;Ok of ec2"), "{text}");
    let target = format!("TrentService.{}", "x".repeat(5000));
    let long = signed(&cloud, "kms", Method::POST, "/").header("x-amz-target", target).body("{}");
    assert!(refused(long, "application/x-amz-json-1.1").await.len() < 500);
}

/// The commands, and the sentence that each shows.
const COMMANDS: &[(&str, &str, &str, &str)] = &[
    ("kms list-keys", "ListKeys", "ListKeys", "kms"),
    ("ecr-public describe-repositories", "DescribeRepositories", "DescribeRepositories", "ecr-public"),
    ("inspector2 list-members", "ListMembers", "ListMembers", "inspector2"),
    ("iam list-users", "ListUsers", "ListUsers", "iam"),
    ("sts get-federation-token --name abc", "GetFederationToken", "GetFederationToken", "sts"),
    ("ec2 describe-vpcs", "DescribeVpcs", "DescribeVpcs", "ec2"),
    ("s3 ls", "ListBuckets", "ListBuckets", "s3"),
    ("s3api list-objects-v2 --bucket lab-bucket", "ListObjectsV2", "ListObjectsV2", "s3"),
    ("s3api put-object --bucket lab-bucket --key a --body file", "PutObject", "PutObject", "s3"),
    ("lambda list-functions", "ListFunctions", "GET /2015-03-31/functions", "lambda"),
    ("eks list-clusters", "ListClusters", "GET /clusters", "eks"),
    ("organizations list-accounts", "ListAccounts", "ListAccounts", "organizations"),
    ("cloudformation list-stacks", "ListStacks", "ListStacks", "cloudformation"),
    ("cloudwatch list-metrics", "ListMetrics", "ListMetrics", "monitoring"),
    ("route53 list-hosted-zones", "ListHostedZones", "GET /2013-04-01/hostedzone", "route53"),
];

/// A command of 2024. ECR's commands of the years before are all in the practice cloud.
const NEWER_COMMAND: (&str, &str, &str, &str) = (
    "ecr create-repository-creation-template --prefix a --applied-for REPLICATION",
    "CreateRepositoryCreationTemplate",
    "CreateRepositoryCreationTemplate",
    "ecr",
);

async fn shown(shell: &Shell, (command, called, operation, service): (&str, &str, &str, &str)) {
    let error = shell.refused(&format!("aws {command}")).await;
    let sentence = sentence(operation, service);
    let expected = format!("An error occurred (NotImplemented) when calling the {called} operation: {sentence}");
    // A call that was retried would say so before the colon.
    assert!(error.contains(&expected), "aws {command}: {error}");
}

async fn all_shown(shell: &Shell) {
    std::fs::write(shell.home().join("file"), "text").unwrap();
    for command in COMMANDS {
        shown(shell, *command).await;
    }
}

#[tokio::test]
async fn aws_cli_1_shows_which_operation_is_absent() {
    let cloud = Cloud::start().await;
    if let Some(shell) = Shell::aws_1(&cloud) {
        all_shown(&shell).await;
        shown(&shell, NEWER_COMMAND).await;
    }
}

#[tokio::test]
async fn aws_cli_2_shows_which_operation_is_absent() {
    let cloud = Cloud::start().await;
    if let Some(shell) = Shell::aws_2(&cloud) {
        all_shown(&shell).await;
        // A version from before the operation makes no call: Debian 12 has one of 2022.
        let refused = shell.refused(&format!("aws {}", NEWER_COMMAND.0)).await;
        if !refused.contains("argument operation: Invalid choice") {
            shown(&shell, NEWER_COMMAND).await;
        }
    }
}
