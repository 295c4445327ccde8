//! The views beside the steps: the filter preview, the repositories' cards, Inspector's counts, and changes of the plan.

use lab::{Code, FilterPreviewOrigin, Plan, StepId};

use crate::support::{LabEnvironment, problem, run_step};

#[tokio::test(flavor = "multi_thread")]
async fn the_filter_preview_shows_the_accounts_repositories_beside_the_labs() {
    let environment = LabEnvironment::start().await;
    environment.create_repository("nonprod-shop").await;
    let (_lab, run) = environment.run_to(StepId::Repositories).await;
    let preview = run.filter_preview("prod").await.unwrap();
    assert!(preview.valid && preview.complete);
    let of = |origin| preview.names.iter().filter(move |seen| seen.origin == origin);
    let lab: Vec<_> = of(FilterPreviewOrigin::Lab).map(|seen| (seen.name.as_str(), seen.matches)).collect();
    assert_eq!(lab, [("eks-security-prod", true), ("eks-security-sandbox", false), ("eks-security-shared", false)]);
    let account: Vec<_> = of(FilterPreviewOrigin::Account).map(|seen| (seen.name.as_str(), seen.matches)).collect();
    assert_eq!(account, [("nonprod-shop", true)]);
    assert!(
        of(FilterPreviewOrigin::Example).any(|seen| seen.matches)
            && of(FilterPreviewOrigin::Example).any(|seen| !seen.matches)
    );

    let none = run.filter_preview("-prod").await.unwrap();
    assert!(!none.valid && none.problem.is_some() && none.names.iter().all(|seen| !seen.matches));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_filter_preview_works_without_permission_to_list_repositories() {
    let environment = LabEnvironment::start().await;
    let (_lab, run) = environment.run_to(StepId::Prepare).await;
    environment.inject("ecr:DescribeRepositories=access-denied");
    let preview = run.filter_preview("prod").await.unwrap();
    assert!(!preview.complete);
    assert!(preview.names.iter().any(|seen| seen.origin == FilterPreviewOrigin::Lab));
}

#[tokio::test(flavor = "multi_thread")]
async fn cards_show_which_repositories_exist_and_belong_to_the_run() {
    let environment = LabEnvironment::start().await;
    environment.create_repository("eks-security-sandbox").await;
    let (_lab, run) = environment.run_to(StepId::Scanning).await;
    let states = |cards: Vec<lab::RepositoryCard>| {
        cards.into_iter().map(|card| (card.exists, card.ours, card.watched)).collect::<Vec<_>>()
    };
    assert_eq!(
        states(run.repositories().await.unwrap()),
        [(false, false, false), (true, false, false), (true, true, false)]
    );
    run_step(&run, StepId::Repositories).await.unwrap();
    run_step(&run, StepId::Push).await.unwrap();
    let cards = run.repositories().await.unwrap();
    assert_eq!(cards[0].scan_frequency.as_deref(), Some("CONTINUOUS_SCAN"));
    assert_eq!(cards[0].filters, ["prod"]);
    assert_eq!(cards[0].images[0].digest, cards[1].images[0].digest);
    assert_eq!(cards[0].images[0].tags, [Plan::default().tag]);
    assert!(cards[0].images[0].size > 0 && cards[0].uri.as_deref().unwrap().ends_with("eks-security-prod"));
    assert_eq!(states(cards), [(true, true, true), (true, false, false), (true, true, false)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn inspector_counts_the_watched_repository_and_gives_a_reason_for_the_other() {
    let environment = LabEnvironment::start().await;
    let (_lab, run) = environment.run_to(StepId::Results).await;
    let repositories = run.inspector_view().await.unwrap();
    let prod = &repositories[0];
    assert_eq!(prod.repository, "eks-security-prod");
    assert_eq!(prod.coverage[0].resource_type, "AWS_ECR_REPOSITORY");
    let image = prod.coverage.iter().find(|row| row.resource_type == "AWS_ECR_CONTAINER_IMAGE").unwrap();
    assert_eq!((image.status.as_deref(), image.reason.as_deref()), (Some("ACTIVE"), Some("SUCCESSFUL")));
    let counts = prod.counts.unwrap();
    let findings = run.outcome().await.unwrap().repositories[0].findings.unwrap();
    assert_eq!((counts.all as usize, counts.critical as usize), (findings.total, findings.critical));
    let sandbox = &repositories[1];
    assert_eq!(sandbox.counts, None);
    assert!(sandbox.coverage.iter().all(|row| row.status.as_deref() != Some("ACTIVE")), "{:?}", sandbox.coverage);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_tokens_expiry_is_known_after_it_was_fetched() {
    let environment = LabEnvironment::start().await;
    let (_lab, run) = environment.run_to(StepId::Repositories).await;
    assert_eq!(run.credential_expiry().unwrap(), None);
    run_step(&run, StepId::Push).await.unwrap();
    let hours =
        |at: findings::Timestamp| (at.epoch_millis() - run.info().unwrap().started_at.epoch_millis()) / 3_600_000;
    assert_eq!(hours(run.credential_expiry().unwrap().unwrap()), 12);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_plan_can_be_changed_until_a_step_has_used_it() {
    let environment = LabEnvironment::start().await;
    let (lab, run) = environment.run_to(StepId::Prepare).await;
    let mut watching = run.watch();
    let run = run.with_plan(Plan { filter: "*-prod".to_owned(), ..environment.plan.clone() }).unwrap();
    assert_eq!(lab.newest().unwrap().unwrap().plan.filter, "*-prod");
    run_step(&run, StepId::Scanning).await.unwrap();
    assert!(environment.scanning_configuration().await.contains("*-prod"));
    assert!(watching.try_recv().is_ok(), "an existing subscriber keeps receiving events");
    let refused = run.with_plan(environment.plan.clone()).err().unwrap();
    assert_eq!(problem(refused).code, Code::PlanFixed);
    let impossible = run.with_plan(Plan { filter: "none".to_owned(), ..environment.plan.clone() }).err().unwrap();
    assert_eq!(problem(impossible).code, Code::PlanFilterMisses);
}
