//! Failures are reported with what to do about them, in both languages, and the lab continues after them.

use std::{sync::Arc, time::Duration};

use i18n::{Lang, Localizer};
use lab::{CheckStatus, Code, Lab, LabError, Plan, Problem, Run, StepId};
use testbed::environment::TestEnvironment;
use tokio_util::sync::CancellationToken;
use whole_lab_tests::{Snapshot, access, populate_with_foreign_resources};

/// A run of the lab on a cloud with resources of other users.
struct Scenario {
    environment: TestEnvironment,
    before: Snapshot,
    run: Run,
    _lab: Lab,
}

impl Scenario {
    /// Runs the steps before this one.
    async fn at(step: StepId) -> Self {
        let environment = TestEnvironment::start().await;
        populate_with_foreign_resources(&environment).await;
        let before = Snapshot::of(&environment).await;
        let lab = Lab::open(&environment.folder("lab")).await.expect("a new folder opens");
        let run = lab
            .start(Plan { move_tags: true, ..Plan::default() }, access(&environment), &lab::RunOptions::default())
            .await
            .expect("a run can be started");
        let scenario = Self { environment, before, run, _lab: lab };
        for earlier in StepId::ALL.into_iter().filter(|earlier| *earlier < step) {
            scenario.run_step(earlier).await.expect("there are no faults yet");
        }
        scenario
    }

    async fn run_step(&self, step: StepId) -> Result<(), LabError> {
        let run = self.run.run(step, Arc::new(()), CancellationToken::new());
        tokio::time::timeout(Duration::from_secs(90), run).await.expect("a step ends in time")
    }

    /// The problem with which the step fails because of these faults.
    async fn fails(&self, step: StepId, faults: &[&str]) -> Problem {
        let case = format!("{step:?} with {faults:?}");
        for fault in faults {
            self.environment.practice.faults().add(fault.parse().expect("this is a fault"));
        }
        let problem = match self.run_step(step).await {
            Err(LabError::Problem(problem)) => *problem,
            other => panic!("{case}: {other:?}"),
        };
        let injected: u32 = self.environment.practice.faults().list().iter().map(|active| active.hits).sum();
        assert!(injected > 0, "{case} failed for another reason: {problem:?}");
        self.environment.practice.faults().clear();
        assert_readable(&case, &problem);
        problem
    }

    /// Runs this step and those after it. All succeed, and the cloud is as before the run.
    async fn finishes(&self, from: StepId) {
        for step in StepId::ALL.into_iter().filter(|step| *step >= from) {
            self.run_step(step).await.unwrap_or_else(|error| panic!("{step:?}: {error:?}"));
            for check in self.run.check(step).await.expect("the session can be written") {
                assert_eq!(check.outcome, CheckStatus::Met, "{step:?}: {check:?}");
            }
        }
        let outcome = self.run.outcome().await.expect("the session can be read");
        assert!(outcome.receipt.expect("clean-up has a receipt").restored);
        assert_eq!(Snapshot::of(&self.environment).await, self.before);
    }
}

/// Asserts that the problem has a text in both languages with every value filled in, and reveals no credentials.
fn assert_readable(case: &str, problem: &Problem) {
    for lang in Lang::ALL {
        let localizer = Localizer::new(lang);
        for message in [&problem.message, &problem.hint] {
            assert!(localizer.has(&message.id), "{case}: {} has no text in {lang:?}", message.id);
            let text = localizer.text(message);
            assert!(!text.contains("{$") && !text.is_empty(), "{case}: {text}");
        }
    }
    let debug = format!("{problem:?}");
    assert!(!debug.contains("Basic ") && !debug.contains("QVdTO"), "{case}: {debug}");
}

