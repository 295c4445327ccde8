//! The lab's `docker` commands, unchanged, with each version of the Docker CLI that this machine has.

use std::{
    path::Path,
    process::{Command, Stdio},
};

use std::io::Write;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use oci::Blob;
use registry::Digest;
use testbed::tools::docker_clis;

use crate::support::{OCI_MANIFEST, Running, Server, engine, image};

struct Cli<'a> {
    docker: &'a Path,
    running: &'a Running,
    config: &'a Path,
}

impl Cli<'_> {
    /// Standard output and error, as they come.
    fn run(&self, arguments: &[&str], input: &str) -> (bool, String) {
        let mut child = Command::new(self.docker)
            .args(arguments)
            .env("DOCKER_HOST", self.running.engine.docker_host())
            .env("DOCKER_CONFIG", self.config)
            .env_remove("DOCKER_CONTEXT")
            .env_remove("DOCKER_API_VERSION")
            .env_remove("DOCKER_CONTENT_TRUST")
            .env_remove("DOCKER_DEFAULT_PLATFORM")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        let output = child.wait_with_output().unwrap();
        let text = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap()).concat();
        (output.status.success(), text)
    }

    fn ok(&self, arguments: &[&str]) -> String {
        let (ok, text) = self.run(arguments, "");
        assert!(ok, "{} {arguments:?}: {text}", self.docker.display());
        text
    }

    fn fails(&self, arguments: &[&str]) -> String {
        let (ok, text) = self.run(arguments, "");
        assert!(!ok, "{} {arguments:?}: {text}", self.docker.display());
        text
    }
}

/// A registry with an image of two platforms, an engine that reaches it, and a folder for the command's configuration.
struct Setup {
    server: Server,
    running: Running,
    config: tempfile::TempDir,
    index: Digest,
    /// Of the image for amd64.
    manifest: Blob,
    _layouts: tempfile::TempDir,
}

const IMAGE: &str = "r.test/docker/library/neo4j:4.4.0";

impl Setup {
    async fn new() -> Self {
        let server = Server::start().await;
        let dir = tempfile::tempdir().unwrap();
        let (amd64, arm64) = (image(dir.path(), "amd64", 1, &[300_000, 2000]), image(dir.path(), "arm64", 1, &[1000]));
        let index = server.stock_platforms("docker/library/neo4j", &[&amd64, &arm64], Some("4.4.0")).await;
        let (running, config) = (engine(&server).await, tempfile::tempdir().unwrap());
        let manifest = amd64.platforms[0].manifest.clone();
        Self { server, running, config, index, manifest, _layouts: dir }
    }

