//! Filters of Inspector that others made during a run, such as suppression rules: AWS deletes them with the last scan type, so that
//! Inspector is not turned off without a person's choice.

use aws_sdk_inspector2::types::{FilterAction, FilterCriteria, ResourceScanType, StringComparison, StringFilter};
use lab::{ChangeKind, CheckStatus, ConfigurationChoice, Lab, ResourceKind, Run, StepId};

use crate::support::{LabEnvironment, assert_met, item, run_step};

async fn suppress(environment: &LabEnvironment, name: &str) {
    let id = StringFilter::builder().comparison(StringComparison::Equals).value("CVE-2021-44228").build().unwrap();
    let criteria = FilterCriteria::builder().vulnerability_id(id).build();
    let create = environment.inspector.create_filter().name(name).action(FilterAction::Suppress);
    create.filter_criteria(criteria).send().await.unwrap();
}

async fn filters(environment: &LabEnvironment) -> Vec<String> {
    let listed = environment.inspector.list_filters().send().await.unwrap();
    listed.filters().iter().map(|filter| filter.name().to_owned()).collect()
}

/// A run of an account without Inspector, in which a colleague makes a filter meanwhile; cleaned up.
async fn cleaned_up(environment: &LabEnvironment) -> (Lab, Run) {
    let (lab, run) = environment.run_to(StepId::Push).await;
    suppress(environment, "accepted risk").await;
    let preview = run.preview(StepId::Cleanup).await.unwrap();
    assert_eq!(preview.choices, [ConfigurationChoice::Restore, ConfigurationChoice::Keep]);
    let warning = preview.warnings.iter().find(|warning| warning.id == "warning-filters-would-go").unwrap();
    assert!(format!("{warning:?}").contains("accepted risk"), "{warning:?}");
    run_step(&run, StepId::Cleanup).await.unwrap();
    (lab, run)
}

#[tokio::test(flavor = "multi_thread")]
async fn inspector_stays_on_while_others_have_filters_and_no_one_has_chosen() {
    let environment = LabEnvironment::start().await;
    let (_lab, run) = cleaned_up(&environment).await;
    assert_eq!(
        (filters(&environment).await, environment.inspector_status().await),
        (vec!["accepted risk".to_owned()], "ENABLED".to_owned())
    );
    let receipt = run.outcome().await.unwrap().receipt.unwrap();
    let open: Vec<_> = receipt.kept.iter().filter(|kept| kept.open).map(|kept| kept.why.id.as_str()).collect();
    assert_eq!(open, ["kept-record", "kept-for-filters", "kept-inspector-filters"]);
    for id in ["configuration-restored", "inspector-restored"] {
        let check = item(&run, StepId::Cleanup, id).await;
        assert_eq!((check.outcome, check.hint.unwrap().id.as_str()), (CheckStatus::NotMet, "hint-filters-would-go"));
    }
    assert!(!receipt.restored && !run.info().unwrap().finished && !run.outcome().await.unwrap().ok);

    run.choose_configuration(ConfigurationChoice::Keep).unwrap();
    run_step(&run, StepId::Cleanup).await.unwrap();
    assert_met(&run, StepId::Cleanup).await;
    assert!(run.info().unwrap().finished && environment.repositories().await.is_empty());
    assert_eq!(filters(&environment).await, ["accepted risk"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn filters_that_a_person_gives_up_are_named_before_and_after() {
    let environment = LabEnvironment::start().await;
    let before = environment.scanning_configuration().await;
    let (_lab, run) = cleaned_up(&environment).await;
    run.choose_configuration(ConfigurationChoice::Restore).unwrap();
    let preview = run.preview(StepId::Cleanup).await.unwrap();
    let deleted: Vec<_> = preview.changes.iter().filter(|change| change.kind == ChangeKind::Delete).collect();
    let is_filter = |change: &&&lab::Change| change.what.id == "preview-inspector-filter";
    assert_eq!(deleted.iter().filter(is_filter).count(), 1, "{deleted:?}");
    run_step(&run, StepId::Cleanup).await.unwrap();
    assert_met(&run, StepId::Cleanup).await;
    assert_eq!(
        (environment.scanning_configuration().await, environment.inspector_status().await, filters(&environment).await),
        (before, "DISABLED".to_owned(), Vec::new())
    );
    let receipt = run.outcome().await.unwrap().receipt.unwrap();
    let named = receipt.deleted.iter().filter(|deleted| deleted.kind == ResourceKind::InspectorFilter);
    assert_eq!(named.map(|deleted| deleted.name.as_str()).collect::<Vec<_>>(), ["accepted risk"]);
    assert!(receipt.restored && run.info().unwrap().finished);
}

#[tokio::test(flavor = "multi_thread")]
async fn where_inspector_scans_something_else_the_filters_stay_anyway() {
    let environment = LabEnvironment::start().await;
    let (_lab, run) = environment.run_to(StepId::Push).await;
    suppress(&environment, "accepted risk").await;
    environment.inspector.enable().resource_types(ResourceScanType::Ec2).send().await.unwrap();
    assert_eq!(run.preview(StepId::Cleanup).await.unwrap().choices, []);
    run_step(&run, StepId::Cleanup).await.unwrap();
    assert_met(&run, StepId::Cleanup).await;
    assert_eq!((environment.inspector_status().await.as_str(), run.info().unwrap().finished), ("DISABLED", true));
    assert_eq!(filters(&environment).await, ["accepted risk"]);
}