fn every(service: &str, kind: &str) -> String {
    format!("{service}={kind}")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn denied_and_invalid_credentials_are_reported_at_once() {
    let scenario = Scenario::at(StepId::Scanning).await;
    let put = "ecr:PutRegistryScanningConfiguration";
    for (kind, code) in [
        ("access-denied", Code::AccessDenied),
        ("expired-credentials", Code::CredentialsExpired),
        ("invalid-credentials", Code::CredentialsInvalid),
    ] {
        let problem = scenario.fails(StepId::Scanning, &[&every(put, kind)]).await;
        assert_eq!((problem.code, problem.retryable), (code, false), "{problem:?}");
        if code == Code::AccessDenied {
            let english = Localizer::new(Lang::En);
            let text = format!("{} {}", english.text(&problem.message), english.text(&problem.hint));
            assert!(text.contains(put), "the action is named: {text}");
        }
    }
    scenario.finishes(StepId::Scanning).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_change_whose_response_is_lost_counts_as_made() {
    let scenario = Scenario::at(StepId::Scanning).await;
    scenario.fails(StepId::Scanning, &["ecr:PutRegistryScanningConfiguration=cut"]).await;
    scenario.finishes(StepId::Scanning).await;
    // The second step creates the only repository that does not exist yet.
    let scenario = Scenario::at(StepId::Scanning).await;
    for kind in ["malformed", "cut"] {
        scenario
            .environment
            .practice
            .faults()
            .add(every("ecr:CreateRepository", kind).parse().expect("this is a fault"));
        // The step may fail, or read that the repository exists; but it must not take it for another user's.
        if let Err(LabError::Problem(problem)) = scenario.run_step(StepId::Scanning).await {
            assert_readable(kind, &problem);
        }
        scenario.environment.practice.faults().clear();
    }
    // Only the run's own repositories are deleted in the end.
    scenario.finishes(StepId::Scanning).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn throttling_and_server_errors_are_retryable() {
    let scenario = Scenario::at(StepId::Scanning).await;
    for (kind, code) in [("throttle", Code::Throttled), ("server-error", Code::ServiceError)] {
        let problem = scenario.fails(StepId::Scanning, &[&every("ecr:CreateRepository", kind)]).await;
        assert_eq!((problem.code, problem.retryable), (code, true), "{problem:?}");
    }
    scenario.finishes(StepId::Scanning).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_push_that_fails_is_explained_and_continued() {
    let scenario = Scenario::at(StepId::Push).await;
    let faults = [
        "ecr:GetAuthorizationToken=access-denied",
        "registry:*=expired-token",
        "registry:StartUpload=server-error",
        "registry:PutManifest=access-denied",
        "registry:PutManifest=cut",
    ];
    for fault in faults {
        scenario.fails(StepId::Push, &[fault]).await;
    }
    // A single expired token is not reported: the lab requests another.
    scenario.environment.practice.faults().add("registry:*=expired-token*1".parse().expect("this is a fault"));
    scenario.run_step(StepId::Push).await.expect("the lab requests a second token");
    assert!(scenario.environment.practice.faults().list().is_empty(), "the fault was injected");
    scenario.finishes(StepId::Results).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn reading_results_survives_throttling_and_reports_denials() {
    let scenario = Scenario::at(StepId::Results).await;
    for operation in ["ecr:DescribeImageScanFindings", "inspector2:ListCoverage", "inspector2:ListFindings"] {
        let problem = scenario.fails(StepId::Results, &[&every(operation, "access-denied")]).await;
        assert_eq!(problem.code, Code::AccessDenied, "{operation}");
    }
    scenario.fails(StepId::Results, &["inspector2:BatchGetFindingDetails=malformed"]).await;
    for operation in ["ecr:DescribeImageScanFindings", "inspector2:ListFindings"] {
        let throttled = every(operation, "throttle*2");
        scenario.environment.practice.faults().add(throttled.parse().expect("this is a fault"));
    }
    scenario.finishes(StepId::Results).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_clean_up_that_was_denied_is_finished_later() {
    let scenario = Scenario::at(StepId::Cleanup).await;
    let denied = ["ecr:DeleteRepository", "ecr:BatchDeleteImage", "ecr:PutRegistryScanningConfiguration"];
    let denied = denied.map(|operation| every(operation, "access-denied"));
    for faults in [&denied[..], &denied[..1]] {
        let faults: Vec<_> = faults.iter().map(String::as_str).collect();
        assert_eq!(scenario.fails(StepId::Cleanup, &faults).await.code, Code::AccessDenied);
        assert!(!scenario.run.info().expect("the session can be read").finished);
    }
    scenario.finishes(StepId::Cleanup).await;
}
