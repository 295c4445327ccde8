//! Images that another user pushes to the run's repositories: they are there before, during and after the clean-up.

use i18n::Message;
use lab::{CheckStatus, Code, ResourceKind, Run, StepId};

use crate::support::{LabEnvironment, assert_met, item, refused, run_step};

async fn run_from(run: &Run, first: StepId) {
    for step in StepId::ALL.into_iter().filter(|step| *step >= first) {
        run_step(run, step).await.unwrap_or_else(|error| panic!("{step:?}: {error:?}"));
    }
}

fn image(digest: &str, tag: &str) -> (String, Vec<String>) {
    (digest.to_owned(), vec![tag.to_owned()])
}

async fn kept(run: &Run) -> Vec<(ResourceKind, String, Message)> {
    let receipt = run.outcome().await.unwrap().receipt.unwrap();
    receipt.kept.into_iter().map(|kept| (kept.kind, kept.what, kept.why)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_colleagues_images_in_the_runs_repositories_stay_and_the_repositories_with_them() {
    let environment = LabEnvironment::start().await;
    let (prod, sandbox) = (environment.plan.prod.clone(), environment.plan.sandbox.clone());
    let (_lab, run) = environment.run_to(StepId::Repositories).await;
    let early = environment.push_foreign_image(&sandbox, "theirs-1").await;
    run_step(&run, StepId::Push).await.unwrap();
    let late = environment.push_foreign_image(&prod, "theirs-2").await;
    run_from(&run, StepId::Results).await;
    assert_eq!(environment.images(&sandbox).await, [image(&early, "theirs-1")]);
    assert_eq!(environment.images(&prod).await, [image(&late, "theirs-2")]);
    assert_eq!(environment.repositories().await, [prod.clone(), sandbox.clone()]);
    let holding =
        |name: &str| (ResourceKind::Repository, name.to_owned(), Message::new("kept-holds-images").with("count", 1));
    assert_eq!(kept(&run).await, [holding(&prod), holding(&sandbox)]);
    let check = item(&run, StepId::Cleanup, "repositories-gone").await;
    let names = format!("{prod}, {sandbox}");
    let detail = Message::new("check-repositories-kept").with("count", 2).with("names", names);
    assert_eq!((check.outcome, check.detail), (CheckStatus::Met, detail));
    assert_met(&run, StepId::Cleanup).await;
    // What was kept is not taken for the next run's.
    environment.push_foreign_image(&sandbox, "theirs-3").await;
    assert_eq!(environment.images(&sandbox).await.len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_labs_own_image_stays_when_a_colleague_has_tagged_it() {
    let environment = LabEnvironment::start().await;
    let prod = environment.plan.prod.clone();
    let (_lab, run) = environment.run_to(StepId::Push).await;
    let digest = environment.digest(&prod, "latest").await.unwrap();
    environment.tag_image(&prod, &digest, "theirs").await;
    run_step(&run, StepId::Cleanup).await.unwrap();
    assert_eq!(environment.images(&prod).await, [image(&digest, "theirs")]);
    assert_eq!(environment.repositories().await, [prod]);
    assert_met(&run, StepId::Cleanup).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn undoing_a_step_keeps_a_colleagues_images_too() {
    let environment = LabEnvironment::start().await;
    let prod = environment.plan.prod.clone();
    let (_lab, run) = environment.run_to(StepId::Push).await;
    let theirs = environment.push_foreign_image(&prod, "theirs").await;
    let undo = async |step| run.undo(step, std::sync::Arc::new(()), tokio_util::sync::CancellationToken::new()).await;
    undo(StepId::Repositories).await.unwrap();
    assert_eq!(environment.images(&prod).await, [image(&theirs, "theirs")]);
    assert_eq!(environment.repositories().await, [prod.as_str()]);
    // The steps can be run again, and the colleague's image is still there at the end.
    run_from(&run, StepId::Repositories).await;
    assert_eq!(environment.images(&prod).await, [image(&theirs, "theirs")]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_image_that_a_later_push_replaced_is_deleted_and_a_colleagues_untagged_one_is_not() {
    let environment = LabEnvironment::start().await;
    let sandbox = environment.plan.sandbox.clone();
    let (_lab, run) = environment.run_to(StepId::Push).await;
    let ours = environment.digest(&sandbox, "latest").await.unwrap();
    // A colleague moves the tag to an image of theirs, and gives that up again: it has no tag now, nor has the lab's.
    let theirs = environment.push_foreign_image(&sandbox, "latest").await;
    environment.tag_image(&sandbox, &ours, "latest").await;
    let untagged = environment.push_foreign_image(&sandbox, "other").await;
    environment.tag_image(&sandbox, &theirs, "other").await;
    assert_eq!(environment.digest(&sandbox, "latest").await.unwrap(), ours);
    let before = environment.images(&sandbox).await;
    assert!(before.contains(&(untagged.clone(), Vec::new())), "{before:?}");
    run_step(&run, StepId::Cleanup).await.unwrap();
    let mut expected = [image(&theirs, "other"), (untagged, Vec::new())];
    expected.sort();
    assert_eq!(environment.images(&sandbox).await, expected);
    assert_met(&run, StepId::Cleanup).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_push_that_was_not_recorded_is_distinguished_from_a_colleagues_by_its_image() {
    let environment = LabEnvironment::start().await;
    let (prod, sandbox) = (environment.plan.prod.clone(), environment.plan.sandbox.clone());
    let (_lab, run) = environment.run_to(StepId::Repositories).await;
    // The push is done, and reading it back fails.
    environment.inject("ecr:BatchGetImage=access-denied");
    assert_eq!(refused(&run, StepId::Push).await.code, Code::AccessDenied);
    environment.practice.faults().clear();
    let ours = environment.digest(&prod, "latest").await.unwrap();
    let theirs = environment.push_foreign_image(&prod, "latest").await;
    assert_ne!(ours, theirs);
    run_step(&run, StepId::Cleanup).await.unwrap();
    assert_eq!(environment.images(&prod).await, [image(&theirs, "latest")]);
    assert_eq!(environment.repositories().await, [prod]);
    assert!(!environment.repositories().await.contains(&sandbox));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_commands_for_the_clean_up_never_force() {
    let environment = LabEnvironment::start().await;
    let (_lab, run) = environment.run_to(StepId::Remediate).await;
    let lines: Vec<_> = run.commands(StepId::Cleanup).into_iter().map(|command| command.line).collect();
    assert!(lines.iter().all(|line| !line.contains("--force")), "{lines:#?}");
    let at =
        |text: &str| lines.iter().position(|line| line.contains(text)).unwrap_or_else(|| panic!("{text}: {lines:#?}"));
    let prod = &environment.plan.prod;
    let untag = format!("ecr batch-delete-image --repository-name {prod} --image-ids imageTag=latest");
    assert!(at(&untag) < at(&format!("ecr delete-repository --repository-name {prod}")), "{lines:#?}");
}
