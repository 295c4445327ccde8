//! What is not known is never shown as none: findings that were not read, that a scan could not give, or that were zeros.

use std::sync::Arc;

use aws_sdk_ecr::types::{ScanFrequency, ScanType};
use aws_sdk_inspector2::types::{FilterAction, FilterCriteria, StringComparison, StringFilter};
use findings::{Query, View};
use lab::{AssessedSystem, CheckStatus, Code, FindingsReason, RepositoryOutcome, Run, StepId};
use tokio_util::sync::CancellationToken;

use crate::support::{LabEnvironment, item, refused, run_step};

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
    assert_eq!(prod.assessment.unwrap().read().unwrap().system, AssessedSystem::NotInCatalogue);
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

#[tokio::test(flavor = "multi_thread")]
async fn what_a_scan_did_not_assess_is_said_and_nothing_is_called_absent_from_it() {
    let environment = LabEnvironment::start().await;
    let (_lab, run) = environment.run_to(StepId::Repositories).await;
    // No file identifies the operating system, and the JAR says nothing of itself.
    let jar = [("app/unknown.jar", "PK\u{5}\u{6}\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0")];
    let python = ("usr/lib/python3/dist-packages/any-1.0.dist-info/METADATA", "Name: any\nVersion: 1.0\n");
    environment.push_foreign_files(&environment.plan.prod, "latest", &[jar[0], python]).await;
    environment.practice.scanner_idle().await;
    run_step(&run, StepId::Results).await.unwrap();
    let prod = prod(&run).await;
    // What the practice cloud writes is what the lab reads.
    let assessment = prod.assessment.as_ref().unwrap().read().unwrap();
    assert_eq!((assessment.system, &assessment.system_name), (AssessedSystem::NotIdentified, &None));
    assert_eq!((assessment.packages, assessment.known_packages, assessment.unidentified), (1, 0, 1));
    assert_eq!((assessment.skipped, assessment.limits.len()), (0, 0));
    assert!(assessment.catalogue.imported.is_none());
    assert_eq!((prod.findings.unwrap().total, prod.log4shell), (0, None));
    for id in ["log4shell-ecr", "log4shell-inspector"] {
        let check = item(&run, StepId::Results, id).await;
        assert_eq!((check.outcome, check.detail.id.as_str()), (CheckStatus::Unknown, "check-log4shell-not-assessed"));
    }
    // The same as the patched image: it is not known whether the vulnerability is gone.
    environment.push_foreign_files(&environment.plan.prod, &environment.plan.fixed_tag, &[jar[0], python]).await;
    environment.practice.scanner_idle().await;
    let gone = item(&run, StepId::Remediate, "log4shell-gone").await;
    assert_eq!((gone.outcome, gone.detail.id.as_str()), (CheckStatus::Unknown, "check-log4shell-not-assessed"));
    let scanned = item(&run, StepId::Remediate, "fixed-scanned").await;
    assert_eq!((scanned.outcome, scanned.hint.unwrap().id.as_str()), (CheckStatus::Met, "hint-scan-gaps"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_scan_that_failed_is_not_one_that_found_nothing() {
    let environment = LabEnvironment::start().await;
    let (_lab, run) = environment.run_to(StepId::Repositories).await;
    let plan9 = [("etc/os-release", "ID=plan9\nVERSION_ID=4\n")];
    environment.push_foreign_files(&environment.plan.prod, &environment.plan.fixed_tag, &plan9).await;
    environment.practice.scanner_idle().await;
    let scanned = item(&run, StepId::Remediate, "fixed-scanned").await;
    assert_eq!((scanned.outcome, scanned.detail.id.as_str()), (CheckStatus::NotMet, "check-fixed-scan-status"));
    assert_eq!(item(&run, StepId::Remediate, "log4shell-gone").await.outcome, CheckStatus::Unknown);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_only_the_details_say_is_unknown_where_they_are_not_permitted() {
    let environment = LabEnvironment::start().await;
    let (lab, run) = environment.run_to(StepId::Push).await;
    environment.inject("inspector2:BatchGetFindingDetails=access-denied");
    run_step(&run, StepId::Results).await.unwrap();
    let scan = lab.findings().scans().unwrap().remove(0).id;
    let summary = lab.findings().summary(&Query::of_scan(scan)).unwrap();
    assert!(summary.matched.unique > 0);
    assert_eq!((summary.kev.unique, summary.kev_unknown), (0, summary.matched));
    let page = lab.findings().query(&Query::of_scan(scan)).unwrap();
    assert!(page.rows.iter().all(|row| row.kev.is_none()));
}

/// A suppressed finding is hidden, and not fixed: it is counted, marked, and the reason why the services count differently.
#[tokio::test(flavor = "multi_thread")]
async fn suppressed_findings_are_marked_and_explain_the_counts() {
    let environment = LabEnvironment::start().await;
    let (lab, run) = environment.run_to(StepId::Push).await;
    let id = StringFilter::builder().comparison(StringComparison::Equals).value("CVE-2021-44228").build().unwrap();
    let create = environment.inspector.create_filter().name("accepted").action(FilterAction::Suppress);
    create.filter_criteria(FilterCriteria::builder().vulnerability_id(id).build()).send().await.unwrap();
    run_step(&run, StepId::Results).await.unwrap();
    let counts = item(&run, StepId::Results, "counts-agree").await;
    assert_eq!((counts.outcome, counts.detail.id.as_str()), (CheckStatus::Met, "check-counts-suppressed"));
    let suppressed = prod(&run).await.findings.unwrap().suppressed.unwrap();
    assert!(suppressed > 0);
    let scan = lab.findings().scans().unwrap().remove(0).id;
    let query = Query { view: View::Unique, page_size: 1000, ..Query::of_scan(scan) };
    let rows = lab.findings().query(&query).unwrap().rows;
    let marked: Vec<_> =
        rows.iter().filter(|row| row.suppressed).filter_map(|row| row.vulnerability_id.as_deref()).collect();
    assert_eq!(marked, ["CVE-2021-44228"]);
    assert_eq!(rows.iter().filter(|row| row.suppressed).map(|row| row.findings).sum::<usize>(), suppressed);
}
