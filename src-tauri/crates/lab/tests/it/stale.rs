//! When an earlier step is undone, later steps and their results are marked, and the reasons shown are the true ones.

use std::sync::Arc;

use lab::{CheckStatus, Run, StepId, StepState};
use tokio_util::sync::CancellationToken;

use crate::support::{LabEnvironment, assert_met, item, run_step};

async fn undo(run: &Run, step: StepId) {
    run.undo(step, Arc::new(()), CancellationToken::new()).await.unwrap();
}

fn stale(run: &Run) -> Vec<StepId> {
    let steps = run.info().unwrap().steps;
    steps.into_iter().filter(|step| step.stale).map(|step| step.id).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn later_steps_and_their_results_are_stale_once_an_earlier_step_is_undone() {
    let environment = LabEnvironment::start().await;
    let (_lab, run) = environment.run_to(StepId::Remediate).await;
    assert_eq!(stale(&run), []);
    undo(&run, StepId::Push).await;
    let info = run.info().unwrap();
    assert_eq!(info.steps[StepId::Push as usize].state, StepState::Undone);
    assert_eq!(stale(&run), [StepId::Results, StepId::Remediate]);
    let outcome = run.outcome().await.unwrap();
    assert_eq!((outcome.ok, outcome.stale), (false, vec![StepId::Results, StepId::Remediate]));

    for step in [StepId::Push, StepId::Results, StepId::Remediate] {
        run_step(&run, step).await.unwrap();
        assert_met(&run, step).await;
    }
    assert_eq!(stale(&run), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_undoing_that_is_interrupted_makes_later_steps_stale_too() {
    let environment = LabEnvironment::start().await;
    let (_lab, run) = environment.run_to(StepId::Push).await;
    let stop = CancellationToken::new();
    let stopping = stop.clone();
    // A part is undone by then.
    let progress = move |_| stopping.cancel();
    let _ = run.undo(StepId::Repositories, Arc::new(progress), stop).await;
    assert_eq!(stale(&run), [StepId::Push]);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_scanning_two_zeros_are_no_equal_counts_and_the_reason_is_that_scanning_is_off() {
    let environment = LabEnvironment::start().await;
    let (_lab, run) = environment.run_to(StepId::Scanning).await;
    undo(&run, StepId::Scanning).await;
    run_step(&run, StepId::Repositories).await.unwrap();
    run_step(&run, StepId::Push).await.unwrap();
    let check = item(&run, StepId::Results, "prod-findings").await;
    assert_eq!((check.outcome, check.detail.id.as_str()), (CheckStatus::NotMet, "check-scanning-off"));
    assert_eq!(check.hint.unwrap().id, "hint-run-scanning");
    for id in ["log4shell-ecr", "log4shell-inspector", "counts-agree"] {
        let check = item(&run, StepId::Results, id).await;
        assert_eq!((check.outcome, check.detail.id.as_str()), (CheckStatus::Unknown, "check-scanning-off"), "{id}");
    }
}
