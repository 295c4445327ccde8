//! An image that is no longer watched is never called clean, whatever becomes of its findings.

use std::time::Duration;

use findings::Store;
use lab::{
    CheckStatus, Code, Explorer, FindingsOrigin, FindingsReason, ImageIdentity, Presence, RepositoryOutcome, Run,
    ScanState, StepId,
};

use crate::support::{LabEnvironment, assert_met, item, refused, run_step};

const DAY: Duration = Duration::from_hours(24);

async fn prod(run: &Run) -> RepositoryOutcome {
    run.outcome().await.unwrap().repositories.remove(0)
}

async fn days(environment: &LabEnvironment, days: u32) {
    environment.practice.advance(days * DAY).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn findings_that_were_read_stay_as_those_from_before_until_the_image_is_pushed_again() {
    let environment = LabEnvironment::start().await;
    let (_lab, run) = environment.run_to(StepId::Results).await;
    let before = prod(&run).await;
    let total = before.findings.unwrap().total;
    assert!(total > 0 && !before.no_longer_watched);
    days(&environment, 13).await;
    assert_met(&run, StepId::Results).await;
    days(&environment, 1).await;

    let expected = [
        ("prod-findings", CheckStatus::NotMet),
        ("log4shell-ecr", CheckStatus::Unknown),
        ("log4shell-inspector", CheckStatus::Unknown),
        ("counts-agree", CheckStatus::Unknown),
    ];
    for (id, outcome) in expected {
        let check = item(&run, StepId::Results, id).await;
        assert_eq!((check.outcome, check.detail.id.as_str()), (outcome, "check-no-longer-watched"), "{id}");
        assert_eq!(check.hint.unwrap().id, "hint-no-longer-watched");
    }
    let ended = prod(&run).await;
    assert_eq!((ended.no_longer_watched, ended.findings), (true, before.findings));
    assert_eq!(refused(&run, StepId::Results).await.code, Code::NoLongerWatched);
    assert_eq!(prod(&run).await, ended);

    // What the hint says.
    run_step(&run, StepId::Push).await.unwrap();
    environment.practice.scanner_idle().await;
    run_step(&run, StepId::Results).await.unwrap();
    assert_met(&run, StepId::Results).await;
    let again = prod(&run).await;
    assert_eq!((again.no_longer_watched, again.findings.unwrap().total), (false, total));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_image_that_expired_before_its_findings_were_read_has_no_count() {
    let environment = LabEnvironment::start().await;
    let (_lab, run) = environment.run_to(StepId::Push).await;
    environment.practice.scanner_idle().await;
    days(&environment, 15).await;
    assert_eq!(refused(&run, StepId::Results).await.code, Code::NoLongerWatched);
    let prod = prod(&run).await;
    assert_eq!((prod.findings, prod.log4shell), (None, None));
    assert_eq!(prod.findings_reason, Some(FindingsReason::NoLongerWatched));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_patched_image_is_not_known_to_be_without_the_vulnerability_once_it_is_no_longer_watched() {
    let environment = LabEnvironment::start().await;
    let (_lab, run) = environment.run_to(StepId::Remediate).await;
    assert_eq!(item(&run, StepId::Remediate, "log4shell-gone").await.outcome, CheckStatus::Met);
    days(&environment, 14).await;
    for (id, outcome) in [("fixed-scanned", CheckStatus::NotMet), ("log4shell-gone", CheckStatus::Unknown)] {
        let check = item(&run, StepId::Remediate, id).await;
        assert_eq!((check.outcome, check.detail.id.as_str()), (outcome, "check-no-longer-watched"), "{id}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_explorer_neither_counts_its_findings_nor_calls_a_vulnerability_absent() {
    let environment = LabEnvironment::start().await;
    let (_lab, _run) = environment.run_to(StepId::Remediate).await;
    let store = Store::open(environment.folder("explorer.db")).unwrap();
    let origin = FindingsOrigin::Named("practice".to_owned());
    let explorer = Explorer::connect(&environment.access().aws, &origin, store).await.unwrap();
    let name = &environment.plan.prod;
    let presences = async || {
        let whereabouts = explorer.whereabouts("CVE-2021-44228").await.unwrap();
        let prod = whereabouts.repositories.into_iter().find(|repository| repository.name == *name).unwrap();
        prod.images.into_iter().map(|image| image.presence).collect::<Vec<_>>()
    };
    let mut before = presences().await;
    before.sort();
    assert_eq!(before, [Presence::Present, Presence::Absent]);

    days(&environment, 14).await;
    for image in explorer.images(name).await.unwrap() {
        assert_eq!(image.scan.state, ScanState::NoLongerWatched);
        assert_eq!(image.scan.reason.as_deref(), Some("SCAN_ELIGIBILITY_EXPIRED"));
        let opened = explorer.open(name, ImageIdentity::Digest(&image.digest), &()).await.unwrap();
        assert_eq!((opened.image.scan.state, opened.findings), (ScanState::NoLongerWatched, None));
    }
    assert_eq!(presences().await, [Presence::NotScanned, Presence::NotScanned]);
}
