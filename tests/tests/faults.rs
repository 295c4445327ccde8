//! What goes wrong is told so that a person can do something about it, in both languages, and the lab goes on from where it was.

use std::{sync::Arc, time::Duration};

use i18n::{Lang, Localizer};
use lab::{CheckStatus, Code, Lab, LabError, Plan, Problem, Run, StepId};
use testbed::environment::TestEnvironment;
use tokio_util::sync::CancellationToken;
use whole_lab_tests::{Snapshot, access, populate_with_foreign_resources};

/// A run of the lab on a cloud that others use too.
struct Scenario {
    environment: TestEnvironment,
    before: Snapshot,
    run: Run,
    _lab: Lab,
}

impl Scenario {
    /// Up to this step, which is not run.
    async fn at(step: StepId) -> Self {
        let environment = TestEnvironment::start().await;
        populate_with_foreign_resources(&environment).await;
        let before = Snapshot::of(&environment).await;
        let lab = Lab::open(&environment.folder("lab")).await.expect("a new folder opens");
        let run = lab
            .start(Plan::default(), access(&environment), &lab::RunOptions::default())
            .await
            .expect("nothing stands in the way");
        let scenario = Self { environment, before, run, _lab: lab };
        for earlier in StepId::ALL.into_iter().filter(|earlier| *earlier < step) {
            scenario.go(earlier).await.expect("nothing goes wrong yet");
        }
        scenario
    }

    async fn go(&self, step: StepId) -> Result<(), LabError> {
        let run = self.run.run(step, Arc::new(()), CancellationToken::new());
        tokio::time::timeout(Duration::from_secs(90), run).await.expect("a step ends in time")
    }

    /// The step fails while these faults last, and says so.
    async fn fails(&self, step: StepId, faults: &[&str]) -> Problem {
        let case = format!("{step:?} with {faults:?}");
        for fault in faults {
            self.environment.practice.faults().add(fault.parse().expect("this is a fault"));
        }
        let problem = match self.go(step).await {
            Err(LabError::Problem(problem)) => *problem,
            other => panic!("{case}: {other:?}"),
        };
        let met: u32 = self.environment.practice.faults().list().iter().map(|active| active.hits).sum();
        assert!(met > 0, "{case} failed for another reason: {problem:?}");
        self.environment.practice.faults().clear();
        told(&case, &problem);
        problem
    }

    /// From this step to the end, as if nothing had been; nothing is left over.
    async fn ends_well(&self, from: StepId) {
        for step in StepId::ALL.into_iter().filter(|step| *step >= from) {
            self.go(step).await.unwrap_or_else(|why| panic!("{step:?}: {why:?}"));
            for check in self.run.check(step).await.expect("the session can be written") {
                assert_eq!(check.outcome, CheckStatus::Met, "{step:?}: {check:?}");
            }
        }
        let outcome = self.run.outcome().await.expect("the session can be read");
        assert!(outcome.receipt.expect("clean-up gives one").restored);
        assert_eq!(Snapshot::of(&self.environment).await, self.before);
    }
}

/// The problem has words in both languages, with every value filled in.
fn told(case: &str, problem: &Problem) {
    for lang in Lang::ALL {
        let words = Localizer::new(lang);
        for message in [&problem.message, &problem.hint] {
            assert!(words.has(&message.id), "{case}: {} has no words in {lang:?}", message.id);
            let text = words.text(message);
            assert!(!text.contains("{$") && !text.is_empty(), "{case}: {text}");
        }
    }
    let said = format!("{problem:?}");
    assert!(!said.contains("Basic ") && !said.contains("QVdTO"), "{case}: {said}");
}

fn every(service: &str, kind: &str) -> String {
    format!("{service}={kind}")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_may_not_or_is_not_known_is_told_so_at_once() {
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
            let text = Localizer::new(Lang::En).text(&problem.message) + &Localizer::new(Lang::En).text(&problem.hint);
            assert!(text.contains(put), "the action is named: {text}");
        }
    }
    scenario.ends_well(StepId::Scanning).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn answers_that_got_lost_are_not_taken_for_changes_that_were_not_made() {
    let scenario = Scenario::at(StepId::Scanning).await;
    scenario.fails(StepId::Scanning, &["ecr:PutRegistryScanningConfiguration=cut"]).await;
    scenario.go(StepId::Scanning).await.expect("it can be run again");
    for kind in ["malformed", "cut"] {
        scenario
            .environment
            .practice
            .faults()
            .add(every("ecr:CreateRepository", kind).parse().expect("this is a fault"));
        // Whether the repository is there, a look tells: the step may fail or go on, but must not take it for another's.
        if let Err(LabError::Problem(problem)) = scenario.go(StepId::Repositories).await {
            told(kind, &problem);
        }
        scenario.environment.practice.faults().clear();
    }
    // That the repository is deleted in the end shows that it was known as ours.
    scenario.ends_well(StepId::Repositories).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn throttling_and_failing_services_may_be_tried_again() {
    let scenario = Scenario::at(StepId::Repositories).await;
    for (kind, code) in [("throttle", Code::Throttled), ("server-error", Code::ServiceError)] {
        let problem = scenario.fails(StepId::Repositories, &[&every("ecr:CreateRepository", kind)]).await;
        assert_eq!((problem.code, problem.retryable), (code, true), "{problem:?}");
    }
    scenario.ends_well(StepId::Repositories).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_push_that_goes_wrong_is_explained_and_taken_up_again() {
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
    // One expired token is nothing that a person needs to hear of: the lab gets another.
    scenario.environment.practice.faults().add("registry:*=expired-token*1".parse().expect("this is a fault"));
    scenario.go(StepId::Push).await.expect("a second token is as good as the first");
    assert!(scenario.environment.practice.faults().list().is_empty(), "it was met");
    scenario.ends_well(StepId::Results).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn reading_results_survives_a_busy_service_and_tells_of_a_closed_one() {
    let scenario = Scenario::at(StepId::Results).await;
    for operation in ["ecr:DescribeImageScanFindings", "inspector2:ListCoverage", "inspector2:ListFindings"] {
        let problem = scenario.fails(StepId::Results, &[&every(operation, "access-denied")]).await;
        assert_eq!(problem.code, Code::AccessDenied, "{operation}");
    }
    scenario.fails(StepId::Results, &["inspector2:BatchGetFindingDetails=malformed"]).await;
    for operation in ["ecr:DescribeImageScanFindings", "inspector2:ListFindings"] {
        let busy = every(operation, "throttle*2");
        scenario.environment.practice.faults().add(busy.parse().expect("this is a fault"));
    }
    scenario.ends_well(StepId::Results).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_clean_up_that_was_refused_is_finished_later() {
    let scenario = Scenario::at(StepId::Cleanup).await;
    let denied = ["ecr:DeleteRepository", "ecr:BatchDeleteImage", "ecr:PutRegistryScanningConfiguration"];
    let denied = denied.map(|operation| every(operation, "access-denied"));
    for faults in [&denied[..], &denied[..1]] {
        let faults: Vec<_> = faults.iter().map(String::as_str).collect();
        assert_eq!(scenario.fails(StepId::Cleanup, &faults).await.code, Code::AccessDenied);
        assert!(!scenario.run.info().expect("the session can be read").finished);
    }
    scenario.ends_well(StepId::Cleanup).await;
}
