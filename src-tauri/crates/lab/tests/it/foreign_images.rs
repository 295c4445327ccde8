//! Images that another user pushes to the run's repositories: they are there before, during and after the clean-up.

use i18n::Message;
use lab::{CheckStatus, Code, Event, ResourceKind, Run, StepId};

use crate::support::{LabEnvironment, assert_met, item, refused, run_and_collect_events, run_step};

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
    // The record of what the registry was stays while its configuration is the run's.
    assert_eq!(environment.repositories().await, [prod.as_str(), &environment.plan.shared]);
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

/// Pushes an image of the engine by its name, as a person would in a terminal.
async fn push_by_hand(environment: &LabEnvironment, repository: &str, tag: &str) {
    use base64::Engine as _;
    let token = testbed::aws::authorization_token(&environment.ecr).await;
    let decoded = base64::prelude::BASE64_STANDARD.decode(token).unwrap();
    let login = String::from_utf8(decoded).unwrap();
    let (username, password) = login.split_once(':').unwrap();
    let auth = serde_json::json!({ "username": username, "password": password }).to_string();
    let uri = environment.repository_uri(repository).await;
    let push = testbed::http_client::http_client()
        .post(format!("{}/images/{uri}/push?tag={tag}", environment.engine_url()))
        .header("X-Registry-Auth", base64::prelude::BASE64_URL_SAFE.encode(auth));
    let lines = push.send().await.unwrap().text().await.unwrap();
    assert!(lines.contains("sha256:") && !lines.contains("error"), "{lines}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_image_that_a_person_pushes_after_the_labs_push_was_refused_is_theirs() {
    let environment = LabEnvironment::start().await;
    let prod = environment.plan.prod.clone();
    let (_lab, run) = environment.run_to(StepId::Repositories).await;
    environment.inject("registry:PutManifest=access-denied*9");
    refused(&run, StepId::Push).await;
    environment.practice.faults().clear();
    // The very image that the lab was about to push, under the same tag.
    push_by_hand(&environment, &prod, "latest").await;
    let theirs = environment.digest(&prod, "latest").await.unwrap();
    let preview = run.preview(StepId::Cleanup).await.unwrap();
    assert!(preview.named_by_plan.iter().any(|named| named.name == format!("{prod}:latest")), "{preview:?}");
    run_step(&run, StepId::Cleanup).await.unwrap();
    assert_eq!(environment.images(&prod).await, [image(&theirs, "latest")]);
    assert_eq!(environment.repositories().await, [prod]);
    assert_met(&run, StepId::Cleanup).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_chosen_repository_that_holds_images_is_kept_and_not_reported_as_removed() {
    let environment = LabEnvironment::start().await;
    let shared = environment.plan.shared.clone();
    environment.create_repository(&shared).await;
    let theirs = environment.push_foreign_image(&shared, "theirs").await;
    let (_lab, run) = environment.run_to(StepId::Repositories).await;
    run.choose_removals(std::slice::from_ref(&shared)).unwrap();
    let (result, events) = run_and_collect_events(&run, StepId::Cleanup).await;
    result.unwrap();
    let notes = notes(&events);
    assert!(notes.contains(&"note-chosen-kept") && !notes.contains(&"note-chosen-removed"), "{notes:?}");
    assert_eq!(environment.images(&shared).await, [image(&theirs, "theirs")]);
    let check = item(&run, StepId::Cleanup, "chosen-removed").await;
    let detail = Message::new("kept-chosen-holds").with("name", &shared).with("count", 1);
    assert_eq!((check.outcome, check.detail), (CheckStatus::NotMet, detail));
    assert!(!run.outcome().await.unwrap().receipt.unwrap().is_complete());
    // Once it is empty, it goes.
    environment.delete_image(&shared, &theirs).await;
    run_step(&run, StepId::Cleanup).await.unwrap();
    assert!(environment.repositories().await.is_empty());
    assert_met(&run, StepId::Cleanup).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_repository_that_still_holds_the_runs_own_images_is_not_said_to_hold_those_of_others() {
    let environment = LabEnvironment::start().await;
    let (_lab, run) = environment.run_to(StepId::Push).await;
    environment.inject("ecr:BatchDeleteImage=access-denied*99");
    let (result, events) = run_and_collect_events(&run, StepId::Cleanup).await;
    result.unwrap_err();
    let notes = notes(&events);
    assert!(notes.contains(&"note-repository-left") && !notes.contains(&"note-repository-kept"), "{notes:?}");
}

fn notes(events: &[Event]) -> Vec<&str> {
    let messages = events.iter().filter_map(|event| match event {
        Event::Note { message } => Some(message.id.as_str()),
        _ => None,
    });
    messages.collect()
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
