//! Restoring the registry: with other people's rules, repositories and images in it, before, during and after the run, and with
//! several learners at once. What counts is what the SDK's clients read at the end.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use aws_sdk_ecr::types::{ScanFrequency, ScanType};
use lab::{
    ChangeKind, CheckStatus, ConfigurationChoice, Event, Lab, Plan, ResourceKind, Run, RunOptions, StepAction, StepId,
};

use crate::support::{LabEnvironment, assert_met, item, refused, run_step};

/// Rules, a repository and an image of other people: the registry has basic scanning, and Inspector is off.
pub(crate) async fn prepare(environment: &LabEnvironment) {
    let rules: &[(ScanFrequency, &[&str])] = &[(ScanFrequency::ScanOnPush, &["legacy", "team/*"])];
    environment.configure_scanning(ScanType::Basic, rules).await;
    environment.create_repository("legacy").await;
    environment.push_foreign_image("legacy", "theirs").await;
}

/// Everything that has to be the same at the end.
pub(crate) async fn account(environment: &LabEnvironment) -> String {
    let mut lines = vec![environment.scanning_configuration().await, environment.inspector_status().await];
    for name in environment.repositories().await {
        lines.push(format!("{name} {:?}", environment.images(&name).await));
    }
    lines.join("\n")
}

pub(crate) async fn run_until(run: &Run, last: StepId) {
    for step in StepId::ALL.into_iter().filter(|step| *step <= last) {
        run_step(run, step).await.unwrap_or_else(|error| panic!("{step:?}: {error:?}"));
        assert_met(run, step).await;
    }
}

/// A learner with names of their own; the filter is their own too, or the same for all.
async fn learner(environment: &LabEnvironment, prefix: &str, filter: Option<&str>) -> (Lab, Run) {
    let name = |role: &str| format!("{prefix}-{role}");
    let plan = Plan {
        prod: name("prod"),
        sandbox: name("sandbox"),
        shared: name("shared"),
        filter: filter.map_or_else(|| name("prod*"), str::to_owned),
        ..environment.plan.clone()
    };
    let lab = environment.lab_in(prefix).await;
    let run = lab.start(plan, environment.access(), &RunOptions::default()).await.unwrap();
    (lab, run)
}

/// What the receipt says about the configuration and Inspector, if they are not as before.
pub(crate) async fn receipt_ids(run: &Run) -> Vec<String> {
    let receipt = run.outcome().await.unwrap().receipt.unwrap();
    let settings = [ResourceKind::ScanningConfiguration, ResourceKind::InspectorScanning];
    receipt.kept.into_iter().filter(|kept| settings.contains(&kept.kind)).map(|kept| kept.why.id).collect()
}

/// The repositories of these learners are there before their runs.
async fn create_repositories_of(environment: &LabEnvironment, learners: &[&str]) {
    for learner in learners {
        for role in ["prod", "sandbox", "shared"] {
            environment.create_repository(&format!("{learner}-{role}")).await;
        }
    }
}

