//! A tag that another user's image has: it is not moved by default; if it may be, it is put back, and the image is never without a tag.

use aws_sdk_ecr::types::{ImageIdentifier, TargetStorageClass};
use lab::{CheckStatus, Code, Direction, Event, LabError, Run, StepId};
use serde_json::{Value, json};

use crate::support::{LabEnvironment, assert_met, item, problem, refused, run_step};

async fn start(move_tags: bool) -> (LabEnvironment, String) {
    let mut environment = LabEnvironment::start().await;
    environment.plan.move_tags = move_tags;
    environment.create_repository(&environment.plan.sandbox).await;
    let theirs = environment.push_foreign_image(&environment.plan.sandbox, "latest").await;
    (environment, theirs)
}

async fn images(environment: &LabEnvironment) -> Vec<(String, Vec<String>)> {
    environment.images(&environment.plan.sandbox).await
}

fn tags(names: &[&str]) -> Vec<String> {
    names.iter().map(|&name| name.to_owned()).collect()
}

fn saved_tag(run: &Run) -> String {
    format!("imagelab-before-{}", run.info().unwrap().id)
}

async fn reasons(run: &Run) -> Vec<String> {
    let receipt = run.outcome().await.unwrap().receipt.unwrap();
    receipt.kept.into_iter().map(|kept| format!("{} {}", kept.what, kept.why.id)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn another_images_tag_is_not_moved_unless_the_plan_allows_it() {
    let (environment, theirs) = start(false).await;
    let before = environment.scanning_configuration().await;
    let (_lab, run) = environment.run_to(StepId::Prepare).await;
    let check = item(&run, StepId::Prepare, "tags-free").await;
    assert_eq!((check.outcome, check.detail.id.as_str()), (CheckStatus::NotMet, "check-tags-free-not-met"));
    let preview = run.preview(StepId::Push).await.unwrap();
    assert!(preview.warnings.iter().any(|warning| warning.id == "warning-tag-refused"), "{preview:?}");
    assert_eq!(refused(&run, StepId::Scanning).await.code, Code::TagOfOthers);
    assert_eq!(environment.scanning_configuration().await, before);
    assert_eq!(environment.repositories().await, [environment.plan.sandbox.as_str()]);
    assert_eq!(images(&environment).await, [(theirs.clone(), tags(&["latest"]))]);
    run_step(&run, StepId::Cleanup).await.unwrap();
    assert_eq!(images(&environment).await, [(theirs, tags(&["latest"]))]);
    assert_met(&run, StepId::Cleanup).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tag_that_another_user_gives_after_the_first_steps_is_not_moved_either() {
    let environment = LabEnvironment::start().await;
    environment.create_repository(&environment.plan.sandbox).await;
    let (_lab, run) = environment.run_to(StepId::Repositories).await;
    let theirs = environment.push_foreign_image(&environment.plan.sandbox, "latest").await;
    assert_eq!(refused(&run, StepId::Push).await.code, Code::TagOfOthers);
    run_step(&run, StepId::Cleanup).await.unwrap();
    assert_eq!(images(&environment).await, [(theirs, tags(&["latest"]))]);
    assert_met(&run, StepId::Cleanup).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_moved_tag_is_kept_by_another_one_until_it_is_back() {
    let (environment, theirs) = start(true).await;
    let (_lab, run) = environment.run_to(StepId::Repositories).await;
    assert_eq!(item(&run, StepId::Prepare, "tags-free").await.outcome, CheckStatus::Met);
    let saved = saved_tag(&run);
    let preview = run.preview(StepId::Push).await.unwrap();
    let announced = format!("{preview:?}");
    assert!(announced.contains(&saved) && announced.contains("warning-tag-moves"), "{announced}");
    run_step(&run, StepId::Push).await.unwrap();
    let moved = images(&environment).await;
    assert!(moved.contains(&(theirs.clone(), tags(&[&saved]))), "{moved:?}");
    assert_ne!(environment.digest(&environment.plan.sandbox, "latest").await.unwrap(), theirs);
    assert_met(&run, StepId::Push).await;
    // Again, as after a kill: what was before is still what it was.
    run_step(&run, StepId::Push).await.unwrap();
    assert_eq!(item(&run, StepId::Cleanup, "tags-restored").await.outcome, CheckStatus::NotMet);
    let preview = format!("{:?}", run.preview(StepId::Cleanup).await.unwrap());
    assert!(preview.contains("Restore") && preview.contains(&theirs), "{preview}");
    run_step(&run, StepId::Cleanup).await.unwrap();
    assert_eq!(images(&environment).await, [(theirs, tags(&["latest"]))]);
    assert_met(&run, StepId::Cleanup).await;
    let reasons = reasons(&run).await;
    assert!(reasons.contains(&"eks-security-sandbox:latest kept-tag-restored".to_owned()), "{reasons:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tag_that_cannot_be_put_back_is_not_met() {
    let (environment, theirs) = start(true).await;
    let (_lab, run) = environment.run_to(StepId::Push).await;
    environment.delete_image(&environment.plan.sandbox, &theirs).await;
    run_step(&run, StepId::Cleanup).await.unwrap();
    let check = item(&run, StepId::Cleanup, "tags-restored").await;
    assert_eq!((check.outcome, check.detail.id.as_str()), (CheckStatus::NotMet, "check-tags-not-restored"));
    assert!(!run.outcome().await.unwrap().ok);
    let reasons = reasons(&run).await;
    assert!(reasons.contains(&"eks-security-sandbox:latest kept-tag-not-restored".to_owned()), "{reasons:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tag_that_a_colleague_moves_during_the_run_is_theirs() {
    let (environment, theirs) = start(true).await;
    let sandbox = environment.plan.sandbox.clone();
    let (_lab, run) = environment.run_to(StepId::Push).await;
    let saved = saved_tag(&run);
    let other = environment.push_foreign_image(&sandbox, "other").await;
    environment.tag_image(&sandbox, &other, "latest").await;
    run_step(&run, StepId::Cleanup).await.unwrap();
    let mut expected = [(theirs, tags(&[&saved])), (other, tags(&["latest", "other"]))];
    expected.sort();
    assert_eq!(images(&environment).await, expected);
    let check = item(&run, StepId::Cleanup, "tags-restored").await;
    assert_eq!((check.outcome, check.detail.id.as_str()), (CheckStatus::NotMet, "check-tags-not-restored"));
    let reasons = reasons(&run).await;
    for reason in ["latest kept-tag-moved-since".to_owned(), format!("{saved} kept-saved-tag")] {
        assert!(reasons.iter().any(|kept| kept.ends_with(&reason)), "{reason}: {reasons:?}");
    }
}

/// A push during which a colleague pushes to the same tag: the lab has read the tag, and its manifest arrives after theirs. Returns
/// its result and the digest of their image. The fault happens once the push has begun.
async fn push_under_way(
    environment: &LabEnvironment,
    run: &Run,
    fault: Option<&str>,
) -> (Result<(), LabError>, String) {
    environment.inject("registry:PutManifest=slow:4s*1");
    let (started, start) = tokio::sync::oneshot::channel();
    let started = std::sync::Mutex::new(Some(started));
    let progress = move |event: Event| {
        if matches!(event, Event::TransferStarted { direction: Direction::Push, .. })
            && let Some(started) = started.lock().unwrap().take()
        {
            started.send(()).unwrap();
        }
    };
    let colleague = async {
        start.await.unwrap();
        if let Some(fault) = fault {
            environment.inject(fault);
        }
        tokio::time::sleep(std::time::Duration::from_secs(2)).await;
        environment.push_foreign_image(&environment.plan.prod, "latest").await
    };
    let push = run.run(StepId::Push, std::sync::Arc::new(progress), tokio_util::sync::CancellationToken::new());
    tokio::join!(push, colleague)
}

/// An artifact of an image, as a signature or an SBOM: a manifest without a tag that names its subject.
async fn attach(environment: &LabEnvironment, repository: &str, tag: &str) -> String {
    let id = ImageIdentifier::builder().image_tag(tag).build();
    let got = environment.ecr.batch_get_image().repository_name(repository).image_ids(id).send().await.unwrap();
    let image = &got.images()[0];
    let text = image.image_manifest().unwrap();
    let mut manifest: Value = serde_json::from_str(text).unwrap();
    manifest["mediaType"] = "application/vnd.oci.image.manifest.v1+json".into();
    manifest["artifactType"] = "application/spdx+json".into();
    let digest = image.image_id().unwrap().image_digest().unwrap();
    let media_type = image.image_manifest_media_type().unwrap();
    manifest["subject"] = json!({ "mediaType": media_type, "digest": digest, "size": text.len() });
    let put = environment.ecr.put_image().repository_name(repository).image_manifest(manifest.to_string());
    let put = put.image_manifest_media_type("application/vnd.oci.image.manifest.v1+json").send().await.unwrap();
    put.image().unwrap().image_id().unwrap().image_digest().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clean_up_alone_finds_what_an_interrupted_push_has_displaced() {
    let environment = LabEnvironment::start().await;
    let prod = environment.plan.prod.clone();
    let (_lab, run) = environment.run_to(StepId::Repositories).await;
    // The push is done, and what it did could not be read back.
    let fault = Some("ecr:DescribeImages=access-denied*1");
    let (pushed, theirs) = push_under_way(&environment, &run, fault).await;
    assert_eq!(problem(pushed.unwrap_err()).code, Code::AccessDenied);
    assert!(environment.images(&prod).await.contains(&(theirs.clone(), Vec::new())));
    // Its artifacts have lost no tag.
    let sbom = attach(&environment, &prod, "latest").await;
    run_step(&run, StepId::Cleanup).await.unwrap();
    let kept = reasons(&run).await;
    assert!(kept.contains(&format!("{prod}@{theirs} kept-displaced")), "{kept:?}");
    assert!(!kept.contains(&format!("{prod}@{sbom} kept-displaced")), "{kept:?}");
    assert_eq!(item(&run, StepId::Cleanup, "displaced-settled").await.outcome, CheckStatus::NotMet);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_tag_of_an_archived_image_is_not_moved_and_the_reason_is_said() {
    let (environment, theirs) = start(true).await;
    let sandbox = environment.plan.sandbox.clone();
    let id = ImageIdentifier::builder().image_tag("latest").build();
    let update = environment.ecr.update_image_storage_class().repository_name(&sandbox).image_id(id);
    update.target_storage_class(TargetStorageClass::Archive).send().await.unwrap();
    let (_lab, run) = environment.run_to(StepId::Prepare).await;
    let check = item(&run, StepId::Prepare, "tags-free").await;
    assert_eq!((check.outcome, check.detail.id.as_str()), (CheckStatus::NotMet, "check-tags-free-archived"));
    let preview = run.preview(StepId::Push).await.unwrap();
    assert!(preview.warnings.iter().any(|warning| warning.id == "warning-tag-archived"), "{preview:?}");
    assert_eq!(refused(&run, StepId::Scanning).await.code, Code::TagArchived);
    assert_eq!(environment.repositories().await, [sandbox.as_str()]);
    let id = ImageIdentifier::builder().image_tag("latest").build();
    let described = environment.ecr.describe_images().repository_name(&sandbox).image_ids(id).send().await.unwrap();
    assert_eq!(described.image_details()[0].image_digest(), Some(theirs.as_str()));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_image_that_loses_the_tag_to_a_push_under_way_is_said_and_kept() {
    let environment = LabEnvironment::start().await;
    let prod = environment.plan.prod.clone();
    let (_lab, run) = environment.run_to(StepId::Repositories).await;
    let (pushed, theirs) = push_under_way(&environment, &run, None).await;
    pushed.unwrap();
    assert!(environment.images(&prod).await.contains(&(theirs.clone(), Vec::new())));
    let check = item(&run, StepId::Push, &format!("tag-displaced-{prod}")).await;
    assert_eq!((check.outcome, check.detail.id.as_str()), (CheckStatus::NotMet, "check-tag-displaced-not-met"));
    run_step(&run, StepId::Cleanup).await.unwrap();
    assert_eq!(environment.images(&prod).await, [(theirs.clone(), Vec::new())]);
    assert_eq!(item(&run, StepId::Cleanup, "displaced-settled").await.outcome, CheckStatus::NotMet);
    assert!(reasons(&run).await.contains(&format!("{prod}@{theirs} kept-displaced")));
    // Its owner gives it the tag again.
    environment.tag_image(&prod, &theirs, "latest").await;
    assert_met(&run, StepId::Cleanup).await;
}
