//! Against a registry that this project did not write: Docker Distribution.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use http::Method;
use registry::Digest;
use serde_json::json;
use tempfile::TempDir;
use testbed::http_client::http_client;

use crate::support::{OCI_INDEX, Server, engine, error_of, practice_image};

struct Stack {
    dir: TempDir,
    registry: String,
}

impl Drop for Stack {
    fn drop(&mut self) {
        let stopped = Command::new(script("down.sh")).arg(self.dir.path()).arg("--wipe").output().unwrap();
        assert!(stopped.status.success() || std::thread::panicking(), "{stopped:?}");
    }
}

fn script(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/stack").join(name)
}

/// `None` where such a registry cannot run: the test is skipped.
fn up() -> Option<Stack> {
    if !cfg!(target_os = "linux") {
        skipped::report("the scripts that start it need Linux");
        return None;
    }
    let dir = tempfile::tempdir().unwrap();
    let up = Command::new(script("up.sh")).arg(dir.path()).arg("registry").output().unwrap();
    let text = String::from_utf8_lossy(&[up.stdout, up.stderr].concat()).into_owned();
    match up.status.code() {
        Some(0) => {
            let registry = text.lines().find_map(|line| line.strip_prefix("REGISTRY=")).unwrap().to_owned();
            Some(Stack { dir, registry })
        }
        Some(3 | 4) => {
            skipped::report(&text);
            None
        }
        _ => panic!("{text}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn docker_distribution_takes_and_gives_what_the_engine_moves() {
    let Some(stack) = up() else { return };
    let server = Server::start().await;
    let layout = practice_image();
    let (manifest, layers) = (&layout.platforms[0].manifest, layout.platforms[0].layers.len());
    server.stock("neo4j", "4.4.0", layout).await;
    let running = engine(&server).await;
    running.pull("r.test/neo4j:4.4.0").await.unwrap();

    let (one, two) = (format!("{}/one", stack.registry), format!("{}/two", stack.registry));
    running.tag("r.test/neo4j:4.4.0", &one, "1").await;
    let pushed = running.push(&one, "1").await.unwrap();
    assert_eq!(pushed.iter().filter(|line| *line == "Pushed").count(), layers, "{pushed:?}");
    let there = running.push(&one, "1").await.unwrap();
    assert_eq!(there.iter().filter(|line| *line == "Layer already exists").count(), layers, "{there:?}");
    running.tag(&format!("{one}:1"), &two, "1").await;
    let mounted = running.push(&two, "1").await.unwrap();
    assert_eq!(mounted.iter().filter(|line| *line == "Mounted from one").count(), layers, "{mounted:?}");

    let mut entry = serde_json::to_value(manifest).unwrap();
    entry["platform"] = json!({ "os": "linux", "architecture": "amd64" });
    let index = json!({ "schemaVersion": 2, "mediaType": OCI_INDEX, "manifests": [entry] }).to_string();
    let url = format!("http://{}/v2/one/manifests/index", stack.registry);
    let put =
        http_client().request(Method::PUT, url).header("content-type", OCI_INDEX).body(index.clone()).send().await;
    assert_eq!(put.unwrap().status().as_u16(), 201);

    let id = manifest.digest.clone();
    running.docker.remove_image(id.as_str(), Some(forced()), None).await.unwrap();
    assert_eq!(running.files().0, Vec::<String>::new());
    let pulled = running.pull(&format!("{one}:index")).await.unwrap();
    assert!(pulled.contains(&format!("Digest: {}", Digest::of(index.as_bytes()))), "{pulled:?}");
    let inspected = running.docker.inspect_image(&format!("{one}:index")).await.unwrap();
    assert_eq!(inspected.id.unwrap(), id.as_str());

    let (status, message) = error_of(&running.pull(&format!("{one}:missing")).await.unwrap_err());
    assert_eq!(status, Some(404));
    assert!(message.starts_with(&format!("manifest for {one}:missing not found: manifest unknown")), "{message}");
}

fn forced() -> bollard::query_parameters::RemoveImageOptions {
    bollard::query_parameters::RemoveImageOptionsBuilder::new().force(true).build()
}