async fn two_learners(filter: Option<&str>, second_first: bool, with_repositories: &[&str]) {
    let environment = LabEnvironment::start().await;
    prepare(&environment).await;
    create_repositories_of(&environment, with_repositories).await;
    let before = account(&environment).await;
    let (_lab_a, a) = learner(&environment, "a", filter).await;
    run_until(&a, StepId::Push).await;
    let (_lab_b, b) = learner(&environment, "b", filter).await;
    run_until(&b, StepId::Push).await;
    let (first, last) = if second_first { (b, a) } else { (a, b) };
    run_step(&first, StepId::Cleanup).await.unwrap();
    assert_met(&first, StepId::Cleanup).await;
    assert!(first.info().unwrap().finished);
    assert!(!first.outcome().await.unwrap().receipt.unwrap().restored);
    assert_eq!(receipt_ids(&first).await, ["kept-for-other-runs", "kept-for-other-runs"]);
    // The other's images are still scanned, and no one else's rules are touched.
    assert_met(&last, StepId::Scanning).await;
    assert_met(&last, StepId::Repositories).await;
    let rest = filter.map_or_else(|| last.info().unwrap().plan.filter, str::to_owned);
    let expected = format!("ENHANCED [CONTINUOUS_SCAN: {rest}] [SCAN_ON_PUSH: legacy team/*]");
    assert_eq!(environment.scanning_configuration().await, expected);
    run_step(&last, StepId::Results).await.unwrap();
    run_step(&last, StepId::Cleanup).await.unwrap();
    assert_met(&last, StepId::Cleanup).await;
    assert!(last.outcome().await.unwrap().receipt.unwrap().restored);
    assert_eq!(receipt_ids(&last).await, Vec::<String>::new());
    assert_eq!(account(&environment).await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_learners_with_filters_of_their_own_the_last_restores_the_registry() {
    two_learners(None, false, &[]).await;
    two_learners(None, true, &[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_learners_with_the_same_filter_the_last_restores_the_registry() {
    two_learners(Some("prod"), false, &[]).await;
    two_learners(Some("prod"), true, &[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_learners_whose_repositories_were_there_the_last_restores_the_registry() {
    for with_repositories in [&["a"] as &[_], &["b"], &["a", "b"]] {
        two_learners(None, false, with_repositories).await;
        two_learners(Some("prod"), true, with_repositories).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_record_has_a_repository_of_its_own_where_all_others_were_there() {
    let environment = LabEnvironment::start().await;
    prepare(&environment).await;
    create_repositories_of(&environment, &["a"]).await;
    let before = account(&environment).await;
    let (_lab, run) = learner(&environment, "a", None).await;
    run_step(&run, StepId::Prepare).await.unwrap();
    let record = format!("a-shared-imagelab-{}", run.info().unwrap().id);
    let created = run.preview(StepId::Scanning).await.unwrap().changes;
    let created: Vec<_> = created.iter().filter(|change| change.kind == ChangeKind::Create).collect();
    assert!(created.iter().any(|change| format!("{:?}", change.what).contains(&record)), "{created:?}");
    run_until(&run, StepId::Push).await;
    assert!(environment.repositories().await.contains(&record));
    run_step(&run, StepId::Cleanup).await.unwrap();
    assert_met(&run, StepId::Cleanup).await;
    assert_eq!(account(&environment).await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn taking_back_the_repositories_keeps_the_record_until_the_configuration_is_taken_back() {
    let environment = LabEnvironment::start().await;
    prepare(&environment).await;
    let before = account(&environment).await;
    let (_lab, run) = learner(&environment, "a", None).await;
    run_until(&run, StepId::Repositories).await;
    let undo = async |step| run.undo(step, Arc::new(()), tokio_util::sync::CancellationToken::new()).await.unwrap();
    undo(StepId::Repositories).await;
    assert_eq!(environment.repositories().await, ["a-shared", "legacy"]);
    undo(StepId::Scanning).await;
    assert_eq!(account(&environment).await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_learner_who_begins_after_another_has_only_configured_takes_over_that_record() {
    let environment = LabEnvironment::start().await;
    prepare(&environment).await;
    let before = account(&environment).await;
    let (_lab_a, a) = learner(&environment, "a", None).await;
    run_until(&a, StepId::Scanning).await;
    let (_lab_b, b) = learner(&environment, "b", None).await;
    let preview = b.preview(StepId::Scanning).await.unwrap();
    assert!(preview.warnings.iter().any(|warning| warning.id == "warning-other-runs"), "{preview:?}");
    run_until(&b, StepId::Scanning).await;
    // Both undo: the order does not matter, nor does it who has repositories.
    for run in [&a, &b] {
        run.undo(StepId::Scanning, Arc::new(()), tokio_util::sync::CancellationToken::new()).await.unwrap();
    }
    assert_eq!(account(&environment).await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_that_replaces_rules_still_keeps_those_of_other_runs() {
    let mut environment = LabEnvironment::start().await;
    prepare(&environment).await;
    let before = account(&environment).await;
    let (_lab_a, a) = learner(&environment, "a", None).await;
    run_until(&a, StepId::Repositories).await;
    environment.plan.keep_rules = false;
    let (_lab_b, b) = learner(&environment, "b", None).await;
    run_until(&b, StepId::Repositories).await;
    assert_eq!(
        environment.scanning_configuration().await,
        "ENHANCED [CONTINUOUS_SCAN: a-prod* b-prod*] [SCAN_ON_PUSH: legacy team/*]"
    );
    for run in [&b, &a] {
        run_step(run, StepId::Cleanup).await.unwrap();
        assert_met(run, StepId::Cleanup).await;
    }
    assert_eq!(account(&environment).await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_the_record_of_the_other_run_the_former_configuration_is_not_known() {
    let environment = LabEnvironment::start().await;
    prepare(&environment).await;
    let (_lab_a, a) = learner(&environment, "a", None).await;
    run_until(&a, StepId::Repositories).await;
    for name in ["a-prod", "a-sandbox", "a-shared"] {
        let arn = format!("arn:aws:ecr:{}:123456789012:repository/{name}", environment.practice.region());
        environment.ecr.untag_resource().resource_arn(arn).tag_keys("imagelab:before-1").send().await.unwrap();
    }
    let (_lab_b, b) = learner(&environment, "b", None).await;
    run_until(&b, StepId::Repositories).await;
    run_step(&a, StepId::Cleanup).await.unwrap();
    run_step(&b, StepId::Cleanup).await.unwrap();
    // The first run has left it to the second, which does not know what it was.
    assert_eq!(environment.scanning_configuration().await, "ENHANCED [SCAN_ON_PUSH: legacy team/*]");
    let check = item(&b, StepId::Cleanup, "configuration-restored").await;
    assert_eq!((check.outcome, check.detail.id.as_str()), (CheckStatus::NotMet, "check-former-unknown"));
    assert_eq!(item(&b, StepId::Cleanup, "inspector-restored").await.outcome, CheckStatus::NotMet);
    assert_eq!(receipt_ids(&b).await, ["kept-former-unknown"]);
    assert!(!b.info().unwrap().finished);
    b.choose_configuration(ConfigurationChoice::Keep).unwrap();
    run_step(&b, StepId::Cleanup).await.unwrap();
    assert_met(&b, StepId::Cleanup).await;
    assert!(b.info().unwrap().finished);
}

#[tokio::test(flavor = "multi_thread")]
async fn kept_rules_name_the_repositories_that_cost_money_from_now_on() {
    let environment = LabEnvironment::start().await;
    prepare(&environment).await;
    environment.create_repository("reproduction").await;
    let (_lab, run) = environment.run().await;
    let preview = run.preview(StepId::Scanning).await.unwrap();
    let warned =
        |id: &str| preview.warnings.iter().find(|warning| warning.id == id).map(|warning| format!("{warning:?}"));
    assert!(warned("warning-kept-rules-cost").unwrap().contains("legacy"));
    assert!(warned("warning-filter-matches-others").unwrap().contains("reproduction"));
    assert!(warned("warning-rules-replaced").is_none());
    let scanning = preview.scanning.unwrap();
    let names = |matched: &[lab::MatchedRepository]| matched.iter().map(|one| one.name.clone()).collect::<Vec<_>>();
    assert_eq!((names(&scanning.kept), names(&scanning.matched)), (vec!["legacy".into()], vec!["reproduction".into()]));
    assert_eq!((scanning.before.scan_type.as_str(), scanning.after.scan_type.as_str()), ("BASIC", "ENHANCED"));
    assert_eq!((scanning.complete, scanning.dropped.len(), scanning.irreversible.len()), (true, 0, 2));
}

#[tokio::test(flavor = "multi_thread")]
async fn replaced_rules_name_the_repositories_that_lose_scanning() {
    let mut environment = LabEnvironment::start().await;
    environment.plan.keep_rules = false;
    environment.configure_scanning(ScanType::Enhanced, &[(ScanFrequency::ContinuousScan, &["legacy"])]).await;
    environment.create_repository("legacy").await;
    let (_lab, run) = environment.run().await;
    let preview = run.preview(StepId::Scanning).await.unwrap();
    assert!(preview.warnings.iter().any(|warning| warning.id == "warning-rules-replaced"));
    let warned = preview.warnings.iter().find(|warning| warning.id == "warning-repositories-dropped");
    assert!(format!("{warned:?}").contains("legacy"));
    assert_eq!(preview.scanning.unwrap().dropped[0].filters, ["legacy"]);
    run_step(&run, StepId::Scanning).await.unwrap();
    assert_eq!(environment.scanning_configuration().await, "ENHANCED [CONTINUOUS_SCAN: prod]");
    run_step(&run, StepId::Cleanup).await.unwrap();
    assert_eq!(environment.scanning_configuration().await, "ENHANCED [CONTINUOUS_SCAN: legacy]");
}

#[tokio::test(flavor = "multi_thread")]
async fn rules_that_leave_no_room_are_refused_before_anything_is_changed() {
    let environment = LabEnvironment::start().await;
    let names: Vec<String> = (0..100).map(|at| format!("team-{at}")).collect();
    let filters: Vec<&str> = names.iter().map(String::as_str).collect();
    environment.configure_scanning(ScanType::Enhanced, &[(ScanFrequency::ContinuousScan, &filters)]).await;
    let before = account(&environment).await;
    let (_lab, run) = environment.run().await;
    assert_eq!(refused(&run, StepId::Scanning).await.code, lab::Code::TooManyFilters);
    assert_eq!(account(&environment).await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn enhanced_scanning_without_rules_is_restored_to_no_rules_and_said_to_be_unknown() {
    let environment = LabEnvironment::start().await;
    environment.configure_scanning(ScanType::Enhanced, &[]).await;
    let before = account(&environment).await;
    let (_lab, run) = environment.run().await;
    let preview = run.preview(StepId::Scanning).await.unwrap();
    assert!(preview.warnings.iter().any(|warning| warning.id == "warning-no-rules"), "{preview:?}");
    run_until(&run, StepId::Cleanup).await;
    assert_eq!(account(&environment).await, before);
    assert_eq!(environment.scanning_configuration().await, "ENHANCED");
    assert_eq!(receipt_ids(&run).await, ["kept-no-rules"]);
    let check = item(&run, StepId::Cleanup, "configuration-restored").await;
    assert_eq!((check.outcome, check.detail.id.as_str()), (CheckStatus::Met, "check-configuration-no-rules"));
    assert!(run.info().unwrap().finished);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failure_after_inspector_was_turned_off_does_not_lose_the_former_rules() {
    let environment = LabEnvironment::start().await;
    prepare(&environment).await;
    let before = account(&environment).await;
    let (_lab, run) = environment.run().await;
    run_until(&run, StepId::Push).await;
    environment.inject("ecr:PutRegistryScanningConfiguration=access-denied*1");
    refused(&run, StepId::Cleanup).await;
    // Turning Inspector off has selected basic scanning and removed the rules.
    assert_eq!(
        (environment.scanning_configuration().await, environment.inspector_status().await),
        ("BASIC".into(), "DISABLED".into())
    );
    let left: Vec<_> =
        run.preview(StepId::Cleanup).await.unwrap().changes.into_iter().map(|change| change.kind).collect();
    assert!(left.contains(&ChangeKind::Restore), "{left:?}");
    run_step(&run, StepId::Cleanup).await.unwrap();
    assert_met(&run, StepId::Cleanup).await;
    assert_eq!(account(&environment).await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn once_it_is_done_the_step_shows_what_the_run_has_changed() {
    let environment = LabEnvironment::start().await;
    prepare(&environment).await;
    let (_lab, run) = environment.run().await;
    let before = run.preview(StepId::Scanning).await.unwrap();
    run_until(&run, StepId::Repositories).await;
    let after = run.preview(StepId::Scanning).await.unwrap();
    assert_eq!((before.applied, after.applied), (false, true));
    let shown = |preview: &lab::Preview| preview.changes[..2].to_vec();
    assert_eq!(shown(&after), shown(&before));
    assert!(run.consent_request(StepId::Scanning, StepAction::Run).await.unwrap().is_none());
}

/// The statuses of Inspector that a step reports. With each of them the time advances by what the next one takes.
async fn statuses(environment: &LabEnvironment, run: &Run, step: StepId) -> Vec<String> {
    let (clock, seen) = (environment.clock().clone(), Arc::new(Mutex::new(Vec::new())));
    let sink = Arc::clone(&seen);
    let progress = move |event: Event| {
        if let Event::Note { message } = event
            && message.id == "note-inspector-status"
        {
            sink.lock().unwrap().push(format!("{:?}", message.args.get("status")));
            clock.advance(Duration::from_secs(20));
        }
    };
    run.run(step, Arc::new(progress), tokio_util::sync::CancellationToken::new()).await.unwrap();
    seen.lock().unwrap().clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn inspectors_status_is_reported_until_it_is_as_wanted() {
    let environment = LabEnvironment::with_manual_clock().await;
    let (_lab, run) = environment.run().await;
    let on = statuses(&environment, &run, StepId::Scanning).await;
    assert!(on.first().unwrap().contains("ENABLING") && on.last().unwrap().contains("ENABLED"), "{on:?}");
    let off = statuses(&environment, &run, StepId::Cleanup).await;
    assert!(off.len() == 3 && off[1].contains("DISABLING") && off[2].contains("DISABLED"), "{off:?}");
    assert_eq!(environment.inspector_status().await, "DISABLED");
    assert_met(&run, StepId::Cleanup).await;
}
