//! SIGKILL before, amid and after every call that changes something: whoever goes on comes to the same end.

use std::{process::Command, sync::mpsc::channel};

use serde_json::Value;
use testbed::environment::TestEnvironment;
use whole_lab_tests::{
    ExitReason, FaultProxy, Imagelab, KillPoint, LIMIT, Line, Program, ProgramOutput, Snapshot,
    populate_with_foreign_resources,
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

    /// Runs the lab of this folder as far as it comes.
    async fn run(&self, folder: &str) -> ProgramOutput {
        let (access_key, secret_key) = self.environment.practice.credentials();
        let mut command = Command::new(env!("CARGO_BIN_EXE_lab-process"));
        command.arg(self.environment.folder(folder));
        command.env("LAB_AWS", self.proxy.aws()).env("LAB_ENGINE", self.proxy.engine());
        command.env("LAB_REGION", self.environment.practice.region());
        command.env("LAB_ACCESS_KEY", access_key).env("LAB_SECRET_KEY", secret_key);
        let process = Program::start(command);
        // It waits until its standard input is closed.
        self.proxy.set_client(process.pid());
        tokio::task::spawn_blocking(move || process.wait(LIMIT)).await.expect("it ends in time")
    }

    /// Everything that a run could have changed.
    async fn snapshot(&self) -> (Snapshot, Value) {
        (Snapshot::of(&self.environment).await, self.environment.local_images().await)
    }
}

/// The run that nobody disturbs: what came of it, and the changes that it asked for.
async fn undisturbed(scenario: &Scenario) -> (Value, Vec<String>) {
    let before = scenario.snapshot().await;
    scenario.proxy.kill_at(None);
    let outcome = scenario.run("undisturbed").await.succeeded("an undisturbed run").json();
    assert_eq!(outcome["ok"], true, "{outcome:#}");
    assert_eq!(scenario.snapshot().await, before);
    (outcome, scenario.proxy.changes())
}

/// Kills the lab at one point, and lets another process go on with it.
async fn killed(scenario: &Scenario, number: usize, point: KillPoint, what: &str, outcome: &Value) {
    let case = format!("killed {point:?} {what} (change {number})");
    let before = scenario.snapshot().await;
    let folder = format!("{number}-{point:?}");
    scenario.proxy.kill_at(Some((number, point)));
    let process = scenario.run(&folder).await;
    assert_eq!(process.exit, ExitReason::Signal(9), "{case}: {process:?}");
    scenario.proxy.kill_at(None);
    let resumed = scenario.run(&folder).await.succeeded(&case).json();
    assert_eq!(&resumed, outcome, "{case}");
    assert_eq!(scenario.snapshot().await, before, "{case}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_killed_lab_goes_on_to_the_same_end() {
    let scenario = Scenario::start().await;
    let (outcome, changes) = undisturbed(&scenario).await;
    let mut points = Vec::new();
    for (number, change) in changes.iter().enumerate() {
        // Only what moves an image answers in parts.
        let streams = change.contains("/images/create") || change.ends_with("/push");
        points.push((number, KillPoint::BeforeRequest));
        points.extend(streams.then_some((number, KillPoint::DuringResponse)));
        points.push((number, KillPoint::AfterRequest));
    }
    // Both processors, each with a cloud of its own.
    let other = Scenario::start().await;
    let scenarios = [scenario, other];
    let halves = scenarios.iter().enumerate().map(|(half, scenario)| {
        let (points, changes, outcome) = (&points, &changes, &outcome);
        async move {
            for (number, point) in points.iter().skip(half).step_by(2) {
                killed(scenario, *number, *point, &changes[*number], outcome).await;
            }
        }
    });
    futures::future::join_all(halves).await;
}

/// Kills `imagelab` when it says this: with it go the practice cloud and the engine, which are in the same process.
fn killed_at(imagelab: &Imagelab, arguments: &[&str], word: &str) {
    let (sender, lines) = channel();
    let program = Program::start_with_lines(imagelab.command(arguments), &sender);
    drop(sender);
    let mut said = String::new();
    while !said.contains(word) {
        match lines.recv_timeout(LIMIT) {
            Ok(Line::Stdout(line) | Line::Stderr(line)) => said.extend([&line, "\n"]),
            Err(why) => panic!("{arguments:?} did not say {word} ({why}):\n{said}"),
        }
    }
    program.signal("KILL");
    assert_eq!(program.wait(LIMIT).exit, ExitReason::Signal(9), "{arguments:?} at {word}");
}

/// What of a run does not depend on when it was, or on how often it was begun.
fn lasting(run: &Value) -> Value {
    let mut run = run.clone();
    run["run"].take();
    for step in run["steps"].as_array_mut().expect("there are steps") {
        step["seconds"].take();
        for check in step["checks"].as_array_mut().expect("a step has checks") {
            // The account's disk and the engine's port are told there.
            check["detail"].take();
        }
    }
    run
}

#[test]
fn a_killed_imagelab_goes_on_to_the_same_end() {
    let practice = ["--json", "--yes", "--engine", "builtin", "--speed", "instant", "--lang", "en"];
    let with = |command: &'static str| [&[command][..], &practice].concat();
    let undisturbed = Imagelab::new().run(&with("run")).succeeded("an undisturbed run").json();

    let imagelab = Imagelab::new();
    killed_at(&imagelab, &with("run"), "[4/7]");
    killed_at(&imagelab, &with("resume"), "Pushing");
    killed_at(&imagelab, &with("resume"), "[5/7]");
    killed_at(&imagelab, &with("resume"), "[6/7]");
    killed_at(&imagelab, &with("resume"), "[7/7]");
    let cleanup = ["cleanup", "--json", "--yes", "--engine", "builtin", "--lang", "en"];
    killed_at(&imagelab, &cleanup, "[7/7]");
    let cleaned = imagelab.run(&cleanup).succeeded("imagelab cleanup").json();
    assert_eq!(lasting(&cleaned), lasting(&undisturbed));
    // Nothing is left over that would stand in the way of another run, or be taken for somebody else's.
    let again = imagelab.run(&with("run")).succeeded("another run").json();
    assert_eq!(lasting(&again), lasting(&undisturbed));
}
