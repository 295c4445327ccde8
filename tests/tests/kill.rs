//! SIGKILL before, amid and after every call that changes something: whoever goes on comes to the same end.

use std::{process::Command, sync::mpsc::channel};

use serde_json::Value;
use whole_lab_tests::{Ended, Finished, Gate, House, Imagelab, LIMIT, Line, Moment, Program, Sight, lived_in};

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
    async fn run(&self, folder: &str) -> Finished {
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

/// Kills `imagelab` when it says this: with it go the practice cloud and the engine, which are in the same process.
fn killed_at(imagelab: &Imagelab, arguments: &[&str], word: &str) {
    let (sender, lines) = channel();
    let program = Program::start_telling(imagelab.command(arguments), &sender);
    drop(sender);
    let mut said = String::new();
    while !said.contains(word) {
        match lines.recv_timeout(LIMIT) {
            Ok(Line::Out(line) | Line::Err(line)) => said.extend([&line, "\n"]),
            Err(why) => panic!("{arguments:?} did not say {word} ({why}):\n{said}"),
        }
    }
    program.signal("KILL");
    assert_eq!(program.wait(LIMIT).ended, Ended::Signal(9), "{arguments:?} at {word}");
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
    let undisturbed = Imagelab::new().run(&with("rehearse")).good("an undisturbed run").json();

    let imagelab = Imagelab::new();
    killed_at(&imagelab, &with("rehearse"), "[4/7]");
    killed_at(&imagelab, &with("resume"), "Pushing");
    killed_at(&imagelab, &with("resume"), "[5/7]");
    killed_at(&imagelab, &with("resume"), "[6/7]");
    killed_at(&imagelab, &with("resume"), "[7/7]");
    let cleanup = ["cleanup", "--json", "--yes", "--engine", "builtin", "--lang", "en"];
    killed_at(&imagelab, &cleanup, "[7/7]");
    let cleaned = imagelab.run(&cleanup).good("imagelab cleanup").json();
    assert_eq!(lasting(&cleaned), lasting(&undisturbed));
    // Nothing is left over that would stand in the way of another run, or be taken for somebody else's.
    let again = imagelab.run(&with("rehearse")).good("another run").json();
    assert_eq!(lasting(&again), lasting(&undisturbed));
}
