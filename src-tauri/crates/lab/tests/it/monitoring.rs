//! The scan monitor with slow scans.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use lab::{Code, Event, ScanPhase, ScanView, StepId};
use tokio_util::sync::CancellationToken;

use crate::support::{LabEnvironment, assert_met, problem, refused, run_step};

/// Runs the results step and advances the clock by `seconds` after every observation.
async fn observe(
    environment: &LabEnvironment,
    run: &lab::Run,
    seconds: impl Fn(&ScanView) -> u64 + Send + Sync + 'static,
) -> Vec<ScanView> {
    let observations = Arc::new(Mutex::new(Vec::new()));
    let (seen, clock) = (Arc::clone(&observations), environment.clock().clone());
    let progress = move |event| {
        if let Event::Scan { scan } = event {
            clock.advance(Duration::from_secs(seconds(&scan)));
            seen.lock().unwrap().push(scan);
        }
    };
    run.run(StepId::Results, Arc::new(progress), CancellationToken::new()).await.unwrap();
    observations.lock().unwrap().clone()
}

/// Runs the steps up to the push, with a manual clock.
async fn pushed(environment: &LabEnvironment) -> (lab::Lab, lab::Run) {
    let (lab, run) = environment.run().await;
    run_step(&run, StepId::Prepare).await.unwrap();
    let clock = environment.clock().clone();
    // Inspector takes twenty seconds to become enabled.
    let progress = move |event| {
        if matches!(event, Event::Note { message } if message.id == "note-inspector-status") {
            clock.advance(Duration::from_secs(20));
        }
    };
    run.run(StepId::Scanning, Arc::new(progress), CancellationToken::new()).await.unwrap();
    run_step(&run, StepId::Repositories).await.unwrap();
    run_step(&run, StepId::Push).await.unwrap();
    environment.practice.scanner_idle().await;
    (lab, run)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slow_scan_is_reported_phase_by_phase() {
    let environment = LabEnvironment::with_manual_clock().await;
    let (_lab, run) = pushed(&environment).await;
    let observations = observe(&environment, &run, |_| 4).await;
    let mut phases: Vec<_> = observations.iter().map(|observation| observation.phase).collect();
    phases.dedup();
    assert_eq!(phases, [ScanPhase::NotKnown, ScanPhase::Pending, ScanPhase::Arriving, ScanPhase::Stable]);
    let mut counts: Vec<_> = observations.iter().map(|observation| observation.ecr).collect();
    counts.dedup();
    assert!(counts.len() >= 3 && counts.is_sorted(), "findings come in batches: {counts:?}");
    let last = observations.last().unwrap();
    assert_eq!((last.status.as_deref(), last.ecr), (Some("ACTIVE"), last.inspector));
    assert!(observations.windows(2).all(|pair| pair[0].elapsed <= pair[1].elapsed));
    assert_met(&run, StepId::Results).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn findings_that_still_arrive_are_not_called_stable() {
    let environment = LabEnvironment::with_manual_clock().await;
    let (_lab, run) = pushed(&environment).await;
    let observations =
        observe(&environment, &run, |observation| if observation.phase == ScanPhase::Arriving { 1 } else { 5 }).await;
    let total = observations.last().unwrap().ecr;
    let partial: Vec<_> =
        observations.iter().filter(|observation| observation.ecr > Some(0) && observation.ecr < total).collect();
    assert!(!partial.is_empty());
    assert!(partial.iter().all(|observation| observation.phase == ScanPhase::Arriving), "{partial:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_scan_that_does_not_end_is_given_up_on_and_can_be_waited_for_again() {
    let mut environment = LabEnvironment::with_manual_clock().await;
    environment.pace.give_up = Duration::from_millis(1500);
    let (_lab, run) = pushed(&environment).await;
    // Past PENDING, and no further.
    environment.advance(30);
    let problem = refused(&run, StepId::Results).await;
    assert_eq!(problem.code, Code::ScanGivenUp);
    assert!(problem.retryable);
    assert_eq!(problem.message.args["status"], i18n::Arg::from("PENDING"));
    environment.advance(600);
    run_step(&run, StepId::Results).await.unwrap();
    assert_met(&run, StepId::Results).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn waiting_can_be_cancelled() {
    let environment = LabEnvironment::with_manual_clock().await;
    let (_lab, run) = pushed(&environment).await;
    let cancel = CancellationToken::new();
    let stop = cancel.clone();
    let progress = move |event| {
        if matches!(event, Event::Scan { .. }) {
            stop.cancel();
        }
    };
    let result = run.run(StepId::Results, Arc::new(progress), cancel).await;
    assert!(matches!(result, Err(lab::LabError::Cancelled)));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_inspector_that_does_not_become_enabled_is_reported() {
    let mut environment = LabEnvironment::with_manual_clock().await;
    environment.pace.give_up = Duration::from_secs(1);
    let (_lab, run) = environment.run().await;
    let problem = problem(run_step(&run, StepId::Scanning).await.unwrap_err());
    assert_eq!(problem.code, Code::InspectorNotEnabled);
    environment.advance(20);
    run_step(&run, StepId::Scanning).await.unwrap();
    assert_met(&run, StepId::Scanning).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn throttling_slows_the_monitor_and_does_not_end_it() {
    let environment = LabEnvironment::start().await;
    let (_lab, run) = environment.run_to(StepId::Push).await;
    environment.practice.scanner_idle().await;
    // The SDK makes three attempts per observation.
    environment.inject("inspector2:ListFindingAggregations=throttle*6");
    run_step(&run, StepId::Results).await.unwrap();
    assert_met(&run, StepId::Results).await;
}
