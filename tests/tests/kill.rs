//! SIGKILL before, during and after every call that changes something: the resumed run has the same outcome.

use std::process::Command;

use serde_json::Value;
use testbed::environment::TestEnvironment;
use whole_lab_tests::{
    ExitReason, FaultProxy, Imagelab, KillPoint, LIMIT, Program, ProgramOutput, Snapshot,
    populate_with_foreign_resources, soak,
};

/// A lab in a process of its own, with a proxy before the cloud and the engine.
struct Scenario {
    environment: TestEnvironment,
    proxy: FaultProxy,
}

impl Scenario {
    async fn start() -> Self {
        let environment = TestEnvironment::start().await;
        populate_with_foreign_resources(&environment).await;
        let proxy = FaultProxy::start(&environment.practice.endpoint(), &environment.engine_url()).await;
        Self { environment, proxy }
    }

    /// Runs the lab in this folder until it finishes or is killed.
    async fn run(&self, folder: &str) -> ProgramOutput {
        let (access_key, secret_key) = self.environment.practice.credentials();
        let mut command = Command::new(env!("CARGO_BIN_EXE_lab-process"));
        command.arg(self.environment.folder(folder));
        command.env("LAB_AWS", self.proxy.aws()).env("LAB_ENGINE", self.proxy.engine());
        command.env("LAB_REGION", self.environment.practice.region());
        command.env("LAB_ACCESS_KEY", access_key).env("LAB_SECRET_KEY", secret_key);
        let process = Program::start(command);
        // The process waits until its standard input is closed, as `wait` does.
        self.proxy.set_client(process.pid());
        tokio::task::spawn_blocking(move || process.wait(LIMIT)).await.expect("waiting does not panic")
    }

    /// Everything that a run could have changed.
    async fn snapshot(&self) -> (Snapshot, Value) {
        (Snapshot::of(&self.environment).await, self.environment.local_images().await)
    }
}

/// The outcome of an undisturbed run, and the changes that it requested.
async fn undisturbed(scenario: &Scenario) -> (Value, Vec<String>) {
    let before = scenario.snapshot().await;
    scenario.proxy.kill_at(None);
    let outcome = scenario.run("undisturbed").await.succeeded("an undisturbed run").json();
    assert_eq!(outcome["ok"], true, "{outcome:#}");
    assert_eq!(scenario.snapshot().await, before);
    (without_run_ids(outcome), scenario.proxy.changes())
}

/// The outcome without the run's id, which the tag has under which a run keeps another person's image.
fn without_run_ids(outcome: Value) -> Value {
    const SAVED: &str = "imagelab-before-";
    match outcome {
        Value::String(text) if text.starts_with(SAVED) => Value::from(SAVED),
        Value::Array(items) => items.into_iter().map(without_run_ids).collect(),
        Value::Object(members) => members.into_iter().map(|(name, value)| (name, without_run_ids(value))).collect(),
        other => other,
    }
}

