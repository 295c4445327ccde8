//! A registry process killed at any moment. The process is this test program, run again for the one ignored test below.

use std::{
    collections::BTreeSet,
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
    sync::Arc,
};

use futures::{StreamExt, stream};
use registry::{AllowAll, Digest, Options, Storage, router};
use reqwest::{Client, StatusCode};
use testbed::http_client::http_client;

use crate::support::{Image, OCI_MANIFEST, consistent};

const FOLDER: &str = "REGISTRY_TEST_FOLDER";
const LISTENING: &str = "listening on ";

#[tokio::test]
#[ignore = "the process that the test below kills"]
async fn serve_until_killed() {
    let Ok(folder) = std::env::var(FOLDER) else { return };
    let storage = Storage::open(folder).await.unwrap();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    println!("\n{LISTENING}{}", listener.local_addr().unwrap());
    axum::serve(listener, router(storage, Arc::new(AllowAll), Options::default())).await.unwrap();
}

/// A child that does not outlive its test.
struct Process {
    child: Child,
    addr: String,
}

impl Drop for Process {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

fn spawn(folder: &Path) -> Process {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--ignored", "--exact", "kill::serve_until_killed", "--nocapture"])
        .env(FOLDER, folder)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
    let addr = lines.take(20).find_map(|line| line.strip_prefix(LISTENING).map(str::to_owned)).unwrap();
    Process { child, addr }
}

/// Pushes an image as far as the other side lives; `Some` if all was acknowledged.
async fn push(client: &Client, addr: &str, n: u32) -> Option<Digest> {
    let image = Image::new(&n.to_string());
    for blob in &image.blobs {
        let url = format!("http://{addr}/v2/a/blobs/uploads/?digest={}", Digest::of(blob));
        let done = client.post(url).body(blob.clone()).send().await.ok()?;
        assert_eq!(done.status(), StatusCode::CREATED);
    }
    let url = format!("http://{addr}/v2/a/manifests/{n}");
    let put = client.put(url).header("content-type", OCI_MANIFEST).body(image.manifest.clone());
    let done = put.send().await.ok()?;
    assert_eq!(done.status(), StatusCode::CREATED, "{}", done.text().await.unwrap());
    Some(image.digest)
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_was_acknowledged_survives_a_kill_at_any_moment() {
    let folder = tempfile::tempdir().unwrap();
    let client = http_client();
    let mut acknowledged = BTreeSet::new();
    for (round, pushes_before_the_kill) in [1, 2, 5, 9, 16].into_iter().enumerate() {
        let process = spawn(folder.path());
        let first = round as u32 * 100;
        let pushes = (first..first + 40).map(|n| push(&client, &process.addr, n));
        let mut done = stream::iter(pushes).buffer_unordered(6);
        for _ in 0..pushes_before_the_kill {
            acknowledged.extend(done.next().await.unwrap());
        }
        // The others are anywhere between their first byte and their last.
        drop(done);
        drop(process);
        let storage = consistent(folder.path()).await;
        let kept: BTreeSet<_> = storage.images("a").await.unwrap().into_iter().map(|image| image.digest).collect();
        assert!(kept.is_superset(&acknowledged), "round {round}");
    }
}
