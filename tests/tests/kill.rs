//! SIGKILL before, amid and after every call that changes something: whoever goes on comes to the same end.

use std::{process::Command, time::Duration};

use serde_json::Value;
use whole_lab_tests::{Ended, Gate, House, Moment, Program, Sight, lived_in};

const LIMIT: Duration = Duration::from_secs(60);

/// A lab in a process of its own, with a gate before the cloud and the engine.
struct Scene {
    house: House,
    gate: Gate,
}

impl Scene {
    async fn set() -> Self {
        let house = House::start().await;
        lived_in(&house.practice).await;
        let gate = Gate::open(&house.practice.endpoint(), &house.engine_url()).await;
        Self { house, gate }
    }

    /// Runs the lab of this folder as far as it comes.
    async fn run(&self, folder: &str) -> whole_lab_tests::Finished {
        let (access_key, secret_key) = self.house.practice.credentials();
        let mut command = Command::new(env!("CARGO_BIN_EXE_victim"));
        command.arg(self.house.folder(folder));
        command.env("LAB_AWS", self.gate.aws()).env("LAB_ENGINE", self.gate.engine());
        command.env("LAB_REGION", self.house.practice.region());
        command.env("LAB_ACCESS_KEY", access_key).env("LAB_SECRET_KEY", secret_key);
        let victim = Program::start(command);
        // It waits until its standard input is closed.
        self.gate.victim(victim.pid());
        tokio::task::spawn_blocking(move || victim.wait(LIMIT)).await.expect("it ends in time")
    }

    /// Everything that a run could have changed.
    async fn sight(&self) -> (Sight, Value) {
        let images =
            reqwest::get(format!("{}/images/json", self.house.engine_url())).await.expect("the engine answers");
        (Sight::of(&self.house.practice).await, images.json().await.expect("it answers in JSON"))
    }
}

/// The run that nobody disturbs: what came of it, and the changes that it asked for.
async fn undisturbed(scene: &Scene) -> (Value, Vec<String>) {
    let before = scene.sight().await;
    scene.gate.set(None);
    let outcome = scene.run("undisturbed").await.good("an undisturbed run").json();
    assert_eq!(outcome["ok"], true, "{outcome:#}");
    assert_eq!(scene.sight().await, before);
    (outcome, scene.gate.changes())
}

/// Kills the lab at one moment, and lets another process go on with it.
async fn killed(scene: &Scene, number: usize, moment: Moment, what: &str, outcome: &Value) {
    let case = format!("killed {moment:?} {what} (change {number})");
    let before = scene.sight().await;
    let folder = format!("{number}-{moment:?}");
    scene.gate.set(Some((number, moment)));
    let victim = scene.run(&folder).await;
    assert_eq!(victim.ended, Ended::Signal(9), "{case}: {victim:?}");
    scene.gate.set(None);
    let resumed = scene.run(&folder).await.good(&case).json();
    assert_eq!(&resumed, outcome, "{case}");
    assert_eq!(scene.sight().await, before, "{case}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_killed_lab_goes_on_to_the_same_end() {
    let scene = Scene::set().await;
    let (outcome, changes) = undisturbed(&scene).await;
    let mut moments = Vec::new();
    for (number, change) in changes.iter().enumerate() {
        // Only what moves an image answers in parts.
        let streams = change.contains("/images/create") || change.ends_with("/push");
        moments.push((number, Moment::Before));
        moments.extend(streams.then_some((number, Moment::Amid)));
        moments.push((number, Moment::After));
    }
    // Both processors, each with a cloud of its own.
    let other = Scene::set().await;
    let scenes = [scene, other];
    let halves = scenes.iter().enumerate().map(|(half, scene)| {
        let (moments, changes, outcome) = (&moments, &changes, &outcome);
        async move {
            for (number, moment) in moments.iter().skip(half).step_by(2) {
                killed(scene, *number, *moment, &changes[*number], outcome).await;
            }
        }
    });
    futures::future::join_all(halves).await;
}
