//! Third-party clients against the practice registry and the built-in engine: podman, buildah and Docker's library for Python. skopeo and
//! the Docker CLI have tests of their own, in `practice`, `engine` and `lesson.rs`.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::{Value, json};
use tempfile::TempDir;
use testbed::{
    aws::authorization_token,
    environment::TestEnvironment,
    tools::{installed, python_with},
};
use whole_lab_tests::{LIMIT, ProgramOutput, run};

/// The password of a new token.
async fn password(environment: &TestEnvironment) -> String {
    let token = STANDARD.decode(authorization_token(&environment.ecr).await).expect("a token is base64");
    let token = String::from_utf8(token).expect("a token is text");
    token.strip_prefix("AWS:").expect("the user is AWS").to_owned()
}

/// podman and buildah with a storage of their own, logged in to the practice registry.
struct Containers {
    buildah: PathBuf,
    podman: PathBuf,
    folder: PathBuf,
    /// podman refuses a path of more than 50 characters here.
    run_folder: TempDir,
    registry: String,
}

impl Containers {
    fn new(environment: &TestEnvironment, password: &str) -> Option<Self> {
        let (buildah, podman) = (installed("buildah")?, installed("podman")?);
        let folder = environment.folder("containers");
        let policy = folder.join(".config/containers/policy.json");
        std::fs::create_dir_all(policy.parent().expect("it is in a folder")).expect("the folder is new");
        std::fs::write(policy, r#"{"default":[{"type":"insecureAcceptAnything"}]}"#).expect("the folder is new");
        std::fs::write(folder.join("password"), password).expect("the folder is new");
        let run_folder = tempfile::Builder::new().prefix("run").tempdir_in("/tmp").expect("/tmp can be written");
        let containers = Self { buildah, podman, folder, run_folder, registry: environment.practice.registry_addr() };
        let login = "login --tls-verify=false --username AWS --password-stdin $REGISTRY < password";
        let login = containers.run("buildah", login).succeeded("buildah login").stdout;
        assert!(login.contains("Login Succeeded!"), "{login}");
        Some(containers)
    }

    /// Runs a line of a shell with the program.
    fn run(&self, program: &str, arguments: &str) -> ProgramOutput {
        let (path, more) = match program {
            "podman" => (&self.podman, "--cgroup-manager cgroupfs --events-backend file"),
            _ => (&self.buildah, ""),
        };
        let line = format!("exec \"$0\" --root \"$1\" --runroot \"$2\" --storage-driver vfs {more} {arguments}");
        let mut command = Command::new("sh");
        command.args(["-c", &line]).arg(path).arg(self.folder.join("root")).arg(self.run_folder.path());
        command.current_dir(&self.folder).env("HOME", &self.folder).env("XDG_RUNTIME_DIR", &self.folder);
        command.env("REGISTRY_AUTH_FILE", self.folder.join("auth.json")).env("REGISTRY", &self.registry);
        run(command, LIMIT)
    }

    fn text(&self, program: &str, arguments: &str) -> String {
        let output = self.run(program, arguments).succeeded(&format!("{program} {arguments}"));
        output.stdout.trim_end().to_owned()
    }

    fn refused(&self, program: &str, arguments: &str) -> String {
        let output = self.run(program, arguments);
        assert_ne!(output.exit, whole_lab_tests::ExitReason::Code(0), "{program} {arguments}: {}", output.stdout);
        output.stderr
    }
}

/// Whether a program lacks the rights to keep images here: containers without privileges cannot.
fn lacks_rights(containers: &Containers) -> bool {
    let output = containers.run("buildah", "from scratch");
    let lacks = output.stderr.contains("operation not permitted") || output.stderr.contains("permission denied");
    if lacks {
        skipped::report(&format!("buildah lacks a right here: {}", output.stderr.trim()));
    }
    lacks
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn buildah_builds_and_pushes_and_podman_pulls_and_pushes_again() {
    let environment = TestEnvironment::start().await;
    environment.create_repository("app").await;
    let Some(containers) = Containers::new(&environment, &password(&environment).await) else { return };
    if lacks_rights(&containers) {
        return;
    }
    std::fs::write(containers.folder.join("hello"), "hello").expect("the folder is there");
    let container = containers.text("buildah", "from scratch");
    containers.text("buildah", &format!("copy {container} hello /hello"));
    containers.text("buildah", &format!("commit {container} $REGISTRY/app:built"));
    containers.text("buildah", "push --tls-verify=false --digestfile digest $REGISTRY/app:built");
    let digest = std::fs::read_to_string(containers.folder.join("digest")).expect("buildah wrote it");
    assert_eq!(environment.images("app").await, [(digest.clone(), vec!["built".to_owned()])]);

    containers.text("podman", "rmi --all --force");
    containers.text("podman", "pull --quiet --tls-verify=false $REGISTRY/app:built");
    let pulled = containers.text("podman", "image inspect --format {{.Digest}} $REGISTRY/app:built");
    assert_eq!(pulled, digest);
    containers.text("podman", "tag $REGISTRY/app:built $REGISTRY/app:again");
    containers.text("podman", "push --tls-verify=false $REGISTRY/app:again");
    assert_eq!(environment.images("app").await, [(digest, vec!["again".to_owned(), "built".to_owned()])]);

    let nowhere = containers.refused("podman", "push --tls-verify=false $REGISTRY/app:built $REGISTRY/nowhere:1");
    assert!(nowhere.contains("The repository with name 'nowhere' does not exist in the registry"), "{nowhere}");
    let missing = containers.refused("podman", "pull --tls-verify=false $REGISTRY/app:missing");
    assert!(missing.contains("manifest unknown") || missing.contains("Requested image not found"), "{missing}");
    containers.text("podman", "logout $REGISTRY");
    let anonymous = containers.refused("podman", "pull --tls-verify=false $REGISTRY/app:built");
    assert!(anonymous.contains("authentication required") || anonymous.contains("unauthorized"), "{anonymous}");
    environment.shutdown().await;
}

/// What the script saw.
fn docker_py(python: &Path, environment: &TestEnvironment, source: &str, target: &str, password: &str) -> Value {
    let mut command = Command::new(python);
    command.arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("clients/docker_py.py")).args([source, target, password]);
    command.env("DOCKER_HOST", environment.engine.docker_host()).env("DOCKER_CONFIG", environment.folder("docker"));
    for variable in ["DOCKER_TLS_VERIFY", "DOCKER_CONTEXT", "DOCKER_API_VERSION", "DOCKER_CERT_PATH"] {
        command.env_remove(variable);
    }
    run(command, LIMIT).succeeded("docker_py.py").json()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn dockers_library_for_python_moves_images_with_the_built_in_engine() {
    let Some(python) = python_with("docker") else { return };
    let environment = TestEnvironment::start().await;
    environment.create_repository("app").await;
    let target = format!("{}/app", environment.practice.registry_name());
    let source = "public.ecr.aws/docker/library/neo4j:4.4.0";
    let seen = docker_py(&python, &environment, source, &target, &password(&environment).await);
    let [(digest, tags)] = &environment.images("app").await[..] else { panic!("one image was pushed") };
    assert_eq!(tags, &["1"]);
    for (name, expected) in [
        ("ping", json!(true)),
        ("api", json!("1.47")),
        ("containers", json!([])),
        ("history", json!(true)),
        ("login", json!("Login Succeeded")),
        ("errors", json!([])),
        ("digest", json!(digest)),
        ("listed", json!([format!("{target}:1"), source])),
        ("left", json!([])),
        ("loaded", json!([digest])),
        ("disk", json!(1)),
        ("events", json!(["delete", "load", "pull", "push", "save", "tag", "untag"])),
        ("missing", json!(404)),
    ] {
        assert_eq!(seen[name], expected, "{name}: {seen}");
    }
    assert_eq!((&seen["pulled"]["id"], &seen["pulled"]["tags"]), (&json!(digest), &json!([source])));
    assert!(seen["pulled"]["layers"].as_u64().is_some_and(|layers| layers > 1), "{seen}");
    assert_eq!(seen["denied"][0]["error"], "no basic auth credentials");
    for (name, sentence) in [("run", "POST /containers/create needs Docker"), ("build", "POST /build needs Docker")] {
        assert_eq!(seen[name][0], 501, "{seen}");
        assert!(seen[name][1].as_str().is_some_and(|text| text.contains(sentence)), "{seen}");
    }
    environment.shutdown().await;
}
