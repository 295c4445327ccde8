//! An engine's process killed at any moment. The process is this test program, run again for the one ignored test below.

use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
    sync::Arc,
};

use engine::Engine;
use futures::StreamExt;
use http::Method;
use registry::Digest;
use tokio::sync::Notify;

use testbed::files::names_in;

use crate::support::{Server, client, config, image, pull, push, reply};

const FOLDER: &str = "ENGINE_TEST_FOLDER";
const REGISTRY: &str = "ENGINE_TEST_REGISTRY";
const SERVING: &str = "serving at ";
const MIB: u64 = 1 << 20;

#[tokio::test(flavor = "multi_thread")]
#[ignore = "the process that the tests below kill"]
async fn serve_until_killed() {
    let (Ok(folder), Ok(registry)) = (std::env::var(FOLDER), std::env::var(REGISTRY)) else { return };
    let engine = Engine::start(config(Path::new(&folder), &[("r.test", &registry)])).await.unwrap();
    println!("\n{SERVING}{}", engine.docker_host());
    std::future::pending::<()>().await;
}

/// A child that does not outlive its test.
struct Process {
    child: Child,
    docker_host: String,
}

impl Drop for Process {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

fn spawn(folder: &Path, registry: &str) -> Process {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--ignored", "--exact", "kill::serve_until_killed", "--nocapture"])
        .env(FOLDER, folder)
        .env(REGISTRY, registry)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
    let docker_host = lines.take(20).find_map(|line| line.strip_prefix(SERVING).map(str::to_owned)).unwrap();
    Process { child, docker_host }
}

/// What is on disk under a digest has it, whatever happened.
fn every_blob_is_true(folder: &Path) {
    let blobs = folder.join("blobs/sha256");
    for name in names_in(&blobs) {
        assert_eq!(Digest::of(&std::fs::read(blobs.join(&name)).unwrap()).hex(), name);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pull_and_a_push_killed_at_any_line_are_finished_by_the_next_engine() {
    let server = Server::start().await;
    let layouts = tempfile::tempdir().unwrap();
    let layout = image(layouts.path(), "amd64", 1, &[2 * MIB, 3 * MIB, MIB, 4 * MIB]);
    server.stock("a", "1", &layout).await;
    let folder = tempfile::tempdir().unwrap();
    for lines_before_the_kill in [1, 3, 5, 8, 11, 13] {
        let process = spawn(folder.path(), &server.addr);
        let options = bollard::query_parameters::CreateImageOptionsBuilder::new()
            .from_image("r.test/a:1")
            .platform("linux/amd64")
            .build();
        let docker = client(&process.docker_host);
        let mut lines = docker.create_image(Some(options), None, None);
        for _ in 0..lines_before_the_kill {
            if lines.next().await.is_none() {
                break;
            }
        }
        drop(process);
        every_blob_is_true(folder.path());
    }
    {
        let process = spawn(folder.path(), &server.addr);
        pull(&client(&process.docker_host), "r.test/a:1", "linux/amd64", None).await.unwrap();
        let options = bollard::query_parameters::TagImageOptionsBuilder::new().repo("r.test/b").tag("1").build();
        client(&process.docker_host).tag_image("r.test/a:1", Some(options)).await.unwrap();
    }
    for lines_before_the_kill in [1, 4, 7, 10] {
        let process = spawn(folder.path(), &server.addr);
        let options = bollard::query_parameters::PushImageOptionsBuilder::new().tag("1").build();
        let docker = client(&process.docker_host);
        let mut lines = docker.push_image("r.test/b", Some(options), None);
        for _ in 0..lines_before_the_kill {
            if lines.next().await.is_none() {
                break;
            }
        }
        drop(process);
        every_blob_is_true(folder.path());
    }
    let process = spawn(folder.path(), &server.addr);
    push(&client(&process.docker_host), "r.test/b", "1", None, None).await.unwrap();
    let (_, bytes) = server.manifest("b", "1").await.unwrap();
    assert_eq!(Digest::of(&bytes), layout.platforms[0].manifest.digest);
    assert_eq!(names_in(&folder.path().join("unfinished")), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kill_in_the_middle_of_a_layer_leaves_nothing_of_it_and_keeps_the_others() {
    let server = Server::start().await;
    let layouts = tempfile::tempdir().unwrap();
    let layout = image(layouts.path(), "amd64", 1, &[1000, MIB]);
    let [small, big] = &layout.platforms[0].layers[..] else { panic!() };
    server.stock("a", "1", &layout).await;
    let started = Arc::new(Notify::new());
    let request_started = Arc::clone(&started);
    server.answer(Method::GET, &big.digest, 1, move |_| {
        request_started.notify_one();
        let some = futures::stream::once(async { Ok::<_, std::io::Error>(bytes::Bytes::from(vec![0; 1000])) });
        let body = axum::body::Body::from_stream(some.chain(futures::stream::pending()));
        Some(reply(206, &[], String::new()).map(|_| body))
    });
    let folder = tempfile::tempdir().unwrap();
    let process = spawn(folder.path(), &server.addr);
    let docker = client(&process.docker_host);
    let complete = format!("{}: Pull complete", small.digest.short());
    let options = bollard::query_parameters::CreateImageOptionsBuilder::new()
        .from_image("r.test/a:1")
        .platform("linux/amd64")
        .build();
    let mut lines = docker.create_image(Some(options), None, None);
    while let Some(line) = lines.next().await {
        let line = line.unwrap();
        if format!("{}: {}", line.id.unwrap_or_default(), line.status.unwrap_or_default()) == complete {
            break;
        }
    }
    started.notified().await;
    assert_eq!(names_in(&folder.path().join("unfinished")).len(), 1);
    drop(process);

    let process = spawn(folder.path(), &server.addr);
    assert_eq!(names_in(&folder.path().join("unfinished")), Vec::<String>::new());
    let lines = pull(&client(&process.docker_host), "r.test/a:1", "linux/amd64", None).await.unwrap();
    assert!(lines.contains(&complete.replace("Pull complete", "Already exists")), "{lines:?}");
}
