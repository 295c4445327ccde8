//! Consent: where the access requires it, nothing is changed without it.

use std::sync::Arc;

use aws_sdk_ecr::types::{ImageIdentifier, ScanFrequency, ScanType};
use lab::{
    Access, AccountConfirmation, Caution, ChangeKind, Code, Confirmation, ConsentPolicy, Lab, LabError, Run,
    RunOptions, RunPreview, ScannedRepository, StepAction, StepId, StepState,
};
use tokio_util::sync::CancellationToken;

use crate::support::{LabEnvironment, run_step};

fn requiring(environment: &LabEnvironment) -> Access {
    Access { consent: ConsentPolicy::Required, ..environment.access() }
}

async fn start(environment: &LabEnvironment) -> (Lab, Run) {
    let lab = environment.lab().await;
    let run = lab.start(environment.plan.clone(), requiring(environment), &RunOptions::default()).await.unwrap();
    run_step(&run, StepId::Prepare).await.unwrap();
    (lab, run)
}

fn requested_consent(result: Result<(), LabError>) -> RunPreview {
    match result {
        Err(LabError::ConsentNeeded(preview)) => *preview,
        other => panic!("{other:?}"),
    }
}

async fn undo(run: &Run, step: StepId) -> Result<(), LabError> {
    run.undo(step, Arc::new(()), CancellationToken::new()).await
}

/// Adds a tag to an image of a repository.
async fn tag_again(environment: &LabEnvironment, repository: &str, from: &str, to: &str) {
    let id = ImageIdentifier::builder().image_tag(from).build();
    let image = environment.ecr.batch_get_image().repository_name(repository).image_ids(id).send().await.unwrap();
    let manifest = image.images()[0].image_manifest().unwrap();
    environment
        .ecr
        .put_image()
        .repository_name(repository)
        .image_tag(to)
        .image_manifest(manifest)
        .send()
        .await
        .unwrap();
}

fn steps(preview: &RunPreview) -> Vec<StepId> {
    preview.steps.iter().map(|step| step.step).collect()
}

fn changing() -> Vec<StepId> {
    StepId::ALL.into_iter().filter(|step| step.changes_something()).collect()
}

/// Confirms a preview by the account's last four digits.
fn give_consent(run: &Run, preview: &RunPreview) {
    run.give_consent(preview, &typed(preview.last_digits(), false)).unwrap();
}

fn typed(digits: &str, despite_cautions: bool) -> Confirmation {
    Confirmation { account: AccountConfirmation::Typed { digits: digits.to_owned() }, despite_cautions }
}

/// Gives consent to the whole run.
async fn give_consent_to_run(run: &Run) -> RunPreview {
    let preview = run.consent_request_for(&changing()).await.unwrap().unwrap();
    give_consent(run, &preview);
    preview
}

