//! Cleaning up a run of which no record is left: what the account does not prove to be the run's stays, and is not said to be done.

use aws_sdk_ecr::types::{ImageIdentifier, ScanFrequency, ScanType};
use lab::{CheckStatus, ConfigurationChoice, Lab, Plan, ResourceKind, Run, RunId, RunOptions, StepId};

use crate::support::{LabEnvironment, assert_met, item, run_step};

/// A run up to a step, whose folder is then no longer used.
async fn lost(environment: &LabEnvironment, last: StepId) -> RunId {
    let (_lab, run) = environment.run_to(last).await;
    run.info().unwrap().id
}

/// The run as it is found again in another folder.
async fn recover(environment: &LabEnvironment, folder: &str, id: &RunId) -> (Lab, Run) {
    let lab = environment.lab_in(folder).await;
    let options = RunOptions::default();
    let recovered = lab.recover(environment.plan.clone(), Some(id), environment.access(), &options).await.unwrap();
    (lab, recovered.run.unwrap())
}

/// The reasons of what the receipt says to be open.
async fn open(run: &Run) -> Vec<String> {
    let receipt = run.outcome().await.unwrap().receipt.unwrap();
    let open = receipt.kept.into_iter().filter(|kept| kept.open);
    open.map(|kept| format!("{} {}", kept.what, kept.why.id)).collect()
}

async fn tag_keys(environment: &LabEnvironment, name: &str) -> Vec<String> {
    let arn = format!("arn:aws:ecr:{}:123456789012:repository/{name}", environment.practice.region());
    let tags = environment.ecr.list_tags_for_resource().resource_arn(arn).send().await.unwrap();
    tags.tags.unwrap_or_default().into_iter().map(|tag| tag.key).collect()
}

