//! Ownership: pre-existing resources are reused, never deleted, and restored.

use aws_sdk_ecr::types::{ImageIdentifier, ImageTagMutability, ScanFrequency, ScanType};
use lab::{ChangeKind, CheckStatus, Code, Plan, ResourceKind, Run, StepId};

use crate::support::{LabEnvironment, assert_met, item, refused, run_step};

async fn run_all(run: &Run) {
    for step in StepId::ALL {
        run_step(run, step).await.unwrap_or_else(|error| panic!("{step:?}: {error:?}"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn cleanup_restores_preexisting_rules() {
    for (scan_type, rules, before, during) in [
        (ScanType::Basic, vec![], "BASIC", "ENHANCED [CONTINUOUS_SCAN: prod]"),
        (
            ScanType::Basic,
            vec![(ScanFrequency::ScanOnPush, vec!["legacy"])],
            "BASIC [SCAN_ON_PUSH: legacy]",
            "ENHANCED [CONTINUOUS_SCAN: prod] [SCAN_ON_PUSH: legacy]",
        ),
        (
            ScanType::Enhanced,
            vec![
                (ScanFrequency::ContinuousScan, vec!["payments/*", "core"]),
                (ScanFrequency::ScanOnPush, vec!["dev*"]),
            ],
            "ENHANCED [CONTINUOUS_SCAN: payments/* core] [SCAN_ON_PUSH: dev*]",
            "ENHANCED [CONTINUOUS_SCAN: core payments/* prod] [SCAN_ON_PUSH: dev*]",
        ),
    ] {
        let environment = LabEnvironment::start().await;
        let rules: Vec<(ScanFrequency, &[&str])> =
            rules.iter().map(|(frequency, filters)| (frequency.clone(), filters.as_slice())).collect();
        environment.configure_scanning(scan_type, &rules).await;
        let inspector = environment.inspector_status().await;
        let (_lab, run) = environment.run().await;
        run_step(&run, StepId::Scanning).await.unwrap();
        assert_eq!(environment.scanning_configuration().await, during);
        // Running it again must not record the lab's own rules as pre-existing.
        run_step(&run, StepId::Scanning).await.unwrap();
        run_step(&run, StepId::Cleanup).await.unwrap();
        assert_eq!(environment.scanning_configuration().await, before);
        assert_eq!(environment.inspector_status().await, inspector);
        assert!(run.outcome().await.unwrap().receipt.unwrap().restored);
        assert_met(&run, StepId::Cleanup).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn kept_rules_are_combined_with_the_labs_own() {
    let mut environment = LabEnvironment::start().await;
    environment.plan.keep_rules = true;
    let rules: &[(ScanFrequency, &[&str])] =
        &[(ScanFrequency::ScanOnPush, &["dev*"]), (ScanFrequency::ContinuousScan, &["payments/*"])];
    environment.configure_scanning(ScanType::Enhanced, rules).await;
    let before = environment.scanning_configuration().await;
    let (_lab, run) = environment.run().await;
    let preview = run.preview(StepId::Scanning).await.unwrap();
    assert_eq!(preview.changes[0].kind, ChangeKind::Replace);
    for step in StepId::ALL.into_iter().filter(|step| *step < StepId::Cleanup) {
        run_step(&run, step).await.unwrap();
        assert_met(&run, step).await;
    }
    assert_eq!(
        environment.scanning_configuration().await,
        "ENHANCED [CONTINUOUS_SCAN: payments/* prod] [SCAN_ON_PUSH: dev*]"
    );
    run_step(&run, StepId::Cleanup).await.unwrap();
    assert_eq!(environment.scanning_configuration().await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn another_users_change_of_the_configuration_is_kept() {
    let environment = LabEnvironment::start().await;
    let (_lab, run) = environment.run_to(StepId::Push).await;
    environment.configure_scanning(ScanType::Enhanced, &[(ScanFrequency::ContinuousScan, &["everything*"])]).await;
    run_step(&run, StepId::Cleanup).await.unwrap();
    assert_eq!(environment.scanning_configuration().await, "ENHANCED [CONTINUOUS_SCAN: everything*]");
    assert_eq!(environment.inspector_status().await, "ENABLED");
    let receipt = run.outcome().await.unwrap().receipt.unwrap();
    assert!(!receipt.restored);
    let kept: Vec<_> = receipt.kept.iter().map(|kept| kept.why.id.as_str()).collect();
    assert_eq!(kept, ["kept-record", "kept-configuration-changed", "kept-inspector-on"]);
    let check = item(&run, StepId::Cleanup, "configuration-restored").await;
    assert_eq!((check.outcome, check.detail.id.as_str()), (CheckStatus::NotMet, "check-configuration-changed"));
    // It keeps the record until a person has chosen.
    assert_eq!(environment.repositories().await, [environment.plan.shared.as_str()]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_preexisting_repository_is_used_and_kept() {
    let environment = LabEnvironment::start().await;
    environment.create_repository(&environment.plan.prod).await;
    let theirs = environment.push_foreign_image(&environment.plan.prod, "theirs").await;
    let (_lab, run) = environment.run().await;
    let preview = run.preview(StepId::Repositories).await.unwrap();
    assert_eq!(preview.changes[0].kind, ChangeKind::Keep);
    assert!(preview.warnings.iter().any(|warning| warning.id == "warning-repository-stands"));
    for step in StepId::ALL {
        run_step(&run, step).await.unwrap();
        assert_met(&run, step).await;
    }
    assert_eq!(environment.repositories().await, [environment.plan.prod.as_str()]);
    assert_eq!(environment.images(&environment.plan.prod).await, [(theirs, vec!["theirs".to_owned()])]);
    let receipt = run.outcome().await.unwrap().receipt.unwrap();
    assert!(receipt.kept.iter().any(|kept| kept.what == environment.plan.prod && kept.why.id == "kept-stood"));
    let images = receipt.deleted.iter().filter(|gone| gone.kind == ResourceKind::Image);
    let images: Vec<_> = images.map(|gone| gone.name.as_str()).collect();
    let expected = ["eks-security-prod:4.4.48", "eks-security-prod:latest", "eks-security-sandbox:latest"];
    assert_eq!(images, expected, "{receipt:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_preexisting_tag_is_restored() {
    let mut environment = LabEnvironment::start().await;
    environment.plan.move_tags = true;
    environment.create_repository(&environment.plan.sandbox).await;
    let theirs = environment.push_foreign_image(&environment.plan.sandbox, "latest").await;
    let (_lab, run) = environment.run_to(StepId::Repositories).await;
    let preview = run.preview(StepId::Push).await.unwrap();
    assert!(preview.warnings.iter().any(|warning| warning.id == "warning-tag-moves"));
    run_step(&run, StepId::Push).await.unwrap();
    assert_met(&run, StepId::Push).await;
    assert_ne!(environment.digest(&environment.plan.sandbox, "latest").await.unwrap(), theirs);
    // Run again, as after a kill: the recorded pre-existing tag is unchanged.
    run_step(&run, StepId::Push).await.unwrap();
    run_step(&run, StepId::Cleanup).await.unwrap();
    assert_eq!(environment.images(&environment.plan.sandbox).await, [(theirs, vec!["latest".to_owned()])]);
    assert_met(&run, StepId::Cleanup).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_immutable_tag_that_others_push_meanwhile_is_reported_before_anything_is_pushed() {
    let environment = LabEnvironment::start().await;
    let name = environment.plan.prod.clone();
    environment.create_repository(&name).await;
    let put = environment.ecr.put_image_tag_mutability().repository_name(&name);
    put.image_tag_mutability(ImageTagMutability::Immutable).send().await.unwrap();
    let (_lab, run) = environment.run_to(StepId::Repositories).await;
    let theirs = environment.push_foreign_image(&name, "latest").await;
    assert_eq!(refused(&run, StepId::Push).await.code, Code::TagTaken);
    assert_eq!(environment.images(&name).await, [(theirs.clone(), vec!["latest".to_owned()])]);
    run_step(&run, StepId::Cleanup).await.unwrap();
    assert_eq!(environment.images(&name).await, [(theirs, vec!["latest".to_owned()])]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_immutable_tag_of_our_own_is_not_pushed_twice() {
    let environment = LabEnvironment::start().await;
    let name = environment.plan.prod.clone();
    environment.create_repository(&name).await;
    let put = environment.ecr.put_image_tag_mutability().repository_name(&name);
    put.image_tag_mutability(ImageTagMutability::Immutable).send().await.unwrap();
    let (_lab, run) = environment.run_to(StepId::Push).await;
    run_step(&run, StepId::Push).await.unwrap();
    assert_met(&run, StepId::Push).await;
    run_step(&run, StepId::Cleanup).await.unwrap();
    assert!(environment.images(&name).await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_preexisting_image_with_the_same_digest_is_not_deleted() {
    let environment = LabEnvironment::start().await;
    // An abandoned run leaves the same images that the next one pushes.
    let (lab, run) = environment.run_to(StepId::Push).await;
    let before = environment.images(&environment.plan.prod).await;
    drop(run);
    lab.abandon().unwrap();
    let run = lab.start(environment.plan.clone(), environment.access(), &lab::RunOptions::default()).await.unwrap();
    run_all(&run).await;
    assert_eq!(environment.images(&environment.plan.prod).await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn resources_created_with_the_labs_commands_belong_to_the_run() {
    let environment = LabEnvironment::start().await;
    let (_lab, run) = environment.run().await;
    let id = run.info().unwrap().id;
    let tag = aws_sdk_ecr::types::Tag::builder().key("imagelab:run").value(&id.0).build().unwrap();
    environment.ecr.create_repository().repository_name(&environment.plan.prod).tags(tag).send().await.unwrap();
    assert!(run.commands(StepId::Repositories)[0].line.contains(&format!("Key=imagelab:run,Value={id}")));
    run_step(&run, StepId::Repositories).await.unwrap();
    run_step(&run, StepId::Cleanup).await.unwrap();
    assert!(environment.repositories().await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_repository_recreated_by_another_user_is_kept() {
    let environment = LabEnvironment::start().await;
    let (_lab, run) = environment.run_to(StepId::Repositories).await;
    let name = &environment.plan.shared;
    environment.ecr.delete_repository().repository_name(name).send().await.unwrap();
    environment.create_repository(name).await;
    run_step(&run, StepId::Cleanup).await.unwrap();
    assert_eq!(environment.repositories().await, [name.as_str()]);
    let receipt = run.outcome().await.unwrap().receipt.unwrap();
    assert!(receipt.kept.iter().any(|kept| kept.what == *name && kept.why.id == "kept-made-anew"), "{receipt:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_local_image_that_was_there_before_stays() {
    let environment = LabEnvironment::start().await;
    let Plan { image, .. } = &environment.plan;
    let (name, tag) = image.rsplit_once(':').unwrap();
    let url = format!("{}/images/create?fromImage={name}&tag={tag}", environment.engine_url());
    assert!(reqwest::Client::new().post(url).send().await.unwrap().text().await.unwrap().contains("sha256:"));
    let (_lab, run) = environment.run().await;
    run_all(&run).await;
    assert_eq!(environment.local_names().await, [image.as_str()]);
    assert!(environment.is_local(image).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_step_can_be_undone_by_itself() {
    let environment = LabEnvironment::start().await;
    let (_lab, run) = environment.run_to(StepId::Remediate).await;
    let undo = async |step| run.undo(step, std::sync::Arc::new(()), tokio_util::sync::CancellationToken::new()).await;
    undo(StepId::Remediate).await.unwrap();
    let prod = &environment.plan.prod;
    assert_eq!(environment.images(prod).await.len(), 1);
    assert!(environment.digest(prod, "latest").await.is_some());
    assert!(
        environment.is_local(&environment.plan.image).await
            && !environment.is_local(&environment.plan.fixed_image).await
    );
    undo(StepId::Results).await.unwrap();
    undo(StepId::Push).await.unwrap();
    assert!(environment.images(prod).await.is_empty() && environment.local_names().await.is_empty());
    undo(StepId::Repositories).await.unwrap();
    assert_eq!(environment.repositories().await, [environment.plan.shared.as_str()]);
    undo(StepId::Scanning).await.unwrap();
    assert!(environment.repositories().await.is_empty());
    assert_eq!(
        (environment.scanning_configuration().await.as_str(), environment.inspector_status().await.as_str()),
        ("BASIC", "DISABLED")
    );
    assert_eq!(crate::support::problem(undo(StepId::Cleanup).await.unwrap_err()).code, Code::UndoImpossible);
    // All steps can be run again.
    run_all(&run).await;
    assert_met(&run, StepId::Cleanup).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_users_image_in_the_sandbox_has_a_different_digest() {
    let environment = LabEnvironment::start().await;
    let (_lab, run) = environment.run_to(StepId::Push).await;
    let id = ImageIdentifier::builder().image_tag("latest").build();
    let sandbox = &environment.plan.sandbox;
    environment.ecr.batch_delete_image().repository_name(sandbox).image_ids(id).send().await.unwrap();
    assert_eq!(item(&run, StepId::Push, "sandbox-image").await.outcome, CheckStatus::NotMet);
    environment.push_foreign_image(sandbox, "latest").await;
    let check = item(&run, StepId::Push, "same-digest").await;
    assert_eq!((check.outcome, check.detail.id.as_str()), (CheckStatus::NotMet, "check-digests"));
}
