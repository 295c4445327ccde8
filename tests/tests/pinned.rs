//! Docker Engine is shared by the users of a machine: what is pushed is what was pulled, even if its names are moved in between.

use std::{collections::BTreeSet, process::Command, sync::Arc};

use lab::{CheckStatus, Code, Direction, EngineAccess, EngineKind, Event, Lab, LabError, Plan, Run, StepId};
use practice::Addressing;
use testbed::{environment::TestEnvironment, tools::docker_clis};
use tokio_util::sync::CancellationToken;
use whole_lab_tests::{LIMIT, Part, Stack, access, run};

/// Another user of the engine.
#[derive(Clone)]
struct OtherUser {
    docker: std::path::PathBuf,
    host: String,
}

impl OtherUser {
    fn docker(&self, arguments: &[&str]) -> String {
        let mut command = Command::new(&self.docker);
        command.args(arguments).env("DOCKER_HOST", &self.host).env_remove("DOCKER_CONTEXT");
        run(command, LIMIT).succeeded(&arguments.join(" ")).stdout
    }
}

async fn step(run: &Run, step: StepId, sink: impl Fn(Event) + Send + Sync + 'static) -> Result<(), LabError> {
    run.run(step, Arc::new(sink), CancellationToken::new()).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn docker_engine_pushes_the_pulled_image_although_its_name_was_moved() {
    let Some(stack) = Stack::up(Part::Dockerd) else { return };
    let clis = docker_clis();
    let Some((docker, _)) = clis.first() else { return };
    let environment = TestEnvironment::start_with(|config| config.addressing = Addressing::Loopback, None).await;
    let other = OtherUser { docker: docker.clone(), host: stack.get("DOCKER_HOST").to_owned() };
    let image = |tag: &str| format!("{}/docker/library/neo4j:{tag}", environment.image_source.addr());
    let plan = Plan { image: image("4.4.0"), fixed_image: image("4.4.48"), ..Plan::default() };
    let theirs = "other-users/image:1";
    other.docker(&["pull", &plan.fixed_image]);
    other.docker(&["tag", &plan.fixed_image, theirs]);
    other.docker(&["rmi", &plan.fixed_image]);
    let mut access = access(&environment);
    access.engine = EngineAccess { kind: EngineKind::Docker, host: other.host.clone(), tls: None };
    let lab = Lab::open(&environment.folder("lab")).await.expect("a new folder opens");
    let run = lab.start(plan.clone(), access, &lab::RunOptions::default()).await.expect("a run can be started");
    for earlier in [StepId::Prepare, StepId::Scanning, StepId::Repositories] {
        step(&run, earlier, |_| ()).await.unwrap_or_else(|error| panic!("{earlier:?}: {error:?}"));
    }

    let user = other.clone();
    let move_name = move |event: Event| {
        if let Event::TransferDone { direction: Direction::Pull, reference, .. } = event {
            user.docker(&["tag", theirs, &reference]);
        }
    };
    step(&run, StepId::Push, move_name).await.expect("the pulled image is pushed by its id");
    for check in run.check(StepId::Push).await.expect("the session can be written") {
        assert_eq!(check.outcome, CheckStatus::Met, "{check:?}");
    }
    let pushed = environment.digest(&plan.prod, "latest").await.expect("it was pushed");

    let user = other.clone();
    let move_target = move |event: Event| {
        if let Event::TransferStarted { direction: Direction::Push, reference } = event {
            user.docker(&["tag", theirs, &reference]);
        }
    };
    let problem = match step(&run, StepId::Push, move_target).await {
        Err(LabError::Problem(problem)) => problem.code,
        other => panic!("{other:?}"),
    };
    assert_eq!(problem, Code::OtherImagePushed);
    assert_ne!(environment.digest(&plan.prod, "latest").await.expect("another image was pushed"), pushed);

    step(&run, StepId::Cleanup, |_| ()).await.expect("the clean-up succeeds");
    assert!(environment.repositories().await.is_empty());
    let images = other.docker(&["images", "--all", "--format", "{{.Repository}}:{{.Tag}} {{.ID}}"]);
    assert!(images.contains(theirs), "{images}");
    // By their ids: an image whose name was moved has none any more.
    let ids: BTreeSet<&str> = images.lines().filter_map(|line| line.split_whitespace().last()).collect();
    other.docker(&[&["rmi", "--force"][..], &ids.into_iter().collect::<Vec<_>>()].concat());
    environment.shutdown().await;
}