    fn cli<'a>(&'a self, docker: &'a Path) -> Cli<'a> {
        Cli { docker, running: &self.running, config: self.config.path() }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_lessons_docker_commands_work_unchanged() {
    for (docker, _) in docker_clis() {
        let setup = Setup::new().await;
        let (server, cli) = (&setup.server, setup.cli(&docker));
        let (index, manifest) = (&setup.index, &setup.manifest);
        let authorization = format!("Basic {}", STANDARD.encode("AWS:hunter2"));

        let version = cli.ok(&["version"]);
        assert!(version.contains("Image Security Lab built-in engine"), "{version}");
        cli.ok(&["info"]);
        assert!(cli.ok(&["ps"]).contains("CONTAINER ID"));

        let pulled = cli.ok(&["pull", "--platform", "linux/amd64", "r.test/docker/library/neo4j:4.4.0"]);
        assert!(pulled.contains(&format!("Digest: {index}")), "{pulled}");
        assert!(pulled.contains("Status: Downloaded newer image for r.test/docker/library/neo4j:4.4.0"), "{pulled}");
        cli.ok(&["tag", "r.test/docker/library/neo4j:4.4.0", "r.test/eks-security-prod"]);

        server.guard(&authorization, r#"Basic realm="https://r.test/",service="ecr.amazonaws.com""#);
        let refused = cli.fails(&["push", "r.test/eks-security-prod"]);
        assert!(refused.contains("no basic auth credentials"), "{refused}");
        // It does not ask for a user name, which would wait for ever.
        let refused = cli.fails(&["pull", IMAGE]);
        let url = "https://r.test/v2/docker/library/neo4j/manifests/4.4.0";
        assert!(refused.contains(&format!("Head \"{url}\": no basic auth credentials")), "{refused}");
        let (ok, text) = cli.run(&["login", "--username", "AWS", "--password-stdin", "r.test"], "guessed");
        assert!(!ok && text.contains("login attempt to https://r.test/v2/ failed with status: 401"), "{text}");
        let (ok, text) = cli.run(&["login", "--username", "AWS", "--password-stdin", "r.test"], "hunter2");
        assert!(ok && text.contains("Login Succeeded"), "{text}");
        let pushed = cli.ok(&["push", "r.test/eks-security-prod"]);
        assert!(pushed.contains("The push refers to repository [r.test/eks-security-prod]"), "{pushed}");
        let line = format!("latest: digest: {} size: {}", manifest.digest, manifest.size);
        assert!(pushed.contains(&line), "{pushed}");
        assert_eq!(server.manifest("eks-security-prod", "latest").await.unwrap().0, OCI_MANIFEST);
        cli.ok(&["push", "r.test/eks-security-prod:latest"]);

        let images = cli.ok(&["images", "--format", "{{.Repository}}:{{.Tag}}"]);
        for name in ["r.test/docker/library/neo4j:4.4.0", "r.test/eks-security-prod:latest"] {
            assert!(images.lines().any(|line| line == name), "{images}");
        }
        let images = cli.ok(&["images", "--quiet", "--no-trunc", "r.test/eks-security-prod"]);
        assert_eq!(images.trim(), manifest.digest.as_str());
        let inspected = cli.ok(&["inspect", "--format", "{{.Os}}/{{.Architecture}}", "r.test/eks-security-prod"]);
        assert_eq!(inspected.trim(), "linux/amd64");
        assert!(cli.ok(&["history", "--no-trunc", "r.test/eks-security-prod"]).contains("made up for a test"));
        let nothing = cli.fails(&["inspect", "nothing-there"]);
        assert!(nothing.to_lowercase().contains("no such object"), "{nothing}");

        let removed = cli.ok(&["rmi", "r.test/docker/library/neo4j:4.4.0"]);
        assert!(removed.contains("Untagged: r.test/docker/library/neo4j:4.4.0"), "{removed}");
        let removed = cli.ok(&["rmi", "r.test/eks-security-prod"]);
        assert!(removed.contains(&format!("Deleted: {}", manifest.digest)), "{removed}");
        assert!(cli.fails(&["rmi", "r.test/eks-security-prod"]).contains("No such image"));
        assert!(cli.ok(&["image", "prune", "--force"]).contains("Total reclaimed space: 0B"));

        let missing = cli.fails(&["pull", "r.test/docker/library/neo4j:5"]);
        assert!(missing.contains("manifest for r.test/docker/library/neo4j:5 not found"), "{missing}");
        let run = cli.fails(&["run", "r.test/docker/library/neo4j:4.4.0"]);
        assert!(run.contains("needs Docker"), "{run}");
        println!("{}: all well", docker.display());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_engine_does_not_do_is_refused_with_its_reason() {
    for (docker, _) in docker_clis() {
        let setup = Setup::new().await;
        let cli = setup.cli(&docker);
        let context = setup.config.path().to_str().unwrap();
        // More than any buffer between the command and the engine holds: it is sent to its end.
        std::fs::write(format!("{context}/context.tar"), vec![0; 32 << 20]).unwrap();
        std::fs::write(format!("{context}/Dockerfile"), "FROM scratch").unwrap();
        let build = cli.fails(&["build", context]);
        assert!(build.contains("POST /build needs Docker"), "{build}");
        let import = cli.fails(&["import", &format!("{context}/context.tar")]);
        assert!(import.contains("it does not import them"), "{import}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_image_is_carried_in_a_file() {
    for (docker, _) in docker_clis() {
        let setup = Setup::new().await;
        let cli = setup.cli(&docker);
        let file = setup.config.path().join("carried.tar").display().to_string();
        cli.ok(&["pull", "--platform", "linux/amd64", IMAGE]);
        cli.ok(&["save", "--output", &file, IMAGE]);
        cli.ok(&["rmi", IMAGE]);
        let loaded = cli.ok(&["load", "--input", &file]);
        assert!(loaded.contains(&format!("Loaded image: {IMAGE}")), "{loaded}");
        let id = cli.ok(&["inspect", "--format", "{{.Id}}", IMAGE]);
        assert_eq!(id.trim(), setup.manifest.digest.as_str());
        assert!(cli.fails(&["save", "--output", &file, "nothing-there"]).contains("No such image"));
        std::fs::write(&file, "no archive").unwrap();
        let wrong = cli.fails(&["load", "--input", &file]);
        assert!(wrong.contains("the archive"), "{wrong}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn images_are_counted_and_chosen_by_age_and_their_events_shown() {
    for (docker, _) in docker_clis() {
        let setup = Setup::new().await;
        let cli = setup.cli(&docker);
        cli.ok(&["pull", "--platform", "linux/amd64", IMAGE]);
        let usage = cli.ok(&["system", "df", "--format", "{{.Type}} {{.TotalCount}} {{.Size}}"]);
        assert!(usage.starts_with("Images 1 "), "{usage}");
        // The command sends whole seconds: until the next one.
        let events = cli.ok(&["events", "--since=1h", "--until=-1s", "--format", "{{.Action}} {{.Actor.ID}}"]);
        assert_eq!(events, format!("pull {IMAGE}\n"));
        assert_eq!(cli.ok(&["events", "--since=1h", "--until=-1s", "--filter", "type=container"]), "");
        assert_eq!(cli.ok(&["images", "--quiet", "--filter", &format!("before={IMAGE}")]), "");
        let pruned = cli.ok(&["image", "prune", "--all", "--force", "--filter", "until=999999h"]);
        assert!(pruned.contains("Total reclaimed space: 0B"), "{pruned}");
        let pruned = cli.ok(&["image", "prune", "--all", "--force", "--filter", "until=1m"]);
        assert!(pruned.contains(&format!("deleted: {}", setup.manifest.digest)), "{pruned}");
    }
}
