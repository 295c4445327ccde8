//! The commands of the lab, run with both versions of the AWS CLI against the practice cloud.

use practice::Policy;
use serde_json::{Value, json};

use crate::{
    shell::Shell,
    support::{Cloud, Image},
};

const RULES: &str =
    r#"'[{"repositoryFilters":[{"filter":"prod","filterType":"WILDCARD"}],"scanFrequency":"CONTINUOUS_SCAN"}]'"#;
const PROD_FILTER: &str = r#"'{"ecrImageRepositoryName":[{"comparison":"EQUALS","value":"eks-security-prod"}]}'"#;

fn names(list: &Value, member: &str) -> Vec<String> {
    list.as_array().unwrap().iter().map(|item| item[member].as_str().unwrap().to_owned()).collect()
}

/// Configures, creates, logs in, reads the results and cleans up.
async fn lesson(cloud: &Cloud, shell: &Shell) {
    configure(shell).await;
    create(cloud, shell).await;
    log_in(cloud, shell).await;
    let digest = cloud.push("eks-security-prod", "latest", &Image::vulnerable()).await;
    cloud.push("eks-security-sandbox", "latest", &Image::vulnerable()).await;
    cloud.practice.scanner_idle().await;
    read_images(shell, &digest).await;
    read_findings(cloud, shell).await;
    read_coverage(shell).await;
    clean_up(shell).await;
}

async fn configure(shell: &Shell) {
    let identity = shell.json("aws sts get-caller-identity").await;
    assert_eq!(identity["Arn"], "arn:aws:iam::123456789012:user/practice");
    assert_eq!(shell.text("aws sts get-caller-identity --query Account --output text").await, "123456789012\n");
    let before = shell.json("aws ecr get-registry-scanning-configuration").await;
    assert_eq!(before["scanningConfiguration"], json!({ "scanType": "BASIC", "rules": [] }));
    let put = format!("aws ecr put-registry-scanning-configuration --scan-type ENHANCED --rules {RULES}");
    let filter = json!({ "filter": "prod", "filterType": "WILDCARD" });
    let rule = json!({ "scanFrequency": "CONTINUOUS_SCAN", "repositoryFilters": [filter] });
    let current = json!({ "scanType": "ENHANCED", "rules": [rule] });
    assert_eq!(shell.json(&put).await, json!({ "registryScanningConfiguration": current }));
    let after = shell.json("aws ecr get-registry-scanning-configuration").await;
    assert_eq!(after, json!({ "registryId": "123456789012", "scanningConfiguration": current }));
    let status = shell.json("aws inspector2 batch-get-account-status").await;
    assert_eq!(status["accounts"][0]["resourceState"]["ecr"]["status"], "ENABLED");
}

async fn create(cloud: &Cloud, shell: &Shell) {
    for name in ["prod", "sandbox", "shared"] {
        let line = format!("aws ecr create-repository --repository-name eks-security-{name} --tags Key=run,Value=1");
        let uri = format!("{}/eks-security-{name}", cloud.practice.registry_addr());
        assert_eq!(shell.json(&line).await["repository"]["repositoryUri"], uri);
    }
    let again = shell.refused("aws ecr create-repository --repository-name eks-security-prod").await;
    assert!(again.contains("An error occurred (RepositoryAlreadyExistsException) when calling the CreateRepository"));
    let names = "--repository-names eks-security-prod eks-security-sandbox nowhere";
    let got = shell.json(&format!("aws ecr batch-get-repository-scanning-configuration {names}")).await;
    let frequencies = self::names(&got["scanningConfigurations"], "scanFrequency");
    assert_eq!(frequencies, ["CONTINUOUS_SCAN", "MANUAL"]);
    assert_eq!(got["failures"][0]["failureCode"], "REPOSITORY_NOT_FOUND");
}

async fn log_in(cloud: &Cloud, shell: &Shell) {
    let password = shell.text("aws ecr get-login-password").await;
    let ping = cloud.http.get(format!("{}/v2/", cloud.practice.endpoint()));
    let answer = ping.basic_auth("AWS", Some(password.trim_end())).send().await.unwrap();
    assert_eq!(answer.status(), reqwest::StatusCode::OK);
}

async fn read_images(shell: &Shell, digest: &str) {
    let images = shell.json("aws ecr describe-images --repository-name eks-security-prod --image-ids imageTag=latest");
    let images = images.await;
    assert_eq!(images["imageDetails"][0]["imageDigest"], digest);
    let list = "aws ecr list-images --repository-name eks-security-sandbox --query 'imageIds[0].imageDigest'";
    assert_eq!(shell.json(list).await, digest);
    let missing =
        shell.refused("aws ecr describe-images --repository-name eks-security-shared --image-ids imageTag=no");
    assert!(missing.await.contains("(ImageNotFoundException)"));
}

