//! A run that is interrupted between any two of its calls and then resumed ends as if it had not been interrupted.

use std::sync::Arc;

use aws_sdk_ecr::types::{ScanFrequency, ScanType};
use lab::{CheckStatus, Code, EngineChoice, Lab, LabError, ResourceKind, Run, RunOptions, StepId, StepState};
use tokio::sync::broadcast::Receiver;
use tokio_util::sync::CancellationToken;

use crate::support::{LabEnvironment, run_step};

/// Creates the rules and the repository that exist before the run and must exist after it.
async fn prepare_account(environment: &LabEnvironment) {
    let rules: &[(ScanFrequency, &[&str])] = &[(ScanFrequency::ScanOnPush, &["legacy", "team/*"])];
    environment.configure_scanning(ScanType::Basic, rules).await;
    environment.create_repository("legacy").await;
}

/// Runs and checks the steps that are not done and checked yet.
async fn run_remaining_steps(run: &Run) -> Result<(), LabError> {
    for step in run.info()?.steps {
        if step.state != StepState::Done {
            run_step(run, step.id).await?;
        }
        if step.state != StepState::Done || step.checks.is_empty() {
            run.check(step.id).await?;
        }
    }
    Ok(())
}

async fn nth(mut entries: Receiver<lab::Entry>, count: usize) {
    for _ in 0..count {
        entries.recv().await.unwrap();
    }
}

async fn assert_as_before(environment: &LabEnvironment, at: usize) {
    assert_eq!(environment.repositories().await, ["legacy"], "after {at}");
    assert_eq!(environment.scanning_configuration().await, "BASIC [SCAN_ON_PUSH: legacy team/*]", "after {at}");
    assert_eq!(environment.inspector_status().await, "DISABLED", "after {at}");
    assert_eq!(environment.local_names().await, Vec::<String>::new(), "after {at}");
}

async fn assert_all_met(run: &Run, at: usize) {
    let outcome = run.outcome().await.unwrap();
    let steps = run.info().unwrap().steps;
    let unmet: Vec<_> =
        steps.iter().flat_map(|step| &step.checks).filter(|check| check.outcome != CheckStatus::Met).collect();
    assert!(outcome.ok, "after {at}: {unmet:#?}");
    let receipt = outcome.receipt.unwrap();
    assert!(receipt.restored && receipt.kept.is_empty(), "after {at}: {receipt:?}");
    assert!(outcome.comparison.unwrap().log4shell_fixed, "after {at}");
}

/// How many tests share the calls after which a run is killed.
const SHARES: usize = 4;

/// A run is killed after every call by `cargo xtask soak kills`, otherwise after every so many.
fn calls_between_kills() -> usize {
    if std::env::var_os("IMAGELAB_SOAK").is_some() { 1 } else { 9 }
}

