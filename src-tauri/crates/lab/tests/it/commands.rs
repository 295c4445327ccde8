//! The lines that a learner can paste.

use lab::{EngineKind, StepId};

use crate::support::World;

/// All lines of a run, with what differs from run to run taken out.
fn lines(run: &lab::Run, world: &World) -> String {
    let info = run.info().unwrap();
    let engine = world.engine.docker_host();
    let source = world.plan.image.split('/').next().unwrap().to_owned();
    let mut said = String::new();
    for step in StepId::ALL {
        for command in run.commands(step) {
            said.extend(["# ", &command.title.id, "\n", &command.line, "\n"]);
        }
    }
    said.replace(&world.practice.endpoint(), "ENDPOINT")
        .replace(&engine, "ENGINE")
        .replace(&source, "SOURCE")
        .replace(&info.id.0, "RUN")
}

#[tokio::test(flavor = "multi_thread")]
async fn before_anything_is_known_the_lines_ask_for_it_themselves() {
    let world = World::start().await;
    let lab = world.lab().await;
    let mut access = world.access();
    access.engine.kind = EngineKind::Docker;
    let run = lab.start(world.plan.clone(), access).await.unwrap();
    insta::assert_snapshot!(lines(&run, &world));
}

#[tokio::test(flavor = "multi_thread")]
async fn once_values_are_known_the_lines_have_them() {
    let world = World::start().await;
    let (_lab, run) = world.run_to(StepId::Push).await;
    insta::assert_snapshot!(lines(&run, &world));
}

#[tokio::test(flavor = "multi_thread")]
async fn no_line_holds_a_secret() {
    let world = World::start().await;
    let (_lab, run) = world.run_to(StepId::Push).await;
    let said = lines(&run, &world);
    let (_, secret) = world.practice.credentials();
    assert!(!said.contains(&secret) && said.contains("--password-stdin") && !said.contains("--password "));
}
