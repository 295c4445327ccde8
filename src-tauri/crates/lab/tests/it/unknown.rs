//! What is not known is never shown as none: findings that were not read, that a scan could not give, or that were zeros.

use std::sync::Arc;

use aws_sdk_ecr::types::{ScanFrequency, ScanType};
use lab::{Code, FindingsReason, RepositoryOutcome, Run, StepId};
use tokio_util::sync::CancellationToken;

use crate::support::{LabEnvironment, refused, run_step};

/// The outcome of the repository that is scanned.
async fn prod(run: &Run) -> RepositoryOutcome {
    run.outcome().await.unwrap().repositories.remove(0)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_scan_that_was_not_read_is_not_zero_findings_after_clean_up() {
    let environment = LabEnvironment::start().await;
    let (_lab, run) = environment.run_to(StepId::Push).await;
    let stop = CancellationToken::new();
    stop.cancel();
    run.run(StepId::Results, Arc::new(()), stop).await.unwrap_err();
    run_step(&run, StepId::Cleanup).await.unwrap();
    let prod = prod(&run).await;
    assert_eq!((prod.watched, prod.findings, prod.log4shell), (Some(true), None, None));
    assert_eq!(prod.findings_reason, Some(FindingsReason::NotRead));
}

#[tokio::test(flavor = "multi_thread")]
async fn before_anything_is_read_nothing_is_known() {
    let environment = LabEnvironment::start().await;
    let (_lab, run) = environment.run().await;
    for repository in run.outcome().await.unwrap().repositories {
        assert_eq!(repository, RepositoryOutcome::unread(&repository.name));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_image_that_the_scanner_does_not_support_has_no_count() {
    let environment = LabEnvironment::start().await;
    let (_lab, run) = environment.run_to(StepId::Repositories).await;
    let plan9 = [("etc/os-release", "ID=plan9\nVERSION_ID=4\n")];
    environment.push_foreign_files(&environment.plan.prod, "latest", &plan9).await;
    environment.practice.scanner_idle().await;
    assert_eq!(refused(&run, StepId::Results).await.code, Code::ScanStopped);
    let prod = prod(&run).await;
    assert_eq!((prod.findings, prod.findings_reason), (None, Some(FindingsReason::Unsupported)), "{prod:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_repository_that_no_rule_matches_any_more_is_not_scanned() {
    let environment = LabEnvironment::start().await;
    let (_lab, run) = environment.run_to(StepId::Push).await;
    let rules: &[(ScanFrequency, &[&str])] = &[(ScanFrequency::ContinuousScan, &["other"])];
    environment.configure_scanning(ScanType::Enhanced, rules).await;
    assert_eq!(refused(&run, StepId::Results).await.code, Code::ProdNotWatched);
    let prod = prod(&run).await;
    assert_eq!((prod.watched, prod.findings_reason), (Some(false), Some(FindingsReason::NotScanned)));
}
