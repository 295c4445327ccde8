//! The checks of the prepare step.

use lab::{CheckStatus, Code, Lab, StepId};

use crate::support::{LabEnvironment, assert_met, item, problem, refused, run_step};

#[tokio::test(flavor = "multi_thread")]
async fn a_machine_with_everything_is_ready() {
    let environment = LabEnvironment::start().await;
    let (_lab, run) = environment.run().await;
    run_step(&run, StepId::Prepare).await.unwrap();
    assert_met(&run, StepId::Prepare).await;
    let checks = run.check(StepId::Prepare).await.unwrap();
    let ids: Vec<_> = checks.iter().map(|check| check.id.as_str()).collect();
    let expected = [
        "identity",
        "region",
        "network",
        "permissions",
        "inspector-ready",
        "tags-free",
        "encryption",
        "engine",
        "engine-network",
        "disk",
        "source-registry",
        "private-registry",
    ];
    assert_eq!(ids, expected);
    assert!(environment.repositories().await.is_empty() && environment.scanning_configuration().await == "BASIC");
}

#[tokio::test(flavor = "multi_thread")]
async fn missing_permissions_are_named_together() {
    let environment = LabEnvironment::start().await;
    let (_lab, run) = environment.run().await;
    environment.inject("ecr:DescribeImageScanFindings=access-denied");
    environment.inject("inspector2:ListCoverage=access-denied");
    let check = item(&run, StepId::Prepare, "permissions").await;
    assert_eq!(check.outcome, CheckStatus::NotMet);
    let actions = i18n::Arg::from("ecr:DescribeImageScanFindings, inspector2:ListCoverage");
    assert_eq!(check.detail.args["actions"], actions);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_missing_engine_is_reported_and_stops_the_step() {
    let environment = LabEnvironment::start().await;
    let lab = environment.lab().await;
    let mut access = environment.access();
    access.engine.host = "tcp://127.0.0.1:1".to_owned();
    let run = lab.start(environment.plan.clone(), access, &lab::RunOptions::default()).await.unwrap();
    assert_eq!(refused(&run, StepId::Prepare).await.code, Code::EngineNotRunning);
    let check = item(&run, StepId::Prepare, "engine").await;
    assert_eq!((check.outcome, check.hint.unwrap().id.as_str()), (CheckStatus::NotMet, "hint-builtin-restart"));
    assert_eq!(item(&run, StepId::Prepare, "identity").await.outcome, CheckStatus::Met);
}

#[tokio::test(flavor = "multi_thread")]
async fn refused_credentials_fail_one_check_and_not_the_others() {
    let environment = LabEnvironment::start().await;
    let lab = environment.lab().await;
    let mut access = environment.access();
    if let lab::AwsAccess::Endpoint { secret_key, .. } = &mut access.aws {
        "wrong".clone_into(secret_key);
    }
    let run = lab.start(environment.plan.clone(), access, &lab::RunOptions::default()).await.unwrap();
    assert_eq!(refused(&run, StepId::Prepare).await.code, Code::SignatureMismatch);
    let check = item(&run, StepId::Prepare, "identity").await;
    assert_eq!((check.outcome, check.detail.id.as_str()), (CheckStatus::NotMet, "problem-signature-mismatch"));
    assert_eq!(item(&run, StepId::Prepare, "permissions").await.outcome, CheckStatus::Unknown);
    assert_eq!(item(&run, StepId::Prepare, "engine").await.outcome, CheckStatus::Met);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_registry_that_the_engine_cannot_reach_is_reported() {
    let mut environment = LabEnvironment::start().await;
    "127.0.0.1:1/docker/library/neo4j:4.4.0".clone_into(&mut environment.plan.image);
    let (_lab, run) = environment.run().await;
    assert_eq!(item(&run, StepId::Prepare, "source-registry").await.outcome, CheckStatus::NotMet);
    assert_eq!(item(&run, StepId::Prepare, "private-registry").await.outcome, CheckStatus::Met);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plan_that_cannot_work_is_refused_before_a_run_begins() {
    let mut environment = LabEnvironment::start().await;
    "security".clone_into(&mut environment.plan.filter);
    let lab = environment.lab().await;
    let refused =
        lab.start(environment.plan.clone(), environment.access(), &lab::RunOptions::default()).await.err().unwrap();
    assert_eq!(problem(refused).code, Code::PlanFilterCatches);
    assert!(lab.newest().unwrap().is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unusable_folder_is_reported() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("file");
    std::fs::write(&file, "").unwrap();
    assert_eq!(problem(Lab::open(&file).await.err().unwrap()).code, Code::FolderUnusable);
    let broken = dir.path().join("broken");
    std::fs::create_dir(&broken).unwrap();
    std::fs::write(broken.join("session.db"), "this is not a database, and long enough to be recognized as such")
        .unwrap();
    assert_eq!(problem(Lab::open(&broken).await.err().unwrap()).code, Code::SessionFailed);
}