async fn read_findings(cloud: &Cloud, shell: &Shell) {
    let describe = |name: &str| {
        format!("aws ecr describe-image-scan-findings --repository-name eks-security-{name} --image-id imageTag=latest")
    };
    let scan = shell.json(&describe("prod")).await;
    assert_eq!(scan["imageScanStatus"]["status"], "ACTIVE");
    let findings = scan["imageScanFindings"]["enhancedFindings"].as_array().unwrap();
    let titles = names(&scan["imageScanFindings"]["enhancedFindings"], "title");
    assert!(titles.iter().any(|title| title.starts_with("CVE-2021-44228 - ")), "{titles:?}");
    let refused = shell.refused(&describe("sandbox")).await;
    assert!(refused.contains("(ScanNotFoundException)"), "{refused}");

    let listed = shell.json(&format!("aws inspector2 list-findings --filter-criteria {PROD_FILTER}")).await;
    assert_eq!(listed["findings"].as_array().unwrap().len(), findings.len());
    assert!(listed.get("nextToken").is_none_or(Value::is_null));
    let all = cloud.inspector.list_findings().into_paginator().items().send().collect::<Result<Vec<_>, _>>().await;
    assert_eq!(all.unwrap().len(), findings.len());
    let aggregations = shell.json("aws inspector2 list-finding-aggregations --aggregation-type REPOSITORY").await;
    let repository = &aggregations["responses"][0]["repositoryAggregation"];
    assert_eq!(repository["repository"], "eks-security-prod");
    assert_eq!(repository["severityCounts"]["all"], findings.len());
}

async fn read_coverage(shell: &Shell) {
    let filter = r#"'{"ecrRepositoryName":[{"comparison":"EQUALS","value":"eks-security-sandbox"}]}'"#;
    let line = format!("aws inspector2 list-coverage --filter-criteria {filter}");
    let reasons = shell.json(&format!("{line} --query 'coveredResources[].scanStatus.reason'")).await;
    assert_eq!(reasons, json!(["SCAN_FREQUENCY_MANUAL", "SCAN_FREQUENCY_MANUAL"]));
    let statistics = shell.json("aws inspector2 list-coverage-statistics --group-by RESOURCE_TYPE").await;
    assert_eq!(statistics["totalCounts"], 5);
    assert_eq!(names(&statistics["countsByGroup"], "groupKey"), ["AWS_ECR_CONTAINER_IMAGE", "AWS_ECR_REPOSITORY"]);
}

async fn clean_up(shell: &Shell) {
    let full = shell.refused("aws ecr delete-repository --repository-name eks-security-prod").await;
    assert!(full.contains("(RepositoryNotEmptyException)"), "{full}");
    let delete = "aws ecr batch-delete-image --repository-name eks-security-sandbox --image-ids imageTag=latest";
    assert_eq!(shell.json(delete).await["imageIds"][0]["imageTag"], "latest");
    for name in ["prod", "sandbox", "shared"] {
        let line = format!("aws ecr delete-repository --repository-name eks-security-{name} --force");
        assert_eq!(shell.json(&line).await["repository"]["repositoryName"], format!("eks-security-{name}"));
    }
    let restore = "aws ecr put-registry-scanning-configuration --scan-type BASIC --rules '[]'";
    assert_eq!(shell.json(restore).await["registryScanningConfiguration"]["scanType"], "BASIC");
    assert_eq!(shell.json("aws ecr describe-repositories").await, json!({ "repositories": [] }));
}

/// Lists are complete with any page size; with a limit, there is a token for the rest.
async fn paging(cloud: &Cloud, shell: &Shell) {
    let expected: Vec<_> = (0..7).map(|n| format!("repo-{n}")).collect();
    for name in &expected {
        cloud.create(name).await;
    }
    let all = shell.json("aws ecr describe-repositories --page-size 3").await;
    assert_eq!(names(&all["repositories"], "repositoryName"), expected);
    let some = shell.json("aws ecr describe-repositories --page-size 3 --max-items 5").await;
    let token = some["NextToken"].as_str().unwrap();
    let rest = shell.json(&format!("aws ecr describe-repositories --starting-token {token}")).await;
    let both = [&some, &rest].map(|part| names(&part["repositories"], "repositoryName")).concat();
    assert_eq!(both, expected);
    let permissions = shell.json("aws inspector2 list-account-permissions --page-size 5").await;
    assert_eq!(permissions["permissions"].as_array().unwrap().len(), 12);
}

