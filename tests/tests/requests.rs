//! The calls that a run sends: valid by AWS's own models, recognizable by their user agent, and listed in the page for security
//! engineers.

use std::{collections::BTreeSet, sync::Arc};

use lab::{
    Access, AccountConfirmation, AwsAccess, Confirmation, ConsentPolicy, Lab, Plan, Run, RunOptions, Service, StepId,
};
use serde_json::Value;
use testbed::environment::TestEnvironment;
use tokio_util::sync::CancellationToken;
use whole_lab_tests::{FaultProxy, RecordedCall, access, botocore, populate_with_foreign_resources};

/// A run whose calls go through a proxy that records them.
struct Recorded {
    environment: TestEnvironment,
    proxy: FaultProxy,
    lab: Lab,
    run: Run,
}

impl Recorded {
    /// Runs the whole lab.
    async fn run(with_others: bool) -> Self {
        Box::pin(Self::run_as(with_others, ConsentPolicy::NotNeeded)).await
    }

    /// Runs the whole lab, with or without being asked for consent.
    async fn run_as(with_others: bool, consent: ConsentPolicy) -> Self {
        let environment = TestEnvironment::start().await;
        if with_others {
            populate_with_foreign_resources(&environment).await;
        }
        let proxy = FaultProxy::start(&environment.practice.endpoint(), &environment.engine_url()).await;
        let mut access = Access { consent, ..access(&environment) };
        if let AwsAccess::Endpoint { url, .. } = &mut access.aws {
            *url = proxy.aws();
        }
        let lab = Lab::open(&environment.folder("lab")).await.expect("a new folder opens");
        let run = lab
            .start(Plan { move_tags: true, ..Plan::default() }, access.clone(), &RunOptions::default())
            .await
            .expect("a run can be started");
        let mut recorded = Self { environment, proxy, lab, run };
        recorded.steps(&access).await;
        recorded
    }

    /// Agrees to the whole run before its first change, if that is needed.
    async fn consent(&self) {
        let preview = self.run.consent_request_for(&StepId::ALL).await.expect("the account can be read");
        let Some(preview) = preview else { return };
        let account = AccountConfirmation::Typed { digits: preview.last_digits().to_owned() };
        let confirmation = Confirmation { account, despite_cautions: true };
        self.run.give_consent(&preview, &confirmation).expect("the digits are those of the account");
    }

    async fn steps(&mut self, access: &Access) {
        for step in StepId::ALL {
            self.run.preview(step).await.expect("the account can be read");
            if step == StepId::Scanning {
                // As if the program had been started again: what the first step has read is read again before the first change.
                self.run = self.lab.resume(access.clone()).await.expect("the run is resumed");
                self.consent().await;
            }
            let run = self.run.run(step, Arc::new(()), CancellationToken::new());
            run.await.unwrap_or_else(|error| panic!("{step:?}: {error:?}"));
            self.run.check(step).await.expect("the session can be written");
        }
    }

    /// The calls of AWS by step: `(3, "ecr:CreateRepository")`; 0 before the first.
    fn calls(&self) -> BTreeSet<(usize, String)> {
        let run = self.run.info().expect("the session can be read").id;
        let entries = self.lab.transcript(&run).expect("the session can be read");
        let call = |entry: lab::Entry| {
            let service = match entry.service {
                Service::Ecr => "ecr",
                Service::Inspector => "inspector2",
                Service::Iam => "iam",
                Service::Sts => "sts",
                Service::Engine | Service::Lab => return None,
            };
            // A run that is resumed first reads whose credentials these are, before any step.
            let number = entry.step.map_or(0, |step| step as usize + 1);
            Some((number, format!("{service}:{}", entry.operation)))
        };
        entries.into_iter().filter_map(call).collect()
    }
}

/// What botocore says of calls; `None` if it is not installed.
fn validated_by_botocore(calls: &[RecordedCall]) -> Option<Value> {
    let lines: Vec<_> = calls.iter().map(|call| serde_json::to_string(call).expect("a call has a JSON form")).collect();
    botocore("validate.py", &[], &[], &lines.join("\n"))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_request_is_valid_by_the_models_of_botocore() {
    let recorded = Box::pin(Recorded::run(true)).await;
    let Some(result) = validated_by_botocore(&recorded.proxy.calls()) else { return };
    assert_eq!(result["errors"], serde_json::json!([]));
    let validated: BTreeSet<_> =
        result["operations"].as_array().expect("a list").iter().map(Value::to_string).collect();
    let made: BTreeSet<_> = recorded.calls().into_iter().map(|(_, call)| Value::from(call).to_string()).collect();
    assert_eq!(validated, made);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_request_names_the_lab_in_its_user_agent() {
    let recorded = Box::pin(Recorded::run(false)).await;
    let calls = recorded.proxy.calls();
    assert!(!calls.is_empty());
    let others: Vec<_> = calls.iter().filter(|call| !call.user_agent.contains("app/imagelab")).collect();
    assert!(others.is_empty(), "{others:?}");
}

/// The rows of the page's table of calls: step, call, and what it changes.
fn documented() -> BTreeSet<(usize, String)> {
    let page = include_str!("../../docs/ACCOUNT-SAFETY.md");
    let row = |line: &str| {
        let mut cells = line.strip_prefix("| ")?.split('|');
        let step = cells.next()?.trim().parse().ok()?;
        let call = cells.next()?.trim().trim_matches('`').to_owned();
        Some((step, call))
    };
    page.lines().filter_map(row).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_page_for_security_engineers_lists_every_call_by_step() {
    let mut made = BTreeSet::new();
    for (with_others, consent) in [(false, ConsentPolicy::NotNeeded), (true, ConsentPolicy::Required)] {
        let recorded = Box::pin(Recorded::run_as(with_others, consent)).await;
        made.extend(recorded.calls());
        recorded.environment.shutdown().await;
    }
    let documented = documented();
    let missing: Vec<_> = made.difference(&documented).collect();
    let superfluous: Vec<_> = documented.difference(&made).collect();
    assert!(missing.is_empty() && superfluous.is_empty(), "missing: {missing:?}\nsuperfluous: {superfluous:?}");
}
