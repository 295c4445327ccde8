//! All seven steps, one after the other.

use lab::{FindingsReason, Mode, ResourceKind, StepId, StepState};

use crate::support::{LabEnvironment, assert_met, run_step};

#[tokio::test(flavor = "multi_thread")]
async fn all_steps_run_and_every_check_is_met() {
    let environment = LabEnvironment::start().await;
    let (_lab, run) = environment.run().await;
    for step in StepId::ALL {
        run_step(&run, step).await.unwrap_or_else(|error| panic!("{step:?}: {error:?}"));
        assert_met(&run, step).await;
    }
    // The report counts these as not asked where a step has not been checked.
    let items: Vec<_> = run.info().unwrap().steps.iter().map(|step| (step.id, step.checks.len())).collect();
    assert_eq!(items, StepId::ALL.map(|step| (step, step.check_items())));
    let outcome = run.outcome().await.unwrap();
    assert!(outcome.ok, "{:#?}", run.info().unwrap().steps);
    let [prod, sandbox, shared] = &outcome.repositories[..] else { panic!() };
    let counts = prod.findings.unwrap();
    assert_eq!((prod.watched, prod.log4shell, prod.findings_reason), (Some(true), Some(true), None));
    assert!(counts.critical > 0, "{prod:?}");
    let sum = counts.critical + counts.high + counts.medium + counts.low + counts.informational + counts.untriaged;
    assert_eq!(sum, counts.total);
    assert_eq!(prod.media_type.as_deref(), Some("application/vnd.oci.image.manifest.v1+json"));
    for unscanned in [sandbox, shared] {
        assert_eq!((unscanned.watched, unscanned.findings, unscanned.log4shell), (Some(false), None, None));
        assert_eq!(unscanned.findings_reason, Some(FindingsReason::NotScanned));
    }
    assert_eq!(prod.digest, sandbox.digest);
    assert!(shared.digest.is_none() && shared.uri.is_some());
    let comparison = outcome.comparison.unwrap();
    assert!(comparison.log4shell_fixed && comparison.fixed > 0, "{comparison:?}");
    let receipt = outcome.receipt.unwrap();
    assert!(receipt.restored && receipt.kept.is_empty(), "{receipt:?}");
    let deleted = |kind| receipt.deleted.iter().filter(|deleted| deleted.kind == kind).count();
    assert_eq!((deleted(ResourceKind::Repository), deleted(ResourceKind::LocalImage)), (3, 5));
    assert!(environment.repositories().await.is_empty() && environment.local_names().await.is_empty());
    let info = run.info().unwrap();
    assert!(info.finished && info.steps.iter().all(|step| step.state == StepState::Done && step.seconds.is_some()));
    assert_eq!((info.mode, info.account.as_deref()), (Mode::Practice, Some("123456789012")));
    assert!(info.engine_version.is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_lessons_own_images_go_through_the_lab() {
    let mut environment = LabEnvironment::start().await;
    let public_registry = environment.practice.public_addr();
    environment.engine = testbed::environment::start_engine(
        &environment.practice,
        &public_registry,
        &environment.folder("lesson-engine"),
    )
    .await;
    let lesson = lab::Plan::default();
    environment.plan = lesson;
    let (lab, run) = environment.run().await;
    for step in StepId::ALL {
        run_step(&run, step).await.unwrap_or_else(|error| panic!("{step:?}: {error:?}"));
        assert_met(&run, step).await;
    }
    let outcome = run.outcome().await.unwrap();
    assert!(outcome.ok && outcome.comparison.unwrap().log4shell_fixed);
    assert_eq!(lab.findings().scans().unwrap().len(), 2);
}
