//! The lab's calls to ECR, against moto: an AWS that this project did not write.
//!
//! What moto cannot: it has no registry, so nothing can be pushed; of Inspector it has no coverage, and it fails where an account is
//! not named, which is why [`named`] names it on the way; a repository's scanning frequency is by its own matching, where the last rule wins; images are not scanned.
//! So the lab goes as far as the third step here, and back.

use std::sync::Arc;

use aws_sdk_ecr::types::{ScanFrequency, ScanType, Tag};
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

async fn go(run: &Run, step: StepId) {
    run.run(step, Arc::new(()), CancellationToken::new()).await.unwrap_or_else(|why| panic!("{step:?}: {why:?}"));
}

async fn back(run: &Run, step: StepId) {
    run.undo(step, Arc::new(()), CancellationToken::new()).await.unwrap_or_else(|why| panic!("{step:?}: {why:?}"));
}

/// A way to moto on which calls to Inspector that mean the caller's own account say so. Answers where it begins.
async fn named(moto: String) -> LoopbackServer {
    let app = axum::Router::new().fallback(move |request: axum::extract::Request| {
        let moto = moto.clone();
        async move { pass(&moto, request).await }
    });
    LoopbackServer::start(app).await
}

async fn pass(moto: &str, request: axum::extract::Request) -> axum::response::Response {
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
    let answer = http_client().request(parts.method, format!("{moto}{path}")).headers(headers).body(body).send().await;
    let answer = answer.expect("moto answers");
    let mut response = axum::response::Response::builder().status(answer.status());
    for name in ["content-type", "x-amzn-requestid", "x-amzn-errortype"] {
        if let Some(value) = answer.headers().get(name) {
            response = response.header(name, value);
        }
    }
    let body = answer.bytes().await.expect("moto's answer comes to its end");
    response.body(body.into()).expect("what was an answer is one again")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn scanning_and_repositories_are_configured_and_taken_back_on_moto() {
    let Some(stack) = Stack::up(Part::Moto) else { return };
    let proxy = named(stack.get("MOTO").to_owned()).await;
    let url = format!("http://{}", proxy.addr());
    let ecr = aws_sdk_ecr::Client::new(&sdk_config(&url, (ACCESS_KEY, SECRET_KEY), REGION));
    let rule = scanning_rule(ScanFrequency::ScanOnPush, &["team-*"]);
    let put = ecr.put_registry_scanning_configuration().scan_type(ScanType::Enhanced).rules(rule);
    put.send().await.expect("moto takes it");
    let tag = Tag::builder().key("team").value("web").build().expect("it is complete");
    ecr.create_repository().repository_name("eks-security-shared").tags(tag).send().await.expect("moto takes it");
    let before = ecr.get_registry_scanning_configuration().send().await.expect("moto answers");

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
        // No step of this test asks for an engine.
        engine: EngineAccess { kind: EngineKind::Builtin, host: "tcp://127.0.0.1:1".to_owned(), tls: None },
        public_registry: None,
        consent: ConsentPolicy::NotNeeded,
        findings_origin: lab::FindingsOrigin::Named("practice".to_owned()),
        pace: Pace::INSTANT,
    };
    let run = lab.start(Plan::default(), access, &lab::RunOptions::default()).await.expect("nothing stands in the way");

    go(&run, StepId::Scanning).await;
    let now = ecr.get_registry_scanning_configuration().send().await.expect("moto answers");
    let now = now.scanning_configuration().expect("there is one");
    let [rule] = now.rules() else { panic!("{now:?}") };
    assert_eq!(rule.scan_frequency(), &ScanFrequency::ContinuousScan);
    assert_eq!(rule.repository_filters()[0].filter(), "prod");
    let configured = run.check(StepId::Scanning).await.expect("the session can be written");
    assert!(configured.iter().any(|check| check.outcome == CheckStatus::Met), "{configured:?}");

    go(&run, StepId::Repositories).await;
    for check in run.check(StepId::Repositories).await.expect("the session can be written") {
        assert_eq!(check.outcome, CheckStatus::Met, "{check:?}");
    }
    let names = || async {
        let found = ecr.describe_repositories().send().await.expect("moto answers");
        let mut names: Vec<_> =
            found.repositories().iter().filter_map(|it| it.repository_name().map(str::to_owned)).collect();
        names.sort();
        names
    };
    assert_eq!(names().await, ["eks-security-prod", "eks-security-sandbox", "eks-security-shared"]);

    back(&run, StepId::Repositories).await;
    assert_eq!(names().await, ["eks-security-shared"], "what stood before is kept");
    back(&run, StepId::Scanning).await;
    let after = ecr.get_registry_scanning_configuration().send().await.expect("moto answers");
    assert_eq!(after.scanning_configuration(), before.scanning_configuration());
}
