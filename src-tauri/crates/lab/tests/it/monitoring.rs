//! The scan monitor against scans that take their time.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use lab::{Code, Event, ScanPhase, ScanView, StepId};
use tokio_util::sync::CancellationToken;

use crate::support::{LabEnvironment, assert_met, problem, refused, run_step};

/// Runs the results and turns the clock after every look, as `turn` says.
async fn watched(
    environment: &LabEnvironment,
    run: &lab::Run,
    turn: impl Fn(&ScanView) -> u64 + Send + Sync + 'static,
) -> Vec<ScanView> {
    let looks = Arc::new(Mutex::new(Vec::new()));
    let (seen, clock) = (Arc::clone(&looks), environment.clock().clone());
    let progress = move |event| {
        if let Event::Scan { scan } = event {
            clock.advance(Duration::from_secs(turn(&scan)));
            seen.lock().unwrap().push(scan);
        }
    };
    run.run(StepId::Results, Arc::new(progress), CancellationToken::new()).await.unwrap();
    looks.lock().unwrap().clone()
}

/// Brings a run to its push, on a clock that does not turn by itself.
async fn pushed(environment: &LabEnvironment) -> (lab::Lab, lab::Run) {
    let (lab, run) = environment.run().await;
    run_step(&run, StepId::Prepare).await.unwrap();
    let clock = environment.clock().clone();
    // Inspector takes twenty seconds to turn on.
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
async fn a_slow_scan_is_told_phase_by_phase() {
    let environment = LabEnvironment::with_manual_clock().await;
    let (_lab, run) = pushed(&environment).await;
    let looks = watched(&environment, &run, |_| 4).await;
    let mut phases: Vec<_> = looks.iter().map(|look| look.phase).collect();
    phases.dedup();
    assert_eq!(phases, [ScanPhase::NotKnown, ScanPhase::Pending, ScanPhase::Arriving, ScanPhase::Stable]);
    let mut counts: Vec<_> = looks.iter().map(|look| look.ecr).collect();
    counts.dedup();
    assert!(counts.len() >= 3 && counts.is_sorted(), "findings come in batches: {counts:?}");
    let last = looks.last().unwrap();
    assert_eq!((last.status.as_deref(), last.ecr), (Some("ACTIVE"), last.inspector));
    assert!(looks.windows(2).all(|pair| pair[0].elapsed <= pair[1].elapsed));
    assert_met(&run, StepId::Results).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn findings_that_still_arrive_are_not_called_stable() {
    let environment = LabEnvironment::with_manual_clock().await;
    let (_lab, run) = pushed(&environment).await;
    let looks = watched(&environment, &run, |look| if look.phase == ScanPhase::Arriving { 1 } else { 5 }).await;
    let total = looks.last().unwrap().ecr;
    let partial: Vec<_> = looks.iter().filter(|look| look.ecr > 0 && look.ecr < total).collect();
    assert!(!partial.is_empty());
    assert!(partial.iter().all(|look| look.phase == ScanPhase::Arriving), "{partial:?}");
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
    let ended = run.run(StepId::Results, Arc::new(progress), cancel).await;
    assert!(matches!(ended, Err(lab::LabError::Cancelled)));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_inspector_that_does_not_turn_on_is_told() {
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
    // The SDK tries three times for each look.
    environment.inject("inspector2:ListFindingAggregations=throttle*6");
    run_step(&run, StepId::Results).await.unwrap();
    assert_met(&run, StepId::Results).await;
}
