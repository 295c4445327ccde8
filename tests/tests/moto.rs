//! The lab's calls to ECR, against moto: an AWS that this project did not write.
//!
//! Moto has no registry, so nothing can be pushed; it has no coverage of Inspector, and its calls fail if no account is named, which is
//! why [`name_account`] adds the name; it derives a repository's scan frequency by rules of its own, of which the last wins; and it scans
//! no images. So the lab is run up to step 3 here, and undone.

use std::sync::Arc;

use aws_sdk_ecr::types::{ScanFrequency, ScanType, Tag};
use aws_sdk_inspector2::types::ResourceScanType;
use lab::{
    Access, AwsAccess, CheckStatus, ConsentPolicy, EngineAccess, EngineKind, Lab, Mode, Pace, Plan, Run, StepId,
};
use testbed::{
    aws::{scanning_rule, sdk_config},
    http_client::http_client,
    registry_server::LoopbackServer,
};
use tokio_util::sync::CancellationToken;
use whole_lab_tests::{Part, Stack};

const REGION: &str = "eu-west-1";
const ACCOUNT: &str = "123456789012";
const ACCESS_KEY: &str = "AKIAEXAMPLE";
const SECRET_KEY: &str = "secret";

async fn run_step(run: &Run, step: StepId) {
    run.run(step, Arc::new(()), CancellationToken::new()).await.unwrap_or_else(|error| panic!("{step:?}: {error:?}"));
}

async fn undo_step(run: &Run, step: StepId) {
    run.undo(step, Arc::new(()), CancellationToken::new()).await.unwrap_or_else(|error| panic!("{step:?}: {error:?}"));
}

/// A proxy for moto that adds the caller's account to calls of Inspector.
async fn name_account(moto: String) -> LoopbackServer {
    let app = axum::Router::new().fallback(move |request: axum::extract::Request| {
        let moto = moto.clone();
        async move { forward(&moto, request).await }
    });
    LoopbackServer::start(app).await
}

async fn forward(moto: &str, request: axum::extract::Request) -> axum::response::Response {
    let (parts, body) = request.into_parts();
    let mut body = axum::body::to_bytes(body, 1 << 20).await.expect("requests are small");
    let path = parts.uri.path_and_query().map_or("/", |path| path.as_str());
    let mut headers = parts.headers;
    if ["/enable", "/disable", "/status/batch/get"].contains(&path) {
        let mut input: serde_json::Value = serde_json::from_slice(&body).unwrap_or_else(|_| serde_json::json!({}));
        input["accountIds"] = serde_json::json!([ACCOUNT]);
        body = input.to_string().into();
        headers.remove("content-length");
    }
    let response =
        http_client().request(parts.method, format!("{moto}{path}")).headers(headers).body(body).send().await;
    let upstream = response.expect("moto responds");
    let mut response = axum::response::Response::builder().status(upstream.status());
    for name in ["content-type", "x-amzn-requestid", "x-amzn-errortype"] {
        if let Some(value) = upstream.headers().get(name) {
            response = response.header(name, value);
        }
    }
    let body = upstream.bytes().await.expect("the response is complete");
    response.body(body.into()).expect("a received response can be sent on")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn scanning_and_repositories_are_configured_and_undone_on_moto() {
    let Some(stack) = Stack::up(Part::Moto) else { return };
    let proxy = name_account(stack.get("MOTO").to_owned()).await;
    let url = format!("http://{}", proxy.addr());
    let ecr = aws_sdk_ecr::Client::new(&sdk_config(&url, (ACCESS_KEY, SECRET_KEY), REGION));
    let rule = scanning_rule(ScanFrequency::ScanOnPush, &["team-*"]);
    let put = ecr.put_registry_scanning_configuration().scan_type(ScanType::Enhanced).rules(rule);
    put.send().await.expect("moto accepts it");
    let tag = Tag::builder().key("team").value("web").build().expect("it is complete");
    ecr.create_repository().repository_name("eks-security-shared").tags(tag).send().await.expect("moto accepts it");
    let before = ecr.get_registry_scanning_configuration().send().await.expect("moto responds");
    // Moto reports a status only once there was a change.
    let inspector = aws_sdk_inspector2::Client::new(&sdk_config(&url, (ACCESS_KEY, SECRET_KEY), REGION));
    inspector.enable().resource_types(ResourceScanType::Ecr).send().await.expect("moto accepts it");
    inspector.disable().resource_types(ResourceScanType::Ecr).send().await.expect("moto accepts it");

    let folder = testbed::temp_dir::temp_dir();
    let lab = Lab::open(folder.path()).await.expect("a new folder opens");
    let access = Access {
        mode: Mode::Practice,
        aws: AwsAccess::Endpoint {
            url,
            region: REGION.to_owned(),
            access_key: ACCESS_KEY.to_owned(),
            secret_key: SECRET_KEY.to_owned(),
        },
        // No step of this test uses an engine.
        engine: EngineAccess { kind: EngineKind::Builtin, host: "tcp://127.0.0.1:1".to_owned(), tls: None },
        public_registry: None,
        consent: ConsentPolicy::NotNeeded,
        findings_origin: lab::FindingsOrigin::Named("practice".to_owned()),
        pace: Pace::INSTANT,
    };
    let run = lab.start(Plan::default(), access, &lab::RunOptions::default()).await.expect("a run can be started");

    run_step(&run, StepId::Scanning).await;
    let now = ecr.get_registry_scanning_configuration().send().await.expect("moto responds");
    let now = now.scanning_configuration().expect("there is one");
    let rules = now.rules().iter().map(|rule| (rule.scan_frequency(), rule.repository_filters()[0].filter()));
    let kept = (&ScanFrequency::ScanOnPush, "team-*");
    assert_eq!(rules.collect::<Vec<_>>(), [(&ScanFrequency::ContinuousScan, "prod"), kept]);
    let configured = run.check(StepId::Scanning).await.expect("the session can be written");
    assert!(configured.iter().any(|check| check.outcome == CheckStatus::Met), "{configured:?}");

    run_step(&run, StepId::Repositories).await;
    for check in run.check(StepId::Repositories).await.expect("the session can be written") {
        assert_eq!(check.outcome, CheckStatus::Met, "{check:?}");
    }
    let names = || async {
        let response = ecr.describe_repositories().send().await.expect("moto responds");
        let mut names: Vec<_> =
            response.repositories().iter().filter_map(|it| it.repository_name().map(str::to_owned)).collect();
        names.sort();
        names
    };
    assert_eq!(names().await, ["eks-security-prod", "eks-security-sandbox", "eks-security-shared"]);

    undo_step(&run, StepId::Repositories).await;
    // The record of what the registry was stays while its configuration is the run's.
    assert_eq!(names().await, ["eks-security-sandbox", "eks-security-shared"]);
    undo_step(&run, StepId::Scanning).await;
    assert_eq!(names().await, ["eks-security-shared"], "the preexisting repository is kept");
    let after = ecr.get_registry_scanning_configuration().send().await.expect("moto responds");
    assert_eq!(after.scanning_configuration(), before.scanning_configuration());
}