/// Kills one run, the next one some calls later, and so on, until a run ends before it is killed.
async fn kill_share(share: usize) {
    let first = 1 + share * calls_between_kills();
    let step = SHARES * calls_between_kills();
    let environment = LabEnvironment::start().await;
    prepare_account(&environment).await;
    for killed_at in (first..).step_by(step) {
        let folder = format!("lab-{killed_at}");
        let lab = environment.lab_in(&folder).await;
        let run = lab.start(environment.plan.clone(), environment.access(), &RunOptions::default()).await.unwrap();
        let finished = tokio::select! {
            biased;
            () = nth(run.watch(), killed_at) => false,
            result = run_remaining_steps(&run) => { result.unwrap(); true }
        };
        // As after a kill, nothing is left but the folder.
        let calls = lab.transcript(&run.info().unwrap().id).unwrap().len();
        drop((run, lab));
        if finished {
            // The last calls only read. On a busy machine several responses may already have arrived, and then the run ends
            // before it can be killed.
            assert!(calls > 100 && killed_at + 10 > calls, "only {calls} calls, and not killed after {killed_at}");
            break;
        }
        let lab = reopen(&environment, &folder).await;
        let run = lab.resume(environment.access()).await.unwrap();
        run_remaining_steps(&run).await.unwrap_or_else(|error| panic!("after {killed_at}: {error:?}"));
        assert_all_met(&run, killed_at).await;
        assert_as_before(&environment, killed_at).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_killed_after_any_call_resumes_to_the_same_end() {
    kill_share(0).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_killed_after_any_call_resumes_to_the_same_end_second_share() {
    kill_share(1).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_killed_after_any_call_resumes_to_the_same_end_third_share() {
    kill_share(2).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_killed_after_any_call_resumes_to_the_same_end_fourth_share() {
    kill_share(3).await;
}

/// Opens the folder again, which a worker in a blocking call may still hold for a moment after the run was dropped.
async fn reopen(environment: &LabEnvironment, folder: &str) -> Lab {
    for _ in 0..1000 {
        match Lab::open(&environment.folder(folder)).await {
            Ok(lab) => return lab,
            Err(LabError::Problem(problem)) if problem.code == Code::InUse => tokio::task::yield_now().await,
            Err(error) => panic!("{error:?}"),
        }
    }
    panic!("the folder stays in use");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_step_that_is_cancelled_says_so_and_can_be_run_again() {
    let environment = LabEnvironment::start().await;
    let (_lab, run) = environment.run_to(StepId::Repositories).await;
    let mut cancelled = 0;
    for count in 1.. {
        let cancel = CancellationToken::new();
        let entries = run.watch();
        let stopper = cancel.clone();
        let watcher = tokio::spawn(async move {
            nth(entries, count).await;
            stopper.cancel();
        });
        let result = run.run(StepId::Push, Arc::new(()), cancel).await;
        watcher.abort();
        match result {
            Err(LabError::Cancelled) => cancelled += 1,
            Ok(()) => break,
            Err(error) => panic!("after {count}: {error:?}"),
        }
        let step = run.info().unwrap().steps[StepId::Push as usize].clone();
        assert_eq!(step.state, StepState::Cancelled);
        if count > 40 {
            break;
        }
    }
    assert!(cancelled > 5, "{cancelled}");
    run_step(&run, StepId::Push).await.unwrap();
    crate::support::assert_met(&run, StepId::Push).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_process_gets_the_problem_that_the_folder_is_in_use() {
    let environment = LabEnvironment::start().await;
    let (lab, run) = environment.run().await;
    let problem = crate::support::problem(Lab::open(&environment.folder("lab")).await.err().unwrap());
    assert_eq!(problem.code, Code::InUse);
    drop((lab, run));
    reopen(&environment, "lab").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unfinished_run_prevents_a_new_one_until_it_is_abandoned() {
    let environment = LabEnvironment::start().await;
    let (lab, run) = environment.run_to(StepId::Repositories).await;
    let again = lab.start(environment.plan.clone(), environment.access(), &RunOptions::default()).await;
    assert_eq!(crate::support::problem(again.err().unwrap()).code, Code::RunUnfinished);
    assert_eq!(lab.newest().unwrap().unwrap().id, run.info().unwrap().id);
    lab.abandon().unwrap();
    assert!(lab.newest().unwrap().is_none());
    assert_eq!(
        crate::support::problem(lab.resume(environment.access()).await.err().unwrap()).code,
        Code::NothingToResume
    );
    // What the abandoned run created now belongs to no run: it is reused and not deleted.
    let run = lab.start(environment.plan.clone(), environment.access(), &RunOptions::default()).await.unwrap();
    for step in StepId::ALL {
        run_step(&run, step).await.unwrap();
    }
    assert_eq!(environment.repositories().await.len(), 3);
    let kept = run.outcome().await.unwrap().receipt.unwrap().kept;
    assert_eq!(kept.iter().filter(|kept| kept.kind == ResourceKind::Repository).count(), 3);
    // Nor is the configuration restored: the abandoned run still uses it, and is named.
    assert!(kept.iter().any(|kept| kept.why.id == "kept-for-other-runs"), "{kept:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_is_not_resumed_in_another_region_or_mode() {
    let environment = LabEnvironment::start().await;
    let (lab, run) = environment.run_to(StepId::Prepare).await;
    drop(run);
    let mut access = environment.access();
    access.mode = lab::Mode::Aws;
    assert_eq!(crate::support::problem(lab.resume(access).await.err().unwrap()).code, Code::OtherMode);
    let elsewhere = LabEnvironment::with(|config| config.region = "us-east-1".to_owned()).await;
    let problem = crate::support::problem(lab.resume(elsewhere.access()).await.err().unwrap());
    assert_eq!(problem.code, Code::OtherRegion);
    lab.resume(environment.access()).await.unwrap();
}

#[tokio::test]
async fn how_a_run_was_started_is_kept_with_the_run() {
    let environment = LabEnvironment::start().await;
    let lab = Lab::open(&environment.dir().join("options")).await.unwrap();
    let engine = EngineChoice::Docker { access: None };
    let (profile, region, speed) = (Some("team".to_owned()), Some("eu-west-1".to_owned()), Some("instant".to_owned()));
    let options = RunOptions { profile, region, engine, speed };
    lab.start(environment.plan.clone(), environment.access(), &options).await.unwrap();
    drop(lab);
    let lab = Lab::open(&environment.dir().join("options")).await.unwrap();
    assert_eq!(lab.newest().unwrap().unwrap().options, Some(options));
}
