//! Restoring a registry whose configuration another user has changed meanwhile, or whose record is lost: what is not this run's stays,
//! and a person chooses.

use aws_sdk_ecr::types::{ScanFrequency, ScanType};
use lab::{CheckStatus, ConfigurationChoice, Lab, Run, RunOptions, StepId};

use crate::{
    restoring::{account, prepare, receipt_ids, run_until},
    support::{LabEnvironment, assert_met, item, run_step},
};

#[tokio::test(flavor = "multi_thread")]
async fn another_users_rule_in_enhanced_scanning_stays_and_only_the_labs_goes() {
    let environment = LabEnvironment::start().await;
    environment.configure_scanning(ScanType::Enhanced, &[(ScanFrequency::ContinuousScan, &["legacy"])]).await;
    let (_lab, run) = environment.run().await;
    run_until(&run, StepId::Push).await;
    environment
        .configure_scanning(ScanType::Enhanced, &[(ScanFrequency::ContinuousScan, &["legacy", "prod", "theirs"])])
        .await;
    run_step(&run, StepId::Cleanup).await.unwrap();
    assert_met(&run, StepId::Cleanup).await;
    assert_eq!(environment.scanning_configuration().await, "ENHANCED [CONTINUOUS_SCAN: legacy theirs]");
    assert_eq!(receipt_ids(&run).await, ["kept-changed-by-others"]);
    assert!(run.info().unwrap().finished && !run.outcome().await.unwrap().receipt.unwrap().restored);
}

/// A run from basic scanning whose configuration another user has changed; cleaned up.
async fn conflict(environment: &LabEnvironment) -> (Lab, Run) {
    prepare(environment).await;
    let (lab, run) = environment.run().await;
    run_until(&run, StepId::Push).await;
    environment.configure_scanning(ScanType::Enhanced, &[(ScanFrequency::ContinuousScan, &["prod", "theirs"])]).await;
    run_step(&run, StepId::Cleanup).await.unwrap();
    // The lab's own filter is gone; the rest may be in use.
    assert_eq!(environment.scanning_configuration().await, "ENHANCED [CONTINUOUS_SCAN: theirs]");
    assert_eq!(receipt_ids(&run).await, ["kept-configuration-changed", "kept-inspector-on"]);
    for id in ["configuration-restored", "inspector-restored"] {
        let check = item(&run, StepId::Cleanup, id).await;
        assert_eq!(
            (check.outcome, check.hint.unwrap().id.as_str()),
            (CheckStatus::NotMet, "hint-configuration-changed")
        );
    }
    assert!(!run.info().unwrap().finished && !run.outcome().await.unwrap().ok);
    (lab, run)
}

#[tokio::test(flavor = "multi_thread")]
async fn after_another_users_change_a_person_can_keep_the_present_configuration() {
    let environment = LabEnvironment::start().await;
    let (_lab, run) = conflict(&environment).await;
    run.choose_configuration(ConfigurationChoice::Keep).unwrap();
    run_step(&run, StepId::Cleanup).await.unwrap();
    assert_met(&run, StepId::Cleanup).await;
    assert_eq!(environment.scanning_configuration().await, "ENHANCED [CONTINUOUS_SCAN: theirs]");
    assert_eq!(receipt_ids(&run).await, ["kept-by-choice", "kept-inspector-on"]);
    assert!(run.info().unwrap().finished);
}

#[tokio::test(flavor = "multi_thread")]
async fn after_another_users_change_a_person_can_restore_the_former_configuration() {
    let environment = LabEnvironment::start().await;
    let (_lab, run) = conflict(&environment).await;
    run.choose_configuration(ConfigurationChoice::Restore).unwrap();
    run_step(&run, StepId::Cleanup).await.unwrap();
    assert_met(&run, StepId::Cleanup).await;
    assert_eq!(environment.scanning_configuration().await, "BASIC [SCAN_ON_PUSH: legacy team/*]");
    assert_eq!(environment.inspector_status().await, "DISABLED");
    assert!(run.info().unwrap().finished && run.outcome().await.unwrap().receipt.unwrap().restored);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_without_a_record_is_found_by_its_tags_and_cleaned_up() {
    for last in [StepId::Scanning, StepId::Repositories, StepId::Remediate] {
        let environment = LabEnvironment::start().await;
        prepare(&environment).await;
        let before = account(&environment).await;
        let (lab, run) = environment.run().await;
        run_until(&run, last).await;
        let id = run.info().unwrap().id;
        drop((run, lab));
        let lab = environment.lab_in("another").await;
        let options = RunOptions::default();
        let recovered = lab.recover(environment.plan.clone(), Some(&id), environment.access(), &options).await.unwrap();
        let run = recovered.run.unwrap();
        assert_eq!(run.info().unwrap().id, id);
        run_step(&run, StepId::Cleanup).await.unwrap();
        assert_met(&run, StepId::Cleanup).await;
        assert_eq!(account(&environment).await, before, "{last:?}");
        assert!(run.outcome().await.unwrap().receipt.unwrap().restored && run.info().unwrap().finished);
        let again = lab.recover(environment.plan.clone(), Some(&id), environment.access(), &options).await.unwrap();
        assert!(again.run.is_none() && again.read.complete && !again.read.has_filter, "{:?}", again.read);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_run_whose_record_is_gone_is_not_said_to_be_restored() {
    let environment = LabEnvironment::start().await;
    prepare(&environment).await;
    let (lab, run) = environment.run().await;
    run_until(&run, StepId::Repositories).await;
    let id = run.info().unwrap().id;
    drop((run, lab));
    for name in environment.plan.repositories() {
        let arn = format!("arn:aws:ecr:{}:123456789012:repository/{name}", environment.practice.region());
        environment.ecr.untag_resource().resource_arn(arn).tag_keys("imagelab:before-1").send().await.unwrap();
    }
    let lab = environment.lab_in("another").await;
    let options = RunOptions::default();
    let recovered = lab.recover(environment.plan.clone(), Some(&id), environment.access(), &options).await.unwrap();
    let run = recovered.run.unwrap();
    run_step(&run, StepId::Cleanup).await.unwrap();
    // Only what the run is known to have added is gone.
    assert_eq!(environment.scanning_configuration().await, "ENHANCED [SCAN_ON_PUSH: legacy team/*]");
    assert_eq!(environment.repositories().await, ["legacy"]);
    assert_eq!(receipt_ids(&run).await, ["kept-former-unknown"]);
    assert!(!run.info().unwrap().finished);
}
