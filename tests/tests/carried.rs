//! Images carried as files between the built-in engine and Docker Engine.

use std::{path::Path, process::Command};

use testbed::{environment::TestEnvironment, tools::docker_clis};
use whole_lab_tests::{LIMIT, Part, Stack, run};

/// A Docker CLI that uses one engine.
struct Docker<'a> {
    program: &'a Path,
    host: &'a str,
}

impl Docker<'_> {
    fn run(&self, arguments: &[&str]) -> String {
        let mut command = Command::new(self.program);
        command.args(arguments).env("DOCKER_HOST", self.host).env_remove("DOCKER_CONTEXT");
        run(command, LIMIT).succeeded(&arguments.join(" ")).stdout
    }

    /// The platform, the command and the layers of an image, which are the same in every engine.
    fn content(&self, image: &str) -> String {
        let content = "{{.Os}}/{{.Architecture}} {{json .Config.Cmd}} {{json .Config.Env}} {{json .RootFS.Layers}}";
        self.run(&["image", "inspect", "--format", content, image])
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_image_is_carried_to_docker_engine_and_back() {
    let Some(stack) = Stack::up(Part::Dockerd) else { return };
    let clis = docker_clis();
    let Some((program, _)) = clis.first() else { return };
    let environment = TestEnvironment::start().await;
    let host = environment.engine.docker_host();
    let built_in = Docker { program, host: &host };
    let docker = Docker { program, host: stack.get("DOCKER_HOST") };
    let (there, back) = (environment.folder("there.tar"), environment.folder("back.tar"));
    let (there, back) = (there.display().to_string(), back.display().to_string());

    let image = "public.ecr.aws/docker/library/neo4j:4.4.0";
    built_in.run(&["pull", "--platform", "linux/amd64", image]);
    built_in.run(&["save", "--output", &there, image]);
    let loaded = docker.run(&["load", "--input", &there]);
    assert!(loaded.contains(&format!("Loaded image: {image}")), "{loaded}");
    assert_eq!(docker.content(image), built_in.content(image));

    docker.run(&["tag", image, "carried/back:1"]);
    docker.run(&["save", "--output", &back, "carried/back:1"]);
    docker.run(&["rmi", "carried/back:1", image]);
    assert!(built_in.run(&["load", "--input", &back]).contains("Loaded image: carried/back:1"));
    assert_eq!(built_in.content("carried/back:1"), built_in.content(image));
    environment.shutdown().await;
}
