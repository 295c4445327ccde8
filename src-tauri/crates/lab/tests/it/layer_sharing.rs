//! Reusing layers in the second push: a setting of the account, which the plan turns on in the practice cloud and clean-up puts
//! back.

use lab::{ChangeKind, CheckStatus, Event, Lab, LayerState, Mode, Plan, Run, StepId};

use crate::support::{LabEnvironment, assert_met, item, run_and_collect_events, run_step};

async fn blob_mounting(environment: &LabEnvironment) -> String {
    let response = environment.ecr.get_account_setting().name("BLOB_MOUNTING").send().await.unwrap();
    response.value().unwrap().to_owned()
}

async fn set_blob_mounting(environment: &LabEnvironment, value: &str) {
    environment.ecr.put_account_setting().name("BLOB_MOUNTING").value(value).send().await.unwrap();
}

/// A run up to the push, and how many layers that reports as mounted.
async fn push(environment: &LabEnvironment) -> (Lab, Run, usize) {
    let (lab, run) = environment.run_to(StepId::Repositories).await;
    let (pushed, events) = run_and_collect_events(&run, StepId::Push).await;
    pushed.unwrap();
    let mounted = |event: &Event| match event {
        Event::Layer { layer, .. } => layer.state == LayerState::Mounted,
        _ => false,
    };
    (lab, run, events.iter().filter(|event| mounted(event)).count())
}

async fn changes(run: &Run, step: StepId) -> Vec<(ChangeKind, Option<String>)> {
    let preview = run.preview(step).await.unwrap();
    let of_setting = preview.changes.into_iter().filter(|change| change.what.id == "preview-layer-sharing");
    of_setting.map(|change| (change.kind, change.after.map(|after| format!("{after:?}")))).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn layers_are_sent_again_unless_the_plan_shares_them() {
    let environment = LabEnvironment::start().await;
    let (_lab, run, mounted) = push(&environment).await;
    assert_eq!((mounted, blob_mounting(&environment).await.as_str()), (0, "DISABLED"));
    assert_eq!(changes(&run, StepId::Push).await, []);
    run_step(&run, StepId::Cleanup).await.unwrap();
    assert!(run.check(StepId::Cleanup).await.unwrap().iter().all(|check| check.id != "layer-sharing"));
}

#[tokio::test(flavor = "multi_thread")]
async fn shared_layers_are_mounted_and_the_setting_is_put_back() {
    let mut environment = LabEnvironment::start().await;
    environment.plan.share_layers = true;
    let (_lab, run) = environment.run_to(StepId::Repositories).await;
    let planned = changes(&run, StepId::Push).await;
    assert_eq!((planned.len(), planned[0].0), (1, ChangeKind::Replace), "{planned:?}");
    let lines = run.commands(StepId::Push);
    assert!(lines.iter().any(|line| line.line.contains("--name BLOB_MOUNTING --value ENABLED")), "{lines:?}");
    let (pushed, events) = run_and_collect_events(&run, StepId::Push).await;
    pushed.unwrap();
    let mounted = |event: &Event| matches!(event, Event::Layer { layer, .. } if layer.state == LayerState::Mounted);
    assert!(events.iter().any(mounted), "{events:?}");
    assert_eq!(blob_mounting(&environment).await, "ENABLED");
    assert_eq!(item(&run, StepId::Cleanup, "layer-sharing").await.outcome, CheckStatus::NotMet);
    assert_eq!(changes(&run, StepId::Cleanup).await[0].0, ChangeKind::Restore);

    run_step(&run, StepId::Cleanup).await.unwrap();
    assert_eq!(blob_mounting(&environment).await, "DISABLED");
    assert_met(&run, StepId::Cleanup).await;
    assert_eq!(item(&run, StepId::Cleanup, "layer-sharing").await.outcome, CheckStatus::Met);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_setting_that_was_on_before_stays_on_and_undoing_the_push_puts_the_other_back() {
    let mut environment = LabEnvironment::start().await;
    environment.plan.share_layers = true;
    set_blob_mounting(&environment, "ENABLED").await;
    let (_lab, run, mounted) = push(&environment).await;
    assert!(mounted > 0);
    run_step(&run, StepId::Cleanup).await.unwrap();
    assert_eq!(blob_mounting(&environment).await, "ENABLED");

    set_blob_mounting(&environment, "DISABLED").await;
    let lab = environment.lab_in("other").await;
    let run = lab.start(environment.plan.clone(), environment.access(), &lab::RunOptions::default()).await.unwrap();
    for step in StepId::ALL.into_iter().filter(|step| *step <= StepId::Push) {
        run_step(&run, step).await.unwrap();
    }
    assert_eq!(blob_mounting(&environment).await, "ENABLED");
    let nothing = tokio_util::sync::CancellationToken::new();
    run.undo(StepId::Push, std::sync::Arc::new(()), nothing).await.unwrap();
    assert_eq!(blob_mounting(&environment).await, "DISABLED");
}

#[tokio::test(flavor = "multi_thread")]
async fn in_an_account_of_aws_the_command_is_shown_and_nothing_is_changed() {
    let mut environment = LabEnvironment::start().await;
    environment.plan.share_layers = true;
    let lab = environment.lab().await;
    let access = lab::Access { mode: Mode::Aws, ..environment.access() };
    let run = lab.start(environment.plan.clone(), access, &lab::RunOptions::default()).await.unwrap();
    for step in StepId::ALL.into_iter().filter(|step| *step <= StepId::Push) {
        assert_eq!(changes(&run, step).await, []);
        run_step(&run, step).await.unwrap();
    }
    let lines = run.commands(StepId::Push);
    assert!(lines.iter().any(|line| line.line.contains("put-account-setting")), "{lines:?}");
    assert_eq!(blob_mounting(&environment).await, "DISABLED");
    // Who has used that command finds the one that puts the setting back.
    let lines = run.commands(StepId::Cleanup);
    assert!(lines.iter().any(|line| line.line.contains("--name BLOB_MOUNTING --value DISABLED")), "{lines:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_run_puts_the_setting_back_once() {
    let mut environment = LabEnvironment::start().await;
    environment.plan.share_layers = true;
    let (lab, run) = environment.run_to(StepId::Push).await;
    let id = run.info().unwrap().id;
    drop((run, lab));
    let recover = async |folder: &str| {
        let lab = environment.lab_in(folder).await;
        let (plan, access) = (Plan { share_layers: false, ..environment.plan.clone() }, environment.access());
        let run = lab.recover(plan, Some(&id), access, &lab::RunOptions::default()).await.unwrap().run.unwrap();
        (lab, run)
    };
    assert_eq!(blob_mounting(&environment).await, "ENABLED");
    // A colleague's image keeps one of the repositories, so that the run can be found again.
    environment.push_foreign_image(&environment.plan.prod, "theirs").await;
    let (_lab, run) = recover("second").await;
    run_step(&run, StepId::Cleanup).await.unwrap();
    assert_eq!(blob_mounting(&environment).await, "DISABLED");
    assert_eq!(item(&run, StepId::Cleanup, "layer-sharing").await.outcome, CheckStatus::Met);
    // What another user turns on afterwards stays.
    set_blob_mounting(&environment, "ENABLED").await;
    let (_lab, run) = recover("third").await;
    run_step(&run, StepId::Cleanup).await.unwrap();
    assert_eq!(blob_mounting(&environment).await, "ENABLED");
}