#[tokio::test(flavor = "multi_thread")]
async fn without_consent_nothing_is_changed() {
    let environment = LabEnvironment::start().await;
    let before = environment.scanning_configuration().await;
    let (_lab, run) = start(&environment).await;
    let preview = requested_consent(run_step(&run, StepId::Scanning).await);
    // One request covers the whole run and names where it would run.
    assert_eq!(steps(&preview), changing());
    assert_eq!(preview.region, environment.practice.region());
    assert_eq!(preview.endpoint, Some(environment.practice.endpoint()));
    assert_eq!(Some(&preview.account), run.info().unwrap().account.as_ref());
    assert_eq!(preview.steps[0].preview, run.preview(StepId::Scanning).await.unwrap());
    for step in changing() {
        requested_consent(run_step(&run, step).await);
    }
    assert_eq!(environment.scanning_configuration().await, before);
    assert!(environment.repositories().await.is_empty());
    // A step without consent has not failed: it was not started.
    let states = run.info().unwrap().steps;
    assert!(states.iter().skip(1).all(|step| step.state == StepState::Pending), "{states:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn steps_that_only_read_need_no_consent() {
    let environment = LabEnvironment::start().await;
    let (_lab, run) = start(&environment).await;
    for step in [StepId::Prepare, StepId::Results] {
        assert_eq!(run.consent_request(step, StepAction::Run).await.unwrap(), None);
    }
    assert!(!matches!(run_step(&run, StepId::Results).await, Err(LabError::ConsentNeeded(_))));
}

#[tokio::test(flavor = "multi_thread")]
async fn consent_to_the_whole_run_is_given_once() {
    let environment = LabEnvironment::start().await;
    let (_lab, run) = start(&environment).await;
    give_consent_to_run(&run).await;
    for step in StepId::ALL {
        run_step(&run, step).await.unwrap_or_else(|error| panic!("{step:?}: {error:?}"));
        // The changes that the run itself made do not count, nor does running a step again.
        if step < StepId::Cleanup {
            run_step(&run, step).await.unwrap_or_else(|error| panic!("{step:?} again: {error:?}"));
        }
        assert_eq!(run.consent_request_for(&changing()).await.unwrap(), None, "{step:?}");
    }
    assert!(run.outcome().await.unwrap().ok);
}

#[tokio::test(flavor = "multi_thread")]
async fn another_users_rule_between_preview_and_run_needs_new_consent() {
    let environment = LabEnvironment::start().await;
    let (_lab, run) = start(&environment).await;
    give_consent_to_run(&run).await;
    environment.configure_scanning(ScanType::Enhanced, &[(ScanFrequency::ScanOnPush, &["theirs*"])]).await;
    let preview = requested_consent(run_step(&run, StepId::Scanning).await);
    // Only the step whose changes differ now.
    assert_eq!(steps(&preview), [StepId::Scanning]);
    let change = &preview.steps[0].preview.changes[0];
    assert!(format!("{:?}", change.before).contains("theirs*"), "{change:?}");
    assert_eq!(environment.scanning_configuration().await, "ENHANCED [SCAN_ON_PUSH: theirs*]");
    give_consent(&run, &preview);
    run_step(&run, StepId::Scanning).await.unwrap();
    run_step(&run, StepId::Repositories).await.unwrap();
    assert_eq!(environment.scanning_configuration().await, "ENHANCED [CONTINUOUS_SCAN: prod] [SCAN_ON_PUSH: theirs*]");
}

#[tokio::test(flavor = "multi_thread")]
async fn another_users_repository_between_preview_and_run_needs_new_consent() {
    let environment = LabEnvironment::start().await;
    let (_lab, run) = start(&environment).await;
    give_consent_to_run(&run).await;
    run_step(&run, StepId::Scanning).await.unwrap();
    environment.create_repository(&environment.plan.prod).await;
    for step in [StepId::Repositories, StepId::Push] {
        let preview = requested_consent(run_step(&run, step).await);
        assert_eq!(steps(&preview), [step]);
        give_consent(&run, &preview);
        run_step(&run, step).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn resuming_needs_no_new_consent() {
    let environment = LabEnvironment::start().await;
    let (lab, run) = start(&environment).await;
    give_consent_to_run(&run).await;
    run_step(&run, StepId::Scanning).await.unwrap();
    drop((lab, run));
    let lab = environment.lab().await;
    let run = lab.resume(requiring(&environment)).await.unwrap();
    assert_eq!(run.consent_request_for(&changing()).await.unwrap(), None);
    for step in StepId::ALL.into_iter().skip(1) {
        run_step(&run, step).await.unwrap_or_else(|error| panic!("{step:?}: {error:?}"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn another_plan_needs_new_consent() {
    let environment = LabEnvironment::start().await;
    let (_lab, run) = start(&environment).await;
    give_consent_to_run(&run).await;
    let mut plan = environment.plan.clone();
    plan.keep_rules = false;
    let run = run.with_plan(plan).unwrap();
    requested_consent(run_step(&run, StepId::Scanning).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn undoing_needs_consent_too() {
    let environment = LabEnvironment::start().await;
    let (lab, run) = environment.run_to(StepId::Push).await;
    drop((lab, run));
    let lab = environment.lab().await;
    let run = lab.resume(requiring(&environment)).await.unwrap();
    let repositories = environment.repositories().await;
    for step in [StepId::Push, StepId::Repositories, StepId::Scanning] {
        let preview = requested_consent(undo(&run, step).await);
        assert_eq!(steps(&preview), [step]);
        assert!(!preview.steps[0].preview.changes.is_empty(), "{step:?}");
    }
    assert_eq!(environment.repositories().await, repositories);
    for step in [StepId::Push, StepId::Repositories, StepId::Scanning] {
        let preview = requested_consent(undo(&run, step).await);
        give_consent(&run, &preview);
        undo(&run, step).await.unwrap();
    }
    assert!(environment.repositories().await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn another_users_tag_in_the_runs_repository_needs_no_new_consent_as_it_is_kept() {
    let environment = LabEnvironment::start().await;
    let (_lab, run) = start(&environment).await;
    give_consent_to_run(&run).await;
    for step in StepId::ALL.into_iter().filter(|step| *step < StepId::Results) {
        run_step(&run, step).await.unwrap();
    }
    let prod = &environment.plan.prod;
    tag_again(&environment, prod, &environment.plan.tag, "theirs").await;
    let digest = environment.digest(prod, "theirs").await.unwrap();
    let preview = run.preview(StepId::Cleanup).await.unwrap();
    let change = |kind: ChangeKind, text: &str| {
        preview.changes.iter().any(|change| change.kind == kind && format!("{change:?}").contains(text))
    };
    assert!(change(ChangeKind::Delete, "eks-security-prod:latest"), "{preview:#?}");
    assert!(change(ChangeKind::Keep, "kept-holds-images"), "{preview:#?}");
    assert!(!change(ChangeKind::Delete, "theirs"), "{preview:#?}");
    run_step(&run, StepId::Cleanup).await.unwrap();
    assert_eq!(environment.images(prod).await, [(digest, vec!["theirs".to_owned()])]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_wrong_digits_are_no_consent() {
    let environment = LabEnvironment::start().await;
    let (_lab, run) = start(&environment).await;
    let preview = run.consent_request_for(&changing()).await.unwrap().unwrap();
    let refused = run.give_consent(&preview, &typed("0000", true)).unwrap_err().into_problem();
    assert_eq!(refused.code, Code::ConsentDigits);
    requested_consent(run_step(&run, StepId::Scanning).await);
    assert!(environment.repositories().await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_excluded_account_is_confirmed_twice() {
    let environment = LabEnvironment::start().await;
    let (lab, run) = start(&environment).await;
    assert_eq!(run.consent_request_for(&changing()).await.unwrap().unwrap().cautions, []);
    // The list may change while the run is open.
    lab.set_never_here(&[run.info().unwrap().account.unwrap()]).unwrap();
    let preview = run.consent_request_for(&changing()).await.unwrap().unwrap();
    assert_eq!(preview.cautions, [Caution::NeverHere]);
    let refused = run.give_consent(&preview, &typed(preview.last_digits(), false)).unwrap_err().into_problem();
    assert_eq!(refused.code, Code::ConsentCaution);
    requested_consent(run_step(&run, StepId::Scanning).await);
    run.give_consent(&preview, &typed(preview.last_digits(), true)).unwrap();
    run_step(&run, StepId::Scanning).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_repositories_that_are_scanned_from_then_on_are_named_with_their_cost() {
    let environment = LabEnvironment::start().await;
    for name in ["their-prod", "their-dev", "kept"] {
        environment.create_repository(name).await;
    }
    environment.push_foreign_image("their-prod", "1").await;
    // What is scanned already is not scanned because of the run.
    environment.configure_scanning(ScanType::Enhanced, &[(ScanFrequency::ScanOnPush, &["kept"])]).await;
    let (_lab, run) = start(&environment).await;
    let preview = run.consent_request_for(&changing()).await.unwrap().unwrap();
    let scanning = preview.scanning.unwrap();
    assert_eq!(scanning.others, Some(vec![ScannedRepository { name: "their-prod".to_owned(), images: Some(1) }]));
    // One of theirs, and the vulnerable and the patched one that the run pushes.
    let estimate = format!("{:?}", scanning.estimate);
    assert_eq!(scanning.estimate.id, "scanning-estimate");
    assert!(estimate.contains("Number(3.0)") && estimate.contains("\"0.27\""), "{estimate}");
    let ids: Vec<_> = preview.undone.iter().chain(&preview.lasting).map(|message| message.id.as_str()).collect();
    // Inspector scans ECR already: the run does not turn it on, and clean-up does not turn it off.
    assert_eq!(
        ids,
        ["undone-configuration", "undone-repositories", "undone-images", "lasting-cost", "lasting-records"]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn repositories_that_cannot_be_listed_are_not_taken_for_none() {
    let environment = LabEnvironment::start().await;
    let (_lab, run) = start(&environment).await;
    give_consent_to_run(&run).await;
    environment.configure_scanning(ScanType::Enhanced, &[(ScanFrequency::ScanOnPush, &["theirs*"])]).await;
    // Those of the plan may be read, as its names are known.
    let arn =
        |name: &str| format!("arn:aws:ecr:{}:{}:repository/{name}", environment.practice.region(), practice::ACCOUNT);
    let policy = serde_json::json!({ "Statement": [
        { "Effect": "Allow", "NotAction": "ecr:DescribeRepositories", "Resource": "*" },
        { "Effect": "Allow", "Action": "ecr:DescribeRepositories", "Resource": environment.plan.repositories().map(arn) },
    ] });
    let policy = practice::Policy::try_from(policy).unwrap();
    environment.practice.permissions().change(|settings| settings.user = Some(policy));
    let preview = requested_consent(run_step(&run, StepId::Scanning).await);
    let warned = |id: &str| preview.steps[0].preview.warnings.iter().any(|warning| warning.id == id);
    assert!(warned("warning-others-unknown") && warned("warning-other-runs-unknown"), "{preview:?}");
    let scanning = preview.scanning.unwrap();
    assert_eq!((scanning.others, scanning.estimate.id.as_str()), (None, "scanning-estimate-unknown"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_names_the_account_and_whose_credentials_are_used() {
    let environment = LabEnvironment::start().await;
    let (_lab, run) = start(&environment).await;
    let preview = run.consent_request_for(&changing()).await.unwrap().unwrap();
    assert_eq!(preview.last_digits(), &preview.account[8..]);
    assert_eq!(preview.principal, format!("arn:aws:iam::{}:user/practice", preview.account));
}