/// Errors are reported as AWS reports them.
async fn errors(cloud: &Cloud, shell: &Shell) {
    let call = "aws ecr describe-registry";
    let wrong = shell.refused(&format!("AWS_SECRET_ACCESS_KEY=guessed {call}")).await;
    assert!(wrong.contains("(InvalidSignatureException) when calling the DescribeRegistry operation"), "{wrong}");
    let unknown = shell.refused(&format!("AWS_ACCESS_KEY_ID=AKIAUNKNOWN {call}")).await;
    assert!(unknown.contains("(UnrecognizedClientException)"), "{unknown}");
    let elsewhere = shell.refused(&format!("{call} --region eu-west-1")).await;
    assert!(elsewhere.contains("ap-northeast-2") && elsewhere.contains("eu-west-1"), "{elsewhere}");
    for (fault, line, code) in [
        ("ecr:DescribeRegistry=throttle", call, "(ThrottlingException)"),
        ("ecr:DescribeRegistry=access-denied", call, "(AccessDeniedException)"),
        ("inspector2:ListCoverage=expired-credentials", "aws inspector2 list-coverage", "(ExpiredTokenException)"),
        ("sts:*=invalid-credentials", "aws sts get-caller-identity", "(InvalidClientTokenId)"),
    ] {
        cloud.practice.faults().add(fault.parse().unwrap());
        let refused = shell.refused(&format!("AWS_MAX_ATTEMPTS=1 {line}")).await;
        assert!(refused.contains(code), "{fault}: {refused}");
        cloud.practice.faults().clear();
    }
}

/// The command prints the status of a scan without a result, for which it needs the member of the findings.
async fn status_of_a_failed_scan(cloud: &Cloud, shell: &Shell) {
    cloud.watch("prod").await;
    cloud.create("prod").await;
    cloud.push("prod", "scratch", &Image::plain(1)).await;
    cloud.push("prod", "broken", &Image::of_layer(b"no archive")).await;
    cloud.practice.scanner_idle().await;
    for (tag, status) in [("scratch", "UNSUPPORTED_IMAGE"), ("broken", "FAILED")] {
        let line = format!("aws ecr describe-image-scan-findings --repository-name prod --image-id imageTag={tag}");
        let text = shell.text(&format!("{line} --query imageScanStatus.status --output text")).await;
        assert_eq!(text.lines().next(), Some(status), "{text}");
        assert_eq!(shell.json(&line).await["imageScanStatus"]["status"], status);
    }
}

/// A token of the public registry is a password for it; a stale or made-up one is refused there.
async fn public_token(cloud: &Cloud, shell: &Shell) {
    let line = "aws ecr-public get-authorization-token --region us-east-1";
    let data = shell.json(line).await["authorizationData"].clone();
    assert!(data["expiresAt"].is_string() || data["expiresAt"].is_number(), "{data}");
    let password = shell.text("aws ecr-public get-login-password --region us-east-1").await;
    let token = async |password: &str| {
        let request = cloud.http.get(format!("http://{}/token/", cloud.practice.public_addr()));
        request.basic_auth("AWS", Some(password)).send().await.unwrap().status().as_u16()
    };
    assert_eq!((token(password.trim()).await, token("made-up").await), (200, 401));
    let absent = shell.refused("aws ecr-public describe-registries --region us-east-1").await;
    assert!(absent.contains("DescribeRegistries"), "{absent}");
    let denied = Policy::try_from(
        json!({ "Statement": { "Effect": "Deny", "Action": "sts:GetServiceBearerToken", "Resource": "*" } }),
    );
    cloud.practice.permissions().change(|settings| settings.user = Some(denied.unwrap()));
    assert!(shell.refused(line).await.contains("(AccessDeniedException)"));
}

/// Runs a test with version 1 of the AWS CLI.
async fn with_aws_1(test: impl AsyncFnOnce(&Cloud, &Shell)) {
    let cloud = Cloud::start().await;
    if let Some(shell) = Shell::aws_1(&cloud) {
        test(&cloud, &shell).await;
    }
}

/// Runs a test with version 2 of the AWS CLI.
async fn with_aws_2(test: impl AsyncFnOnce(&Cloud, &Shell)) {
    let cloud = Cloud::start().await;
    if let Some(shell) = Shell::aws_2(&cloud) {
        test(&cloud, &shell).await;
    }
}

#[tokio::test]
async fn the_lesson_runs_with_aws_cli_1() {
    with_aws_1(lesson).await;
}

#[tokio::test]
async fn the_lesson_runs_with_aws_cli_2() {
    with_aws_2(lesson).await;
}

#[tokio::test]
async fn aws_cli_1_lists_everything() {
    with_aws_1(paging).await;
}

#[tokio::test]
async fn aws_cli_2_lists_everything() {
    with_aws_2(paging).await;
}

#[tokio::test]
async fn aws_cli_1_reports_errors() {
    with_aws_1(errors).await;
}

#[tokio::test]
async fn aws_cli_2_reports_errors() {
    with_aws_2(errors).await;
}

#[tokio::test]
async fn aws_cli_1_gets_a_public_token() {
    with_aws_1(public_token).await;
}

#[tokio::test]
async fn aws_cli_2_gets_a_public_token() {
    with_aws_2(public_token).await;
}

#[tokio::test]
async fn aws_cli_1_prints_a_failed_scan() {
    with_aws_1(status_of_a_failed_scan).await;
}

#[tokio::test]
async fn aws_cli_2_prints_a_failed_scan() {
    with_aws_2(status_of_a_failed_scan).await;
}