async fn remove(environment: &LabEnvironment, repository: &str, digest: &str) {
    let id = ImageIdentifier::builder().image_digest(digest).build();
    environment.ecr.batch_delete_image().repository_name(repository).image_ids(id).send().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_colleagues_image_under_the_plans_tag_stays_and_the_labs_own_goes() {
    let environment = LabEnvironment::start().await;
    let id = lost(&environment, StepId::Push).await;
    let prod = environment.plan.prod.clone();
    let theirs = environment.push_foreign_image(&prod, "latest").await;
    let (_lab, run) = recover(&environment, "second", &id).await;
    run_step(&run, StepId::Cleanup).await.unwrap();
    assert_eq!(environment.images(&prod).await, [(theirs.clone(), vec!["latest".to_owned()])]);
    assert_eq!(environment.repositories().await, [prod.as_str()]);
    let expected = [format!("{prod}:latest kept-unknown-image"), format!("{prod} kept-holds-unknown")];
    assert_eq!(open(&run).await, expected);
    let receipt = run.outcome().await.unwrap().receipt.unwrap();
    let kept = receipt.kept.iter().find(|kept| kept.why.id == "kept-unknown-image").unwrap();
    assert!(format!("{:?}", kept.why).contains("batch-delete-image"), "{kept:?}");
    for id in ["repositories-gone", "images-gone"] {
        assert_eq!(item(&run, StepId::Cleanup, id).await.outcome, CheckStatus::NotMet, "{id}");
    }
    assert!(!run.info().unwrap().finished);
    // It is found again, until a person has decided.
    let (_lab, again) = recover(&environment, "third", &id).await;
    run_step(&again, StepId::Cleanup).await.unwrap();
    assert!(!again.info().unwrap().finished);
    remove(&environment, &prod, &theirs).await;
    run_step(&again, StepId::Cleanup).await.unwrap();
    assert_met(&again, StepId::Cleanup).await;
    assert!(again.info().unwrap().finished && environment.repositories().await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_whose_repositories_were_all_there_is_found_by_its_record() {
    let environment = LabEnvironment::start().await;
    let before = environment.scanning_configuration().await;
    for name in environment.plan.repositories() {
        environment.create_repository(name).await;
    }
    let id = lost(&environment, StepId::Push).await;
    let (_lab, run) = recover(&environment, "second", &id).await;
    run_step(&run, StepId::Cleanup).await.unwrap();
    assert_met(&run, StepId::Cleanup).await;
    assert!(run.info().unwrap().finished);
    assert_eq!(environment.scanning_configuration().await, before);
    let names = environment.plan.repositories();
    assert_eq!(environment.repositories().await, names);
    for name in names {
        assert!(environment.images(name).await.is_empty(), "{name}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn images_under_tags_of_their_own_are_found_by_their_digests() {
    let mut environment = LabEnvironment::start().await;
    environment.plan.tag = "vuln".to_owned();
    let id = lost(&environment, StepId::Push).await;
    environment.plan.tag = Plan::default().tag;
    let (_lab, run) = recover(&environment, "second", &id).await;
    run_step(&run, StepId::Cleanup).await.unwrap();
    assert_met(&run, StepId::Cleanup).await;
    assert!(run.info().unwrap().finished && environment.repositories().await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn without_the_record_of_its_pushes_a_runs_images_are_kept_and_named() {
    let environment = LabEnvironment::start().await;
    let id = lost(&environment, StepId::Push).await;
    for name in [&environment.plan.prod, &environment.plan.sandbox] {
        let arn = format!("arn:aws:ecr:{}:123456789012:repository/{name}", environment.practice.region());
        environment.ecr.untag_resource().resource_arn(arn).tag_keys("imagelab:pushed-1").send().await.unwrap();
    }
    let (_lab, run) = recover(&environment, "second", &id).await;
    run_step(&run, StepId::Cleanup).await.unwrap();
    assert_eq!(environment.repositories().await, [environment.plan.prod.as_str(), environment.plan.sandbox.as_str()]);
    assert_eq!(environment.images(&environment.plan.prod).await.len(), 1);
    assert_eq!(open(&run).await.len(), 4);
    assert!(!run.info().unwrap().finished);
}

/// Without its record the run is not known to have made the images in the engine, nor that it has not.
#[tokio::test(flavor = "multi_thread")]
async fn local_images_of_a_lost_run_are_of_unknown_origin_and_never_none() {
    let environment = LabEnvironment::start().await;
    let id = lost(&environment, StepId::Push).await;
    let (_lab, run) = recover(&environment, "second", &id).await;
    let named = run.preview(StepId::Cleanup).await.unwrap().named_by_plan;
    assert_eq!(named.iter().map(|named| named.unknown_origin).collect::<Vec<_>>(), [true; 3], "{named:?}");
    run_step(&run, StepId::Cleanup).await.unwrap();
    let local = item(&run, StepId::Cleanup, "local-gone").await;
    assert_eq!((local.outcome, local.detail.id.as_str()), (CheckStatus::Met, "check-unknown-origin-kept"));
    assert!(run.check(StepId::Cleanup).await.unwrap().iter().all(|check| check.id != "kept"));
    let receipt = run.outcome().await.unwrap().receipt.unwrap();
    let of_images = receipt.kept.iter().filter(|kept| kept.kind == ResourceKind::LocalImage);
    assert_eq!(of_images.map(|kept| kept.why.id.as_str()).collect::<Vec<_>>(), ["kept-unknown-origin"; 3]);
    // They go where a person names them.
    run.choose_removals(&named.into_iter().map(|named| named.name).collect::<Vec<_>>()).unwrap();
    run_step(&run, StepId::Cleanup).await.unwrap();
    assert_eq!(item(&run, StepId::Cleanup, "local-gone").await.detail.id, "check-gone");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_that_is_not_named_is_only_listed() {
    let environment = LabEnvironment::start().await;
    let id = lost(&environment, StepId::Push).await;
    let repositories = environment.repositories().await;
    let lab = environment.lab_in("second").await;
    let options = RunOptions::default();
    let search = lab.recover(environment.plan.clone(), None, environment.access(), &options).await.unwrap();
    assert!(search.run.is_none() && lab.newest().unwrap().is_none());
    assert_eq!(search.read.others, [(id.0.clone(), repositories.clone())]);
    let other = RunId("000000000000".to_owned());
    let search = lab.recover(environment.plan.clone(), Some(&other), environment.access(), &options).await.unwrap();
    assert!(search.run.is_none() && search.read.others.len() == 1);
    assert_eq!(environment.repositories().await, repositories);
}

/// Another user's `latest` in a repository of theirs, which a lost run has moved.
async fn moved(environment: &mut LabEnvironment) -> (String, RunId) {
    environment.plan.move_tags = true;
    environment.create_repository(&environment.plan.prod).await;
    let theirs = environment.push_foreign_image(&environment.plan.prod, "latest").await;
    let id = lost(environment, StepId::Push).await;
    assert_ne!(environment.digest(&environment.plan.prod, "latest").await.unwrap(), theirs);
    environment.plan.move_tags = false;
    (theirs, id)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tag_that_a_lost_run_has_moved_is_put_back() {
    let mut environment = LabEnvironment::start().await;
    let (theirs, id) = moved(&mut environment).await;
    let (_lab, run) = recover(&environment, "second", &id).await;
    run_step(&run, StepId::Cleanup).await.unwrap();
    let prod = &environment.plan.prod;
    assert_eq!(environment.images(prod).await, [(theirs, vec!["latest".to_owned()])]);
    assert_eq!(item(&run, StepId::Cleanup, "tags-restored").await.outcome, CheckStatus::Met);
    assert_met(&run, StepId::Cleanup).await;
    assert!(run.info().unwrap().finished && environment.repositories().await == [prod.as_str()]);
}

#[tokio::test(flavor = "multi_thread")]
async fn where_it_is_not_known_which_tag_was_moved_that_is_said() {
    let mut environment = LabEnvironment::start().await;
    let (theirs, id) = moved(&mut environment).await;
    for name in [&environment.plan.sandbox, &environment.plan.shared] {
        let images = environment.images(name).await;
        for (digest, _) in images {
            remove(&environment, name, &digest).await;
        }
        environment.ecr.delete_repository().repository_name(name).send().await.unwrap();
    }
    // Of the run only the tag is left that keeps the other image.
    let (_lab, run) = recover(&environment, "second", &id).await;
    run_step(&run, StepId::Cleanup).await.unwrap();
    let prod = &environment.plan.prod;
    let kept = environment.images(prod).await;
    assert!(kept.contains(&(theirs, vec![format!("imagelab-before-{id}")])) && kept.len() == 2, "{kept:?}");
    assert!(open(&run).await.contains(&format!("{prod}:imagelab-before-{id} kept-unknown-tag")));
    assert_eq!(item(&run, StepId::Cleanup, "images-gone").await.outcome, CheckStatus::NotMet);
    assert!(!run.info().unwrap().finished);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_record_stays_until_a_person_has_chosen_the_configuration() {
    let environment = LabEnvironment::start().await;
    let before = environment.scanning_configuration().await;
    let (lab, run) = environment.run_to(StepId::Push).await;
    let id = run.info().unwrap().id;
    environment.configure_scanning(ScanType::Enhanced, &[(ScanFrequency::ContinuousScan, &["prod", "theirs"])]).await;
    run_step(&run, StepId::Cleanup).await.unwrap();
    let shared = environment.plan.shared.clone();
    assert_eq!(environment.repositories().await, [shared.as_str()]);
    assert!(open(&run).await.contains(&format!("{shared} kept-record")));
    assert_eq!(item(&run, StepId::Cleanup, "repositories-gone").await.outcome, CheckStatus::NotMet);
    let keys = tag_keys(&environment, &shared).await;
    assert!(keys.contains(&"imagelab:before-1".to_owned()) && !keys.contains(&"imagelab:finished".to_owned()));
    drop((run, lab));
    let (_lab, run) = recover(&environment, "second", &id).await;
    run_step(&run, StepId::Cleanup).await.unwrap();
    assert!(!run.info().unwrap().finished && environment.repositories().await.len() == 1);
    run.choose_configuration(ConfigurationChoice::Restore).unwrap();
    run_step(&run, StepId::Cleanup).await.unwrap();
    assert_met(&run, StepId::Cleanup).await;
    assert_eq!(environment.scanning_configuration().await, before);
    assert!(environment.repositories().await.is_empty() && run.info().unwrap().finished);
}
