//! The commands that a learner can paste.

use lab::{EngineKind, StepId};

use crate::support::LabEnvironment;

/// All command lines of a run, with the values that differ between runs replaced.
fn lines(run: &lab::Run, environment: &LabEnvironment) -> String {
    let info = run.info().unwrap();
    let engine = environment.engine.docker_host();
    let source = environment.plan.image.split('/').next().unwrap().to_owned();
    let mut text = String::new();
    for step in StepId::ALL {
        for command in run.commands(step) {
            text.extend(["# ", &command.title.id, "\n", &command.line, "\n"]);
        }
    }
    text.replace(&environment.practice.endpoint(), "ENDPOINT")
        .replace(&engine, "ENGINE")
        .replace(&source, "SOURCE")
        .replace(&info.id.0, "RUN")
}

#[tokio::test(flavor = "multi_thread")]
async fn before_anything_is_known_the_lines_ask_for_it_themselves() {
    let environment = LabEnvironment::start().await;
    let lab = environment.lab().await;
    let mut access = environment.access();
    access.engine.kind = EngineKind::Docker;
    let run = lab.start(environment.plan.clone(), access, &lab::RunOptions::default()).await.unwrap();
    insta::assert_snapshot!(lines(&run, &environment));
}

#[tokio::test(flavor = "multi_thread")]
async fn once_values_are_known_the_lines_have_them() {
    let environment = LabEnvironment::start().await;
    let (_lab, run) = environment.run_to(StepId::Push).await;
    insta::assert_snapshot!(lines(&run, &environment));
}

#[tokio::test(flavor = "multi_thread")]
async fn no_line_holds_a_secret() {
    let environment = LabEnvironment::start().await;
    let (_lab, run) = environment.run_to(StepId::Push).await;
    let text = lines(&run, &environment);
    let (_, secret) = environment.practice.credentials();
    assert!(!text.contains(&secret) && text.contains("--password-stdin") && !text.contains("--password "));
}