/// Kills the lab at one point, and resumes it in another process.
async fn kill_and_resume(scenario: &Scenario, number: usize, point: KillPoint, what: &str, outcome: &Value) {
    let case = format!("killed {point:?} {what} (change {number})");
    let before = scenario.snapshot().await;
    let folder = format!("{number}-{point:?}");
    scenario.proxy.kill_at(Some((number, point)));
    let process = scenario.run(&folder).await;
    // Requests that only read are not always as many: polls depend on time, and the run may end before the point.
    let ended = scenario.proxy.counts_every_request() && process.exit == ExitReason::Code(0);
    assert!(ended || process.exit == ExitReason::Signal(9), "{case}: {process:?}");
    if ended {
        assert_eq!(without_run_ids(process.json()), *outcome, "{case}");
        assert_eq!(scenario.snapshot().await, before, "{case}");
        return;
    }
    scenario.proxy.kill_at(None);
    let resumed = without_run_ids(scenario.run(&folder).await.succeeded(&case).json());
    assert_eq!(&resumed, outcome, "{case}");
    assert_eq!(scenario.snapshot().await, before, "{case}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_killed_lab_resumes_to_the_same_outcome() {
    let scenario = Scenario::start().await;
    let (outcome, changes) = undisturbed(&scenario).await;
    let mut points = Vec::new();
    for (number, change) in changes.iter().enumerate() {
        // Only transfers of images have streamed responses.
        let streams = change.contains("/images/create") || change.ends_with("/push");
        points.push((number, KillPoint::BeforeRequest));
        points.extend(streams.then_some((number, KillPoint::DuringResponse)));
        points.push((number, KillPoint::AfterRequest));
    }
    at_points(scenario, points, &changes, &outcome).await;
}

/// All requests, also those that only read: by `cargo xtask soak kills`.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lab_that_is_killed_at_any_request_resumes_to_the_same_outcome() {
    if !soak::is_soak() {
        return;
    }
    let scenario = Scenario::start().await;
    scenario.proxy.count_every_request();
    let (outcome, requests) = undisturbed(&scenario).await;
    let of_request = |number| [KillPoint::BeforeRequest, KillPoint::AfterRequest].map(|point| (number, point));
    let points: Vec<_> = (0..requests.len()).flat_map(of_request).collect();
    assert!(points.len() >= 100, "{requests:?}");
    at_points(scenario, points, &requests, &outcome).await;
}

/// Kills a lab at each of these points, in two scenarios in parallel, each with a cloud of its own.
async fn at_points(scenario: Scenario, points: Vec<(usize, KillPoint)>, changes: &[String], outcome: &Value) {
    let other = Scenario::start().await;
    if scenario.proxy.counts_every_request() {
        other.proxy.count_every_request();
    }
    let scenarios = [scenario, other];
    let halves = scenarios.iter().enumerate().map(|(half, scenario)| {
        let points = &points;
        async move {
            for (number, point) in points.iter().skip(half).step_by(2) {
                kill_and_resume(scenario, *number, *point, &changes[*number], outcome).await;
            }
        }
    });
    futures::future::join_all(halves).await;
}

/// The part of a run's JSON that depends neither on the time nor on the machine.
fn reproducible_part(run: &Value) -> Value {
    let mut run = run.clone();
    run["run"].take();
    for step in run["steps"].as_array_mut().expect("there are steps") {
        step["seconds"].take();
        for check in step["checks"].as_array_mut().expect("a step has checks") {
            // It contains free disk space and the engine's port.
            check["detail"].take();
        }
    }
    run
}

#[test]
fn a_killed_imagelab_resumes_to_the_same_outcome() {
    let practice = ["--json", "--yes", "--engine", "builtin", "--speed", "instant", "--lang", "en"];
    let with = |command: &'static str| [&[command][..], &practice].concat();
    let undisturbed = Imagelab::new().run(&with("run")).succeeded("an undisturbed run").json();

    let imagelab = Imagelab::new();
    imagelab.kill_at(&with("run"), "[4/7]");
    imagelab.kill_at(&with("resume"), "Pushing");
    imagelab.kill_at(&with("resume"), "[5/7]");
    imagelab.kill_at(&with("resume"), "[6/7]");
    imagelab.kill_at(&with("resume"), "[7/7]");
    let cleanup = ["cleanup", "--json", "--yes", "--engine", "builtin", "--lang", "en"];
    imagelab.kill_at(&cleanup, "[7/7]");
    let cleaned = imagelab.run(&cleanup).succeeded("imagelab cleanup").json();
    assert_eq!(reproducible_part(&cleaned), reproducible_part(&undisturbed));
    // Nothing is left that would block another run, or be taken for a resource of another user.
    let again = imagelab.run(&with("run")).succeeded("another run").json();
    assert_eq!(reproducible_part(&again), reproducible_part(&undisturbed));
}
